"""A made plan: its days, its document, and that the same wish always makes the same plan."""

import json
from datetime import date
from fractions import Fraction
from pathlib import Path

from click.testing import CliRunner

from livinglab.assessments.queries import get_instrument
from livinglab.planning import queries
from livinglab.planning.adapters.step_files import Wishes
from livinglab.planning.commands import plan
from livinglab.planning.queries.made import made_plan
from livinglab.planning.queries.requests import Asked
from livinglab.planning.queries.starts import Origin, Start

TODAY = date(2026, 11, 22)
SPBE = get_instrument("spbe-2020")
LEVELS = {str(number): 2 + number % 3 for number in range(1, 48)}
START = Start(SPBE, 2025, LEVELS, Origin.PUBLISHED)
ASKED = Asked(by=date(2027, 12, 31), target=Fraction(7, 2))


def test_the_document_is_that_of_the_command_byte_for_byte(tmp_path: Path) -> None:
    levels = tmp_path / "levels.json"
    levels.write_text(json.dumps({"levels": LEVELS}))
    options = ["--instrument", "spbe-2020", "--levels", str(levels), "--target", "3.5", "--json"]
    printed = CliRunner().invoke(plan, options, catch_exceptions=False)
    found = json.loads(printed.stdout)
    assert found == made_plan(START, ASKED, today=TODAY).document


def test_steps_are_shared_out_over_the_days_by_their_effort() -> None:
    made = made_plan(START, ASKED, today=TODAY)
    days = [one.due for one in made.steps]
    assert days == sorted(days)
    assert days[-1] == ASKED.by
    first = made.steps[0].step.effort / made.outcome.best.effort
    assert (days[0] - TODAY).days == -(-first * (ASKED.by - TODAY).days // 1)


def test_with_a_capacity_a_step_is_due_at_the_end_of_the_year_that_carries_it() -> None:
    whole = made_plan(START, ASKED, today=TODAY).outcome.best.effort
    asked = Asked(by=date(2028, 6, 30), target=ASKED.target, capacity=whole / 2 + 1)
    made = made_plan(START, asked, today=TODAY)
    assert made.is_reached
    assert {one.due for one in made.steps} == {date(2027, 12, 31), date(2028, 6, 30)}
    of_first_year = sum((one.step.effort for one in made.steps if one.due.year == 2027), Fraction(0))
    assert of_first_year <= whole / 2 + 1


def test_each_step_begins_where_the_one_before_ended() -> None:
    held = dict(LEVELS)
    for one in made_plan(START, ASKED, today=TODAY).steps:
        assert one.from_level == held[one.step.indicator] == one.step.to_level - 1
        assert all(held[before] >= level for before, level in one.after)
        held[one.step.indicator] = one.step.to_level


def test_a_locked_step_is_in_and_an_excluded_one_is_not() -> None:
    free = made_plan(START, ASKED, today=TODAY)
    out = free.steps[0].key
    locked = next(key for key in queries.open_steps(SPBE, LEVELS) if key not in free.outcome.best.keys)
    wishes = Wishes(locked=frozenset({locked}), excluded=frozenset({out}))
    made = made_plan(START, Asked(by=ASKED.by, target=ASKED.target, wishes=wishes), today=TODAY)
    assert locked in made.outcome.best.keys
    assert out not in made.outcome.best.keys
    assert made.outcome.best.effort > free.outcome.best.effort


def test_own_efforts_change_the_plan_and_are_told_apart() -> None:
    likely = queries.likely_efforts(SPBE, LEVELS)
    cheap = next(key for key in likely if key not in made_plan(START, ASKED, today=TODAY).outcome.best.keys)
    dear = {key: effort * 3 for key, effort in likely.items()} | {cheap: Fraction(0)}
    made = made_plan(START, ASKED, dear, today=TODAY)
    assert made.document["effort_from"] == "own"
    assert {one.range for one in made.steps} == {None}
    default = made_plan(START, ASKED, likely, today=TODAY)
    assert default.document["effort_from"] == "default"
    assert all(one.range is not None for one in default.steps)


def test_the_price_curve_begins_at_the_start_and_holds_the_plan() -> None:
    made = made_plan(START, ASKED, today=TODAY)
    curve = made.price_curve
    assert curve[0] == (made.problem.index, Fraction(0))
    assert (made.outcome.best.index, made.outcome.best.effort) in curve
    assert list(curve) == sorted(curve, key=lambda one: (one[0], one[1]))
