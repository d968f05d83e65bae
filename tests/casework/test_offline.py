"""The offline counter: what a device takes along, and applications that come in later, each of them once."""

import json
from datetime import timedelta
from secrets import token_urlsafe
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from livinglab.accounts.models import User
from livinglab.casework.domain.states import SeatKind, ServiceStep
from livinglab.casework.models import Case, Draft, Service
from livinglab.casework.operations import services
from livinglab.casework.queries.seats import seats_of
from livinglab.kernel import clock
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role
from tests.casework.complaints import taking_complaints
from tests.casework.kit import ANSWERS, AT, NEIGHBOUR, REGION, VILLAGE, coordinator, home, running, seated
from tests.casework.test_pages import TYPED, text
from tests.organizations.people import make_member, signed_in
from tests.releases.kit import files_of

pytestmark = pytest.mark.django_db
PAGE = f"/regions/{REGION}/counter/offline/"
FORMS, SEND = f"{PAGE}forms/", f"{PAGE}send/"


def operator() -> tuple[User, Client]:
    user = seated("operator", SeatKind.VILLAGE, VILLAGE)
    return user, signed_in(user)


def version_of(service: Service) -> str:
    return str(service.version_id)


def taken(service: Service, *, village: str = VILLAGE, **typed: str) -> dict[str, Any]:
    """Return an application as a device sends it."""
    return {
        "token": token_urlsafe(32),
        "version": version_of(service),
        "village": village,
        "taken_at": (clock.now() - timedelta(days=3)).isoformat(),
        "typed": {name: [value] for name, value in {**TYPED, **typed}.items()},
    }


def post(client: Client, entry: object) -> Any:
    return client.post(SEND, json.dumps(entry), content_type="application/json")


def kept() -> list[Case]:
    with tenancy(home().id):
        return list(Case.objects.order_by("number"))


def drafts_kept() -> int:
    with tenancy(home().id):
        return Draft.objects.count()


def test_a_device_takes_the_forms_of_its_village_along() -> None:
    service = running()
    user, client = operator()
    pack = client.get(FORMS).json()
    assert pack["officer"] == {"id": str(user.id), "name": user.name}
    assert [(one["code"], len(one["services"])) for one in pack["villages"]] == [(VILLAGE, 1)]
    form = pack["forms"][0]
    assert form["version"] == pack["villages"][0]["services"][0]["version"] == version_of(service)
    assert [one["id"] for one in form["pages"]] == ["who", "where", "why", "household", "declare"]
    assert form["fields"]["school"]["condition"] == ["is", "purpose", "school"]
    assert form["fields"]["nik"]["required"] is True
    assert form["fields"]["family_card"]["required"] is False
    assert 'name="full_name"' in form["pages"][0]["html"]
    assert 'id="family_card" name="family_card" type="file"' in form["pages"][3]["html"]
    card = form["fields"]["family_card"]
    assert (card["accept"], card["most"]) == (["image", "pdf"], 2048 * 1024)
    assert card["tooLarge"].startswith("Berkas lebih besar dari 2 MB.")
    assert "PDF atau foto" in card["otherKind"]
    assert pack["sentences"]["too_long"] == "Tulislah paling banyak {limit} huruf pada “{question}”."
    english = client.get(f"/en{FORMS}").json()["forms"][0]
    assert english["fields"]["full_name"]["title"] == "Full name"


def test_what_is_taken_along_is_read_at_once_for_all_services() -> None:
    running()
    _officer, client = operator()
    with CaptureQueriesContext(connection) as one:
        assert len(client.get(FORMS).json()["forms"]) == 1
    taking_complaints()
    with CaptureQueriesContext(connection) as two:
        assert len(client.get(FORMS).json()["forms"]) == 2
    assert len(two) == len(one)


def test_who_has_no_seat_in_a_village_takes_nothing_along() -> None:
    running()
    pack = signed_in(seated("dinas", SeatKind.AGENCY)).get(FORMS).json()
    assert (pack["villages"], pack["forms"]) == ([], [])
    assert "desa" in pack["refusal"]


def test_the_page_that_a_device_keeps_names_nobody() -> None:
    user, client = operator()
    page = text(client.get(PAGE))
    assert user.name not in page
    assert user.email not in page
    assert "csrfmiddlewaretoken" not in page


