"""What assessors and the review team do beside scoring, through the API."""

from typing import Any

import pytest

from livinglab.evaluations.models import AspectFinding, EvidenceVerdict, Recommendation, Score
from livinglab.evaluations.queries.raters import mark_of
from livinglab.kernel.tenancy import tenancy
from tests.evaluations.external import rows_of, score, sent
from tests.evaluations.kit import SIAK, Region, open_round
from tests.evaluations.programs import Reader, code_of

pytestmark = pytest.mark.django_db

HERE = f"/api/v1/regions/{SIAK}/evaluations/2025"
FINDING = {"fulfilment": "Terpenuhi.", "strengths": "Kuat.", "weaknesses": "Lemah."}
CLOSING = {"summary": "Baik.", "excellence": "Tata kelola.", "weakness": "Layanan.", "advice": "Lanjutkan."}


@pytest.fixture
def siak() -> Region:
    return sent(level=3, i21=5)


def count(region: Region, model: Any) -> int:
    with tenancy(region.organization.id):
        return int(model.objects.count())


def test_findings_are_written_over_and_read_from_outside(siak: Region) -> None:
    external = Reader(siak.external)
    first = external.send("GET", f"{HERE}/findings").json()[0]
    assert (first["aspect"], first["fulfilment"]) == ("A1", None)
    for text in ("Kuat.", "Lebih kuat."):
        written = external.send("PUT", f"{HERE}/findings/A1", {**FINDING, "strengths": text})
        assert (written.status_code, written.json()["strengths"]) == (200, text)
    assert count(siak, AspectFinding) == 1
    assert code_of(external.send("PUT", f"{HERE}/findings/A99", FINDING)) == (404, "no_such_aspect")
    long = external.send("PUT", f"{HERE}/findings/A1", {**FINDING, "strengths": "a" * 20_001})
    assert long.json()["error"]["problems"][0]["field"] == "strengths"
    region = Reader(siak.coordinator)
    assert region.send("GET", f"{HERE}/findings").status_code == 403
    assert code_of(region.send("PUT", f"{HERE}/findings/A1", FINDING)) == (403, "not_an_assessor")


def test_the_recommendation_is_written_over_and_read_from_outside(siak: Region) -> None:
    external = Reader(siak.external)
    url = f"{HERE}/recommendation"
    assert external.send("GET", url).json() == dict.fromkeys(CLOSING)
    for _again in range(2):
        assert external.send("PUT", url, CLOSING).json() == CLOSING
    assert Reader(siak.ministry).send("GET", url).json() == CLOSING
    assert Reader(siak.coordinator).send("GET", url).status_code == 403
    assert Reader(siak.coordinator).send("PUT", url, CLOSING).status_code == 403
    assert count(siak, Recommendation) == 1


def test_a_score_is_taken_back_only_as_it_was_read(siak: Region) -> None:
    external = Reader(siak.external)
    url = f"{HERE}/scores/21"
    assert code_of(external.send("DELETE", url)) == (422, "nothing_to_clear")
    mark = mark_of(score(siak, 2).score)
    stale = external.send("DELETE", f"{url}?mark=other")
    assert (stale.status_code, stale.json()["error"]["stored"]["mark"]) == (409, mark)
    assert len(rows_of(siak)) == 1
    assert Reader(siak.coordinator).send("DELETE", f"{url}?mark={mark}").status_code == 403
    cleared = external.send("DELETE", f"{url}?mark={mark}")
    assert (cleared.status_code, cleared.json()["score"]["level"]) == (200, None)
    assert rows_of(siak) == []


def test_the_review_team_marks_a_score_and_nobody_else(siak: Region) -> None:
    score(siak, 2)
    url = f"{HERE}/scores/21/validity"
    body = {"stage": "document", "is_valid": False, "note": "Bukti ada di butir c."}
    assert code_of(Reader(siak.external).send("PUT", url, body)) == (403, "not_the_review_team")
    ministry = Reader(siak.ministry)
    assert code_of(ministry.send("PUT", url, {**body, "note": ""})) == (422, "note_missing")
    assert code_of(ministry.send("PUT", url, {**body, "stage": "visit"})) == (404, "no_such_score")
    marked = ministry.send("PUT", url, body).json()
    assert (marked["stage"], marked["is_valid"], marked["note"]) == ("document", False, body["note"])
    assert [row.is_valid for row in rows_of(siak)] == [False]


def test_a_piece_is_judged_where_it_stands(siak: Region) -> None:
    external = Reader(siak.external)
    url = f"{HERE}/answers/21/evidence/a/verdict"
    assert code_of(external.send("PUT", url, {"is_accepted": False})) == (422, "note_missing")
    for accepted, note in ((False, "Belum ditandatangani."), (True, "")):
        judged = external.send("PUT", url, {"is_accepted": accepted, "note": note})
        assert judged.json() == {"indicator": "21", "letter": "a", "is_accepted": accepted, "note": note}
    assert count(siak, EvidenceVerdict) == 1
    assert (
        external.send("PUT", f"{HERE}/answers/21/evidence/z/verdict", {"is_accepted": True}).status_code
        == 404
    )
    assert Reader(siak.entry).send("PUT", url, {"is_accepted": True}).status_code == 403


def test_the_region_sees_the_scores_once_they_are_shown(siak: Region) -> None:
    score(siak, 2)
    region, external = Reader(siak.coordinator), Reader(siak.external)
    assert [one["stage"] for one in region.send("GET", HERE).json()["stages"]] == ["self"]
    assert region.send("POST", f"{HERE}/shown-scores").status_code == 403
    assert external.send("POST", f"{HERE}/shown-scores").json() == {"stage": "document"}
    assert code_of(external.send("POST", f"{HERE}/shown-scores")) == (422, "shown_already")
    assert [one["stage"] for one in region.send("GET", HERE).json()["stages"]] == ["self", "document"]


def test_nobody_outside_concludes_anything_of_a_draft() -> None:
    region = open_round()
    for user in (region.external, region.ministry):
        for method, path, body in (
            ("GET", "findings", None),
            ("PUT", "findings/A1", FINDING),
            ("PUT", "recommendation", CLOSING),
            ("POST", "shown-scores", None),
        ):
            assert Reader(user).send(method, f"{HERE}/{path}", body).status_code == 403
    assert count(region, Score) == 0
