"""A session that ends while somebody fills a form in: what they typed at a secret address is kept without one."""

import re

import pytest
from django.conf import settings
from django.test import Client

from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import Case, Draft, Step, Task
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role
from tests.casework.kit import REGION, VILLAGE, arrived, home, running, seated
from tests.casework.test_pages import TYPED, begun, text
from tests.organizations.people import make_member

pytestmark = pytest.mark.django_db
SHOWN_FIELD = re.compile(r'name="_shown" value="([^"]*)"')
CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def as_a_browser(user: object) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)  # type: ignore[arg-type]
    return client


def session_ends(client: Client) -> None:
    client.session.flush()
    del client.cookies[settings.SESSION_COOKIE_NAME]


def typed_on(client: Client, where: str) -> dict[str, str]:
    """Open a page of a form as a browser does, and return what somebody types there."""
    page = text(client.get(where))
    token, shown = CSRF.search(page), SHOWN_FIELD.search(page)
    assert token is not None
    assert shown is not None
    answers = {one: TYPED[one] for one in shown[1].split() if one in TYPED}
    return {"csrfmiddlewaretoken": token[1], "_shown": shown[1], **answers}


def test_a_signed_in_citizen_goes_on_without_a_session_and_the_case_is_still_theirs() -> None:
    running()
    citizen = make_member("warga", Role.CITIZEN, REGION)
    client = as_a_browser(citizen)
    start = CSRF.search(text(client.get(f"/apply/{REGION}/sktm/")))
    assert start is not None
    where = client.post(f"/apply/{REGION}/sktm/", {"csrfmiddlewaretoken": start[1]})["Location"]
    where = client.get(where)["Location"]
    given = typed_on(client, where)
    session_ends(client)
    where = client.post(where, given)["Location"]
    with tenancy(home().id):
        draft = Draft.objects.get()
    assert (draft.answers["full_name"], draft.applicant) == (TYPED["full_name"], citizen.id)
    for _page in range(10):
        answer = client.post(where, typed_on(client, where))
        where = answer["Location"] if answer.status_code == 302 else where
        if where.endswith("/check/"):
            break
    token = CSRF.search(text(client.get(where)))
    assert token is not None
    assert client.post(where, {"csrfmiddlewaretoken": token[1]})["Location"].endswith("/receipt/")
    with tenancy(home().id):
        assert Case.objects.get().applicant == citizen.id


def test_an_officer_at_the_counter_loses_nothing_typed_and_is_named_as_who_helped() -> None:
    service = running()
    officer = seated("operator", SeatKind.VILLAGE, VILLAGE)
    client = as_a_browser(officer)
    counter = f"/regions/{REGION}/counter/"
    token = CSRF.search(text(client.get(counter)))
    assert token is not None
    begin = client.post(counter, {"csrfmiddlewaretoken": token[1], "service": str(service.id)})["Location"]
    where = client.get(begin)["Location"]
    given = typed_on(client, where)
    session_ends(client)
    assert client.post(where, given).status_code == 302
    with tenancy(home().id):
        draft = Draft.objects.get()
    assert (draft.answers["full_name"], draft.helped_by) == (TYPED["full_name"], officer.id)


def test_an_office_whose_session_ended_does_nothing_and_comes_back_to_its_step() -> None:
    arrived(running())
    client = as_a_browser(seated("operator", SeatKind.VILLAGE, VILLAGE))
    with tenancy(home().id):
        where = f"/regions/{REGION}/desk/{Task.objects.get().id}/"
    token = CSRF.search(text(client.get(where)))
    assert token is not None
    session_ends(client)
    answer = client.post(where, {"csrfmiddlewaretoken": token[1], "_shown": "result", "result": "complete"})
    assert answer.status_code in (302, 403)
    with tenancy(home().id):
        assert Step.objects.filter(what="completed").count() == 0


def test_who_has_no_account_needs_no_session_at_all() -> None:
    running()
    client = Client()
    where = client.get(f"{begun(client)}form/")["Location"]
    client.cookies.clear()
    shown = SHOWN_FIELD.search(text(client.get(where)))
    assert shown is not None
    given = {one: TYPED[one] for one in shown[1].split() if one in TYPED}
    assert client.post(where, {"_shown": shown[1], **given}).status_code == 302
