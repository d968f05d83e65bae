"""Programs apply, follow and withdraw with the secret alone, and officers work with their session."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from livinglab.audit.models import Entry
from livinglab.casework.api import offered
from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import Case, Draft, Step
from livinglab.casework.operations import guesses
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.models import Area
from livinglab.organizations.queries import Role
from tests.casework.kit import ANSWERS, AT, NEIGHBOUR, REGION, VILLAGE, arrived, done, home, running, seated
from tests.organizations.people import make_member, signed_in

pytestmark = pytest.mark.django_db
BASE = f"/api/v1/regions/{REGION}"
HERE = f"{BASE}/application"
_CONTROL = ("SAVEPOINT", "RELEASE", "SET LOCAL")


def ask(method: str, path: str, secret: str = "", body: object = None, client: Client | None = None) -> Any:
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    call = getattr(client or Client(enforce_csrf_checks=True), method)
    return call(path, body, content_type="application/json", headers=headers)


def read(path: str, secret: str = "", client: Client | None = None) -> Any:
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    return (client or Client()).get(path, headers=headers)


def begun() -> str:
    return str(ask("post", f"{BASE}/offered-services/sktm/forms", body={}).json()["secret"])


def sent(**answers: object) -> str:
    secret = begun()
    ask("put", f"{HERE}/answers", secret, {"answers": {**ANSWERS, **answers}})
    assert ask("post", f"{HERE}/submission", secret).status_code == 200
    return secret


def statements(asked: CaptureQueriesContext) -> int:
    return len([one for one in asked.captured_queries if not one["sql"].startswith(_CONTROL)])


def test_a_region_lists_what_can_be_applied_for() -> None:
    running()
    answer = read(f"{BASE}/offered-services").json()
    (one,) = answer["items"]
    assert (one["package"], one["days"], one["calendar"], one["state"]) == ("sktm", 3, "working", "open")
    assert one["page"] == f"/apply/{REGION}/sktm/"
    assert read(f"{BASE}/offered-services?q=surat+keterangn").json()["total"] == 1
    assert read(f"{BASE}/offered-services?q=zzzz").json()["total"] == 0
    assert read("/api/v1/regions/99.99/offered-services").status_code == 404


def test_a_service_says_what_it_asks_and_where() -> None:
    running()
    Area.objects.get_or_create(
        code=VILLAGE,
        defaults={
            "name": "Desa Contoh",
            "kind": "village",
            "parent_code": VILLAGE[:8],
            "region_code": REGION,
        },
    )
    one = read(f"{BASE}/offered-services/sktm").json()
    assert one["form"]["x-pages"][0]["id"] == "who"
    assert one["form"]["properties"]["nik"]["x-type"] == "nik"
    assert len(one["standard"]) == 14
    assert VILLAGE in {each["code"] for each in one["places"] if each["level"] == "village"}
    assert one["version"] == "1.0.0"
    refused = read(f"{BASE}/offered-services/reklame")
    assert (refused.status_code, refused.json()["error"]["known"]) == (404, ["sktm"])


def test_an_application_goes_from_its_form_to_a_case_and_is_withdrawn() -> None:
    running()
    secret = begun()
    form = read(HERE, secret).json()
    assert (form["state"], form["case"]) == ("form", None)
    assert ("nik", "required") in {(one["field"], one["code"]) for one in form["problems"]}
    early = ask("post", f"{HERE}/submission", secret)
    assert early.status_code == 422
    assert "full_name" in {one["field"] for one in early.json()["error"]["problems"]}
    saved = ask("put", f"{HERE}/answers", secret, {"answers": {**ANSWERS, "nik": "12"}}).json()
    assert [one["field"] for one in saved["problems"]] == ["nik"]
    saved = ask("put", f"{HERE}/answers", secret, {"answers": {"nik": ANSWERS["nik"]}}).json()
    assert (saved["problems"], saved["answers"]) == ([], ANSWERS)
    first = ask("post", f"{HERE}/submission", secret).json()
    again = ask("post", f"{HERE}/submission", secret).json()
    assert first["case"]["number"] == again["case"]["number"] == "SKTM-2026-000001"
    assert (first["state"], first["answers"]) == ("open", None)
    (waits,) = first["case"]["waits"]
    assert waits["step"]["en"] == "Check the application"
    assert next(one["kind"] for one in first["case"]["history"]) == "applied"
    assert first["case"]["messages"][0]["subject"]["en"]
    over = ask("post", f"{HERE}/withdrawal", secret).json()
    assert (over["state"], over["case"]["outcome"]) == ("ended", "withdrawn")
    assert ask("post", f"{HERE}/withdrawal", secret).json() == over
    with tenancy(home().id):
        assert Case.objects.count() == 1


def test_a_wrong_secret_is_404_and_stands_in_the_trail_but_of_a_flood_only_the_beginning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    running()
    monkeypatch.setattr(guesses, "MOST_NOTED", 2)
    assert read(HERE).status_code == 401
    for wrong in ("A" * 43, "x", "B" * 43):
        answer = read(HERE, wrong)
        assert answer.status_code == 404
        assert "no application with this secret" in answer.json()["error"]["message"]
    with tenancy(home().id):
        assert Entry.objects.filter(action="casework.address_unknown").count() == 2


def test_a_secret_opens_nothing_in_another_region() -> None:
    running()
    assert read("/api/v1/regions/14.08/application", begun()).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"stranger": "1"},
        {"full_name": {"a": 1}},
        {"full_name": "a\x00b"},
        {"full_name": "\ud800"},
        {"full_name": 7},
        {"members": True},
        {"members": 10**400},
        {"members": [4]},
        {"family_card": {"name": "kk.jpg", "size": 1, "sha256": "0" * 64}},
    ],
)
def test_what_no_form_can_hold_is_refused_and_nothing_is_kept(wrong: dict[str, object]) -> None:
    running()
    secret = begun()
    answer = ask("put", f"{HERE}/answers", secret, {"answers": {"purpose": "school", **wrong}})
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["error"]["problems"]] == list(wrong)
    with tenancy(home().id):
        assert Draft.objects.get().answers == {}


def test_numbers_that_are_none_are_refused() -> None:
    running()
    secret = begun()
    body = '{"answers": {"members": NaN, "income": Infinity}}'
    answer = Client().put(
        f"{HERE}/answers",
        body,
        content_type="application/json",
        headers={"Authorization": f"Bearer {secret}"},
    )
    assert answer.status_code == 422


def test_forms_from_one_address_have_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    running()
    monkeypatch.setattr(offered, "MOST_BEGUN", 1)
    begun()
    assert ask("post", f"{BASE}/offered-services/sktm/forms", body={}).status_code == 429
    with tenancy(home().id):
        assert Draft.objects.count() == 1


def test_the_office_asks_and_the_applicant_replies_once() -> None:
    service = running()
    secret = sent()
    operator = seated("operator", SeatKind.VILLAGE, VILLAGE)
    with tenancy(home().id):
        case = Case.objects.get(service=service)
    done(case.id, "check", operator, result="incomplete", reason="Foto KTP tidak terbaca")
    asked = read(HERE, secret).json()
    assert (asked["case"]["is_asked"], asked["answers"]["school"]) == (True, "SMP Contoh")
    body = {"key": "k-1", "answers": {"address": "Jalan Contoh 2"}}
    first = ask("post", f"{HERE}/reply", secret, body).json()
    assert first["case"]["is_asked"] is False
    assert ask("post", f"{HERE}/reply", secret, body).json() == first
    refused = ask("post", f"{HERE}/reply", secret, {**body, "key": "k-2"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "not_waiting")
    with tenancy(home().id):
        assert Step.objects.filter(case_id=case.id, what="answered").count() == 1
    assert ask("post", f"{HERE}/reply", begun(), body).json()["error"]["code"] == "not_sent"


def test_answers_of_one_person_are_never_kept_by_caches_nor_open_to_other_sites() -> None:
    running()
    answer = read(HERE, begun())
    assert "no-store" in answer["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in answer
    assert "ETag" not in answer


def test_an_officer_reads_the_desk_and_does_a_step_once() -> None:
    running()
    sent()
    sent(village=NEIGHBOUR)
    officer = signed_in(seated("operator", SeatKind.VILLAGE, VILLAGE))
    (one,) = read(f"{BASE}/desk", client=officer).json()["items"]
    assert (one["number"], one["is_late"], one["step"]["en"]) == (
        "SKTM-2026-000001",
        False,
        "Check the application",
    )
    whole = read(f"{BASE}/desk/{one['id']}", client=officer).json()
    shown = {each["field"]: each["answer"] for each in whole["application"]}
    assert (shown["full_name"], shown["nik"]) == ("Warga Contoh", "••••••••••••0001")
    assert "result" in whole["form"]["properties"]
    act = f"{BASE}/desk/{one['id']}/completion"
    wrong = ask("post", act, body={"key": "1", "answers": {"result": "perhaps"}}, client=officer)
    problems = wrong.json()["error"]["problems"]
    assert [each["field"] for each in problems] == ["result", "reason"]
    body = {"key": "1", "answers": {"result": "complete"}}
    assert ask("post", act, body=body, client=officer).json() == {
        "number": "SKTM-2026-000001",
        "outcome": None,
    }
    assert ask("post", act, body=body, client=officer).status_code == 404


def test_who_has_no_seat_there_is_refused() -> None:
    running()
    sent()
    officer = signed_in(seated("operator", SeatKind.VILLAGE, VILLAGE))
    (one,) = read(f"{BASE}/desk", client=officer).json()["items"]
    neighbour = signed_in(seated("tetangga", SeatKind.VILLAGE, NEIGHBOUR))
    act = f"{BASE}/desk/{one['id']}/completion"
    body = {"key": "1", "answers": {"result": "complete"}}
    assert ask("post", act, body=body, client=neighbour).status_code == 403
    assert read(f"{BASE}/desk", client=neighbour).json()["total"] == 0
    assert read(f"{BASE}/desk").status_code == 401
    stranger = signed_in(make_member("siak", Role.AGENCY_OFFICER, "14.08"))
    assert read(f"{BASE}/desk", client=stranger).status_code == 403


def test_a_write_with_a_session_needs_its_csrf_token() -> None:
    running()
    sent()
    officer = Client(enforce_csrf_checks=True)
    officer.force_login(seated("operator", SeatKind.VILLAGE, VILLAGE))
    (one,) = read(f"{BASE}/desk", client=officer).json()["items"]
    body = {"key": "1", "answers": {"result": "complete"}}
    assert ask("post", f"{BASE}/desk/{one['id']}/completion", body=body, client=officer).status_code == 403
    assert read(f"{BASE}/desk", client=officer).json()["total"] == 1


def test_each_address_takes_few_statements_however_much_there_is() -> None:
    service = running()
    secret = sent()
    officer = signed_in(seated("operator", SeatKind.VILLAGE))
    (one,) = read(f"{BASE}/desk", client=officer).json()["items"]
    counted = {}
    for name, path, who in (
        ("list", f"{BASE}/offered-services", None),
        ("service", f"{BASE}/offered-services/sktm", None),
        ("application", HERE, None),
        ("desk", f"{BASE}/desk", officer),
        ("task", f"{BASE}/desk/{one['id']}", officer),
    ):
        with CaptureQueriesContext(connection) as asked:
            assert read(path, "" if who else secret, who).status_code == 200
        counted[name] = statements(asked)
    most = {"list": 10, "service": 12, "application": 12, "desk": 10, "task": 12}
    assert {name: count for name, count in counted.items() if count > most[name]} == {}, counted
    for _nth in range(5):
        arrived(service, at=AT + timedelta(hours=1))
    with CaptureQueriesContext(connection) as asked:
        assert read(f"{BASE}/desk", client=officer).json()["total"] == 6
    assert statements(asked) == counted["desk"]


def test_what_waits_is_counted_so_far_and_leafed_through_behind_it(monkeypatch: pytest.MonkeyPatch) -> None:
    service = running()
    for nth in range(3):
        arrived(service, at=AT + timedelta(hours=nth))
    officer = signed_in(seated("operator", SeatKind.VILLAGE))
    monkeypatch.setattr("livinglab.casework.api.desk._MOST_COUNTED", 1)
    address, numbers = f"{BASE}/desk?limit=1", []
    while address:
        page = read(address, client=officer).json()
        assert page["total"] == 2
        numbers += [one["number"] for one in page["items"]]
        address = page["next"]
    assert len(set(numbers)) == len(numbers) == 3
