"""The budget year: what missed which document, and from where money can come."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livinglab.actions.adapters.budget_year import BudgetYearRefused, read_budget_year
from livinglab.actions.domain.cutoffs import (
    Certainty,
    Moved,
    Placed,
    Stage,
    Standing,
    moved,
    place,
    planning_year_for,
)
from livinglab.actions.queries.budget import budget_year

NOW = date(2026, 11, 22)
DAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))


def placed(
    day: date = NOW,
    *,
    cost: int | None = 5_000_000,
    sub_activity: str = "",
    planning_year: int | None = None,
    starts_on: date | None = None,
    due_on: date = date(2027, 6, 1),
) -> Placed:
    return place(
        day=day,
        cost=cost,
        sub_activity=sub_activity,
        planning_year=planning_year,
        starts_on=starts_on,
        due_on=due_on,
        budget=budget_year(),
    )


def slots(found: Placed) -> list[tuple[int, bool, date, date]]:
    return [(one.planning_year, one.is_change, one.closes_on, one.money_from) for one in found.slots]


def test_only_the_day_whose_article_was_read_is_called_law() -> None:
    cutoffs = budget_year().cutoffs
    assert {stage for stage, one in cutoffs.items() if one.certainty is Certainty.LAW} == {Stage.APBD}
    assert cutoffs[Stage.APBD].in_year(2028) == date(2027, 11, 30)
    assert "pasal 106" in cutoffs[Stage.APBD].law
    assert all(one.source["id"] and one.source["en"] for one in cutoffs.values())


def test_an_action_that_missed_the_work_plan_gets_the_changed_budget_or_the_next_year() -> None:
    found = placed()
    assert (found.standing, found.wanted_year) == (Standing.MISSED, 2027)
    assert slots(found) == [
        (2027, True, date(2027, 7, 31), date(2027, 10, 1)),
        (2028, False, date(2027, 6, 30), date(2028, 1, 1)),
    ]
    assert found.money_from == date(2027, 10, 1)
    assert found.is_due_before_money


def test_the_last_day_still_counts_and_the_next_does_not() -> None:
    last = date(2026, 6, 30)
    assert placed(last).standing is Standing.OPEN
    assert slots(placed(last))[0] == (2027, False, last, date(2027, 1, 1))
    assert placed(last + timedelta(days=1)).standing is Standing.MISSED
    assert (planning_year_for(last, budget_year()), planning_year_for(NOW, budget_year())) == (2027, 2028)


def test_what_costs_nothing_or_names_its_place_in_the_plan_misses_nothing() -> None:
    assert placed(cost=None).standing is Standing.NO_MONEY
    assert placed(cost=0).standing is Standing.NO_MONEY
    inside = placed(sub_activity="2.16.02.2.01.0001", planning_year=2029)
    assert (inside.standing, inside.slots, inside.closed) == (Standing.NAMED, (), ())
    early = placed(sub_activity="2.16.02.2.01.0001", planning_year=2028)
    assert (early.standing, early.money_from, early.is_due_before_money) == (
        Standing.NAMED,
        date(2028, 1, 1),
        True,
    )


def test_naming_a_place_after_the_day_is_no_proof_that_it_stands_there() -> None:
    before = placed()
    typed = placed(sub_activity="2.16.02.2.01.0001", planning_year=2027)
    assert (before.standing, typed.standing) == (Standing.MISSED, Standing.NAMED)
    assert typed.closed == before.closed == (Stage.RKPD, Stage.KUA_PPAS)
    assert typed.slots == before.slots


@pytest.mark.parametrize(
    ("day", "closed"),
    [
        (date(2026, 6, 30), ()),
        (date(2026, 7, 1), (Stage.RKPD,)),
        (date(2026, 8, 8), (Stage.RKPD, Stage.KUA_PPAS)),
        (date(2026, 12, 1), (Stage.RKPD, Stage.KUA_PPAS, Stage.APBD)),
    ],
)
def test_each_document_whose_day_is_past_is_to_be_checked(day: date, closed: tuple[Stage, ...]) -> None:
    named = placed(day, sub_activity="2.16.02.2.01.0001", planning_year=2027)
    assert (named.closed, bool(named.slots)) == (closed, bool(closed))


def test_the_year_that_an_action_wants_is_named_begun_or_due() -> None:
    assert placed(planning_year=2029).wanted_year == 2029
    assert placed(starts_on=date(2026, 12, 1)).wanted_year == 2026
    assert placed().wanted_year == 2027


@given(day=DAYS, due_on=DAYS)
def test_money_never_comes_from_a_budget_that_is_closed_nor_before_the_wanted_year(
    day: date, due_on: date
) -> None:
    found = placed(day, due_on=due_on)
    assert len(found.slots) == 2
    assert all(one.closes_on >= day and one.planning_year >= found.wanted_year for one in found.slots)
    assert found.slots[0].money_from < found.slots[1].money_from
    assert found.is_due_before_money is (due_on < found.slots[0].money_from)


@given(day=DAYS)
def test_a_later_day_never_opens_an_earlier_planning_year(day: date) -> None:
    year = planning_year_for(day, budget_year())
    assert planning_year_for(day + timedelta(days=1), budget_year()) in (year, year + 1)
    assert budget_year().last_day(Stage.RKPD, year) >= day > budget_year().last_day(Stage.RKPD, year - 1)


ENTRY = """
  - {stage: %s, year: before, month: %s, day: 30, status: %s, law: X, source: {id: a, en: b}}"""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("cutoffs: 3", "expected a list"),
        ("cutoffs:" + ENTRY % ("rkpd", 6, "law"), "missing: kua_ppas"),
        ("cutoffs:" + ENTRY % ("rkpd", 13, "law"), "entry 1"),
        ("cutoffs:" + ENTRY % ("rkpd", 2, "law"), "entry 1"),
        ("cutoffs:" + ENTRY % ("rkpd", 6, "surely"), "entry 1"),
        ("cutoffs:" + ENTRY % ("rkpd", 6, "law") * 2, "entry 2: rkpd comes twice"),
        ("cutoffs: [{stage: rkpd}]", "entry 1: expected stage"),
        ("cutoffs: [", "cannot be read"),
    ],
)
def test_a_wrong_entry_of_the_file_is_named(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "budget-year.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BudgetYearRefused, match=said):
        read_budget_year(file)


def stood(stage: Stage, day: date = NOW, *, due_on: date = date(2027, 6, 1)) -> Placed:
    return place(
        day=day,
        cost=5_000_000,
        sub_activity="2.16.02",
        planning_year=2027,
        starts_on=None,
        due_on=due_on,
        stands_in=stage,
        budget=budget_year(),
    )


@pytest.mark.parametrize(
    ("stage", "day", "missed"),
    [
        (Stage.RKPD, date(2026, 8, 7), ()),  # the last day of KUA-PPAS
        (Stage.RKPD, date(2026, 8, 8), (Stage.KUA_PPAS,)),
        (Stage.RKPD, date(2026, 12, 1), (Stage.KUA_PPAS, Stage.APBD)),
        (Stage.KUA_PPAS, date(2026, 11, 30), ()),
        (Stage.KUA_PPAS, date(2026, 12, 1), (Stage.APBD,)),
        (Stage.APBD, date(2027, 5, 1), ()),
        (Stage.CHANGED_RKPD, date(2027, 9, 30), ()),
        (Stage.CHANGED_RKPD, date(2027, 10, 1), (Stage.CHANGED_APBD,)),
        (Stage.CHANGED_APBD, date(2027, 12, 1), ()),
    ],
)
def test_each_document_has_to_be_followed_by_the_next_in_time(
    stage: Stage, day: date, missed: tuple[Stage, ...]
) -> None:
    found = stood(stage, day)
    assert (found.standing, found.closed, found.stands_in) == (
        Standing.MISSED if missed else Standing.STANDS,
        missed,
        stage,
    )


def test_missing_a_later_document_moves_the_money_as_missing_the_work_plan_does() -> None:
    behind, never = stood(Stage.RKPD), placed(planning_year=2027)
    assert (behind.slots, behind.money_from, behind.is_due_before_money) == (
        never.slots,
        date(2027, 10, 1),
        True,
    )
    kept = stood(Stage.KUA_PPAS)
    assert (kept.slots, kept.money_from, kept.is_due_before_money) == ((), date(2027, 1, 1), False)


def test_the_changed_budget_brings_its_money_after_its_own_day() -> None:
    found = stood(Stage.CHANGED_RKPD, date(2027, 8, 1), due_on=date(2027, 9, 1))
    assert (found.money_from, found.is_due_before_money) == (date(2027, 10, 1), True)


@pytest.mark.parametrize("stage", [None, Stage.RKPD])
def test_a_missed_document_moves_the_days_to_the_money_and_keeps_their_length(stage: Stage | None) -> None:
    """Without any document RKPD was missed; with RKPD alone KUA-PPAS and APBD were."""
    first, last = date(2027, 2, 1), date(2027, 6, 1)
    found = placed(planning_year=2027, starts_on=first) if stage is None else stood(stage)
    assert moved(found, starts_on=first, due_on=last) == Moved(date(2027, 10, 1), date(2028, 1, 29))
    assert date(2028, 1, 29) - date(2027, 10, 1) == last - first


def test_only_what_missed_a_document_and_begins_before_its_money_moves() -> None:
    begins = date(2027, 2, 1)
    in_time = stood(Stage.KUA_PPAS)
    assert moved(in_time, starts_on=begins, due_on=date(2027, 6, 1)) is None
    late = placed(planning_year=2027)
    assert moved(late, starts_on=date(2027, 10, 1), due_on=date(2027, 12, 1)) is None
    assert moved(late, starts_on=None, due_on=date(2027, 9, 30)) == Moved(
        date(2027, 10, 1), date(2027, 10, 1)
    )
    assert moved(placed(cost=None), starts_on=begins, due_on=date(2027, 6, 1)) is None
