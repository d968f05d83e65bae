"""The page of levels moved by hand: what they are worth, its address, and what it refuses."""

import html
import re
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from livinglab.assessments.queries import round_half_up, score
from livinglab.comparisons.queries import place_among
from livinglab.planning.queries import likely_efforts, problem_of
from livinglab.planning.queries.made import made_plan
from livinglab.planning.queries.requests import read_asked
from livinglab.planning.queries.risk import Counted, OwnRate, Rate
from livinglab.planning.queries.simulated import rank_of, simulated
from livinglab.planning.queries.starts import Start, start_of
from tests.organizations.people import organization
from tests.planning.reading import text_of

pytestmark = pytest.mark.django_db
SIAK = "14.08"
TODAY = date(2026, 11, 22)
PAGE = f"/en/regions/{SIAK}/simulate/"


def siak() -> Start:
    found = start_of(organization(SIAK).id, is_member=False)
    assert found is not None
    return found


def shown(client: Client, query: str = "", *, status: int = 200) -> str:
    answer = client.get(PAGE + query)
    assert answer.status_code == status, answer.content[:2000]
    return text_of(answer.content)


def test_moved_levels_are_worth_what_scoring_them_says() -> None:
    start = siak()
    efforts = likely_efforts(start.instrument, start.levels)
    found = simulated(start, {"21": 4, "32": 4}, efforts)
    assert start.levels["21"] == 2
    assert start.levels["32"] == 5
    assert found.score == score(start.instrument, {**start.levels, "21": 4, "32": 4})
    assert found.taken == (("21", 3), ("21", 4))
    assert found.effort == efforts["21", 3] + efforts["21", 4]
    assert [one.indicator for one in found.fallen] == ["32"]


def test_the_claims_are_the_gains_of_the_steps_taken() -> None:
    start = siak()
    efforts = likely_efforts(start.instrument, start.levels)
    found = simulated(start, {"21": 4, "29": 2}, efforts)
    gains = {
        step.key: step.gain
        for ladder in problem_of(start.instrument, start.levels, efforts).ladders
        for step in ladder.steps
    }
    assert found.claimed == {"21": (gains["21", 3], gains["21", 4]), "29": (gains["29", 2],)}
    assert found.held == found.before.index_exact
    all_alike = Rate(80, is_assumed=True, measured=None)
    assert found.chance(found.score.index_exact, all_alike) == Fraction(4, 5) ** 3
    assert found.chance(found.before.index_exact, all_alike) == 1
    own = replace(all_alike, own=(OwnRate("21", 50, Counted.INDICATOR, 40),))
    assert found.chance(found.score.index_exact, own) == Fraction(1, 2) ** 2 * Fraction(4, 5)


def test_order_that_is_skipped_is_named_with_its_reason() -> None:
    start = siak()
    levels = {**start.levels, "3": 2}
    weak = Start(start.instrument, start.year, levels, start.origin)
    found = simulated(weak, {"23": 4}, likely_efforts(start.instrument, levels))
    assert [(one.before, one.after) for one in found.skipped] == [(("3", 4), ("23", 4))]
    assert found.skipped[0].reason.en


def test_the_rank_is_among_the_others_and_oneself() -> None:
    start, siak_id = siak(), organization(SIAK).id
    as_it_is = rank_of(simulated(start, {}, likely_efforts(start.instrument, start.levels)), siak_id)
    assert as_it_is is not None
    assert (as_it_is.year, as_it_is.rank) == (2024, as_it_is.before)
    top = place_among(2024, score(start.instrument, dict.fromkeys(start.levels, 5)).index, without=siak_id)
    assert (top.rank, top.of, top.own) == (1, as_it_is.of, as_it_is.before)
    bottom = place_among(2024, score(start.instrument, dict.fromkeys(start.levels, 1)).index, without=siak_id)
    assert (bottom.rank, bottom.of) == (as_it_is.of, as_it_is.of)


def test_the_page_says_what_the_levels_would_be_worth(client: Client) -> None:
    start = siak()
    said = shown(client, "?to=21:4,22:3")
    worth = score(start.instrument, {**start.levels, "21": 4, "22": 3})
    assert f"would stand at {worth.index}" in said
    assert "for 3 steps taken" in said
    assert "by the results of 2024" in said


def test_the_start_is_no_move(client: Client) -> None:
    said = shown(client, "?to=21:2")
    assert "What if a level were another?" in said
    assert "for 0 steps taken" in said


