"""The work inside a region through the API: assignments, the team, the minutes, what earlier answers offer."""

from datetime import date
from typing import Any

import pytest

from livinglab.evaluations.domain.stages import RoundKind
from livinglab.evaluations.models import Answer, TeamSeat
from livinglab.evaluations.operations import rounds
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.tenancy import tenancy
from tests.evaluations.kit import AT, MINISTRY, SIAK, Region, answer_everything, open_round, send
from tests.evaluations.programs import Reader, code_of
from tests.organizations.people import organization

pytestmark = pytest.mark.django_db

HERE = f"/api/v1/regions/{SIAK}/evaluations/2025"


@pytest.fixture
def siak() -> Region:
    return open_round()


def test_indicators_are_given_to_agencies_and_people_and_taken_back(siak: Region) -> None:
    secretary = Reader(siak.coordinator)
    url = f"{HERE}/assignments"
    body = {
        "indicators": ["20", "21"],
        "agency_id": str(siak.agency.id),
        "person_id": str(siak.officer.id),
        "due_on": "2025-07-01",
    }
    for _again in range(2):
        answered = secretary.send("PUT", url, body)
        given = {one["indicator"]: one for one in answered.json()}
        assert answered.status_code == 200
        assert len(given) == 47
        assert (given["21"]["agency"], given["21"]["person"]) == (siak.agency.name, str(siak.officer))
        assert given["22"]["agency_id"] is None
    assert secretary.send("PUT", url, {"indicators": ["21"]}).json()[20]["agency"] is None
    assert Reader(siak.officer).send("GET", url).json()[19]["due_on"] == "2025-07-01"


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"indicators": ["48"]}, 422),
        ({"indicators": []}, 422),
        ({"agency_id": str(new_id())}, 422),
        ({"person_id": str(new_id())}, 422),
        ({"due_on": "besok"}, 422),
    ],
)
def test_an_assignment_that_cannot_be_is_422_and_changes_nothing(
    siak: Region, change: dict[str, Any], status: int
) -> None:
    body = {"indicators": ["21"], "agency_id": str(siak.agency.id), **change}
    assert Reader(siak.coordinator).send("PUT", f"{HERE}/assignments", body).status_code == status
    body = {"indicators": ["21"], "agency_id": str(siak.agency.id)}
    assert code_of(Reader(siak.entry).send("PUT", f"{HERE}/assignments", body)) == (403, "not_an_assigner")
    with tenancy(siak.organization.id):
        assert not Answer.objects.exclude(agency=None).exists()


def test_the_team_is_kept_with_its_decree(siak: Region) -> None:
    secretary = Reader(siak.coordinator)
    url = f"{HERE}/team"
    empty = secretary.send("GET", url).json()
    assert (empty["decree_number"], empty["seats"], len(empty["empty"])) == (None, [], 18)
    assert code_of(secretary.send("PUT", f"{url}/decree", {"number": "SK 1"})) == (422, "decree_missing")
    decree = {"number": "SK 1/2025", "day": "2025-01-02"}
    for _again in range(2):
        assert secretary.send("PUT", f"{url}/decree", decree).json()["decree_number"] == "SK 1/2025"
    seat = {"function": "coordinator", "holder": "Anggota (uji)"}
    [kept] = secretary.send("POST", f"{url}/seats", seat).json()["seats"]
    assert code_of(secretary.send("POST", f"{url}/seats", seat)) == (422, "seated_already")
    assert code_of(secretary.send("POST", f"{url}/seats", {**seat, "function": "raja"})) == (
        422,
        "function_unknown",
    )
    assert code_of(Reader(siak.internal).send("POST", f"{url}/seats", seat)) == (403, "not_a_team_keeper")
    assert len(secretary.send("DELETE", f"{url}/seats/{kept['id']}").json()["empty"]) == 18
    assert secretary.send("DELETE", f"{url}/seats/{kept['id']}").status_code == 404
    with tenancy(siak.organization.id):
        assert not TeamSeat.objects.exists()


def test_the_minutes_say_what_was_signed_sent_and_decided(siak: Region) -> None:
    secretary = Reader(siak.coordinator)
    before = secretary.send("GET", f"{HERE}/minutes").json()
    assert (before["state"], before["number"], before["has_consent"]) == ("self", None, False)
    answer_everything(siak, 3)
    send(siak)
    after = secretary.send("GET", f"{HERE}/minutes").json()
    assert (after["state"], after["has_consent"], after["is_official"]) == ("document", True, False)
    assert after["number"]
    assert after["sent_at"]
    assert after["pdf"] == f"/en/regions/{SIAK}/evaluations/2025/minutes.pdf"


@pytest.fixture
def in_pemdi() -> Region:
    """A region whose SPBE of 2025 is answered and that is in a round of Pemdi."""
    region = open_round()
    answer_everything(region, 3)
    wanted = rounds.Wanted(
        instrument="pemdi-2026",
        year=2026,
        kind=RoundKind.EVALUATION,
        title="Pemdi 2026",
        self_until=date(2026, 7, 31),
        document_until=date(2026, 9, 30),
        interview_until=date(2026, 10, 31),
        ends_on=date(2026, 12, 31),
    )
    rounds.open_round(
        wanted=wanted,
        opened_by=organization(MINISTRY),
        participants=[region.organization.id],
        by=region.ministry,
        at=AT,
    )
    return region


def test_the_oldest_instrument_has_no_older_answers(siak: Region) -> None:
    assert Reader(siak.entry).send("GET", f"{HERE}/crosswalk").status_code == 404
    assert Reader(siak.entry).send("POST", f"{HERE}/crosswalk", {"indicators": ["1"]}).status_code == 404


def test_earlier_answers_are_offered_and_taken_over_once(in_pemdi: Region) -> None:
    entry = Reader(in_pemdi.entry)
    here = f"/api/v1/regions/{SIAK}/evaluations/2026/crosswalk"
    offer = entry.send("GET", here).json()
    assert (offer["instrument"], offer["year"], len(offer["proposals"])) == ("spbe-2020", 2025, 20)
    useful = [one["indicator"] for one in offer["proposals"] if not one["is_empty"]]
    assert useful
    assert entry.send("POST", here, {"indicators": ["99"]}).status_code == 422
    taken = entry.send("POST", here, {"indicators": useful[:2]})
    assert taken.status_code == 200, taken.json()
    assert (taken.json()["texts"], taken.json()["left"]) == (2, [])
    again = entry.send("POST", here, {"indicators": useful[:2]}).json()
    assert (again["texts"], again["pieces"]) == (0, 0)
    internal = Reader(in_pemdi.internal).send("POST", here, {"indicators": useful[:2]}).json()
    assert internal["left"] == useful[:2]
