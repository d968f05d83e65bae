from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from livinglab.casework.domain.states import SeatKind, ServiceStep
from livinglab.casework.models import Case, Counter, Message, Paper, Ring, Step, Task
from livinglab.casework.operations import cases, drafts, rings, services
from livinglab.casework.queries.running import state_of
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.packages.queries.cases import AnswersRefused, IllegalMove
from tests.casework.kit import (
    AT,
    NEIGHBOUR,
    VILLAGE,
    arrived,
    begun,
    coordinator,
    done,
    home,
    running,
    seated,
)
from tests.organizations.people import organization, trail
from tests.releases.kit import files_of

pytestmark = pytest.mark.django_db


def waiting(case_id: UUID) -> list[tuple[str, str, str]]:
    with tenancy(home().id):
        return list(Task.objects.filter(case_id=case_id).values_list("node", "kind", "unit_code"))


def happened(case_id: UUID) -> list[tuple[int, str, str]]:
    with tenancy(home().id):
        return list(Step.objects.filter(case_id=case_id).order_by("place").values_list("place", "what", "on"))


def test_a_letter_is_applied_for_checked_signed_and_granted() -> None:
    case = arrived(running())
    assert case.number == "SKTM-2026-000001"
    assert waiting(case.id) == [("check", "village", VILLAGE)]
    operator, head = seated("operator", SeatKind.VILLAGE, VILLAGE), seated("kades", SeatKind.SIGNER, VILLAGE)
    done(case.id, "check", operator, result="complete")
    assert waiting(case.id) == [("approve", "signer", VILLAGE)]
    ended = done(case.id, "approve", head, approved=True)
    assert (ended.outcome, ended.is_late, waiting(case.id)) == ("granted", False, [])
    with tenancy(home().id):
        paper = Paper.objects.get(case_id=case.id)
        told = list(Message.objects.filter(case_id=case.id).order_by("nth").values_list("message", flat=True))
    assert (paper.number, paper.signer) == ("SKTM/1/2026", "head")
    assert "Warga Contoh" in paper.pages["id"]
    assert told == ["received", "granted"]
    assert [what for _place, what, _on in happened(case.id)] == [
        *("applied", "sent", "completed", "decided", "completed", "issued", "signed", "sent", "ended"),
    ]
    assert [one.subject for one in trail() if one.action == "casework.moved"] == [case.number] * 2


def test_what_is_kept_of_a_case_needs_no_second_copy() -> None:
    case = arrived(running())
    with tenancy(home().id):
        stored = Case.objects.get(id=case.id).state
    assert stored["sent"] == []
    assert [one["what"] for one in stored["history"]] == ["applied", "sent"]


def test_a_form_sent_twice_is_one_case() -> None:
    token = begun(running())
    first = cases.submit(organization=home(), token=token, by=None, at=AT)
    second = cases.submit(organization=home(), token=token, by=None, at=AT + timedelta(hours=1))
    assert first.id == second.id
    with tenancy(home().id):
        assert Case.objects.count() == 1


def test_an_act_repeated_with_its_key_changes_nothing() -> None:
    case = arrived(running())
    operator = seated("operator", SeatKind.VILLAGE, VILLAGE)
    done(case.id, "check", operator, result="complete")
    before = happened(case.id)
    done(case.id, "check", operator, result="complete")
    assert happened(case.id) == before
    with pytest.raises(IllegalMove):
        done(case.id, "check", operator, key="another", result="complete")


def test_numbers_have_no_gaps_when_an_application_is_refused() -> None:
    service = running()
    assert arrived(service).number == "SKTM-2026-000001"
    token = begun(service, truth=False)
    with pytest.raises(AnswersRefused):
        cases.submit(organization=home(), token=token, by=None, at=AT)
    assert arrived(service).number == "SKTM-2026-000002"
    drafts.save(organization=home(), token=token, answers={"truth": True}, at=AT)
    assert cases.submit(organization=home(), token=token, by=None, at=AT).number == "SKTM-2026-000003"


def test_each_village_numbers_its_own_letters() -> None:
    service = running()
    operator = seated("operator", SeatKind.VILLAGE, VILLAGE, NEIGHBOUR)
    head = seated("kades", SeatKind.SIGNER, VILLAGE, NEIGHBOUR)
    for village in (VILLAGE, NEIGHBOUR, VILLAGE):
        case = arrived(service, village=village)
        done(case.id, "check", operator, key=f"a{case.id}", result="complete")
        done(case.id, "approve", head, key=f"b{case.id}", approved=True)
    with tenancy(home().id):
        found = list(Paper.objects.order_by("at", "id").values_list("unit_code", "number"))
        last = dict(Counter.objects.filter(series="SKTM").values_list("unit_code", "last"))
    assert sorted(found) == [(VILLAGE, "SKTM/1/2026"), (VILLAGE, "SKTM/2/2026"), (NEIGHBOUR, "SKTM/1/2026")]
    assert last == {VILLAGE: 2, NEIGHBOUR: 1}


def test_the_values_of_a_village_hold_over_those_of_the_region() -> None:
    service = running()
    assert state_of(arrived(service, village=NEIGHBOUR)).parameters["office_name"] == "Kantor Desa Sebelah"
    assert state_of(arrived(service)).parameters["office_name"] == "Kantor Desa Contoh"


