"""Rounds through the API: opened for all at once, followed, changed, closed by their last day."""

from typing import Any

import pytest

from livinglab.evaluations.models import Participation, Round
from livinglab.kernel.identifiers import new_id
from livinglab.organizations.queries import Role
from tests.evaluations.kit import MINISTRY, SIAK, open_round
from tests.evaluations.programs import Reader, code_of
from tests.organizations.people import make_member

pytestmark = pytest.mark.django_db

BODY: dict[str, Any] = {
    "instrument": "spbe-2020",
    "year": 2025,
    "kind": "evaluation",
    "title": "Evaluasi SPBE 2025",
    "self_until": "2025-07-31",
    "document_until": "2025-09-30",
    "interview_until": "2025-10-31",
    "ends_on": "2025-12-31",
}
DAYS = {key: BODY[key] for key in ("self_until", "document_until", "interview_until", "ends_on")}
ROUNDS = "/api/v1/rounds"


@pytest.fixture
def ministry() -> Reader:
    return Reader(make_member("kementerian", Role.MINISTRY, MINISTRY))


def opened(ministry: Reader, **takers: Any) -> Any:
    """A round that was opened for these, as the API answered it."""
    answered = ministry.send("POST", ROUNDS, {**BODY, "participants": takers})
    assert answered.status_code == 200, answered.json()
    return answered.json()


def test_a_ministry_opens_a_round_for_all_at_once(ministry: Reader) -> None:
    answered = opened(ministry, who="regions")
    assert (answered["added"], answered["elsewhere"]) == (508, [])  # Jakarta's six are not autonomous
    assert answered["round"]["participants"] == 508
    again = ministry.send("POST", ROUNDS, {**BODY, "participants": {"who": "regions"}})
    assert code_of(again) == (422, "nobody_takes_part")
    assert Round.objects.count() == 1


def test_codes_and_provinces_are_taken_in_and_unknown_ones_refused(ministry: Reader) -> None:
    for takers in (
        {"who": "codes", "codes": ["14.08", "99.99"]},
        {"who": "province", "province": "98"},
        {"who": "codes", "codes": ["a\x00"]},
        {"who": "everyone"},
    ):
        answered = ministry.send("POST", ROUNDS, {**BODY, "participants": takers})
        assert answered.status_code == 422
    assert not Round.objects.exists()
    assert opened(ministry, who="codes", codes=["14.08", "32.11"])["added"] == 2
    round_id = Round.objects.get().id
    more = ministry.send("POST", f"{ROUNDS}/{round_id}/participants", {"who": "province", "province": "14"})
    assert (more.json()["added"], more.json()["elsewhere"]) == (12, [])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title": " "}, "title_missing"),
        ({"year": 2020}, "wrong_year"),
        ({"self_until": "2026-07-31"}, "dates_out_of_order"),
        ({"interview_until": None}, "interview_dates"),
    ],
)
def test_a_round_that_cannot_be_is_422_and_opens_nothing(
    ministry: Reader, change: dict[str, Any], code: str
) -> None:
    wanted = {**BODY, **change, "participants": {"who": "codes", "codes": [SIAK]}}
    assert code_of(ministry.send("POST", ROUNDS, wanted)) == (422, code)
    wrong = {**wanted, "instrument": "spbe-1999"}
    assert ministry.send("POST", ROUNDS, wrong).status_code == 422
    assert not Round.objects.exists()


def test_a_coordinator_opens_a_round_for_the_own_region_only() -> None:
    secretary = Reader(make_member("sekda", Role.COORDINATOR, SIAK))
    own = "/api/v1/regions/14.08/evaluations"
    assert secretary.send("POST", "/api/v1/regions/32.11/evaluations", BODY).status_code == 403
    assert Reader(None).send("POST", own, BODY).status_code == 401
    assert Reader(make_member("entri", Role.DATA_ENTRY, SIAK)).send("POST", own, BODY).status_code == 403
    assert secretary.send("POST", "/api/v1/regions/99.99/evaluations", BODY).status_code == 404
    answered = secretary.send("POST", own, BODY)
    assert (answered.json()["added"], answered.json()["round"]["opened_by"]) == (1, SIAK)
    assert secretary.send("GET", f"{own}/2025").json()["state"] == "self"
    assert code_of(secretary.send("POST", own, BODY)) == (422, "nobody_takes_part")


def test_days_change_as_often_as_one_likes_and_only_in_order(ministry: Reader) -> None:
    round_id = opened(ministry, who="codes", codes=[SIAK])["round"]["id"]
    url = f"{ROUNDS}/{round_id}/days"
    for _again in range(2):
        changed = ministry.send("PUT", url, {**DAYS, "ends_on": "2025-11-30"})
        assert (changed.status_code, changed.json()["ends_on"]) == (200, "2025-11-30")
    assert code_of(ministry.send("PUT", url, {**DAYS, "ends_on": "2025-08-01"})) == (
        422,
        "dates_out_of_order",
    )
    other = Reader(make_member("kementerian.lain", Role.MINISTRY, "kementerian-dalam-negeri"))
    assert code_of(other.send("PUT", url, DAYS)) == (403, "not_the_opener")
    assert ministry.send("PUT", f"{ROUNDS}/{new_id()}/days", DAYS).status_code == 404
    assert str(Round.objects.get().ends_on) == "2025-11-30"


def test_a_participant_leaves_before_it_has_begun_and_not_after(ministry: Reader) -> None:
    siak = open_round()
    assert code_of(
        Reader(siak.ministry).send("DELETE", f"{ROUNDS}/{siak.participation.round_id}/participants/{SIAK}")
    ) == (422, "already_begun")  # an assessor is assigned
    round_id = opened(ministry, who="codes", codes=["32.11"])["round"]["id"]
    url = f"{ROUNDS}/{round_id}/participants/32.11"
    ministry.send("POST", f"{ROUNDS}/{round_id}/participants", {"who": "codes", "codes": ["32.12"]})
    assert ministry.send("DELETE", url).json()["participants"] == 1
    assert ministry.send("DELETE", url).status_code == 404
    assert not Participation.objects.filter(organization__code="32.11").exists()


def test_participants_are_listed_and_provinces_read_their_own() -> None:
    siak = open_round()
    url = f"{ROUNDS}/{siak.participation.round_id}"
    ministry = Reader(siak.ministry)
    [row] = ministry.send("GET", f"{url}/participants").json()["items"]
    assert (row["code"], row["state"], row["indicators"], row["index"]) == (SIAK, "self", 47, None)
    csv = ministry.send("GET", f"{url}/participants?format=csv").content.decode().splitlines()
    assert csv[1].startswith("14.08,Kabupaten Siak,self,47,")
    assert ministry.send("GET", f"{url}/participants?province=32").json()["items"] == []
    assert ministry.send("GET", f"{url}/participants?province=98").status_code == 422
    riau = Reader(make_member("provinsi.riau", Role.PROVINCE, "14"))
    assert [one["code"] for one in riau.send("GET", f"{url}/participants").json()["items"]] == [SIAK]
    assert riau.send("GET", f"{url}/participants?province=32").status_code == 422
    assert riau.send("GET", url).json()["participants"] == 1
    jabar = Reader(make_member("provinsi.jabar", Role.PROVINCE, "32"))
    assert jabar.send("GET", url).status_code == 404
    for user, status in ((None, 401), (siak.coordinator, 403)):
        assert Reader(user).send("GET", url).status_code == status
        assert Reader(user).send("PUT", f"{url}/days", DAYS).status_code == status
    assert riau.send("PUT", f"{url}/days", DAYS).status_code == 403