def test_applications_come_in_once_and_in_the_order_in_which_they_are_sent() -> None:
    service = running()
    user, client = operator()
    first, second = taken(service), taken(service, full_name="Warga Kedua")
    answers = [post(client, one) for one in (first, second, first, second, first)]
    assert [one.status_code for one in answers] == [200] * 5
    numbers = [one.json()["number"] for one in answers]
    cases = kept()
    assert [one.number for one in cases] == numbers[:2]
    assert numbers[2:] == [numbers[0], numbers[1], numbers[0]]
    assert [(one.channel, one.helped_by, one.unit_code) for one in cases] == [
        ("offline", user.id, VILLAGE)
    ] * 2
    assert [one.state["answers"]["full_name"] for one in cases] == [ANSWERS["full_name"], "Warga Kedua"]
    address = answers[0].json()["address"]
    assert address == f"http://testserver/applications/{REGION}/{first['token']}/"
    assert cases[0].number in text(client.get(f"{address}receipt/"))


def test_a_repeat_is_known_when_form_service_and_seat_are_gone() -> None:
    service = running()
    user, client = operator()
    entry = taken(service)
    number = post(client, entry).json()["number"]
    with tenancy(home().id):
        Draft.objects.all().delete()
        seats = seats_of(home().id, user.id)
    services.end_seat(organization=home(), seat_id=seats[0].id, by=coordinator(), at=AT)
    closed(service)
    assert post(client, entry).json()["number"] == number
    assert len(kept()) == 1


def closed(service: Service, step: ServiceStep = ServiceStep.CLOSE) -> None:
    services.move(
        organization=home(),
        service_id=service.id,
        step=step,
        reason="Layanan dihentikan.",
        by=coordinator(),
        at=AT,
    )


def test_a_case_begins_under_the_version_with_which_it_was_taken() -> None:
    service = running()
    _user, client = operator()
    entry = taken(service)
    renewed = running(**{"form.schema.json": renamed("Nama lengkap", "Nama menurut KTP")})
    assert version_of(renewed) != entry["version"]
    assert post(client, entry).status_code == 200
    assert str(kept()[0].version_id) == entry["version"]


def renamed(old: str, new: str) -> str:
    """Return the form of the letter with a title replaced."""
    form = files_of("sktm", home())["form.schema.json"].decode()
    assert old in form
    return form.replace(old, new)


def test_a_version_that_does_not_exist_is_refused_and_nothing_is_kept() -> None:
    service = running()
    _user, client = operator()
    answer = post(client, {**taken(service), "version": str(home().id)})
    assert answer.status_code == 409
    assert "Formulirnya sudah tidak ada" in answer.json()["reason"]
    assert (kept(), drafts_kept()) == ([], 0)


@pytest.mark.parametrize(
    ("step", "said"),
    [(ServiceStep.REST, "tidak menerima permohonan"), (ServiceStep.CLOSE, "Layanan ini sudah ditutup")],
)
def test_a_service_that_closed_meanwhile_is_said_and_nothing_is_kept(step: ServiceStep, said: str) -> None:
    service = running()
    _user, client = operator()
    closed(service, step)
    answer = post(client, taken(service))
    assert answer.status_code == 409
    assert said in answer.json()["reason"]
    assert (kept(), drafts_kept()) == ([], 0)


def test_refused_answers_are_said_and_stay_on_both_sides() -> None:
    service = running()
    _user, client = operator()
    entry = taken(service, members="0")
    answer = post(client, entry)
    assert answer.status_code == 422
    assert [one[0] for one in answer.json()["problems"]] == ["members"]
    assert kept() == []
    form = answer.json()["address"]
    assert "Warga Contoh" in text(client.get(f"{form}form/who/"))
    closed(service)  # what was begun may be finished
    corrected = {**entry, "typed": {**entry["typed"], "members": ["4"]}}
    assert post(client, corrected).status_code == 200
    assert post(client, corrected).json()["number"] == kept()[0].number
    assert kept()[0].state["answers"]["members"] == 4


def test_who_sits_in_another_village_sends_nothing_for_this_one() -> None:
    service = running()
    neighbour = signed_in(seated("tetangga", SeatKind.VILLAGE, NEIGHBOUR))
    agency = signed_in(seated("dinas", SeatKind.AGENCY))
    for client in (neighbour, agency):
        answer = post(client, taken(service))
        assert answer.status_code == 409
        assert "Hanya yang ditugaskan" in answer.json()["reason"]
    assert (kept(), drafts_kept()) == ([], 0)
    assert post(neighbour, taken(service, village=NEIGHBOUR)).status_code == 200


