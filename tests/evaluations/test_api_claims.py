"""Evidence under an answer and objections to a level, through the API."""

from typing import Any

import pytest

from livinglab.evaluations.domain.process import Step
from livinglab.evaluations.models import EvidenceUse, Objection
from livinglab.evidence import operations as evidence
from livinglab.evidence.operations import Details
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.tenancy import tenancy
from tests.evaluations.external import advance, score, sent
from tests.evaluations.kit import AT, Region, open_round
from tests.evaluations.programs import Reader
from tests.evaluations.test_api import ANSWER, HERE, PRE_ASSESSMENT

pytestmark = pytest.mark.django_db

SHOWN = f"{ANSWER}/evidence"
OBJECTIONS = f"{HERE}/objections"
OBJECTION: dict[str, Any] = {"indicator": "21", "requested_level": "4", "reason": "Pasal 7, halaman 3."}


@pytest.fixture
def rated(db: None) -> Region:
    """Own level 5, the assessor finds 2, and the interview is open."""
    region = sent(level=3, i21=5)
    score(region, 2)
    advance(region, Step.INTERVIEW)
    return region


def piece(region: Region) -> str:
    added = evidence.add_link(
        organization_id=region.organization.id,
        url="https://contoh.example/",
        details=Details(title="Laporan uji", type="report"),
        by=region.entry.id,
        at=AT,
    )
    return str(added.id)


def uses(region: Region) -> list[str]:
    with tenancy(region.organization.id):
        return sorted(EvidenceUse.objects.filter(indicator="21").values_list("letter", flat=True))


def raised(region: Region) -> list[Objection]:
    with tenancy(region.organization.id):
        return list(Objection.objects.all())


def test_a_piece_is_attached_under_the_next_letter_and_taken_away() -> None:
    siak = open_round()
    entry = Reader(siak.entry)
    first = entry.send("POST", SHOWN, {"piece": piece(siak), "level": 2, "reference": "pasal 2"})
    assert first.status_code == 200, first.json()
    [one] = first.json()
    assert (one["letter"], one["level"], one["reference"], one["title"]) == ("a", 2, "pasal 2", "Laporan uji")
    both = entry.send("POST", SHOWN, {"piece": piece(siak), "level": 3}).json()
    assert [one["letter"] for one in both] == ["a", "b"]
    assert entry.send("GET", f"{HERE}/evidence").json() == both
    left = entry.send("DELETE", f"{SHOWN}/a")
    assert (left.status_code, [one["letter"] for one in left.json()]) == (200, ["b"])
    gone = entry.send("DELETE", f"{SHOWN}/a")
    assert (gone.status_code, gone.json()["error"]["known"]) == (404, ["b"])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"piece": str(new_id())}, "piece_unknown"),
        ({"level": 9}, "level_unknown"),
        ({"reference": "a" * 201}, "reference_too_long"),
        ({"level": 10}, None),
        ({"piece": "nothing"}, None),
        ({"piece": None}, None),
        ({"reference": "\x00"}, None),
    ],
)
def test_what_cannot_be_attached_is_422_and_changes_nothing(change: dict[str, Any], code: str | None) -> None:
    siak = open_round()
    answered = Reader(siak.entry).send("POST", SHOWN, {"piece": piece(siak), "level": 2, **change})
    assert (answered.status_code, answered.json()["error"].get("code")) == (422, code)
    assert uses(siak) == []


def test_who_may_not_write_the_answer_changes_no_evidence() -> None:
    siak = open_round()
    one = piece(siak)
    body = {"piece": one, "level": 2}
    refused = Reader(siak.officer).send("POST", SHOWN, body)
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "not_your_step")
    assert Reader(siak.entry, token=False).send("POST", SHOWN, body).status_code == 403
    assert Reader(siak.entry).send("POST", f"{HERE}/answers/48/evidence", body).status_code == 404
    assert uses(siak) == []
    Reader(siak.entry).send("POST", SHOWN, body)
    assert Reader(siak.officer).send("DELETE", f"{SHOWN}/a").status_code == 403
    assert uses(siak) == ["a"]


def test_after_sending_the_evidence_of_an_answer_stays(rated: Region) -> None:
    before = uses(rated)
    refused = Reader(rated.entry).send("DELETE", f"{SHOWN}/{before[0]}")
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "evaluation_closed")
    assert uses(rated) == before


