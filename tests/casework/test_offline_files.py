"""Files that were taken at the offline counter: each comes before its application, which names it, and is kept once."""

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from livinglab.casework import tasks
from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import Draft
from livinglab.kernel.tenancy import tenancy
from tests.casework.attached import content_of, links, photo, text, upload
from tests.casework.attached import kept as files_kept
from tests.casework.kit import NEIGHBOUR, REGION, VILLAGE, home, running, seated
from tests.casework.test_offline import PAGE, closed, kept, operator, post, taken
from tests.evidence import files
from tests.evidence.clamd import clamd
from tests.organizations.people import signed_in, trail
from tests.releases.kit import files_of

pytestmark = pytest.mark.django_db
FILE = f"{PAGE}file/"


def attach(
    client: Client,
    entry: dict[str, Any],
    content: bytes,
    *,
    name: str = "kk.jpg",
    question: str = "family_card",
) -> Any:
    """Send a file as a device does, before the application that it belongs to."""
    about = {key: entry[key] for key in ("token", "version", "village", "taken_at")}
    return client.post(FILE, {**about, "question": question, "file": upload(content, name, "")})


def naming(entry: dict[str, Any], **names: str | None) -> dict[str, Any]:
    return {**entry, "files": names}


def lying(shelf: Path) -> list[str]:
    return sorted(one.name for one in shelf.glob("*/*"))


def test_a_file_comes_before_its_application_and_belongs_to_the_case(shelf: Path) -> None:
    user, client = operator()
    entry, content = taken(running()), photo()
    answer = attach(client, entry, content)
    assert (answer.status_code, answer.json()) == (200, {"sha256": sha256(content).hexdigest()})
    assert kept() == []
    sent = post(client, naming(entry, family_card=answer.json()["sha256"]))
    assert sent.status_code == 200
    (case,) = kept()
    (row,) = files_kept()
    assert (row.case_id, row.question, row.name, row.uploaded_by) == (
        case.id,
        "family_card",
        "kk.jpg",
        user.id,
    )
    assert row.given_at is not None
    assert case.state["answers"]["family_card"]["sha256"] == row.sha256
    (link,) = links(text(client.get(sent.json()["address"])))
    assert content_of(client.get(link)) == content


def test_what_is_sent_twice_is_kept_once(shelf: Path) -> None:
    _user, client = operator()
    entry, content = taken(running()), photo(place="Rumah Contoh")
    answers = [attach(client, entry, content).json() for _again in range(2)]
    assert answers[0] == answers[1]
    assert answers[0]["sha256"] != sha256(content).hexdigest()  # where it was taken is not kept
    assert len(files_kept()) == len(lying(shelf)) == 1
    named = naming(entry, family_card=answers[0]["sha256"])
    first, second = post(client, named), post(client, named)
    assert first.json() == second.json()
    assert attach(client, entry, content).json() == {
        "sha256": ""
    }  # it arrived: nothing is asked for any more
    assert len(kept()) == len(files_kept()) == len(lying(shelf)) == 1


def test_an_application_waits_for_the_file_that_it_names() -> None:
    _user, client = operator()
    entry, content = taken(running()), photo()
    named = naming(entry, family_card=sha256(content).hexdigest())
    answer = post(client, named)
    assert answer.status_code == 422
    assert answer.json()["missing"] == ["family_card"]
    assert answer.json()["problems"] == [["family_card", "Jawablah “Foto kartu keluarga”."]]
    assert kept() == []
    with tenancy(home().id):
        assert Draft.objects.get().answers["full_name"] == "Warga Contoh"  # can be gone on with there
    attach(client, entry, content)
    assert post(client, named).status_code == 200
    assert len(kept()) == 1


def test_another_file_takes_its_place_and_one_that_was_taken_away_goes(shelf: Path) -> None:
    service = running()
    _user, client = operator()
    first, second = taken(service), taken(service)
    for entry in (first, second):
        attach(client, entry, photo())
    newer = attach(client, first, files.pdf(1), name="kk.pdf").json()["sha256"]
    assert post(client, naming(first, family_card=sha256(photo()).hexdigest())).status_code == 422
    assert post(client, naming(first, family_card=newer)).status_code == 200
    assert post(client, naming(second, family_card=None)).status_code == 200
    (row,) = files_kept()
    assert (row.name, row.case_id) == ("kk.pdf", kept()[0].id)
    tasks.forget_file(organization_id=str(home().id), sha256=sha256(photo()).hexdigest())
    assert lying(shelf) == [f"{newer}.attached"]


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"MZ" + bytes(200), "kk.jpg", "Hanya PDF atau foto (JPEG, PNG)"),
        (files.picture("WEBP"), "kk.webp", "Hanya PDF atau foto (JPEG, PNG)"),
        (photo()[:300], "kk.jpg", "Berkasnya rusak atau terpotong."),
        (b"", "kk.jpg", "Berkasnya kosong."),
        (photo() + bytes(2048 * 1024), "kk.jpg", "Berkas lebih besar dari 2 MB."),
        (photo() + bytes(8 * 1024 * 1024), "kk.jpg", "Berkas lebih besar dari 2 MB."),
    ],
    ids=["program", "webp", "cut off", "empty", "too large", "far too large"],
)
def test_a_refused_file_is_said_at_its_question_and_the_answers_are_kept(
    shelf: Path, content: bytes, name: str, said: str
) -> None:
    _user, client = operator()
    entry = taken(running())
    answer = attach(client, entry, content, name=name)
    assert answer.status_code == 422
    ((question, sentence),) = answer.json()["problems"]
    assert question == "family_card"
    assert said in sentence
    assert (files_kept(), lying(shelf)) == ([], [])
    back = post(client, naming(entry, family_card=""))  # the device says that it has one
    assert (back.status_code, back.json()["missing"]) == (422, ["family_card"])
    assert "Warga Contoh" in text(client.get(f"{back.json()['address']}form/who/"))
    assert kept() == []