def test_what_somebody_else_took_is_not_sent_by_another_officer() -> None:
    service = running()
    _user, client = operator()
    other = signed_in(seated("rekan", SeatKind.VILLAGE, VILLAGE))
    waiting, done = taken(service, members="0"), taken(service)
    assert [post(client, one).status_code for one in (waiting, done)] == [422, 200]
    for entry in (waiting, done):
        answer = post(other, entry)
        assert answer.status_code == 409
        assert "Orang lain" in answer.json()["reason"]
    assert len(kept()) == 1


def test_a_form_that_was_left_for_a_month_takes_what_is_sent_again() -> None:
    service = running()
    _user, client = operator()
    entry = taken(service, members="0")
    post(client, entry)
    with tenancy(home().id):
        Draft.objects.update(ends_at=clock.now() - timedelta(days=1))
    entry["typed"]["members"] = ["4"]
    assert post(client, entry).status_code == 200


def test_a_device_whose_clock_is_wrong_moves_no_date() -> None:
    service = running()
    _user, client = operator()
    for moment in ("2099-01-01T00:00:00+00:00", "0001-01-01T00:00:00+14:00"):
        assert post(client, {**taken(service), "taken_at": moment}).status_code == 200
    with tenancy(home().id):
        begun = sorted(Draft.objects.values_list("begun_at", flat=True))
    assert begun[0] == service.opened_at
    assert begun[1] <= clock.now()


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"token": "short"}, 409),
        ({"token": None}, 409),
        ({"version": "x"}, 422),
        ({"version": 5}, 422),
        ({"taken_at": "yesterday"}, 422),
        ({"taken_at": "2026-11-02T03:00:00"}, 422),
        ({"typed": []}, 422),
        ({"typed": {"full_name": 5}}, 422),
        ({"typed": {"full_name": ["\ud800"]}}, 422),
    ],
)
def test_what_is_no_application_is_refused(wrong: dict[str, object], status: int) -> None:
    service = running()
    _user, client = operator()
    assert post(client, {**taken(service), **wrong}).status_code == status
    assert (kept(), drafts_kept()) == ([], 0)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"[" * 100_000, b"\xff"])
def test_a_body_that_is_none_is_refused(body: bytes) -> None:
    _user, client = operator()
    answer = client.post(SEND, body, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["problems"][0][0] == ""


def test_a_text_with_nul_comes_in_without_it() -> None:
    service = running()
    _user, client = operator()
    assert post(client, taken(service, full_name="War\x00ga")).status_code == 200
    assert kept()[0].state["answers"]["full_name"] == "Warga"


def test_a_session_that_ended_is_told_and_nothing_is_taken(client: Client) -> None:
    service = running()
    operator()
    answer = post(client, taken(service))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")
    stranger = signed_in(make_member("warga", Role.CITIZEN, REGION))
    assert post(stranger, taken(service)).status_code == 403
    assert kept() == []


def test_sending_wants_the_token_of_the_forms() -> None:
    service = running()
    user, _client = operator()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user)
    assert post(strict, taken(service)).status_code == 403
    token = strict.get(FORMS).json()["csrf"]
    entry = json.dumps(taken(service))
    sent = strict.post(SEND, entry, content_type="application/json", headers={"X-CSRFToken": token})
    assert sent.status_code == 200


def test_the_worker_is_served_at_the_root_and_always_asked_for_anew(client: Client) -> None:
    answer = client.get("/sw.js")
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert (answer["Cache-Control"], answer["Service-Worker-Allowed"]) == ("no-cache", "/")
    assert "livinglab-counter:" in text(answer)


def test_the_page_can_be_installed(client: Client) -> None:
    for prefix, name in (("", "Loket"), ("/en", "Counter")):
        answer = client.get(f"{prefix}{PAGE}app.webmanifest")
        said = answer.json()
        assert answer["Content-Type"] == "application/manifest+json"
        assert said["short_name"] == name
        assert said["start_url"] == said["scope"] == f"{prefix}{PAGE}"
        assert said["icons"][0]["src"].endswith(".svg")
    assert client.get("/regions/00.00/counter/offline/app.webmanifest").status_code == 404