def test_an_objection_is_raised_settled_and_changes_the_index(rated: Region) -> None:
    region, external = Reader(rated.coordinator), Reader(rated.external)
    answered = region.send("POST", OBJECTIONS, OBJECTION)
    assert answered.status_code == 200, answered.json()
    one = answered.json()
    assert (one["indicator"], one["stage"], one["requested_level"], one["outcome"]) == (
        "21",
        "document",
        "4.00",
        None,
    )
    assert external.send("GET", OBJECTIONS).json() == [one]
    settled = external.send(
        "POST",
        f"{OBJECTIONS}/{one['id']}/settlement",
        {"outcome": "partly", "level": "3", "reason": "Sesuai bukti."},
    )
    assert settled.status_code == 200, settled.json()
    assert (settled.json()["objection"]["outcome"], settled.json()["index"]) == ("partly", "3.00")
    assert (settled.json()["is_official"], settled.json()["status"]) == PRE_ASSESSMENT
    assert external.send("GET", f"{HERE}/scores/21").json()["level"] == "3.00"


def test_an_objection_is_withdrawn_by_the_region_only(rated: Region) -> None:
    one = Reader(rated.coordinator).send("POST", OBJECTIONS, OBJECTION).json()
    body = {"reason": "Keliru."}
    url = f"{OBJECTIONS}/{one['id']}/withdrawal"
    refused = Reader(rated.external).send("POST", url, body)
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "not_the_region")
    assert Reader(rated.coordinator).send("POST", url, body).json()["outcome"] == "withdrawn"


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"requested_level": "2"}, 422, "level_not_to_be_requested"),
        ({"requested_level": "6"}, 422, "level_not_to_be_requested"),
        ({"requested_level": "four"}, 422, None),
        ({"indicator": "22"}, 422, "nothing_to_object_to"),
        ({"indicator": "48"}, 404, None),
        ({"reason": " "}, 422, "reason_missing"),
        ({"reason": "a" * 20_001}, 422, "reason_too_long"),
        ({"reason": "\x00"}, 422, None),
        ({"reason": None}, 422, None),
    ],
)
def test_an_objection_that_cannot_be_is_refused_and_not_kept(
    rated: Region, change: dict[str, Any], status: int, code: str | None
) -> None:
    answered = Reader(rated.coordinator).send("POST", OBJECTIONS, {**OBJECTION, **change})
    assert (answered.status_code, answered.json()["error"].get("code")) == (status, code)
    assert raised(rated) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"outcome": "perhaps"}, None),
        ({"outcome": "withdrawn"}, None),
        ({"outcome": "partly"}, "no_middle_way"),
        ({"outcome": "partly", "level": "4"}, "no_middle_way"),
        ({"reason": ""}, "reason_missing"),
    ],
)
def test_a_settlement_that_cannot_be_changes_nothing(
    rated: Region, change: dict[str, Any], code: str | None
) -> None:
    one = Reader(rated.coordinator).send("POST", OBJECTIONS, OBJECTION).json()
    body = {"outcome": "upheld", "reason": "Sesuai.", **change}
    answered = Reader(rated.external).send("POST", f"{OBJECTIONS}/{one['id']}/settlement", body)
    assert (answered.status_code, answered.json()["error"].get("code")) == (422, code)
    assert [row.outcome for row in raised(rated)] == [""]


def test_an_unknown_objection_and_a_second_settlement_are_refused(rated: Region) -> None:
    body = {"outcome": "dismissed", "reason": "Sesuai."}
    external = Reader(rated.external)
    unknown = external.send("POST", f"{OBJECTIONS}/{new_id()}/settlement", body)
    assert (unknown.status_code, unknown.json()["error"]["code"]) == (404, "no_such_objection")
    one = Reader(rated.coordinator).send("POST", OBJECTIONS, OBJECTION).json()
    url = f"{OBJECTIONS}/{one['id']}/settlement"
    assert external.send("POST", url, body).status_code == 200
    again = external.send("POST", url, body)
    assert (again.status_code, again.json()["error"]["code"]) == (422, "settled_already")
    assert Reader(rated.coordinator).send("POST", url, body).status_code == 403
