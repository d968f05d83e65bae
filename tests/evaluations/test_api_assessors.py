"""External assessors through the API: profile, conflicts, assignments, universities and partnerships."""

from typing import Any

import pytest

from livinglab.accounts.models import User
from livinglab.evaluations.models import AssessorProfile, Assignment, UniversityPartner
from livinglab.kernel.identifiers import new_id
from livinglab.organizations.models import University
from livinglab.organizations.queries import Role
from tests.evaluations.kit import MINISTRY, SIAK, Region, open_round
from tests.evaluations.programs import Reader, code_of
from tests.organizations.people import make_member

pytestmark = pytest.mark.django_db

ASSESSORS = "/api/v1/assessors"
HOME = {"home": "61.71", "university": "universitas-riau"}


@pytest.fixture
def siak() -> Region:
    return open_round()


@pytest.fixture
def person() -> User:
    return make_member("asesor.baru", Role.EXTERNAL_ASSESSOR, MINISTRY)


def assign(region: Region, person: User, *codes: str) -> Any:
    body = {"round": str(region.participation.round_id), "codes": list(codes or (SIAK,))}
    return Reader(region.ministry).send("POST", f"{ASSESSORS}/{person.id}/assignments", body)


def test_nobody_is_assigned_before_the_home_is_known_and_then_once(siak: Region, person: User) -> None:
    assert code_of(assign(siak, person)) == (422, "an_assessors_home_is_known")
    ministry = Reader(siak.ministry)
    profile = f"{ASSESSORS}/{person.id}/profile"
    for _again in range(2):
        assert ministry.send("PUT", profile, HOME).json() == HOME
    assert assign(siak, person).json() == {"added": 1, "refused": []}
    again = assign(siak, person).json()
    assert (again["added"], again["refused"][0]["rule"]) == (0, "assigned_already")
    found = ministry.send("GET", f"{ASSESSORS}/{person.id}").json()
    assert (found["home"], found["university"], found["assigned"]) == ("61.71", "universitas-riau", 1)
    [row] = found["assignments"]
    assert (row["code"], row["year"]) == (SIAK, 2025)
    ended = f"{ASSESSORS}/{person.id}/assignments/{row['id']}"
    assert ministry.send("DELETE", ended).json()["assignments"] == []
    assert ministry.send("DELETE", ended).status_code == 404
    assert not Assignment.objects.filter(assessor=person, ended_at=None).exists()


def test_conflicts_are_refused_by_their_rule_and_end_assignments(siak: Region, person: User) -> None:
    ministry = Reader(siak.ministry)
    ministry.send("PUT", f"{ASSESSORS}/{person.id}/profile", {"home": SIAK})
    refused = assign(siak, person).json()["refused"]
    assert [(one["code"], one["rule"]) for one in refused] == [(SIAK, "an_assessor_is_not_from_there")]
    ministry.send("PUT", f"{ASSESSORS}/{person.id}/profile", HOME)
    assert assign(siak, person).json()["added"] == 1
    conflicts = f"{ASSESSORS}/{person.id}/conflicts"
    assert code_of(ministry.send("POST", conflicts, {"code": SIAK, "reason": " "})) == (422, "reason_missing")
    for reason in ("Saudara kandung.", "Lain."):
        declared = ministry.send("POST", conflicts, {"code": SIAK, "reason": reason}).json()
        assert [one["reason"] for one in declared["declared"]] == ["Saudara kandung."]
        assert declared["assigned"] == 0


def test_assessors_enter_their_own_home_once(siak: Region, person: User) -> None:
    own = Reader(person)
    url = f"{ASSESSORS}/{person.id}/profile"
    assert own.send("PUT", url, {"home": "99.99"}).status_code == 422
    assert own.send("PUT", url, {**HOME, "university": "universitas-karangan"}).status_code == 422
    assert own.send("PUT", url, HOME).status_code == 200
    assert code_of(own.send("PUT", url, {"home": SIAK})) == (422, "home_is_kept")
    assert own.send("PUT", f"{ASSESSORS}/{siak.external.id}/profile", HOME).status_code == 403
    secretary = Reader(siak.coordinator)
    assert code_of(secretary.send("PUT", url, HOME)) == (403, "not_the_ministry")
    assert AssessorProfile.objects.get(assessor=person).home.code == "61.71"  # type: ignore[union-attr]


def test_unknown_people_rounds_and_regions_are_named(siak: Region, person: User) -> None:
    ministry = Reader(siak.ministry)
    for address in (new_id(), siak.coordinator.id):  # nobody; somebody without the role
        assert ministry.send("GET", f"{ASSESSORS}/{address}").status_code == 404
        assert ministry.send("PUT", f"{ASSESSORS}/{address}/profile", HOME).status_code == 404
    ministry.send("PUT", f"{ASSESSORS}/{person.id}/profile", HOME)
    assert assign(siak, person, SIAK, "32.11").status_code == 422  # Sumedang is in no such round
    assert not Assignment.objects.filter(assessor=person).exists()


def test_only_ministries_read_who_the_assessors_are(siak: Region, person: User) -> None:
    for user, status in ((None, 401), (person, 403), (siak.coordinator, 403), (siak.ministry, 200)):
        for url in (ASSESSORS, f"{ASSESSORS}/{person.id}", "/api/v1/partners"):
            assert Reader(user).send("GET", url).status_code == status


def test_universities_are_listed_once_and_partners_refer_to_the_list(siak: Region, person: User) -> None:
    ministry = Reader(siak.ministry)
    url = "/api/v1/universities"
    listed = Reader(person).send("GET", url).json()
    assert {"code": "universitas-riau", "name": "Universitas Riau"} in listed
    assert Reader(None).send("GET", url).status_code == 401
    assert Reader(person).send("POST", url, {"name": "Universitas Baru Sekali"}).status_code == 403
    before = University.objects.count()
    assert code_of(ministry.send("POST", url, {"name": "UNIV. RIAU"})) == (422, "university_listed")
    assert code_of(ministry.send("POST", url, {"name": "Universitas Riua"})) == (422, "university_alike")
    assert University.objects.count() == before
    added = ministry.send("POST", url, {"name": "Universitas Lancang Kuning"}).json()
    assert added["code"] == "universitas-lancang-kuning"
    partner = {"university": added["code"], "code": SIAK}
    kept = [ministry.send("POST", "/api/v1/partners", partner).json() for _again in range(2)]
    assert kept[0] == kept[1]
    for wrong in ({**partner, "university": "x"}, {**partner, "code": "99.99"}):
        assert ministry.send("POST", "/api/v1/partners", wrong).status_code == 422
    assert ministry.send("GET", "/api/v1/partners").json() == [kept[0]]
    ministry.send("PUT", f"{ASSESSORS}/{person.id}/profile", {**HOME, "university": added["code"]})
    [refused] = assign(siak, person).json()["refused"]
    assert refused["rule"] == "an_assessors_university_is_no_partner"
    assert ministry.send("DELETE", f"/api/v1/partners/{kept[0]['id']}").status_code == 204
    assert ministry.send("DELETE", f"/api/v1/partners/{kept[0]['id']}").status_code == 404
    assert not UniversityPartner.objects.exists()
