"""Whoever's case has ended is asked how satisfied they are: once, from the page of the case and by a link."""

import re
from uuid import UUID

import pytest
from django.core import mail
from django.test import Client

from livinglab.casework.domain.contacts import Contact
from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import Case, Delivery, Draft
from livinglab.casework.operations import cases, telling
from livinglab.casework.operations.asking import ENDED
from livinglab.kernel import clock
from livinglab.kernel.tenancy import tenancy
from livinglab.surveys.models import Invitation
from livinglab.surveys.queries.links import case_state
from tests.casework.complaints import taking_complaints
from tests.casework.kit import REGION, VILLAGE, begun, coordinator, done, home, running, seated
from tests.casework.test_pages import text
from tests.releases.kit import files_of

pytestmark = pytest.mark.django_db
LINK = re.compile(rf"http://127\.0\.0\.1:8000((?:/en)?/surveys/{re.escape(REGION)}/[A-Za-z0-9_.-]+/)")
UNHAPPY = {f"U{nth}": "1" for nth in range(1, 10)}
GIVEN = {f"U{nth}": "4" for nth in range(1, 10)}


def ended(contact: Contact | None = None, **answers: object) -> tuple[str, object]:
    """Return the address of a case that was refused, and its id."""
    now = clock.now()
    token = begun(running(), at=now)
    case = cases.submit(organization=home(), token=token, contact=contact, by=None, at=now)
    officer = seated("operator", SeatKind.VILLAGE, VILLAGE)
    done(
        case.id,
        "check",
        officer,
        at=now,
        **(answers or {"result": "wrong", "reason": "Bukan warga desa ini."}),
    )
    return f"/applications/{REGION}/{token}/", case.id


def test_an_applicant_rates_the_service_once(client: Client) -> None:
    address, case_id = ended()
    with tenancy(home().id):
        assert case_state(case_id, ENDED, at=clock.now()) == "open"  # type: ignore[arg-type]
    assert "Nilai layanan ini" in text(client.get(address))
    survey = client.post(f"{address}rate/")["Location"]
    assert survey.startswith(f"/surveys/{REGION}/")
    assert client.post(survey, GIVEN).status_code == 302
    with tenancy(home().id):
        assert case_state(case_id, ENDED, at=clock.now()) == "answered"  # type: ignore[arg-type]
    assert "Nilai layanan ini" not in text(client.get(address))
    assert client.post(f"{address}rate/")["Location"] == address  # once is enough


def test_who_is_still_waiting_or_withdrew_is_not_asked(client: Client) -> None:
    address, case_id = ended(result="complete")
    assert client.post(f"{address}rate/")["Location"] == address
    client.post(f"{address}withdraw/")
    assert "Nilai layanan ini" not in text(client.get(address))
    with tenancy(home().id):
        assert case_state(case_id, ENDED, at=clock.now()) is None  # type: ignore[arg-type]


def test_an_applicant_complains_with_the_number_filled_in(client: Client) -> None:
    address, case_id = ended()
    with tenancy(home().id):
        number = Case.objects.get(id=case_id).number
    assert "Adukan layanan ini" not in text(client.get(address))
    assert client.post(f"{address}complain/")["Location"] == address  # nobody would read it
    service = taking_complaints(at=clock.now())
    assert "Adukan layanan ini" in text(client.get(address))
    form = client.post(f"{address}complain/")["Location"]
    with tenancy(home().id):
        draft = Draft.objects.get(service=service)
    assert draft.answers == {"topic": "service", "application_number": number}
    page = client.get(f"{form}what/").content.decode()
    assert f'value="{number}"' in page
    complaint = form.removesuffix("form/")
    assert client.post(f"{complaint}complain/")["Location"].startswith(complaint)  # not sent yet


@pytest.fixture(params=["id", "en"])
def told(request: pytest.FixtureRequest) -> tuple[str, UUID, list[str]]:
    """A case that ended, whose applicant agreed to mail: its address, its id and the mails in order."""
    address, case_id = ended(Contact("warga@uji.example", "", None, request.param))
    with tenancy(home().id):
        waiting = list(Delivery.objects.order_by("message__nth").values_list("id", flat=True))
    for one in waiting:
        assert telling.tell(organization_id=home().id, delivery_id=one, at=clock.now())
    assert isinstance(case_id, UUID)
    return address, case_id, [str(one.body) for one in mail.outbox]


def plain(letter: str) -> str:
    """Return the link of a mail without the language in which it was written."""
    [link] = LINK.findall(letter)
    return str(link).removeprefix("/en")


