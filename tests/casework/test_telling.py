"""Messages leave at least once, a repeat is recognised, and what cannot be told is shown with its reason."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from uuid import UUID

import pytest
from django.core import mail
from procrastinate.contrib.django.models import ProcrastinateJob

from livinglab.casework.adapters.messengers import Errand, Gateway, NotTold, ways
from livinglab.casework.domain.contacts import Contact, Way
from livinglab.casework.domain.deliveries import WAITS, DeliveryState, Obstacle
from livinglab.casework.models import Case, Delivery, Message
from livinglab.casework.operations import cases, telling
from livinglab.config.message_places import MessageGateway
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role
from tests.casework.gateway_server import NOBODY, TOKEN, Carrier, carrying
from tests.casework.kit import AT, REGION, begun, coordinator, home, running
from tests.casework.test_pages import begun as opened
from tests.casework.test_pages import filled, text
from tests.organizations.people import make_member, signed_in, trail

pytestmark = pytest.mark.django_db
PHONE = "+6281234567890"
BOTH = Contact("warga@uji.example", PHONE, Way.WHATSAPP, "id")


@pytest.fixture
def carrier(settings: object) -> Iterator[Carrier]:
    with carrying() as found:
        gateway = MessageGateway(url=found.url, token=TOKEN, seconds=0.2)
        settings.MESSAGE_GATEWAYS = {"whatsapp": gateway}  # type: ignore[attr-defined]
        yield found


def told_case(contact: Contact | None = BOTH) -> Case:
    token = begun(running())
    return cases.submit(organization=home(), token=token, contact=contact, by=None, at=AT)


def deliveries(case: Case) -> dict[str, Delivery]:
    with tenancy(home().id):
        return {one.way: one for one in Delivery.objects.filter(case_id=case.id)}


def tried(delivery: Delivery, *, after: timedelta = timedelta(0)) -> bool:
    return telling.tell(organization_id=home().id, delivery_id=delivery.id, at=AT + after)


def planned() -> list[tuple[UUID, object]]:
    jobs = ProcrastinateJob.objects.filter(task_name=telling.TASK).order_by("id")
    return [(UUID(one.args["delivery_id"]), one.scheduled_at) for one in jobs]


def test_a_message_leaves_by_each_way_that_the_applicant_agreed_to(carrier: Carrier) -> None:
    case = told_case()
    found = deliveries(case)
    assert sorted(found) == ["email", "whatsapp"]
    assert {one for one, _at in planned()} == {one.id for one in found.values()}
    assert all(tried(one) for one in found.values())
    [letter] = mail.outbox
    assert letter.to == ["warga@uji.example"]
    assert case.number in letter.subject
    assert letter.body.startswith("Kami memeriksa")
    assert "<p>" not in letter.body
    [(key, said)] = carrier.carried.items()
    with tenancy(home().id):
        message = Message.objects.get(case_id=case.id)
    assert key == f"{case.id}/{message.nth}/whatsapp"
    assert letter.extra_headers["Message-ID"].startswith(f"<{case.id}.{message.nth}.email@")
    assert (said["to"], said["channel"], case.number in said["text"]) == (PHONE, "whatsapp", True)
    assert message.told_at == AT
    assert {one.state for one in deliveries(case).values()} == {DeliveryState.TOLD}


def test_who_gave_nothing_is_told_on_the_page_alone() -> None:
    assert deliveries(told_case(None)) == {}
    assert planned() == []


def test_a_job_that_runs_twice_tells_once(carrier: Carrier) -> None:
    one = deliveries(told_case())["whatsapp"]
    assert tried(one)
    assert not tried(one, after=timedelta(days=2))
    assert len(carrier.asked) == 1


def test_a_repeat_after_a_crash_is_recognised_by_its_key(carrier: Carrier) -> None:
    one = deliveries(told_case())["whatsapp"]
    carrier.mood = "taken, then down"
    assert not tried(one)
    carrier.mood = ""
    assert tried(one, after=WAITS[0])
    assert carrier.asked[0] == carrier.asked[1]
    assert len(carrier.carried) == 1


def test_the_next_try_is_planned_before_the_first_so_a_dead_worker_loses_nothing(
    carrier: Carrier, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = deliveries(told_case())["whatsapp"]

    def dies(*_self: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Gateway, "tell", dies)
    with pytest.raises(KeyboardInterrupt):
        tried(one)
    assert planned()[-1] == (one.id, AT + WAITS[0])
    monkeypatch.undo()
    assert not tried(one, after=WAITS[0] - timedelta(seconds=1))
    assert carrier.asked == []


@pytest.mark.parametrize(
    ("mood", "obstacle"),
    [
        ("slow", Obstacle.SILENT),
        ("cut", Obstacle.BROKEN),
        ("429", Obstacle.BUSY),
        ("500", Obstacle.BROKEN),
        ("503", Obstacle.BROKEN),
        ("302", Obstacle.BROKEN),
        ("403", Obstacle.SIGNED_OUT),
    ],
)
def test_what_passes_is_tried_again_with_growing_waits(
    carrier: Carrier, mood: str, obstacle: Obstacle
) -> None:
    one = deliveries(told_case())["whatsapp"]
    carrier.mood = mood
    assert not tried(one)
    found = deliveries(Case(id=one.case_id))["whatsapp"]
    wait = timedelta(hours=2) if mood == "429" else WAITS[0]
    assert (found.state, found.obstacle, found.tries_at) == (DeliveryState.WAITING, obstacle, AT + wait)
    assert planned()[-1] == (one.id, AT + wait)
    carrier.mood = ""
    assert not tried(one, after=wait - timedelta(seconds=1))
    assert tried(one, after=wait)


def test_a_gateway_that_is_not_there_is_silent() -> None:
    gateway = Gateway("http://127.0.0.1:9/", TOKEN, 0.2)
    with pytest.raises(NotTold) as failed:
        gateway.tell(Errand("k", Way.SMS, PHONE, "Judul", "Isi"))
    assert failed.value.obstacle is Obstacle.SILENT
    assert PHONE not in repr(failed.value.__dict__)
    assert failed.value.__cause__ is None


def test_a_number_that_takes_nothing_is_given_up_at_once_and_told_to_who_answers(
    carrier: Carrier, caplog: pytest.LogCaptureFixture
) -> None:
    case = told_case(Contact("", NOBODY, Way.WHATSAPP))
    one = deliveries(case)["whatsapp"]
    with caplog.at_level(logging.DEBUG):
        assert not tried(one)
    assert deliveries(case)["whatsapp"].state == DeliveryState.FAILED
    assert NOBODY not in caplog.text
    officer = signed_in(coordinator())
    page = text(officer.get(f"/regions/{REGION}/messages/"))
    assert "1 pesan tidak dapat disampaikan." in page
    assert case.number in page
    assert NOBODY not in page


def test_what_failed_is_counted_up_to_a_thousand_however_long_nobody_could_be_told() -> None:
    case = told_case(Contact("", NOBODY, Way.WHATSAPP))
    made = {"organization_id": home().id, "case_id": case.id}
    with tenancy(home().id):
        told = Message.objects.bulk_create(
            Message(**made, nth=nth, message="received", texts={}, at=AT) for nth in range(1_000, 2_201)
        )
        Delivery.objects.bulk_create(
            Delivery(
                **made,
                message=one,
                way=Way.WHATSAPP,
                state=DeliveryState.FAILED,
                obstacle=Obstacle.SILENT,
                made_at=AT,
                tries_at=AT,
            )
            for one in told
        )
    page = text(signed_in(coordinator()).get(f"/regions/{REGION}/messages/?page=20"))
    assert "1.000+ pesan tidak dapat disampaikan." in page
    assert page.count('<th scope="row">') == 50
    assert "page=21" not in page


def test_after_the_last_wait_it_is_given_up_until_an_officer_tries_again(carrier: Carrier) -> None:
    one = deliveries(told_case())["whatsapp"]
    carrier.mood = "500"
    for nth in range(len(WAITS) + 1):
        assert not tried(one, after=sum(WAITS[:nth], timedelta(0)))
    assert deliveries(Case(id=one.case_id))["whatsapp"].state == DeliveryState.FAILED
    assert not tried(one, after=timedelta(days=3))
    assert len(carrier.asked) == len(WAITS) + 1
    carrier.mood = ""
    officer = signed_in(coordinator())
    assert officer.post(f"/regions/{REGION}/messages/{one.id}/again/").status_code == 302
    assert telling.tell(
        organization_id=home().id,
        delivery_id=one.id,
        at=planned()[-1][1],  # type: ignore[arg-type]
    )
    assert [each.action for each in trail()][:1] == ["casework.message_tried_again"]
    assert "sudah" in text(officer.post(f"/regions/{REGION}/messages/{one.id}/again/", follow=True))


def test_another_regions_message_is_not_there(carrier: Carrier) -> None:
    one = deliveries(told_case())["whatsapp"]
    stranger = signed_in(make_member("sekda-jauh", Role.COORDINATOR, "14.08"))
    assert stranger.post(f"/regions/14.08/messages/{one.id}/again/").status_code == 404


@pytest.mark.parametrize(
    ("error", "state", "obstacle"),
    [
        (SMTPRecipientsRefused({"x": (550, b"no such user")}), DeliveryState.FAILED, Obstacle.REFUSED),
        (SMTPRecipientsRefused({"x": (450, b"later")}), DeliveryState.WAITING, Obstacle.BUSY),
        (SMTPServerDisconnected(), DeliveryState.WAITING, Obstacle.BROKEN),
        (TimeoutError(), DeliveryState.WAITING, Obstacle.SILENT),
    ],
)
def test_a_mail_server_fails_as_servers_do(
    monkeypatch: pytest.MonkeyPatch, error: Exception, state: DeliveryState, obstacle: Obstacle
) -> None:
    def fails(*_args: object) -> None:
        raise error

    case = told_case(Contact("warga@uji.example"))
    monkeypatch.setattr("django.core.mail.EmailMessage.send", fails)
    assert not tried(deliveries(case)["email"])
    found = deliveries(case)["email"]
    assert (found.state, found.obstacle) == (state, obstacle)


def test_an_applicant_agrees_before_sending_and_takes_it_back_later(client: object) -> None:
    running()
    address = opened(client)  # type: ignore[arg-type]
    check = filled(client, address)  # type: ignore[arg-type]
    typed = {"email": "warga@uji.example", "phone": "0812 3456 7890", "by_phone": "sms"}
    refused = client.post(check, typed)  # type: ignore[attr-defined]
    assert refused.status_code == 422
    assert 'value="0812 3456 7890"' in text(refused)
    assert client.post(check, {**typed, "consent": "yes"}).status_code == 302  # type: ignore[attr-defined]
    with tenancy(home().id):
        case = Case.objects.get()
    assert (case.email, case.phone, case.by_phone) == ("warga@uji.example", PHONE, "sms")
    assert case.consented_at is not None
    assert "w…@uji.example" in text(client.get(address))  # type: ignore[attr-defined]
    wrong = client.post(f"{address}contact/", {"email": "warga", "consent": "yes"})  # type: ignore[attr-defined]
    assert wrong.status_code == 422
    assert client.post(f"{address}contact/").status_code == 302  # type: ignore[attr-defined]
    with tenancy(home().id):
        after = Case.objects.get()
        assert not Delivery.objects.exists()
    assert (after.email, after.phone, after.by_phone, after.consented_at) == ("", "", "", None)
    assert [one.action for one in trail()][:1] == ["casework.contact_changed"]


def test_a_demonstration_keeps_what_has_no_gateway_in_its_outbox(settings: object) -> None:
    case = told_case(Contact("", PHONE, Way.SMS))
    assert tried(deliveries(case)["sms"])
    page = text(signed_in(coordinator()).get(f"/regions/{REGION}/messages/?show=outbox"))
    assert case.number in page
    assert PHONE not in page
    settings.KEEPS_OUTBOX = False  # type: ignore[attr-defined]
    assert case.number not in text(signed_in(coordinator()).get(f"/regions/{REGION}/messages/?show=outbox"))
    assert ways() == ()


def test_a_way_that_is_set_up_no_more_waits() -> None:
    case = told_case(Contact("", PHONE, Way.SMS))
    one = deliveries(case)["sms"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.KEEPS_OUTBOX", False)
        assert not tried(one)
    assert deliveries(case)["sms"].obstacle == Obstacle.NOT_SET


def test_another_region_tells_none_of_it(carrier: Carrier) -> None:
    one = deliveries(told_case())["whatsapp"]
    assert not telling.tell(organization_id=coordinator().id, delivery_id=one.id, at=AT)
    assert carrier.asked == []
