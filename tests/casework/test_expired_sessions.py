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
from tests.ui.test_kept_forms import kept

pytestmark = pytest.mark.django_db
#: what a browser says of a form that somebody sends on a page of ours
BROWSER = {
    "Origin": "http://testserver",
    "Sec-Fetch-Site": "same-origin",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Dest": "document",
    "Sec-Fetch-User": "?1",
}
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


def test_an_office_whose_session_ended_does_its_step_once_with_what_it_typed() -> None:
    # Given an officer who has typed why an application is incomplete, when the session ends
    case = arrived(running())
    officer = seated("operator", SeatKind.VILLAGE, VILLAGE)
    client = as_a_browser(officer)
    with tenancy(home().id):
        where = f"/regions/{REGION}/desk/{Task.objects.get().id}/"
    _action, marks = kept(client.get(where).content)
    typed = {**marks, "_shown": "result", "result": "incomplete"}
    _action, marks = kept(client.post(where, typed, headers=BROWSER).content)  # it brings up the reason
    assert marks["_shown"][0].split() == ["result", "reason"]
    typed = {**marks, "result": "incomplete", "reason": "Foto kartu keluarga buram."}
    session_ends(client)
    # When it is sent, then nothing is done, and the page holds what was typed
    answer = client.post(where, typed, headers=BROWSER)
    action, fields = kept(answer.content)
    assert (answer.status_code, action, "no-store" in answer["Cache-Control"]) == (403, where, True)
    assert "Foto kartu keluarga buram." in text(answer)
    assert 'href="/accounts/login/?next=' in text(answer)
    assert completed() == []
    # and who signed in again in another tab sends it: the old token is not taken, the page holds it once more
    client.force_login(officer)
    del client.cookies[settings.CSRF_COOKIE_NAME]  # signing in gives a new one
    client.get(where)
    stale = client.post(action, fields, headers=BROWSER)
    action, fields = kept(stale.content)
    assert (stale.status_code, action, completed()) == (403, where, [])
    sent = client.post(action, fields, headers=BROWSER)
    assert (sent.status_code, sent["Location"]) == (302, f"/regions/{REGION}/desk/")
    # and the step was done once, by them, with what was typed, also where the button is pressed again
    assert client.post(action, fields, headers=BROWSER).status_code == 404
    assert completed() == [("check", str(officer.id))]
    with tenancy(home().id):
        tasks = Case.objects.get(id=case.id).state["tasks"]
    assert list(tasks.values()) == [{"result": "incomplete", "reason": "Foto kartu keluarga buram."}]


def completed() -> list[tuple[str, str]]:
    """Return which steps offices did, and who."""
    with tenancy(home().id):
        return list(Step.objects.filter(what="completed").order_by("place").values_list("on", "by"))


def test_who_has_no_account_needs_no_session_at_all() -> None:
    running()
    client = Client()
    where = client.get(f"{begun(client)}form/")["Location"]
    client.cookies.clear()
    shown = SHOWN_FIELD.search(text(client.get(where)))
    assert shown is not None
    given = {one: TYPED[one] for one in shown[1].split() if one in TYPED}
    assert client.post(where, {"_shown": shown[1], **given}).status_code == 302
