"""Who asked for the deletion of their data is told what became of it; then the address is forgotten too."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.core import mail
from procrastinate.contrib.django.models import ProcrastinateJob

from livinglab.audit.models import Entry
from livinglab.casework.adapters.messengers import Gateway
from livinglab.casework.domain.contacts import Contact, Way
from livinglab.casework.domain.deliveries import WAITS
from livinglab.casework.models import Case, Delivery, Erasure, Farewell, Message
from livinglab.casework.operations import cases, erasing, farewells, forgetting, telling
from livinglab.casework.tasks import pick_up_farewells
from livinglab.kernel.tenancy import tenancy
from tests.casework.gateway_server import Carrier
from tests.casework.kit import AT, begun, coordinator, home, running
from tests.casework.test_telling import BOTH, PHONE, carrier
from tests.organizations.people import organization
from tests.releases.kit import files_of

__all__ = ["carrier"]
pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)
REASON = "Wajib disimpan sampai pemeriksaan selesai."


def asked(contact: Contact | None = BOTH, **texts: str) -> Case:
    """Return a case that ended and whose applicant has asked for the deletion of their data."""
    token = begun(running(**texts))
    case = cases.submit(organization=home(), token=token, contact=contact, by=None, at=AT)
    cases.withdraw(organization=home(), case_id=case.id, key="1", by=None, at=AT)
    return erasing.ask(organization=home(), case_id=case.id, by=None, at=AT)


def decided(*, is_granted: bool) -> None:
    with tenancy(home().id):
        one = Erasure.objects.get()
    reason = "" if is_granted else REASON
    erasing.decide(
        organization=home(),
        erasure_id=one.id,
        is_granted=is_granted,
        reason=reason,
        by=coordinator(),
        at=LATER,
    )


def waiting() -> dict[str, Farewell]:
    with tenancy(home().id):
        return {one.way: one for one in Farewell.objects.all()}


def tried(one: Farewell, *, after: timedelta = timedelta(0)) -> bool:
    return farewells.tell(organization_id=home().id, farewell_id=one.id, at=LATER + after)


def planned() -> list[tuple[UUID, object]]:
    jobs = ProcrastinateJob.objects.filter(task_name=farewells.TASK).order_by("id")
    return [(UUID(one.args["farewell_id"]), one.scheduled_at) for one in jobs]


def test_who_is_refused_reads_why_by_the_ways_they_agreed_to(carrier: Carrier) -> None:
    case = asked()
    with tenancy(home().id):
        before = Message.objects.filter(case_id=case.id).count()
    decided(is_granted=False)
    with tenancy(home().id):
        assert Message.objects.filter(case_id=case.id).count() == before + 1
        message = Message.objects.order_by("nth").last()
        assert message is not None
        new = list(Delivery.objects.filter(message=message))
    assert {one.way for one in new} == {"email", "whatsapp"}
    assert all(telling.tell(organization_id=home().id, delivery_id=one.id, at=LATER) for one in new)
    [letter] = mail.outbox
    assert letter.subject == f"Permohonan {case.number}: data Anda tetap disimpan"
    assert REASON in letter.body
    [said] = carrier.carried.values()
    assert REASON in said["text"]
    assert waiting() == {}


def test_who_is_granted_it_is_told_after_the_data_went_and_then_the_address_goes(carrier: Carrier) -> None:
    case = asked(Contact("warga@uji.example", PHONE, Way.WHATSAPP, "en"))
    decided(is_granted=True)
    with tenancy(home().id):
        row = Case.objects.get(id=case.id)
        assert (row.email, row.phone, Delivery.objects.count(), Message.objects.count()) == ("", "", 0, 0)
    left = waiting()
    assert sorted(left) == ["email", "whatsapp"]
    assert planned() == [(one.id, LATER) for one in sorted(left.values(), key=lambda one: one.id)]
    assert all(tried(one) for one in left.values())
    [letter] = mail.outbox
    assert (letter.to, letter.subject) == (
        ["warga@uji.example"],
        f"Application {case.number}: your data is deleted",
    )
    [(key, said)] = carrier.carried.items()
    assert (key, said["to"]) == (str(left["whatsapp"].id), PHONE)
    assert "Warga Contoh" not in f"{letter.body}{said['text']}"
    assert waiting() == {}
    assert not tried(left["whatsapp"], after=timedelta(days=2))  # a job that runs twice tells once
    assert len(carrier.asked) == 1


def test_who_gave_no_contact_leaves_no_row() -> None:
    asked(None)
    decided(is_granted=True)
    assert waiting() == {}


def test_what_only_consent_kept_is_deleted_at_once_and_confirmed() -> None:
    manifest = files_of("sktm", home())["package.yaml"].decode()
    asked(**{"package.yaml": manifest.replace("ground: public_task", "ground: consent")})
    assert sorted(waiting()) == ["email", "whatsapp"]


def test_a_worker_that_dies_loses_nothing_and_a_repeat_is_recognised(
    carrier: Carrier, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked()
    decided(is_granted=True)
    one = waiting()["whatsapp"]

    def dies(*_self: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Gateway, "tell", dies)
    with pytest.raises(KeyboardInterrupt):
        tried(one)
    assert planned()[-1] == (one.id, LATER + WAITS[0])
    monkeypatch.undo()
    carrier.mood = "taken, then down"
    assert not tried(one, after=WAITS[0])
    carrier.mood = ""
    assert tried(one, after=WAITS[0] + WAITS[1])
    assert carrier.asked[0] == carrier.asked[1]
    assert len(carrier.carried) == 1
    assert "whatsapp" not in waiting()


def test_an_address_that_takes_nothing_and_a_day_in_vain_are_forgotten(carrier: Carrier) -> None:
    asked()
    decided(is_granted=True)
    one, now = waiting()["whatsapp"], timedelta(0)
    carrier.mood = "500"
    for wait in (timedelta(0), *WAITS):
        now += wait
        assert "whatsapp" in waiting()
        assert not tried(one, after=now)
    assert "whatsapp" not in waiting()
    with tenancy(home().id):
        [entry] = Entry.objects.filter(action="casework.deletion_untold")
    assert (entry.subject, entry.by, entry.facts) == (one.number, None, {"way": "whatsapp", "why": "over"})


def test_a_gateway_that_asks_for_a_day_each_time_gets_a_last_try_before_the_address_goes(
    carrier: Carrier,
) -> None:
    asked()
    decided(is_granted=True)
    one = waiting()["whatsapp"]
    carrier.mood, carrier.wait = "429", "86400"
    assert not tried(one)
    last = timedelta(hours=22, minutes=30)
    assert (waiting()["whatsapp"].tries_at, planned()[-1]) == (LATER + last, (one.id, LATER + last))
    assert not tried(one, after=last - timedelta(seconds=1))
    assert len(carrier.asked) == 1
    assert not tried(one, after=last)
    assert len(carrier.asked) == 2
    assert "whatsapp" not in waiting()


def test_a_try_whose_job_was_lost_is_made_and_what_is_over_goes_untold(carrier: Carrier) -> None:
    asked()
    decided(is_granted=True)
    ProcrastinateJob.objects.filter(task_name=farewells.TASK).delete()

    def picked_up(after: timedelta) -> None:
        farewells.pick_up(organization_id=home().id, at=LATER + after)

    picked_up(timedelta(minutes=14))  # a worker may be busy
    assert planned() == []
    picked_up(timedelta(hours=1))
    assert sorted(planned()) == sorted((one.id, LATER) for one in waiting().values())
    assert tried(waiting()["whatsapp"], after=timedelta(hours=1))
    picked_up(timedelta(hours=23) - timedelta(seconds=1))
    assert sorted(waiting()) == ["email"]
    picked_up(timedelta(hours=23))
    assert (waiting(), mail.outbox) == ({}, [])


def test_a_job_that_comes_after_its_end_tells_nobody_and_lets_go(carrier: Carrier) -> None:
    asked()
    decided(is_granted=True)
    assert not tried(waiting()["whatsapp"], after=timedelta(hours=23))
    assert (sorted(waiting()), carrier.asked) == (["email"], [])


def test_the_hourly_job_looks_into_each_region() -> None:
    asked()
    decided(is_granted=True)  # on a day of the past
    pick_up_farewells(0)
    assert waiting() == {}


def test_who_waits_for_an_answer_when_the_last_day_comes_is_told() -> None:
    asked()
    forgetting.forget_due(organization_id=home().id, at=AT + timedelta(days=3 * 365))
    assert sorted(waiting()) == ["email", "whatsapp"]


def test_another_region_tells_nothing_of_it(carrier: Carrier) -> None:
    asked()
    decided(is_granted=True)
    one = waiting()["whatsapp"]
    assert not farewells.tell(organization_id=organization("32.01").id, farewell_id=one.id, at=LATER)
    assert carrier.asked == []
