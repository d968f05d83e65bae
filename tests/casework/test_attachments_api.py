"""Programs attach files to an application and read them back, as its applicant and at the desk."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import Case, Task
from livinglab.kernel.tenancy import tenancy
from tests.casework.attached import content_of, kept, photo, upload
from tests.casework.kit import ANSWERS, NEIGHBOUR, REGION, VILLAGE, done, home, running, seated
from tests.evidence import files
from tests.organizations.people import signed_in

pytestmark = pytest.mark.django_db
BASE = f"/api/v1/regions/{REGION}"
HERE = f"{BASE}/application"


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def ask(method: str, path: str, secret: str, body: object = None) -> Any:
    client = Client(enforce_csrf_checks=True)
    return getattr(client, method)(path, body, content_type="application/json", headers=bearer(secret))


def attach(secret: str, content: bytes, name: str = "kk.jpg", *, question: str = "family_card") -> Any:
    body = {"question": question, "file": upload(content, name, "")}
    return Client(enforce_csrf_checks=True).post(f"{HERE}/files", body, headers=bearer(secret))


def begun() -> str:
    running()
    secret = str(ask("post", f"{BASE}/offered-services/sktm/forms", "", {}).json()["secret"])
    ask("put", f"{HERE}/answers", secret, {"answers": dict(ANSWERS)})
    return secret


def listed(secret: str) -> list[dict[str, Any]]:
    return list(Client().get(f"{HERE}/files", headers=bearer(secret)).json())


def test_a_program_attaches_a_file_and_reads_it_back() -> None:
    secret, content = begun(), photo()
    answer = attach(secret, content)
    assert answer.status_code == 200, answer.content
    (one,) = listed(secret)
    assert answer.json() == one
    assert (one["question"], one["step"], one["name"], one["size"], one["content_type"]) == (
        "family_card",
        "",
        "kk.jpg",
        len(content),
        "image/jpeg",
    )
    form = ask("get", HERE, secret).json()
    assert form["answers"]["family_card"] == {"name": "kk.jpg", "size": len(content), "sha256": one["sha256"]}
    got = Client().get(f"{HERE}/files/{one['id']}", headers=bearer(secret))
    assert content_of(got) == content
    assert got["Content-Disposition"] == 'attachment; filename="kk.jpg"'
    assert got["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert ask("post", f"{HERE}/submission", secret).status_code == 200
    assert [each["id"] for each in listed(secret)] == [one["id"]]


def test_null_takes_a_file_away_and_nothing_else_may_be_written_as_one() -> None:
    secret = begun()
    attach(secret, photo())
    made_up = {"name": "x.pdf", "size": 1, "sha256": "0" * 64}
    assert ask("put", f"{HERE}/answers", secret, {"answers": {"family_card": made_up}}).status_code == 422
    assert len(listed(secret)) == 1
    assert ask("put", f"{HERE}/answers", secret, {"answers": {"family_card": None}}).status_code == 200
    assert listed(secret) == []
    assert kept() == []


@pytest.mark.parametrize(
    ("content", "name", "question", "field"),
    [
        (b"MZ", "kk.jpg", "family_card", "family_card"),
        (b"", "kk.jpg", "family_card", "family_card"),
        (files.pdf(0), "kk.pdf", "family_card", "family_card"),
        (photo() + b"\x00" * (9 * 1024 * 1024), "kk.jpg", "family_card", "family_card"),
        (photo(), "kk.jpg", "full_name", "full_name"),
        (photo(), "kk.jpg", "nobody_asks", "nobody_asks"),
    ],
    ids=["program", "empty", "no page", "too large", "no file question", "no question"],
)
def test_what_is_not_taken_is_422_with_its_question(
    content: bytes, name: str, question: str, field: str
) -> None:
    secret = begun()
    answer = attach(secret, content, name, question=question)
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["error"]["problems"]] == [field]
    assert kept() == []


def test_without_a_file_it_is_said() -> None:
    secret = begun()
    answer = Client().post(f"{HERE}/files", {"question": "family_card"}, headers=bearer(secret))
    assert answer.status_code == 422
    assert answer.json()["error"]["problems"][0]["code"] == "required"


def test_a_file_goes_with_the_answer_to_the_office() -> None:
    secret = begun()
    ask("post", f"{HERE}/submission", secret)
    assert attach(secret, photo()).json()["error"]["code"] == "not_asked"
    with tenancy(home().id):
        case = Case.objects.get()
    done(
        case.id,
        "check",
        seated("operator", SeatKind.VILLAGE, VILLAGE),
        result="incomplete",
        reason="KK yang mana?",
    )
    assert attach(secret, photo()).status_code == 200
    assert listed(secret) == []  # until it is sent
    reply = ask("post", f"{HERE}/reply", secret, {"key": "1", "answers": {}})
    assert reply.status_code == 200, reply.content
    assert [one["name"] for one in listed(secret)] == ["kk.jpg"]


def test_the_desk_reads_the_files_of_what_waits_there_and_of_nothing_else() -> None:
    secret = begun()
    attach(secret, photo())
    ask("post", f"{HERE}/submission", secret)
    with tenancy(home().id):
        task = f"{BASE}/desk/{Task.objects.get().id}/files"
    operator = signed_in(seated("operator", SeatKind.VILLAGE, VILLAGE))
    (one,) = operator.get(task).json()
    assert content_of(operator.get(f"{task}/{one['id']}")) == photo()
    assert operator.get(f"{task}/{home().id}").status_code == 404
    assert Client().get(task).status_code == 401
    neighbour = signed_in(seated("sebelah", SeatKind.VILLAGE, NEIGHBOUR))
    assert neighbour.get(task).status_code == 403
    assert neighbour.get(f"{task}/{one['id']}").status_code == 403


def test_another_secret_or_region_finds_no_file() -> None:
    secret = begun()
    one = attach(secret, photo()).json()
    other = begun()
    assert Client().get(f"{HERE}/files/{one['id']}", headers=bearer(other)).status_code == 404
    elsewhere = f"/api/v1/regions/14.08/application/files/{one['id']}"
    assert Client().get(elsewhere, headers=bearer(secret)).status_code == 404


def test_an_address_attaches_so_many_files_an_hour(settings: Settings) -> None:
    settings.ATTACHMENTS_AN_HOUR = 1
    secret = begun()
    assert attach(secret, photo()).status_code == 200
    answer = attach(secret, files.pdf(1), "kk.pdf")
    assert answer.status_code == 429
    assert "this address" in answer.json()["error"]["message"]
    assert [one["name"] for one in listed(secret)] == ["kk.jpg"]
