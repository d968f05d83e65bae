"""Whoever guesses learns nothing from the work that an answer took: what is there for others costs what none costs."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from livinglab.casework.domain.states import Channel, SeatKind
from livinglab.casework.models import Draft, Task
from livinglab.casework.operations import cases, drafts, services
from livinglab.casework.queries.applications import UnknownApplication, application
from livinglab.casework.queries.attachments import find_of_case
from livinglab.casework.queries.inbox import find_task
from livinglab.kernel import clock
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role
from tests.casework.attached import kept as files_kept
from tests.casework.attached import photo, sent_with
from tests.casework.kit import ANSWERS, AT, PARAMETERS, REGION, arrived, begun, home, running, seated
from tests.organizations.people import make_member, organization, signed_in
from tests.releases.kit import files_of, zipped

pytestmark = pytest.mark.django_db

PAGES, API = f"/regions/{REGION}", f"/api/v1/regions/{REGION}"
NEVER: Final = "A" * 43
_MAIN: Final = re.compile(r"<main.*?</main>", re.DOTALL)
JSON: Final = {"data": {"answers": {}, "key": "k"}, "content_type": "application/json"}


@dataclass(frozen=True)
class Elsewhere:
    """A case of another region: its secret, its id, what waits of it."""

    secret: str
    case: str
    task: str


@pytest.fixture
def elsewhere() -> Elsewhere:
    there, village = organization("14.08"), "14.08.01.2001"
    service = services.put_to_work(
        organization=there,
        content=zipped(files_of("sktm", there)),
        parameters=PARAMETERS,
        places={village: {}},
        by=None,
        at=AT,
    )
    _draft, secret = drafts.begin(
        organization=there, service_id=service.id, channel=Channel.SELF, applicant=None, helped_by=None, at=AT
    )
    drafts.save(organization=there, token=secret, answers={**ANSWERS, "village": village}, at=AT)
    case = cases.submit(organization=there, token=secret, by=None, at=AT)
    with tenancy(there.id):
        return Elsewhere(secret, str(case.id), str(Task.objects.get().id))


def answered(ask: Callable[[str], object], guess: str) -> tuple[int, int, str]:
    """Return status, statements and what is said of a guess, the guess itself left out."""
    with CaptureQueriesContext(connection) as taken:
        answer = ask(guess)
    said = answer.content.decode().replace(guess, "…")  # type: ignore[attr-defined]
    found = _MAIN.search(said)
    return answer.status_code, len(taken), found[0] if found else said  # type: ignore[attr-defined]


def same(ask: Callable[[str], object], *, there: str, never: str) -> None:
    """Ask for what is there for others and for what never was, and compare: both 404, by as many statements."""
    answered(ask, never)  # what a process reads once is read
    expected, found = answered(ask, never), answered(ask, there)
    assert expected[0] == 404
    assert found == expected


@pytest.mark.parametrize("page", ["", "form/", "form/who/", "check/", "receipt/", "data/", "papers/1/"])
@pytest.mark.parametrize("kind", ["elsewhere", "over"])
def test_a_secret_that_opens_something_else_costs_what_one_of_nothing_costs(
    client: Client, elsewhere: Elsewhere, kind: str, page: str
) -> None:
    secret = begun(running())
    if kind == "elsewhere":
        secret = elsewhere.secret
    else:  # a form that nobody went on with for a month, and that the night's job has not deleted yet
        with tenancy(home().id):
            Draft.objects.update(ends_at=clock.now() - timedelta(seconds=1))
    same(lambda one: client.get(f"/applications/{REGION}/{one}/{page}"), there=secret, never=NEVER)


def test_a_program_is_told_no_more(client: Client, elsewhere: Elsewhere) -> None:
    running()
    same(
        lambda one: client.get(f"{API}/application", headers={"Authorization": f"Bearer {one}"}),
        there=elsewhere.secret,
        never=NEVER,
    )


def test_an_application_of_somebody_else_costs_its_guesser_what_none_costs() -> None:
    case = arrived(running())
    client = signed_in(make_member("warga", Role.CITIZEN, REGION))
    ask = lambda one: client.get(f"/applications/{REGION}/{one}/")  # noqa: E731
    same(ask, there=str(case.id), never=str(new_id()))


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", PAGES + "/desk/{}/"),
        ("post", PAGES + "/desk/{}/"),
        ("post", PAGES + "/desk/{}/assign/"),
        ("get", API + "/desk/{}"),
        ("post", API + "/desk/{}/completion"),
        ("put", API + "/desk/{}/assignee"),
        ("get", API + "/desk/{}/files"),
        ("get", PAGES + "/counter/{}/receipt/"),
    ],
)
def test_a_step_of_another_region_costs_what_none_costs(elsewhere: Elsewhere, method: str, path: str) -> None:
    running()
    client = signed_in(seated("operator", SeatKind.VILLAGE))
    how = {} if method == "get" else JSON
    there = elsewhere.case if "receipt" in path else elsewhere.task
    same(lambda one: getattr(client, method)(path.format(one), **how), there=there, never=str(new_id()))


@pytest.mark.parametrize("who", ["applicant", "officer", "program"])
def test_a_file_of_another_application_costs_what_none_costs(client: Client, who: str) -> None:
    first = sent_with(client, photo())
    with tenancy(home().id):
        task = Task.objects.get().id
    sent_with(client, photo(size=(50, 50)))
    (other,) = (one for one in files_kept() if one.case_id != _case_of(task))
    officer = signed_in(seated("operator", SeatKind.VILLAGE))
    asks: dict[str, Callable[[str], object]] = {
        "applicant": lambda one: client.get(f"{first}files/{one}/"),
        "officer": lambda one: officer.get(f"{PAGES}/desk/{task}/files/{one}/"),
        "program": lambda one: officer.get(f"{API}/desk/{task}/files/{one}"),
    }
    same(asks[who], there=str(other.id), never=str(new_id()))


def _case_of(task: object) -> object:
    with tenancy(home().id):
        return Task.objects.get(id=task).case_id


def test_finding_takes_as_many_statements_as_not_finding(client: Client) -> None:
    address, region = sent_with(client, photo()), home()
    (file,) = files_kept()
    with tenancy(region.id):
        task = Task.objects.get()

    def of_secret(one: str) -> object:
        try:
            return application(region, one, at=clock.now())
        except UnknownApplication:
            return None

    def statements(find: Callable[[], object], *, is_there: bool) -> int:
        with tenancy(region.id), CaptureQueriesContext(connection) as taken:
            assert (find() is not None) == is_there
        return len(taken)

    assert statements(lambda: of_secret(address.split("/")[3]), is_there=True) == 2
    assert statements(lambda: of_secret(NEVER), is_there=False) == 2
    assert statements(lambda: find_task(region.id, task.id), is_there=True) == 1
    assert statements(lambda: find_task(region.id, new_id()), is_there=False) == 1
    assert statements(lambda: find_of_case(region.id, task.case_id, file.id), is_there=True) == 1
    assert statements(lambda: find_of_case(region.id, task.case_id, new_id()), is_there=False) == 1