def test_the_long_address_of_the_form_becomes_the_short_one(client: Client) -> None:
    fields = {f"level-{key}": str(level) for key, level in siak().levels.items()}
    answer = client.get(PAGE, {**fields, "level-21": "3", "set": "22:4", "accept": "80"})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{PAGE}?to=21:3,22:4&accept=80")
    back = client.get(PAGE, {**fields, "set": "21:2", "accept": ""})
    assert (back.status_code, back.headers["Location"]) == (302, PAGE)


def test_with_htmx_the_short_address_comes_in_a_header(client: Client) -> None:
    answer = client.get(PAGE, {"level-21": "2", "set": "21:3"}, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Replace-Url"]) == (200, f"{PAGE}?to=21:3")


def test_the_buttons_send_the_next_level_and_stop_at_the_ends(client: Client) -> None:
    page = client.get(f"{PAGE}?to=29:1,21:5").content.decode()
    assert 'id="up-22" type="submit" name="set" value="22:3">' in page
    assert 'id="down-22" type="submit" name="set" value="22:1">' in page
    assert 'id="up-21" type="submit" name="set" value="21:5" aria-disabled="true">' in page
    assert 'id="down-29" type="submit" name="set" value="29:1" aria-disabled="true">' in page


def test_the_raised_levels_go_into_a_plan_as_locked_steps(client: Client) -> None:
    page = client.get(f"{PAGE}?to=21:4,32:4,22:3").content.decode()
    link = f"/en/regions/{SIAK}/plan/?lock=21:4,22:3"
    assert f'href="{link}"' in page
    assert client.get(link).status_code == 200
    assert "?lock=" not in client.get(f"{PAGE}?to=32:4").content.decode()


def test_a_plan_goes_on_into_trying_its_levels_out(client: Client) -> None:
    """The levels of the plan are worth its index, and take its effort."""
    plan = client.get(f"/en/regions/{SIAK}/plan/?target=3.6&accept=80").content.decode()
    found = re.search(r'href="([^"]*/simulate/[^"]*)"', plan)
    assert found is not None
    start = siak()
    made = made_plan(start, read_asked({"target": "3.6"}, start, today=TODAY), today=TODAY)
    said = text_of(client.get(html.unescape(found[1])).content)
    assert f"would stand at {round_half_up(made.outcome.best.index, 2)}" in said
    assert f"for {len(made.outcome.best.steps)} steps taken" in said
    assert "assessors accept 80%" in said


def test_a_fall_is_shown_and_costs_nothing(client: Client) -> None:
    said = shown(client, "?to=32:4")
    assert "1 indicator falls below its level at the start. A fall gives no effort back." in said
    assert "for 0 steps taken" in said


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("?to=99:4", ("indicator", "99:4", "What there is instead")),
        ("?to=21:9", ("level", "21:9", "21:5")),
        ("?to=21", ("indicator", "21", "What there is instead")),
        ("?to=21:3,21:4", ("Indicator 21 is moved twice", "Keep one of the two")),
        ("?set=48:1", ("indicator", "48:1")),
        ("?level-99=4", ("indicator", "99:4")),
        ("?accept=101", ("percent of accepted steps", "101")),
        ("?accept=x", ("percent of accepted steps", "80")),
    ],
)
def test_what_cannot_be_moved_is_refused_with_what_can(
    client: Client, query: str, says: tuple[str, ...]
) -> None:
    said = shown(client, query, status=422)
    for one in says:
        assert one.casefold() in said.casefold()


def test_an_unknown_region_and_one_without_levels(client: Client) -> None:
    assert client.get("/en/regions/00.00/simulate/").status_code == 404


def test_without_a_measured_rate_it_says_so_and_lets_one_be_assumed(client: Client) -> None:
    said = shown(client, "?to=21:4")
    assert "was not measured yet" in said
    assert "is confirmed with a chance" not in said
    assumed = shown(client, "?to=21:4&accept=80")
    assert "Assumed, not measured: assessors accept 80% of the steps claimed" in assumed
    assert "(everything claimed) is confirmed with a chance of 64%" in assumed


def test_other_words_of_an_address_change_nothing(client: Client) -> None:
    assert shown(client, "?target=4&by=2027-12-31") == shown(client)


def test_one_change_asks_the_database_little(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Region, published evaluation, results, ranked years, place, measured acceptance; three of the transaction."""
    with django_assert_num_queries(9):
        shown(client, "?to=21:4,22:3&accept=80")
