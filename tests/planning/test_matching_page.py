"""The proposal for the whole country, as a ministry sees it."""

import csv
import io

import pytest
from django.test import Client

from livinglab.kernel.freshness import versions_of
from livinglab.organizations.queries import Role
from livinglab.planning.queries.matching import matching
from livinglab.planning.queries.teachers import TOPICS
from tests.organizations.people import make_member

pytestmark = pytest.mark.django_db
PAGE = "/en/planning/matching/"


@pytest.fixture
def ministry(client: Client) -> Client:
    """This fixture will sign in an officer of a ministry."""
    client.force_login(make_member("kementerian", Role.MINISTRY, "kementerian-panrb"))
    return client


def test_no_host_teaches_more_than_it_has_room_for_and_most_are_not_sent_to_one() -> None:
    found = matching(versions_of(TOPICS), year=2026, capacity=3, steps=2)
    assert max(found.loads.values()) == 3
    assert max(found.first_loads.values()) > 3
    assert len(found.without_results) + len({one.asker for one in found.matches}) <= 514
    assert all(one.host != one.asker for one in found.matches)
    assert found.served == sum(found.loads.values())


def test_a_region_without_any_published_result_asks_for_nothing_and_is_counted() -> None:
    found = matching(versions_of(TOPICS), year=2026)
    assert "31.74" in found.without_results  # Jakarta's cities are not assessed apart
    assert "31.74" not in {one.asker for one in found.matches}


def test_the_page_says_what_would_come_of_everybody_going_to_the_first_choice(ministry: Client) -> None:
    found = matching(versions_of(TOPICS), year=2026)
    first = max(sorted(found.first_loads), key=lambda code: found.first_loads[code])
    page = ministry.get(PAGE).content.decode()
    assert f"{found.place(first).name} would teach {found.first_loads[first]}" in page
    assert "A proposal only: a person confirms." in page


def test_the_file_holds_every_region_and_the_province_narrows_it(ministry: Client) -> None:
    found = matching(versions_of(TOPICS), year=2026)
    answer = ministry.get(f"{PAGE}matches.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["host_code"] for row in rows] == [one.host or "" for one in found.matches]
    riau = ministry.get(f"{PAGE}matches.csv?province=14").content.decode("utf-8-sig")
    codes = {row["region_code"] for row in csv.DictReader(io.StringIO(riau))}
    assert codes == {one.asker for one in found.matches if one.asker.startswith("14.")}


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("capacity=0", "Steps that one host teaches a year: a whole number from 1 to 52"),
        ("capacity=six", "Steps that one host teaches a year: a whole number from 1 to 52"),
        ("steps=5", "Steps that each region asks for: a whole number from 1 to 4"),
        ("province=00", "Province “00” is not known"),
    ],
)
def test_what_cannot_be_matched_is_named_with_what_can(ministry: Client, query: str, said: str) -> None:
    answer = ministry.get(f"{PAGE}?{query}")
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_only_a_ministry_sees_it(client: Client) -> None:
    client.force_login(make_member("sekda", Role.COORDINATOR, "14.08"))
    assert client.get(PAGE).status_code == 403