def test_an_infected_file_is_refused_and_stands_in_the_trail(shelf: Path, settings: Settings) -> None:
    _user, client = operator()
    entry = taken(running())
    with clamd() as (_server, address):
        settings.CLAMAV_ADDRESS = address
        answer = attach(client, entry, photo() + files.EICAR)
    assert answer.status_code == 422
    assert answer.json()["problems"][0][0] == "family_card"
    assert (files_kept(), lying(shelf)) == ([], [])
    assert "casework.infected_file_refused" in [one.action for one in trail(REGION)]


def test_a_file_of_another_application_is_not_named() -> None:
    service = running()
    _user, client = operator()
    first, second = taken(service), taken(service)
    attached = attach(client, first, photo()).json()["sha256"]
    answer = post(client, naming(second, family_card=attached))
    assert (answer.status_code, answer.json()["missing"]) == (422, ["family_card"])
    assert kept() == []


def test_only_who_took_it_in_that_village_sends_its_files() -> None:
    service = running()
    _user, client = operator()
    other = signed_in(seated("rekan", SeatKind.VILLAGE, VILLAGE))
    neighbour = signed_in(seated("tetangga", SeatKind.VILLAGE, NEIGHBOUR))
    waiting, done = taken(service), taken(service)
    attach(client, waiting, photo())
    post(client, done)
    for entry in (waiting, done):
        answer = attach(other, entry, photo(size=(50, 50)))
        assert answer.status_code == 409
        assert "Orang lain" in answer.json()["reason"]
    answer = attach(neighbour, taken(service), photo())
    assert answer.status_code == 409
    assert "Hanya yang ditugaskan" in answer.json()["reason"]
    assert [one.sha256 for one in files_kept()] == [sha256(photo()).hexdigest()]


@pytest.mark.parametrize(
    ("question", "status", "cases"),
    # what names a file where none is asked for is passed over; half a character is no application
    [("full_name", 200, 1), ("nothing", 200, 1), ("", 200, 1), ("\ud800", 422, 0)],
)
def test_what_no_question_asks_for_is_refused_and_nothing_is_kept(
    question: str, status: int, cases: int
) -> None:
    _user, client = operator()
    entry = taken(running())
    answer = attach(client, entry, photo(), question=question.encode("utf-8", "replace").decode())
    assert answer.status_code == 409
    with tenancy(home().id):
        assert not Draft.objects.exists()
    assert post(client, naming(entry, **{question: None})).status_code == status
    assert (len(kept()), files_kept()) == (cases, [])


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"token": "short"}, 409),
        ({"version": "x"}, 422),
        ({"taken_at": "yesterday"}, 422),
        ({"village": "\x00"}, 409),
    ],
)
def test_what_is_no_application_brings_no_file(wrong: dict[str, str], status: int) -> None:
    _user, client = operator()
    assert attach(client, {**taken(running()), **wrong}, photo()).status_code == status
    assert files_kept() == []


@pytest.mark.parametrize("named", [[], "x", {"family_card": 5}, {"family_card": []}])
def test_names_that_are_none_are_refused(named: object) -> None:
    _user, client = operator()
    assert post(client, {**taken(running()), "files": named}).status_code == 422
    assert kept() == []


def test_a_file_that_is_required_is_asked_for() -> None:
    form = files_of("sktm", home())["form.schema.json"].decode()
    form = form.replace('"required": [', '"required": ["family_card", ', 1)
    service = running(**{"form.schema.json": form})
    _user, client = operator()
    entry = taken(service)
    assert client.get(f"{PAGE}forms/").json()["forms"][0]["fields"]["family_card"]["required"] is True
    answer = post(client, entry)
    assert answer.json()["problems"] == [["family_card", "Jawablah “Foto kartu keluarga”."]]
    attached = attach(client, entry, photo()).json()["sha256"]
    assert post(client, naming(entry, family_card=attached)).status_code == 200


def test_a_service_that_closed_takes_files_of_what_was_begun_only() -> None:
    service = running()
    _user, client = operator()
    entry = taken(service)
    attach(client, entry, photo())
    closed(service)
    answer = attach(client, entry, files.pdf(1), name="kk.pdf")
    assert answer.status_code == 200
    assert attach(client, taken(service), photo()).status_code == 409
    assert post(client, naming(entry, family_card=answer.json()["sha256"])).status_code == 200


def test_a_file_wants_the_token_of_the_forms() -> None:
    service = running()
    user, _client = operator()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user)
    assert attach(strict, taken(service), photo()).status_code == 403
    token = strict.get(f"/regions/{REGION}/counter/offline/forms/").json()["csrf"]
    strict.defaults["HTTP_X_CSRFTOKEN"] = token
    assert attach(strict, taken(service), photo()).status_code == 200