def test_who_works_elsewhere_does_nothing_here() -> None:
    case = arrived(running())
    for name, kind, unit in [
        ("tetangga", SeatKind.VILLAGE, NEIGHBOUR),
        ("kades", SeatKind.SIGNER, VILLAGE),
        ("camat", SeatKind.DISTRICT, ""),
    ]:
        with pytest.raises(Refused) as refused:
            done(case.id, "check", seated(name, kind, unit), result="complete")
        assert refused.value.refusal.code == "not_seated"
    assert happened(case.id)[-1][1] == "sent"


def test_the_same_person_does_not_check_and_approve() -> None:
    case = arrived(running())
    one = seated("rangkap", SeatKind.VILLAGE, VILLAGE)
    services.give_seat(
        organization=home(), user_id=one.id, kind=SeatKind.SIGNER, unit_code=VILLAGE, by=coordinator(), at=AT
    )
    done(case.id, "check", one, result="complete")
    with pytest.raises(IllegalMove) as refused:
        done(case.id, "approve", one, approved=True)
    assert refused.value.code == "four_eyes"


def test_time_closes_what_nobody_completed() -> None:
    case = arrived(running())
    done(case.id, "check", seated("operator", SeatKind.VILLAGE), result="incomplete", reason="Foto buram.")
    rang = Ring.objects.get(case_id=case.id).at
    assert rings.regions_due(at=rang - timedelta(seconds=1)) == ()
    assert rings.regions_due(at=rang) == (home().id,)
    assert rings.ring_region(organization_id=home().id, at=rang) == 1
    with tenancy(home().id):
        ended = Case.objects.get(id=case.id)
    assert ended.outcome == "lapsed"
    assert not Ring.objects.exists()
    assert cases.ring(organization=home(), case_id=case.id, at=rang).steps == ended.steps


def test_an_applicant_completes_and_withdraws() -> None:
    case = arrived(running())
    operator = seated("operator", SeatKind.VILLAGE)
    done(case.id, "check", operator, result="incomplete", reason="Foto buram.")
    later = AT + timedelta(days=1)
    cases.answer(
        organization=home(),
        case_id=case.id,
        task="complete",
        answers={"address": "Jalan Contoh 2"},
        key="jawab",
        by=None,
        at=later,
    )
    assert waiting(case.id) == [("check", "village", VILLAGE)]
    ended = cases.withdraw(organization=home(), case_id=case.id, key="tarik", by=None, at=later)
    assert ended.outcome == "withdrawn"
    assert waiting(case.id) == []


def test_a_form_begun_before_a_new_version_is_sent_under_its_own() -> None:
    service = running()
    token = begun(service)
    strict = (zip_text := _form_text()).replace(
        '"required": ["full_name"', '"required": ["school", "full_name"'
    )
    assert strict != zip_text
    assert running(**{"form.schema.json": strict}).version_id != service.version_id
    drafts.save(organization=home(), token=token, answers={"school": None, "purpose": "health"}, at=AT)
    assert cases.submit(organization=home(), token=token, by=None, at=AT).version_id == service.version_id


@pytest.mark.parametrize("step", [ServiceStep.REST, ServiceStep.CLOSE])
def test_what_was_begun_before_a_service_closed_can_be_finished(step: ServiceStep) -> None:
    service = running()
    token = begun(service)
    services.move(
        organization=home(), service_id=service.id, step=step, reason="Perbaikan.", by=coordinator(), at=AT
    )
    with pytest.raises(Refused) as refused:
        begun(service)
    assert refused.value.refusal.code in {"resting", "closed"}
    drafts.save(organization=home(), token=token, answers={"address": "Jalan Contoh 3"}, at=AT)
    assert cases.submit(organization=home(), token=token, by=None, at=AT).number == "SKTM-2026-000001"


def test_a_wrong_address_finds_nothing() -> None:
    running()
    for token in ("", "x", "A" * 43, "../" + "a" * 40):
        with pytest.raises(drafts.UnknownDraft):
            cases.submit(organization=home(), token=token, by=None, at=AT)


def test_another_region_sees_nothing_of_a_case() -> None:
    case = arrived(running())
    with tenancy(organization("14.08").id):
        assert not Case.objects.filter(id=case.id).exists()
        assert not Step.objects.filter(case_id=case.id).exists()


def test_an_act_takes_few_statements() -> None:
    service = running()
    operator = seated("operator", SeatKind.VILLAGE)
    arrived(service)
    token = begun(service)
    with CaptureQueriesContext(connection) as sending:
        case = cases.submit(organization=home(), token=token, by=None, at=AT)
    with CaptureQueriesContext(connection) as checking:
        done(case.id, "check", operator, result="complete")
    assert len(sending) <= 18, "\n".join(one["sql"][:150] for one in sending)
    assert len(checking) <= 18, "\n".join(one["sql"][:150] for one in checking)


def _form_text() -> str:
    return files_of("sktm", home())["form.schema.json"].decode()


def test_a_clock_that_was_set_back_stops_nobody() -> None:
    case = arrived(running())
    ended = done(
        case.id,
        "check",
        seated("operator", SeatKind.VILLAGE),
        at=AT - timedelta(days=2),
        result="wrong",
        reason="Bukan warga desa ini.",
    )
    assert (ended.outcome, ended.ended_at) == ("refused", AT)
