"""What an address asks of a plan: read and written back the same; a wrong wish is named with the nearest right one."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from urllib.parse import parse_qsl

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from livinglab.assessments.queries import get_instrument
from livinglab.kernel.unknown import Unanswerable, UnknownValue, Unprocessable
from livinglab.planning.adapters.step_files import Wishes
from livinglab.planning.domain import groups, milp
from livinglab.planning.queries.made import made_plan
from livinglab.planning.queries.requests import Asked, default_asked, read_asked
from livinglab.planning.queries.starts import Origin, Start

TODAY = date(2026, 11, 22)
SPBE = get_instrument("spbe-2020")
START = Start(SPBE, 2025, {str(number): 3 for number in range(1, 48)}, Origin.PUBLISHED)
KEYS = [(str(number), level) for number in range(1, 48) for level in (4, 5)]


def read(query: str) -> Asked:
    return read_asked(dict(parse_qsl(query)), START, today=TODAY)


@st.composite
def wishes(draw: st.DrawFn) -> Wishes:
    """Draw steps of which none is wished in two ways."""
    drawn = draw(st.lists(st.sampled_from(KEYS), max_size=6, unique=True))
    rules = [draw(st.integers(0, 2)) for _key in drawn]
    locked, promised, excluded = (
        frozenset(key for key, rule in zip(drawn, rules, strict=True) if rule == one) for one in range(3)
    )
    return Wishes(locked, promised, excluded)


@given(
    target=st.none() | st.decimals(Decimal("3.01"), Decimal(5), places=2),
    by=st.dates(TODAY + timedelta(days=1), date(2046, 12, 31)),
    effort=st.none() | st.decimals(0, 500, places=3),
    steps=st.none() | st.integers(1, 100),
    budget=st.none() | st.integers(0, 10**13 - 1),
    wished=wishes(),
    with_precedence=st.booleans(),
)
def test_what_is_written_is_read_back_the_same(
    target: Decimal | None,
    by: date,
    effort: Decimal | None,
    steps: int | None,
    budget: int | None,
    wished: Wishes,
    with_precedence: bool,
) -> None:
    asked = Asked(
        by=by,
        target=None if target is None else Fraction(target),
        effort=None if effort is None else Fraction(effort),
        steps=None if effort is not None else steps,
        budget=budget,
        wishes=wished,
        with_precedence=with_precedence,
    )
    if all(one is None for one in (asked.target, asked.effort, asked.steps, asked.budget)):
        asked = replace(asked, target=default_asked(START, TODAY).target)
    assert read(asked.query()) == asked


def test_an_empty_address_asks_for_the_next_predicate_by_the_end_of_next_year() -> None:
    assert read("") == Asked(by=date(2027, 12, 31), target=Fraction(7, 2))
    assert read("").query() == "target=3.5&by=2027-12-31"


def test_a_predicate_a_decimal_comma_and_a_year_are_understood() -> None:
    assert read("band=memuaskan&by=2028") == Asked(by=date(2028, 12, 31), target=Fraction(21, 5))
    assert read("target=3,6").target == Fraction(18, 5)
    assert read("band=&target=&steps=4&by=").target is None


def test_steps_that_are_taken_already_are_no_wish() -> None:
    assert read("lock=12:3,12:4&exclude=20:2").wishes == Wishes(locked=frozenset({("12", 4)}))


@pytest.mark.parametrize(
    ("query", "title", "instead"),
    [
        ("by=2026-11-22", "The day 22 November 2026 is past", []),
        ("by=2020", "The day 31 December 2020 is past", []),
        ("by=2047", "The day 31 December 2047 is too far away", []),
        ("by=soon", "“soon” is not a day", []),
        ("target=3", "The index is 3.00 already, which holds 3", [f"?target={n}&by=2027-12-31" for n in (3.5, 4.2)]),
        ("target=5.5", "5.5 is above the scale", ["?target=5&by=2027-12-31"]),
        ("target=high", "target: “high” is not a number from 0", []),
        ("target=4&band=memuaskan", "Two targets at once", []),
        ("steps=0", "“0” is not a number of steps", []),
        ("effort=-1", "effort: “-1” is not a number from 0", []),
        ("lock=12:5&exclude=12:5", "Indicator 12 to level 5 is wished in two ways at once", []),
    ],
)  # fmt: skip
def test_a_wish_that_cannot_be_is_named_with_the_nearest_that_can(
    query: str, title: str, instead: list[str]
) -> None:
    with override("en"), pytest.raises(Unprocessable) as refused:
        read(query)
    assert (refused.value.status, str(refused.value.title)) == (422, title)
    assert [one.url for one in refused.value.known] == instead
    for url in instead:
        assert read(url.removeprefix("?"))


@pytest.mark.parametrize(
    ("query", "what", "given"),
    [
        ("lock=99:4", "indicator", "99:4"),
        ("lock=12:1", "level", "12:1"),
        ("exclude=twelve", "indicator", "twelve"),
        ("band=great", "predicate", "great"),
        ("precedence=maybe", "precedence", "maybe"),
    ],
)
def test_what_the_instrument_does_not_have_is_named_with_what_it_has(
    query: str, what: str, given: str
) -> None:
    with override("en"), pytest.raises(UnknownValue) as refused:
        read(query)
    assert (str(refused.value.what), refused.value.given) == (what, given)
    assert refused.value.known


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("lock=12:5&exclude=12:4", "Indikator 12: langkah ke tingkat 5 dikunci atau dijanjikan, tetapi"),
        ("lock=12:5&effort=2", "beserta prasyaratnya, butuh upaya"),
        ("lock=11:4,12:4&steps=1", "beserta prasyaratnya, berjumlah 3, lebih dari batas 1; naikkan batas menjadi 3"),
        ("capacity=0", "Kapasitas per tahun yang paling kecil"),
    ],
)  # fmt: skip
def test_wishes_that_exclude_each_other_are_told_in_the_readers_language_with_a_way_out(
    query: str, said: str
) -> None:
    with pytest.raises(Unprocessable) as refused:
        made_plan(START, read(query), today=TODAY)
    assert said in str(refused.value.explanation)
    ways = [one.url.removeprefix("?") for one in refused.value.known]
    assert ways
    plans = []
    for way in ways:
        try:
            plans.append(made_plan(START, read(way), today=TODAY))
        except Unanswerable:
            continue
    assert plans, "no way out leads to a plan"


def test_the_least_capacity_that_is_named_reaches_the_target_and_less_does_not() -> None:
    with pytest.raises(Unprocessable) as refused:
        made_plan(START, read("capacity=0&by=2028"), today=TODAY)
    least = read(refused.value.known[0].url.removeprefix("?"))
    assert least.capacity is not None
    assert made_plan(START, least, today=TODAY).is_reached
    less = replace(least, capacity=least.capacity - Fraction(1, 50))
    assert not made_plan(START, less, today=TODAY).is_reached


def test_a_capacity_alone_keeps_the_usual_target_and_other_limits_do_not() -> None:
    assert read("capacity=20").target == read("").target
    assert read("effort=20").target is None
    assert read("steps=3").target is None


@pytest.mark.parametrize(
    ("tongue", "said"),
    [
        (
            "id",
            "Angka upaya memiliki terlalu banyak desimal untuk batas sebanyak ini sekaligus; bulatkan angkanya.",
        ),
        ("en", "The efforts have too many places for this many limits at once; round them."),
    ],
)
def test_numbers_too_fine_are_told_in_the_readers_language(
    tongue: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(groups, "MAXIMUM_STATES", 1)
    monkeypatch.setattr(milp, "_LARGEST", 1)
    with override(tongue), pytest.raises(Unprocessable) as refused:
        made_plan(START, read("effort=17.123457"), today=TODAY)
    assert refused.value.explanation == said


@pytest.mark.parametrize(
    ("today", "by", "years"),
    [
        (date(2026, 11, 22), date(2027, 12, 31), (2027,)),
        (date(2026, 6, 30), date(2027, 12, 31), (2026, 2027)),
        (date(2026, 11, 22), date(2026, 12, 31), (2026,)),
        (date(2026, 7, 1), date(2029, 3, 1), (2027, 2028, 2029)),
    ],
)
def test_years_whose_capacity_counts(today: date, by: date, years: tuple[int, ...]) -> None:
    assert Asked(by=by).years(today) == years
