"""The heading of the history says only what holds within one instrument."""

from decimal import Decimal

from livinglab.comparisons.domain.history import Course, Reading, newest_run

OLD, NEW = "spbe-2018", "spbe-2020"


def _readings(**years: str) -> list[Reading]:
    return [
        Reading(int(year[1:]), Decimal(index), OLD if int(year[1:]) < 2021 else NEW, is_official=True)
        for year, index in years.items()
    ]


def test_sumedang_rose_every_year_since_the_instrument_began() -> None:
    readings = _readings(y2019="2.46", y2020="3.81", y2021="3.52", y2022="3.84", y2023="4.14", y2024="4.51")
    run = newest_run(readings, first_year=2021)
    assert (run.course, run.is_whole_era) == (Course.RISING, True)
    assert run.start is not None
    assert (run.start.year, run.change) == (2021, Decimal("0.99"))


def test_a_change_of_instrument_is_never_called_a_fall() -> None:
    run = newest_run(_readings(y2020="3.81", y2021="3.52"), first_year=2021)
    assert run.course is Course.SINGLE


def test_a_rise_after_a_fall_speaks_of_the_last_year_only() -> None:
    run = newest_run(_readings(y2022="3.00", y2023="2.50", y2024="2.90"), first_year=2021)
    assert (run.course, run.change) == (Course.ROSE, Decimal("0.40"))


def test_three_falls_in_a_row_are_told_as_a_fall_since_then() -> None:
    run = newest_run(_readings(y2021="3.50", y2022="3.90", y2023="3.40", y2024="3.10"), first_year=2021)
    assert (run.course, run.is_whole_era) == (Course.FALLING, False)
    assert run.start is not None
    assert run.start.year == 2022


def test_equal_years_are_unchanged_and_missing_years_break_the_run() -> None:
    assert newest_run(_readings(y2023="2.00", y2024="2.00"), first_year=2021).course is Course.UNCHANGED
    assert newest_run(_readings(y2022="2.00", y2024="3.00"), first_year=2021).course is Course.SINGLE
    assert newest_run([], first_year=2021).course is Course.NOTHING


def test_a_single_fall() -> None:
    run = newest_run(_readings(y2023="3.79", y2024="3.00"), first_year=2021)
    assert (run.course, run.change) == (Course.FELL, Decimal("-0.79"))
