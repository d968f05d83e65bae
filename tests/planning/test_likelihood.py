"""What is foretold of the next step: from the years before alone, exactly counted, and better than its rivals."""

from dataclasses import replace
from itertools import pairwise
from math import log

import numpy as np
import pytest

from benchmarks.histories import simulated
from benchmarks.likelihood import published_case
from livinglab.planning.domain.likelihood import (
    Rows,
    Standing,
    Surroundings,
    fit_ability_difficulty,
    fit_model,
    fit_popularity,
    log_loss,
    rows_of,
    top_k,
)

HIGHEST = 5
SMALL = Surroundings(
    weights=np.array([3.0, 1.0]),
    groups=np.array([0, 0]),
    provinces=np.array([0, 0, 1]),
    before={(1, 3): [(0, 2)]},
    highest=HIGHEST,
    margin=0.0,
)
STEPS = 2 * (HIGHEST + 1)
DOMAINS = [0, 0, 0, 1, 1, 2]
MADE_UP = Surroundings(
    weights=np.ones(6),
    groups=np.array(DOMAINS),
    provinces=np.arange(90) // 10,
    before={(1, 3): [(0, 2)]},
    highest=HIGHEST,
    margin=0.0,
)


def standing(*rows: tuple[float, float]) -> Standing:
    """Return levels of two indicators, a row for each region."""
    return Standing(np.array(rows), np.array(rows))


BEFORE = standing((1, 2), (3, 5), (2, float("nan")))
AFTER = standing((2, 2), (3, 5), (3, 1))


def test_a_row_is_a_next_step_that_both_years_know_and_is_taken_where_the_later_has_it() -> None:
    rows = rows_of(SMALL, BEFORE, AFTER)
    assert rows.regions.tolist() == [0, 0, 1, 2]
    assert rows.steps.tolist() == [2, HIGHEST + 1 + 3, 4, 3]
    assert rows.taken.tolist() == [True, False, False, True]


def test_what_is_known_of_a_step() -> None:
    rows = rows_of(SMALL, BEFORE, AFTER)
    ability, difficulty, level, missing, own, bent, near, blocked, pace = rows.known[1]
    assert (ability, level, missing, own, pace) == (1.25, 3, 1, 0.75, 0)
    assert difficulty == pytest.approx(log((1 + 0.5) / (1 + 0.5)))  # one of two regions holds level 3
    assert blocked == 1  # indicator 1 at level 3 waits for indicator 0 at level 2
    assert near == pytest.approx((1 + 2 * 0.5) / (1 + 2) - 0.5)  # the other region of the province holds it
    assert bent == pytest.approx((1 - 2) - ((1 - 2) + (2 - 3.5)) / 2)


def test_nothing_known_of_a_step_is_of_the_year_foretold() -> None:
    other = standing((1, 4), (5, 5), (2, 3))
    one, two = rows_of(SMALL, BEFORE, AFTER), rows_of(SMALL, BEFORE, other)
    assert np.array_equal(one.known, two.known)
    assert np.array_equal(one.steps, two.steps)
    assert one.taken.tolist() != two.taken.tolist()


def test_a_model_says_the_same_whatever_happened_in_the_held_out_year() -> None:
    years = simulated(MADE_UP, DOMAINS)
    steps = 6 * (HIGHEST + 1)
    learned = rows_of(MADE_UP, years[0], years[1])
    held_out = rows_of(MADE_UP, years[1], years[2], earlier=years[0])
    turned = replace(held_out, taken=~held_out.taken)
    for fit in (fit_popularity, fit_ability_difficulty, fit_model):
        model = fit(learned, steps)
        assert np.array_equal(model.likelihood(held_out), model.likelihood(turned))


def rows(taken: list[bool], regions: list[int] | None = None) -> Rows:
    """Return rows of one step, of which nothing else is known."""
    number = len(taken)
    places = np.array(regions if regions is not None else range(number))
    return Rows(places, np.full(number, 2), np.zeros((number, 1)), np.zeros(number), np.array(taken))


def test_popularity_is_the_share_that_took_the_step_and_the_overall_share_where_it_was_never_seen() -> None:
    model = fit_popularity(rows([True, True, False, False, False]), 4)
    overall = 2.5 / 6
    assert model.shares.tolist() == pytest.approx([overall, overall, (2 + overall) / 6, overall])


def test_without_anything_to_tell_rows_apart_the_model_gives_the_share_that_took_it() -> None:
    given = rows([True, False, False, False])
    for fit in (fit_ability_difficulty, fit_model):
        assert fit(given, 4).likelihood(given).tolist() == pytest.approx([0.25] * 4)


def test_the_able_are_likelier_where_the_able_took_it() -> None:
    given = replace(rows([False, False, True, True]), ability=np.array([1.0, 2.0, 3.0, 4.0]))
    likely = fit_ability_difficulty(given, 4).likelihood(given)
    assert likely.tolist() == sorted(likely.tolist())
    assert likely.sum() == pytest.approx(2)  # the intercept is not penalised: as many as there were


def test_loss_and_top_k_are_counted_exactly() -> None:
    taken = [True, False, False, True, False]
    given = rows(taken, [0, 0, 0, 1, 2])
    likely = np.array([0.5, 0.9, 0.1, 0.2, 0.8])
    assert log_loss(likely, given.taken) == pytest.approx(
        -(log(0.5) + log(0.1) + log(0.9) + log(0.2) + log(0.2)) / 5
    )
    assert top_k(likely, given, 1) == pytest.approx((0 + 1) / 2)  # region 2 took nothing and is not asked
    assert top_k(likely, given, 2) == pytest.approx((1 / 2 + 1) / 2)


def test_made_up_histories_are_the_same_every_time_and_never_fall() -> None:
    one, two = simulated(MADE_UP, DOMAINS), simulated(MADE_UP, DOMAINS)
    assert all(np.array_equal(a.held, b.held) for a, b in zip(one, two, strict=True))
    rises = [after.held - before.held for before, after in pairwise(one)]
    assert {int(each) for rise in rises for each in np.unique(rise)} == {0, 1}
    assert {int(each) for year in one for each in np.unique(year.held)} <= set(range(1, HIGHEST + 1))


def test_on_published_results_the_model_beats_both_rivals() -> None:
    held_out, said = published_case()
    assert len(held_out.taken) == 1849
    losses = {name: log_loss(likely, held_out.taken) for name, likely in said.items()}
    assert {name: round(loss, 3) for name, loss in losses.items()} == {
        "popularity": 0.621,
        "ability x difficulty": 0.567,
        "model": 0.528,
    }
    assert {name: round(top_k(likely, held_out, 1), 3) for name, likely in said.items()} == {
        "popularity": 0.747,
        "ability x difficulty": 0.795,
        "model": 0.834,
    }
