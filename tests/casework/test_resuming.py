"""A form that was begun is found again: by who was signed in, and by the officer who fills it in with a citizen."""

from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from livinglab.casework.domain.states import Channel, SeatKind
from livinglab.casework.models import Case, Draft, Service
from livinglab.casework.operations import cases, drafts
from livinglab.kernel import clock
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role
from tests.casework.kit import ANSWERS, REGION, VILLAGE, home, running, seated
from tests.casework.test_pages import SERVICE, TOKEN, TYPED, filled, text
from tests.organizations.people import make_member, make_person, signed_in

pytestmark = pytest.mark.django_db
OWN = "/me/applications/"
COUNTER = f"/regions/{REGION}/counter/"


def started(client: Client) -> tuple[str, str]:
    """Begin a form; return its secret address and that of its id."""
    found = TOKEN.search(client.post(SERVICE)["Location"])
    assert found is not None
    with tenancy(home().id):
        draft = Draft.objects.order_by("-begun_at", "-id")[0]
    return found[0], f"/applications/{REGION}/{draft.id}/"


def begun_at_the_counter(service: Service, client: Client) -> tuple[str, str]:
    """Begin a form at the counter; return its secret address and its id."""
    found = TOKEN.search(client.post(COUNTER, {"service": str(service.id)})["Location"])
    assert found is not None
    with tenancy(home().id):
        return found[0], str(Draft.objects.order_by("-begun_at", "-id")[0].id)


def test_who_is_signed_in_finds_a_form_again_and_sends_it_from_there() -> None:
    running()
    client = signed_in(make_member("warga", Role.CITIZEN))
    _secret, address = started(client)
    for page in (OWN, SERVICE):
        assert f'href="{address}form/"' in text(client.get(page))
    assert client.get(address)["Location"] == f"{address}form/"
    assert client.post(filled(client, address))["Location"] == f"{address}receipt/"
    with tenancy(home().id):
        case = Case.objects.get()
        assert Draft.objects.get().case_id == case.id
    at_home = f"/applications/{REGION}/{case.id}/"
    assert client.get(f"{address}receipt/")["Location"] == at_home
    assert case.number in text(client.get(address))  # the form's id still leads to its case
    assert f'href="{address}form/"' not in text(client.get(OWN))


def test_nobody_else_opens_it_or_sees_it() -> None:
    running()
    _secret, address = started(signed_in(make_member("warga", Role.CITIZEN)))
    stranger = signed_in(make_member("tetangga", Role.CITIZEN))
    for page in (OWN, SERVICE):
        assert address not in text(stranger.get(page))
    for more in ("", "form/", "form/who/", "check/", "delete/"):
        assert stranger.get(f"{address}{more}").status_code == 404
    assert stranger.post(f"{address}form/who/", {"_shown": "full_name", "full_name": "X"}).status_code == 404
    assert stranger.post(f"{address}delete/").status_code == 404
    assert Client().get(address)["Location"].startswith("/accounts/login/")
    assert stranger.get(address.replace(REGION, "14.08")).status_code == 404
    with tenancy(home().id):
        assert Draft.objects.get().answers == {}


def test_its_owner_deletes_it_from_there() -> None:
    running()
    client = signed_in(make_member("warga", Role.CITIZEN))
    _secret, address = started(client)
    assert client.post(f"{address}delete/").status_code == 302
    with tenancy(home().id):
        assert not Draft.objects.exists()


def test_a_form_that_was_begun_without_a_sign_in_is_at_its_secret_alone(client: Client) -> None:
    running()
    _secret, address = started(client)
    someone = signed_in(make_person("warga"))
    assert someone.get(address).status_code == 404
    assert address not in text(someone.get(OWN))


def test_more_forms_take_no_more_statements() -> None:
    running()
    client = signed_in(make_member("warga", Role.CITIZEN))
    counts: list[int] = []
    for _nth in range(3):
        started(client)
        client.get(OWN)
        with CaptureQueriesContext(connection) as asked:
            client.get(OWN)
        counts.append(len(asked))
    assert counts[2] == counts[0]


