"""What the next five steps cost in rupiah, on the brief for the head of region."""

import io
from fractions import Fraction

import pypdf
import pytest
from django.test import Client

from livinglab.organizations.queries import Role
from livinglab.planning.queries import costs
from livinglab.planning.queries.costs import costs_of, tell_costs
from tests.evaluations import kit
from tests.organizations.people import make_member, signed_in

pytestmark = pytest.mark.django_db
BRIEF = "/en/regions/14.08/plan/brief.pdf"
WISH = "target=3.6&by=2030-12-31"


def sheet(client: Client, query: str) -> str:
    (page,) = pypdf.PdfReader(io.BytesIO(client.get(f"{BRIEF}?{query}").content)).pages
    return " ".join(page.extract_text().split())


def efforts(client: Client) -> list[Fraction]:
    document = client.get(f"/api/v1/regions/14.08/plan?{WISH}").json()
    return [Fraction(step["effort"]) for step in document["steps"]]


def test_without_any_sum_the_brief_says_where_to_enter_one(client: Client) -> None:
    assert "In rupiah: not entered. Say what the region's actions or steps cost" in sheet(client, WISH)


def test_a_rate_per_effort_is_called_an_estimate_and_changes_no_plan(client: Client) -> None:
    said = sheet(client, f"{WISH}&rupiah=1.000.000")
    total = sum(int(effort * 1_000_000 + Fraction(1, 2)) for effort in efforts(client))
    assert f"In rupiah: Rp{total:,} for these 3 steps; 0 as the region itself says" in said
    assert "at Rp1,000,000 a unit, an estimate" in said
    assert [
        Fraction(one["effort"])
        for one in client.get(f"/api/v1/regions/14.08/plan?{WISH}&rupiah=5").json()["steps"]
    ] == efforts(client)


@pytest.mark.parametrize("given", ["0", "abc", "1,5", "12345678901234"])
def test_a_sum_that_is_none_is_refused(client: Client, given: str) -> None:
    error = client.get(f"/api/v1/regions/14.08/plan?rupiah={given}").json()["error"]
    assert error["status"] == 422


def test_what_the_regions_actions_say_comes_first_and_only_its_people_see_it(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    region = kit.open_round()
    kit.answer_everything(region, 2)
    monkeypatch.setattr(costs, "_cost_readers", [])
    tell_costs(lambda _organization, _instrument, keys: dict.fromkeys(keys, 7_000_000))
    own = signed_in(make_member("perencana", Role.PLANNING_AGENCY, kit.SIAK))
    assert "In rupiah: Rp35,000,000 for 5 of these 5 steps, as the region itself says." in sheet(
        own, "by=2030-12-31"
    )
    assert "Rp7,000,000" not in sheet(client, WISH)


def test_two_who_tell_the_same_are_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def reader(_organization: object, instrument: str, _keys: object) -> dict[tuple[str, int], int]:
        asked.append(instrument)
        return {}

    monkeypatch.setattr(costs, "_cost_readers", [])
    tell_costs(reader)
    tell_costs(reader)
    assert costs_of(kit.open_round().organization.id, "spbe-2020", []) == {}
    assert asked == ["spbe-2020"]
