"""States, days, sums and drafts of actions, without a database."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livinglab.actions.domain import levers, rupiah
from livinglab.actions.domain.axis import axis_of
from livinglab.actions.domain.drafts import FIELDS, ActionDraft, merge
from livinglab.actions.domain.kinds import Lever, Payer
from livinglab.actions.domain.ledger import Balance, Gift, Given, given_by, total
from livinglab.actions.domain.schedule import Load, Span, parts_of, spread
from livinglab.actions.domain.states import (
    ENDED,
    NEEDS_REASON,
    STEPS,
    ActionState,
    ActionStep,
    next_state,
    steps_from,
)

FIRST = date(2026, 11, 22)
efforts = st.fractions(min_value=0, max_value=1000)


def test_every_state_is_reached_from_planned_and_every_step_is_taken_somewhere() -> None:
    reached, fresh = {ActionState.PLANNED}, {ActionState.PLANNED}
    while fresh:
        fresh = {after for (state, _step), after in STEPS.items() if state in fresh} - reached
        reached |= fresh
    assert reached == set(ActionState)
    assert {step for _state, step in STEPS} == set(ActionStep)


def test_nothing_leads_on_from_confirmed_and_no_hand_confirms() -> None:
    assert steps_from(ActionState.CONFIRMED) == ()
    assert all(ActionStep.CONFIRM not in steps_from(state) for state in ActionState)


def test_a_dropped_action_is_confirmed_by_nothing() -> None:
    assert next_state(ActionState.DROPPED, ActionStep.CONFIRM) is None


def test_what_ends_or_hinders_an_action_needs_words() -> None:
    assert {ActionStep.BLOCK, ActionStep.DROP, ActionStep.REOPEN} == NEEDS_REASON
    assert {ActionState.DONE, ActionState.CONFIRMED, ActionState.DROPPED} == ENDED


@given(
    loads=st.lists(efforts.map(Load), min_size=1, max_size=30), days=st.integers(min_value=0, max_value=3000)
)
def test_steps_fill_the_days_in_order_without_a_gap(loads: list[Load], days: int) -> None:
    last = FIRST + timedelta(days=days)
    spans = spread(loads, parts_of(FIRST, last))
    assert (spans[0].starts_on, max(span.due_on for span in spans)) == (FIRST, last)
    assert all(span.starts_on <= span.due_on for span in spans)
    for earlier, later in pairwise(spans):
        assert earlier.starts_on <= later.starts_on <= earlier.due_on + timedelta(days=1)
        assert earlier.due_on <= later.due_on


def test_a_step_takes_its_share_of_the_days() -> None:
    spans = spread([Load(Fraction(1)), Load(Fraction(3))], parts_of(date(2026, 1, 1), date(2026, 1, 8)))
    assert spans == (Span(date(2026, 1, 1), date(2026, 1, 2)), Span(date(2026, 1, 3), date(2026, 1, 8)))


def test_a_plan_with_years_is_cut_at_the_turn_of_each() -> None:
    assert parts_of(FIRST, date(2028, 6, 30), 2027) == (
        Span(FIRST, date(2027, 12, 31)),
        Span(date(2028, 1, 1), date(2028, 6, 30)),
    )
    assert parts_of(FIRST, date(2026, 12, 31), 2026) == (Span(FIRST, date(2026, 12, 31)),)


def test_a_year_without_a_part_and_an_end_before_the_start_are_errors() -> None:
    with pytest.raises(ValueError, match="year 2 of a plan of 1"):
        spread([Load(Fraction(1), 2)], parts_of(FIRST, FIRST))
    with pytest.raises(ValueError, match="is before"):
        parts_of(FIRST, FIRST - timedelta(days=1))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Rp1.250.000", 1_250_000),
        ("rp 1.250.000,00", 1_250_000),
        ("Rp. 1.250.000,-", 1_250_000),
        ("1250000", 1_250_000),
        ("1,250,000", 1_250_000),
        ("0", 0),
        ("10.000.000.000.000.000", 10**16),
    ],
)
def test_rupiah_are_read_as_people_write_them(text: str, value: int) -> None:
    assert rupiah.read(text) == value


@pytest.mark.parametrize(
    "text", ["", "1.5", "1.250.00", "1250,5", "-5", "1e6", "١٢٣", "10.000.000.000.000.001", "9" * 400]
)
def test_other_sums_are_not_read(text: str) -> None:
    with pytest.raises(rupiah.RupiahUnread):
        rupiah.read(text)


@given(st.integers(min_value=0, max_value=rupiah.MOST))
def test_what_is_written_with_points_is_read_back(value: int) -> None:
    assert rupiah.read("Rp" + f"{value:,}".replace(",", ".")) == value


gifts = st.lists(
    st.builds(
        Gift,
        payer=st.sampled_from(Payer),
        rupiah=st.integers(min_value=1, max_value=rupiah.MOST),
        has_paper=st.booleans(),
        is_withdrawn=st.booleans(),
    ),
    max_size=30,
)


@given(gifts, st.integers(min_value=0, max_value=rupiah.MOST))
def test_cost_counted_promised_and_gap_add_up(many: list[Gift], cost: int) -> None:
    standing = [gift for gift in many if not gift.is_withdrawn]
    given_sum = total(given_by(many).values())
    assert given_sum.counted == sum(gift.rupiah for gift in standing if gift.has_paper)
    assert given_sum.promised == sum(gift.rupiah for gift in standing if not gift.has_paper)
    balance = Balance(cost, given_sum)
    assert given_sum.whole + balance.gap == cost + balance.excess
    assert balance.gap == 0 or balance.excess == 0


def test_without_a_cost_there_is_neither_gap_nor_excess() -> None:
    assert (Balance(None, Given(5, 5)).gap, Balance(None, Given(5, 5)).excess) == (0, 0)


def test_the_levers_are_counted_and_the_missing_ones_named() -> None:
    found = levers.balance(["capacity", "capacity", "", "leadership"])
    assert found.counts == {Lever.LEADERSHIP: 1, Lever.CAPACITY: 2, Lever.CONTROL: 0}
    assert (found.said, found.unsaid, found.heaviest, found.missing) == (
        3,
        1,
        Lever.CAPACITY,
        (Lever.CONTROL,),
    )
    assert levers.balance(["capacity", "leadership"]).heaviest is None


drafts = st.builds(
    ActionDraft,
    due_on=st.dates(date(2026, 1, 1), date(2027, 1, 1)),
    title=st.sampled_from(["", "a", "b"]),
    cost=st.sampled_from([None, 1, 2]),
    lever=st.sampled_from(["", "capacity"]),
)


@given(drafts, drafts, drafts)
def test_a_merge_keeps_every_change_or_names_the_field(
    base: ActionDraft, ours: ActionDraft, theirs: ActionDraft
) -> None:
    found = merge(base, ours, theirs)
    for name in FIELDS:
        was, mine, stored, kept = (getattr(one, name) for one in (base, ours, theirs, found.merged))
        if name in found.conflicts:
            assert was not in (mine, stored)
            assert mine != stored
            assert kept == stored
        else:
            assert kept == (stored if mine == was else mine)


def test_an_axis_holds_whole_quarters() -> None:
    axis = axis_of([date(2026, 11, 22), date(2027, 6, 30)])
    assert axis is not None
    assert axis.quarters == (date(2026, 10, 1), date(2027, 1, 1), date(2027, 4, 1))
    assert (axis.share(date(2026, 10, 1)), axis.share(date(2027, 7, 1))) == (0, 100)
    assert axis.holds(date(2027, 6, 30))
    assert not axis.holds(date(2027, 7, 1))
    assert axis_of([]) is None