def test_an_officer_goes_on_with_a_form_and_so_does_the_tab_that_shows_it() -> None:
    service = running()
    client = signed_in(seated("operator", SeatKind.VILLAGE, VILLAGE))
    old, draft_id = begun_at_the_counter(service, client)
    first = client.get(f"{old}form/")["Location"]
    client.post(first, {"_shown": "full_name", "full_name": "Warga Contoh"})
    assert f'value="{draft_id}"' in text(client.get(COUNTER))
    again = TOKEN.search(client.post(COUNTER, {"draft": draft_id})["Location"])
    assert again is not None
    client.post(first, {"_shown": "full_name", "full_name": "Warga Lain"})  # in the tab that was open before
    assert 'value="Warga Lain"' in text(client.get(first.replace(old, again[0])))
    assert client.post(filled(client, again[0])).status_code == 302
    page = text(client.get(COUNTER))
    assert f'value="{draft_id}"' not in page
    with tenancy(home().id):
        case = Case.objects.get()
    receipt = f"{COUNTER}{case.id}/receipt/"
    assert f'href="{receipt}"' in page
    said = text(client.get(receipt))
    assert case.number in said
    for kept_back in (*TYPED["full_name"].split()[:1], str(ANSWERS["nik"]), again[0]):
        assert kept_back not in said  # neither answers nor the citizen's address


def test_a_form_whose_address_cannot_be_said_again_gets_another_one(settings: Settings) -> None:
    service = running()
    client = signed_in(seated("operator", SeatKind.VILLAGE, VILLAGE))
    old, draft_id = begun_at_the_counter(service, client)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]  # the session stays
    settings.SECRET_KEY = "kunci uji yang baru dan cukup panjang"
    again = TOKEN.search(client.post(COUNTER, {"draft": draft_id})["Location"])
    assert again is not None
    assert again[0] != old
    assert client.get(f"{old}form/").status_code == 404
    assert client.get(f"{again[0]}form/").status_code == 302


@pytest.mark.parametrize("named", ["x", "", str(UUID(int=1))])
def test_what_is_not_theirs_is_not_gone_on_with(named: str) -> None:
    running()
    client = signed_in(seated("operator", SeatKind.VILLAGE, VILLAGE))
    answer = client.post(COUNTER, {"draft": named})
    assert answer.status_code == 422
    assert "tidak sedang diisi lagi" in text(answer)


def test_another_officer_and_another_region_find_neither_form_nor_receipt() -> None:
    service = running()
    client = signed_in(seated("operator", SeatKind.VILLAGE, VILLAGE))
    _old, draft_id = begun_at_the_counter(service, client)
    other = signed_in(seated("rekan", SeatKind.VILLAGE, VILLAGE))
    assert draft_id not in text(other.get(COUNTER))
    assert other.post(COUNTER, {"draft": draft_id}).status_code == 422
    helper = make_member("pembantu", Role.VILLAGE_OPERATOR)
    _draft, token = drafts.begin(
        organization=home(),
        service_id=service.id,
        channel=Channel.COUNTER,
        applicant=None,
        helped_by=helper.id,
        at=clock.now(),
    )
    drafts.save(organization=home(), token=token, answers=ANSWERS, at=clock.now())
    case = cases.submit(organization=home(), token=token, by=helper.id, at=clock.now())
    assert signed_in(helper).get(f"{COUNTER}{case.id}/receipt/").status_code == 200
    assert other.get(f"{COUNTER}{case.id}/receipt/").status_code == 404
    elsewhere = signed_in(make_member("jauh", Role.VILLAGE_OPERATOR, "14.08"))
    assert elsewhere.get(f"/regions/14.08/counter/{case.id}/receipt/").status_code == 404
    assert elsewhere.get(f"{COUNTER}{case.id}/receipt/").status_code == 403


def test_who_lost_the_seat_goes_on_with_nothing() -> None:
    service = running()
    client = signed_in(make_member("tamu", Role.VILLAGE_OPERATOR))
    _draft, _token = drafts.begin(
        organization=home(),
        service_id=service.id,
        channel=Channel.COUNTER,
        applicant=None,
        helped_by=make_person("lain").id,
        at=clock.now(),
    )
    with tenancy(home().id):
        draft_id = str(Draft.objects.get().id)
    assert client.post(COUNTER, {"draft": draft_id}).status_code == 422
