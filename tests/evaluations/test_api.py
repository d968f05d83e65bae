"""Evaluations through the API: the rules of the pages, answered as JSON."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from livinglab.evaluations.domain.process import Step
from livinglab.evaluations.models import Answer
from livinglab.evaluations.operations import process
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role
from tests.evaluations.kit import AT, SIAK, Region, answer_everything, open_round, send
from tests.evaluations.programs import Reader
from tests.organizations.people import make_member, make_person

pytestmark = pytest.mark.django_db

HERE = f"/api/v1/regions/{SIAK}/evaluations/2025"
ANSWER = f"{HERE}/answers/21"
BODY: dict[str, Any] = {
    "level": "3",
    "met": [1, 2, 3],
    "facts": "Fakta uji.",
    "analysis": "Analisis uji.",
    "base_version": 0,
}


#: whether an index is official, and the words for it, until a decision is entered
PRE_ASSESSMENT = (False, "Pre-assessment, not an official result.")


@pytest.fixture
def siak() -> Region:
    return open_round()


def stored(region: Region) -> int:
    with tenancy(region.organization.id):
        return Answer.objects.filter(level__isnull=False).count()


def test_an_answer_is_stored_and_the_index_with_it_comes_back(siak: Region) -> None:
    entry = Reader(siak.entry)
    saved = entry.send("PUT", ANSWER, BODY)
    assert saved.status_code == 200
    assert (saved.json()["index"], saved.json()["merged"]) == ("1.03", False)
    assert saved.json()["answer"]["version"] == 1
    assert (saved.json()["is_official"], saved.json()["status"]) == PRE_ASSESSMENT
    read = entry.send("GET", ANSWER).json()
    assert (read["level"], read["facts"], read["state"]) == ("3.00", "Fakta uji.", "open")
    may = {one["step"]: one["refusal"] for one in read["steps"]}
    assert may["hand_in"] is None
    assert may["accept"]


def test_a_conflict_is_409_with_what_is_stored(siak: Region) -> None:
    entry = Reader(siak.entry)
    entry.send("PUT", ANSWER, BODY)
    answered = entry.send("PUT", ANSWER, {**BODY, "facts": "Lain.", "base_version": 0})
    assert answered.status_code == 409
    error = answered.json()["error"]
    assert (error["fields"], error["stored"]["facts"], error["stored"]["version"]) == (
        ["facts"],
        "Fakta uji.",
        1,
    )
    with tenancy(siak.organization.id):
        assert Answer.objects.get().facts == "Fakta uji."


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"level": "6"}, "level"),
        ({"level": "5"}, "level"),  # only 1 to 3 are met
        ({"level": "drei"}, "level"),
        ({"met": [9]}, "met"),
        ({"facts": "a" * 20_001}, "facts"),
        ({"facts": "\x00"}, "facts"),
        ({"base_version": -1}, "base_version"),
        ({"base_version": None}, "base_version"),
    ],
)
def test_a_body_that_cannot_be_is_422_and_stores_nothing(
    siak: Region, change: dict[str, Any], where: str
) -> None:
    answered = Reader(siak.entry).send("PUT", ANSWER, {**BODY, **change})
    assert answered.status_code == 422
    assert where in answered.json()["error"]["message"]
    assert stored(siak) == 0


def test_a_refusal_about_the_person_is_403_and_about_the_moment_422(siak: Region) -> None:
    not_theirs = Reader(siak.officer).send("PUT", ANSWER, BODY)
    assert (not_theirs.status_code, not_theirs.json()["error"]["code"]) == (403, "not_your_step")
    too_early = Reader(siak.internal).send("POST", f"{ANSWER}/steps", {"step": "accept"})
    assert (too_early.status_code, too_early.json()["error"]["code"]) == (422, "answer_elsewhere")
    assert stored(siak) == 0


def test_an_answer_goes_from_hand_to_hand(siak: Region) -> None:
    Reader(siak.entry).send("PUT", ANSWER, BODY)
    for user, step in ((siak.entry, "hand_in"), (siak.internal, "accept"), (siak.responsible, "validate")):
        assert Reader(user).send("POST", f"{ANSWER}/steps", {"step": step}).status_code == 200
    assert Reader(siak.entry).send("GET", ANSWER).json()["state"] == "validated"


def test_a_write_without_the_csrf_token_is_refused(siak: Region) -> None:
    answered = Reader(siak.entry, token=False).send("PUT", ANSWER, BODY)
    assert answered.status_code == 403
    assert stored(siak) == 0


def test_the_door_is_that_of_the_pages(siak: Region) -> None:
    assert Reader(None).send("GET", HERE).status_code == 401
    assert Reader(make_person("siapa")).send("GET", HERE).status_code == 403
    other = make_member("sekda.sumedang.uji", Role.COORDINATOR, "32.11")
    assert Reader(other).send("GET", HERE).status_code == 403
    elsewhere = make_member("asesor.tanpa.tugas", Role.EXTERNAL_ASSESSOR, "kementerian-panrb")
    assert Reader(elsewhere).send("GET", HERE).status_code == 403
    for user, status in (
        (siak.entry, 200),
        (siak.external, 403),
        (siak.ministry, 403),
    ):  # a draft is the region's own
        assert Reader(user).send("GET", HERE).status_code == status
    assert Reader(siak.entry).send("GET", f"/api/v1/regions/{SIAK}/evaluations/2024").status_code == 404
    assert Reader(siak.entry).send("GET", f"/api/v1/regions/{SIAK}/evaluations/20255").status_code == 404
    assert Reader(siak.entry).send("GET", "/api/v1/regions/99.99/evaluations/2025").status_code == 404
    assert Reader(siak.entry).send("GET", f"{HERE}/answers/48").status_code == 404


def test_no_signed_in_answer_is_kept_or_given_to_other_sites(siak: Region) -> None:
    for answered in (
        Reader(siak.entry).send("GET", HERE),
        Reader(None).send("GET", HERE),
        Reader(siak.entry).send("PUT", ANSWER, BODY),
    ):
        assert "no-store" in answered.headers["Cache-Control"]
        assert "private" in answered.headers["Cache-Control"]
        assert "ETag" not in answered.headers
        assert "Access-Control-Allow-Origin" not in answered.headers


def test_a_whole_round_through_the_api(siak: Region) -> None:
    answer_everything(siak, 3)
    region = {
        name: Reader(getattr(siak, name)) for name in ("responsible", "coordinator", "external", "ministry")
    }

    def step(who: str, name: str, **more: Any) -> Any:
        return region[who].send("POST", f"{HERE}/steps", {"step": name, **more})

    assert step("coordinator", "approve").status_code == 403
    assert step("responsible", "approve").status_code == 200
    assert step("coordinator", "sign").json()["error"]["code"] == "minutes_missing"
    signed = step("coordinator", "sign", number="BA/1", day="2025-06-01", has_consent=True)
    assert signed.json()["state"] == "signed"
    sent = step("coordinator", "send")
    assert sent.status_code == 200, sent.json()
    assert sent.json()["index"] == "3.00"
    score = {
        "level": "1",
        "facts": "Fakta asesor.",
        "analysis": "Analisis asesor.",
        "justification": "Bukti tidak ada.",
    }
    scored = region["external"].send("PUT", f"{HERE}/scores/21", score)
    assert scored.status_code == 200, scored.json()
    assert scored.json()["index"] == "2.97"
    assert (scored.json()["is_official"], scored.json()["status"]) == PRE_ASSESSMENT
    again = region["external"].send("PUT", f"{HERE}/scores/21", {**score, "level": "2"})
    assert again.status_code == 409
    mark = again.json()["error"]["stored"]["mark"]
    assert (
        region["external"].send("PUT", f"{HERE}/scores/21", {**score, "level": "2", "mark": mark}).status_code
        == 200
    )
    assert region["responsible"].send("PUT", f"{HERE}/scores/21", score).status_code == 403
    assert region["external"].send("GET", f"{HERE}/scores/21").json()["level"] == "2.00"
    assert region["responsible"].send("GET", f"{HERE}/scores/21").json()["level"] is None  # not shown yet
    stages = region["responsible"].send("GET", HERE).json()["stages"]
    assert [one["stage"] for one in stages] == ["self"]


def test_everybody_reads_what_was_consented_to_and_nothing_before(siak: Region) -> None:
    url = f"/api/v1/regions/{SIAK}/evaluations"
    public = Client()
    assert public.get(url).json() == []
    answer_everything(siak, 3, i21=4)
    assert public.get(url).json() == []
    send(siak)
    found = public.get(url)
    [one] = found.json()
    assert (one["year"], one["index"], one["levels"]["21"]) == (2025, "3.02", "4")
    assert (one["is_official"], one["status"]) == (False, "Pre-assessment, not an official result.")
    etag = found.headers["ETag"]
    assert public.get(url, headers={"If-None-Match": etag}).status_code == 304
    for name in (Step.INTERVIEW, Step.CONSOLIDATE):
        process.advance(place=siak.as_(siak.ministry), step=name, at=AT)
    process.decide(place=siak.as_(siak.ministry), number="Kepmen 1/2025", day=date(2025, 6, 1), at=AT)
    decided = public.get(url, headers={"If-None-Match": etag})
    assert decided.status_code == 200
    assert (decided.json()[0]["is_official"], decided.json()[0]["decision_number"]) == (True, "Kepmen 1/2025")


def test_the_public_list_of_rounds_counts_participants_and_leaves_own_rounds_out(siak: Region) -> None:
    [one] = Client().get("/api/v1/rounds").json()["items"]
    assert (one["title"], one["participants"], one["self_until"]) == ("Evaluasi SPBE 2025", 1, "2025-07-31")


def test_checks_and_evidence_are_listed(siak: Region) -> None:
    entry = Reader(siak.entry)
    found = entry.send("GET", f"{HERE}/checks")
    assert found.status_code == 200
    assert {one["severity"] for one in found.json()} <= {"error", "warning", "info"}
    assert found.json()
    assert entry.send("GET", f"{HERE}/evidence").json() == []