def test_the_last_message_carries_the_link_to_the_questions(
    client: Client, told: tuple[str, UUID, list[str]]
) -> None:
    address, case_id, letters = told
    assert [len(LINK.findall(one)) for one in letters] == [*[0] * (len(letters) - 1), 1]
    link = plain(letters[-1])
    assert (
        client.post(f"{address}rate/")["Location"].split("?")[0] == link
    )  # one link, wherever it is asked for
    assert client.post(link, GIVEN).status_code == 302
    with tenancy(home().id):
        assert case_state(case_id, ENDED, at=clock.now()) == "answered"
    assert "Nilai layanan ini" not in text(client.get(address))


def test_a_message_that_leaves_again_carries_the_same_link(told: tuple[str, UUID, list[str]]) -> None:
    _address, _case_id, letters = told
    with tenancy(home().id):
        last = Delivery.objects.order_by("-message__nth")[0]
        Delivery.objects.filter(id=last.id).update(state="waiting", told_at=None, tries_at=clock.now())
    assert telling.tell(organization_id=home().id, delivery_id=last.id, at=clock.now())
    assert str(mail.outbox[-1].body) == letters[-1]


def test_a_package_that_asks_nobody_is_believed(client: Client) -> None:
    manifest = files_of("sktm", home())["package.yaml"].decode()
    assert "\nsurvey: true" in manifest
    silent = manifest.replace("\nsurvey: true", "\nsurvey: false").encode()
    now = clock.now()
    token = begun(running(**{"package.yaml": silent.decode()}), at=now)
    contact = Contact("warga@uji.example", "", None, "id")
    case = cases.submit(organization=home(), token=token, contact=contact, by=None, at=now)
    done(
        case.id,
        "check",
        seated("operator", SeatKind.VILLAGE, VILLAGE),
        at=now,
        result="wrong",
        reason="Bukan warga desa ini.",
    )
    address = f"/applications/{REGION}/{token}/"
    assert "Nilai layanan ini" not in text(client.get(address))
    assert client.post(f"{address}rate/")["Location"] == address
    with tenancy(home().id):
        assert not Invitation.objects.exists()
        waiting = list(Delivery.objects.order_by("message__nth").values_list("id", flat=True))
    for one in waiting:
        telling.tell(organization_id=home().id, delivery_id=one, at=now)
    assert len(mail.outbox) == len(waiting) > 1
    assert not any("/surveys/" in str(one.body) for one in mail.outbox)


def test_who_is_unhappy_is_led_to_another_look_and_to_a_complaint(client: Client) -> None:
    address, _case_id = ended()
    survey = client.post(f"{address}rate/")["Location"]
    thanks = client.post(survey, UNHAPPY)["Location"]
    page = text(client.get(thanks))
    assert f'href="{address}reopen/"' in page
    assert "complain" not in page  # nobody would read it
    taking_complaints(at=clock.now())
    assert f'action="{address}complain/"' in text(client.get(thanks))
    client.post(f"{address}reopen/", {"reason": "Slip gaji milik orang lain.", "_key": "k"})
    assert f'href="{address}reopen/"' not in text(client.get(thanks))  # once


def test_who_came_by_a_message_is_told_where_another_look_is_asked_for(
    client: Client, told: tuple[str, UUID, list[str]]
) -> None:
    address, case_id, letters = told
    link = plain(letters[-1])
    taking_complaints(at=clock.now())
    page = text(client.get(client.post(link, UNHAPPY)["Location"]))
    assert "alamat pada tanda terima" in page
    assert f'href="/apply/{REGION}/pengaduan/"' in page
    assert address not in page
    someone = coordinator()
    with tenancy(home().id):
        Case.objects.filter(id=case_id).update(applicant=someone.id)
    client.force_login(someone)
    assert f'href="/applications/{REGION}/{case_id}/reopen/"' in text(client.get(link))


@pytest.mark.parametrize("answers", [GIVEN, UNHAPPY], ids=["content", "unhappy"])
def test_whatever_was_answered_the_page_offers_the_same_so_that_a_link_tells_nobody(
    client: Client, answers: dict[str, str]
) -> None:
    address, _case_id = ended()
    taking_complaints(at=clock.now())
    thanks = client.post(client.post(f"{address}rate/")["Location"], answers)["Location"]
    page = text(client.get(thanks))
    assert ("Bila Anda kurang puas" in page, "reopen" in page, "complain" in page) == (True, True, True)
