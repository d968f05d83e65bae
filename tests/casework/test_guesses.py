"""Who guesses at a region's desk, at its counter or behind an application finds nothing, and stands in its trail."""

from typing import Any

import pytest
from django.test import Client

from livinglab.accounts.models import User
from livinglab.audit.models import Entry
from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import Task
from livinglab.casework.operations import guesses
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role
from tests.casework.attached import photo, sent_with
from tests.casework.kit import REGION, arrived, begun, coordinator, home, running, seated
from tests.organizations.people import make_member, organization, signed_in

pytestmark = pytest.mark.django_db
PAGES, API = f"/regions/{REGION}", f"/api/v1/regions/{REGION}"
AT_DESK, OF_APPLICATION = "casework.desk_address_unknown", "casework.address_unknown"


def noted(action: str = AT_DESK, code: str = REGION) -> list[Any]:
    """Return who asked, for each entry."""
    found = organization(code)
    with tenancy(found.id):
        return [one.by for one in Entry.objects.filter(organization_id=found.id, action=action)]


def waiting() -> str:
    with tenancy(home().id):
        return str(Task.objects.get().id)


@pytest.fixture
def officer() -> User:
    arrived(running())
    return seated("operator", SeatKind.VILLAGE)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", PAGES + "/desk/{guess}/"),
        ("post", PAGES + "/desk/{guess}/"),
        ("post", PAGES + "/desk/{guess}/assign/"),
        ("get", PAGES + "/desk/{guess}/files/{guess}/"),
        ("get", PAGES + "/desk/{task}/files/{guess}/"),
        ("get", PAGES + "/desk/sign/{guess}/1/"),
        ("get", PAGES + "/counter/{guess}/receipt/"),
        ("post", PAGES + "/desk/{guess}/dispose/"),
        ("put", API + "/desk/{guess}/agency"),
        ("get", API + "/desk/{guess}"),
        ("post", API + "/desk/{guess}/completion"),
        ("put", API + "/desk/{guess}/assignee"),
        ("delete", API + "/desk/{guess}/assignee"),
        ("get", API + "/desk/{guess}/files"),
        ("get", API + "/desk/{guess}/files/{guess}"),
        ("get", API + "/desk/{task}/files/{guess}"),
    ],
)
def test_a_guess_of_an_officer_is_404_and_stands_in_the_trail_with_who_made_it(
    officer: User, method: str, path: str
) -> None:
    client, task = signed_in(officer), waiting()
    address = path.format(guess=new_id(), task=task)
    given = {"answers": {}, "key": "k", "agency": None}
    typed = {} if method == "get" else {"data": given, "content_type": "application/json"}
    assert getattr(client, method)(address, **typed).status_code == 404
    assert noted() == [officer.id]
    assert client.get(f"{PAGES}/desk/{task}/").status_code == 200
    assert client.get(f"{API}/desk/{task}").status_code == 200
    assert noted() == [officer.id]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "/papers/{guess}/revoke/"),
        ("post", "/papers/{guess}/revoke/"),
        ("post", "/erasures/{guess}/grant/"),
        ("post", "/erasures/{guess}/refuse/"),
        ("post", "/messages/{guess}/again/"),
        ("post", "/outside/{guess}/again/"),
        ("post", "/outside/{guess}/give-up/"),
        ("post", "/seats/{guess}/end/"),
        ("get", "/versions/{guess}/"),
    ],
)
def test_a_guess_of_who_answers_for_the_services_stands_in_the_trail_too(
    officer: User, method: str, path: str
) -> None:
    chief = coordinator()
    answer = getattr(signed_in(chief), method)(PAGES + path.format(guess=new_id()), {"reason": "Salah."})
    assert answer.status_code == 404
    assert "Mungkin sudah selesai, oleh Anda atau rekan" in answer.content.decode()
    assert noted() == [chief.id]


def test_the_page_of_a_guess_says_what_may_have_become_of_the_step_and_leads_to_the_desk(
    officer: User,
) -> None:
    page = signed_in(officer).get(f"{PAGES}/desk/{new_id()}/").content.decode()
    assert "mungkin sudah selesai" in page
    assert f'href="{PAGES}/desk/"' in page


def test_a_step_of_another_region_is_a_guess_like_any_other(officer: User) -> None:
    stranger = make_member("siak", Role.VILLAGE_OPERATOR, "14.08")
    assert signed_in(stranger).get(f"/regions/14.08/desk/{waiting()}/").status_code == 404
    assert (noted(), noted(code="14.08")) == ([], [stranger.id])


def test_of_a_flood_only_the_beginning_stands_in_the_trail_and_it_hides_nobody_else(
    officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guesses, "MOST_NOTED", 2)
    colleague = seated("camat", SeatKind.VILLAGE)
    for one in (officer, officer, officer, colleague):
        assert signed_in(one).get(f"{API}/desk/{new_id()}").status_code == 404
    assert sorted(noted()) == sorted([officer.id, officer.id, colleague.id])


def test_what_an_application_does_not_have_is_404_and_stands_in_the_trail(client: Client) -> None:
    address = sent_with(client, photo())
    guessed = [
        f"{address}files/{new_id()}/",
        f"{address}papers/1/",
        f"{address}papers/0/",
        f"{address}papers/1/id.pdf",
        f"{address}papers/{10**30}/xx.pdf",
    ]
    for one in guessed:
        answer = client.get(one)
        assert answer.status_code == 404
        assert f'href="{address}"' in answer.content.decode()
    secret = {"Authorization": f"Bearer {address.split('/')[3]}"}
    assert client.get(f"{API}/application/files/{new_id()}", headers=secret).status_code == 404
    assert noted(OF_APPLICATION) == [None] * 6


def test_a_form_has_no_files_of_others_and_no_documents(client: Client) -> None:
    token = begun(running())
    for part in (f"files/{new_id()}/", "papers/1/", "papers/1/id.pdf"):
        assert client.get(f"/applications/{REGION}/{token}/{part}").status_code == 404
    assert noted(OF_APPLICATION) == [None] * 3
