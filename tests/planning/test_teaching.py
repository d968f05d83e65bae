"""Who took a step, how well it fits, and what another place changes: nothing but its own row."""

from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from livinglab.planning.domain.teaching import (
    MOST,
    PERFECT,
    Criterion,
    Evidence,
    Place,
    Record,
    Taken,
    Teacher,
    gives_back,
    nearness,
    ranked,
    steps_taken,
    teacher,
)

YEAR = 2026
LEVELS = range(1, 6)
ASKER = Place("14.08", "regency", 500_000)


def record(code: str, year: int, evidence: Evidence, **values: str) -> Record:
    """Return what was published of a place; `i20` is indicator 20."""
    parts = {key.removeprefix("i"): Decimal(value) for key, value in values.items()}
    return Record(code, "spbe-2020", year, evidence, parts, f"decision {year}")


def taken(*records: Record) -> dict[tuple[str, int], list[str]]:
    """Return the codes of those who took each step, by part and level."""
    found = steps_taken(records, lambda _: LEVELS)
    return {(part[2], level): [one.code for one in who] for (part, level), who in found.items()}


def test_an_indicator_is_taken_where_a_later_year_has_the_level_and_the_earlier_had_not() -> None:
    rows = [
        record("32.11", 2024, Evidence.INDICATOR, i20="3", i21="2"),
        record("32.11", 2023, Evidence.INDICATOR, i20="1", i21="2"),
    ]
    assert taken(*rows) == {("20", 2): ["32.11"], ("20", 3): ["32.11"]}


def test_a_domain_is_taken_from_half_a_level_below() -> None:
    before = record("32.11", 2023, Evidence.DOMAIN, D1="2.49", D2="2.50", D3="3.49")
    after = record("32.11", 2024, Evidence.DOMAIN, D1="2.50", D2="3.49", D3="3.40")
    assert taken(before, after) == {("D1", 3): ["32.11"]}


def test_nothing_is_taken_from_one_year_alone_nor_from_evidence_of_two_kinds() -> None:
    assert taken(record("32.11", 2024, Evidence.DOMAIN, D1="5.00")) == {}
    rows = [
        record("32.11", 2023, Evidence.DOMAIN, D1="1.00"),
        record("32.11", 2024, Evidence.INDICATOR, D1="5"),
    ]
    assert taken(*rows) == {}


def test_what_was_lost_and_taken_again_counts_at_the_newest_time() -> None:
    levels = {2021: "2", 2022: "3", 2023: "2", 2024: "3"}
    rows = [record("32.11", year, Evidence.INDICATOR, i20=level) for year, level in levels.items()]
    (found,) = steps_taken(rows, lambda _: LEVELS)[("spbe-2020", Evidence.INDICATOR, "20"), 3]
    assert (found.from_year, found.to_year) == (2023, 2024)


def one_taken(
    code: str, evidence: Evidence = Evidence.DOMAIN, before: str = "2.00", year: int = 2024
) -> Taken:
    """Return a step taken by a place."""
    return Taken(code, evidence, "D1", year - 1, year, Decimal(before), Decimal("3.00"), "decision")


def test_the_perfect_teacher_has_all_points_and_a_stranger_only_those_of_its_evidence() -> None:
    same = nearness(ASKER, Place("14.06", "regency", 500_000), 0.0)
    perfect = teacher(same, one_taken("14.06", Evidence.INDICATOR, year=YEAR), Decimal("2.00"), YEAR)
    assert perfect.points == MOST
    assert perfect.fit == PERFECT == 1000
    far = nearness(ASKER, Place("91.71", "city", None), None)
    stranger = teacher(far, one_taken("91.71", year=2019), None, YEAR)
    assert {criterion: points for criterion, points in stranger.points.items() if points} == {
        Criterion.EVIDENCE: 120
    }


def test_each_point_falls_evenly_with_what_is_apart() -> None:
    near = nearness(ASKER, Place("14.06", "regency", 5_000_000), 500.0)
    assert (near.size, near.distance, near.times, near.kilometres) == (0, 75, Decimal("10.00"), 500)
    found = teacher(near, one_taken("14.06", before="3.00", year=YEAR - 1), Decimal("2.00"), YEAR)
    assert (found.points[Criterion.START], found.points[Criterion.RECENCY]) == (75, 120)


def test_equal_points_are_ordered_by_code_and_each_place_stands_once() -> None:
    near = nearness(ASKER, Place("x", "regency", 500_000), 10.0)
    rows = [
        teacher(near, one_taken(code, evidence), Decimal("2.00"), YEAR)
        for code in ("32.11", "14.06", "33.02")
        for evidence in (Evidence.CROSSWALK, Evidence.DOMAIN)
    ]
    found = ranked(rows)
    assert [(one.code, one.taken.evidence) for one in found] == [
        ("14.06", Evidence.DOMAIN),
        ("32.11", Evidence.DOMAIN),
        ("33.02", Evidence.DOMAIN),
    ]


@st.composite
def teachers(draw: st.DrawFn) -> Teacher:
    """Draw any teacher."""
    number = draw(st.integers(1, 30))
    place = Place(
        f"{number:02}.01",
        draw(st.sampled_from(["regency", "city"])),
        draw(st.none() | st.integers(1, 10**7)),
    )
    near = nearness(ASKER, place, draw(st.none() | st.floats(0, 5000)))
    step = one_taken(
        place.code,
        draw(st.sampled_from(Evidence)),
        draw(st.decimals(1, 5, places=2).map(str)),
        draw(st.integers(2018, YEAR)),
    )
    return teacher(near, step, draw(st.none() | st.decimals(1, 5, places=2)), YEAR)


@given(st.lists(teachers(), min_size=1), teachers())
def test_another_place_never_lowers_the_best_fit_and_moves_nobody_else(
    rows: list[Teacher], new: Teacher
) -> None:
    before, after = ranked(rows), ranked([*rows, new])
    assert after[0].fit >= before[0].fit
    others = [one for one in before if one.code != new.code]
    assert [one for one in after if one.code != new.code] == others


@given(st.lists(teachers()), st.randoms())
def test_the_order_of_the_rows_changes_nothing(rows: list[Teacher], chance: Random) -> None:
    mixed = list(rows)
    chance.shuffle(mixed)
    assert ranked(mixed) == ranked(rows)
    fits = [one.fit for one in ranked(rows)]
    assert fits == sorted(fits, reverse=True)
    assert all(0 <= fit <= PERFECT for fit in fits)


def test_what_is_given_back_is_held_here_and_lacking_there_by_the_same_evidence() -> None:
    here = {"D1": Decimal("3.50"), "D2": Decimal("2.00"), "D3": Decimal("4.00")}
    there = {"D1": Decimal("3.49"), "D2": Decimal("2.40")}
    assert gives_back(Evidence.DOMAIN, here, there) == (("D1", 4),)
    assert gives_back(Evidence.INDICATOR, {"20": Decimal(3)}, {"20": Decimal(2)}) == (("20", 3),)
    assert gives_back(Evidence.INDICATOR, {"20": Decimal(3)}, {"20": Decimal(3)}) == ()
