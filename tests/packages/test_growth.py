"""Growth by age in the package `posyandu`: weight and length are judged by the WHO standards."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.packages.children import MADE_UP_FOR, posyandu, tables


def judged(sex: str, months: int, kilograms: Decimal) -> Mapping[str, object]:
    """What the two tables of weight say."""
    found = tables(sex, months, weight=float(kilograms))
    return {**found["limits"], **found["growth"]}


def judged_by_length(
    sex: str, months: int, centimetres: Decimal | None, how: str | None = None
) -> Mapping[str, object]:
    """What the three tables of length say."""
    told = {"length": None if centimetres is None else float(centimetres), "length_how": how}
    found = tables(sex, months, **told)
    return {**found["length_limits"], **found["length"], **found["stature"]}


@pytest.mark.parametrize(
    ("sex", "months", "minus3", "minus2", "plus1"),
    [
        ("boy", 0, 2.1, 2.5, 3.9),
        ("boy", 12, 6.9, 7.7, 10.8),
        ("boy", 29, 9.2, 10.4, 14.8),
        ("boy", 60, 12.4, 14.1, 21),
        ("girl", 0, 2, 2.4, 3.7),
        ("girl", 1, 2.7, 3.2, 4.8),
        ("girl", 26, 8.4, 9.4, 13.5),
        ("girl", 60, 12.1, 13.7, 21.2),
    ],
)
def test_the_limits_are_those_of_the_standard(
    sex: str, months: int, minus3: float, minus2: float, plus1: float
) -> None:
    """WHO Child Growth Standards 2006, weight-for-age, simplified field tables."""
    found = judged(sex, months, Decimal(8))
    assert (found["minus3"], found["minus2"], found["plus1"]) == (minus3, minus2, plus1)


@given(
    st.sampled_from(["boy", "girl"]),
    st.integers(0, 60),
    st.decimals(Decimal("0.5"), Decimal(40), places=2),
)
def test_every_weight_is_judged_by_the_limits_of_its_month(sex: str, months: int, weight: Decimal) -> None:
    found = judged(sex, months, weight)
    minus3, minus2, plus1 = (Decimal(str(found[one])) for one in ("minus3", "minus2", "plus1"))
    if weight < minus3 / 2 or weight > plus1 * 2:
        expected = "again"
    elif weight < minus3:
        expected = "very_low"
    elif weight < minus2:
        expected = "low"
    elif weight > plus1:
        expected = "high"
    else:
        expected = "normal"
    assert found["status"] == expected
    assert found["refer"] is (expected in {"very_low", "low"})


def test_limits_rise_with_each_month_and_girls_have_their_own() -> None:
    rows = {one.id: one.then for one in posyandu().rules["limits"].rows}
    assert len(rows) == 2 * 61 + 1
    for sex in ("boy", "girl"):
        for limit in ("minus3", "minus2", "plus1"):
            found = [Decimal(rows[f"{sex}-{month}"][limit]) for month in range(61)]
            assert found == sorted(found)
            assert found[0] < found[60]


@pytest.mark.parametrize("months", [61, 70])
def test_beyond_sixty_months_nothing_is_judged(months: int) -> None:
    found = judged("girl", months, Decimal(18))
    assert (found["known"], found["status"], found["refer"]) == (False, "unknown", False)


@pytest.mark.parametrize(
    ("sex", "months", "minus3", "minus2", "way"),
    [
        ("boy", 0, 44.2, 46.1, "lying"),
        ("boy", 6, 61.2, 63.3, "lying"),
        ("boy", 12, 68.6, 71, "lying"),
        ("boy", 23, 78, 81, "lying"),
        ("boy", 24, 78, 81, "standing"),
        ("boy", 36, 85, 88.7, "standing"),
        ("boy", 60, 96.1, 100.7, "standing"),
        ("girl", 0, 43.6, 45.4, "lying"),
        ("girl", 12, 66.3, 68.9, "lying"),
        ("girl", 23, 76, 79.2, "lying"),
        ("girl", 24, 76, 79.3, "standing"),
        ("girl", 36, 83.6, 87.4, "standing"),
        ("girl", 60, 95.2, 99.9, "standing"),
    ],
)
def test_the_limits_of_length_are_those_of_the_standard(
    sex: str, months: int, minus3: float, minus2: float, way: str
) -> None:
    """WHO Child Growth Standards 2006, length/height-for-age, simplified field tables."""
    found = judged_by_length(sex, months, Decimal(70))
    assert (found["minus3"], found["minus2"], found["way"]) == (minus3, minus2, way)


@pytest.mark.parametrize(
    ("sex", "months", "how", "centimetres", "status"),
    [
        ("boy", 12, "lying", "68.5", "very_short"),
        ("boy", 12, "lying", "68.6", "short"),
        ("boy", 12, "lying", "70.9", "short"),
        ("boy", 12, "lying", "71.0", "normal"),
        ("boy", 12, "standing", "70.2", "short"),
        ("boy", 12, "standing", "70.3", "normal"),
        ("girl", 60, "standing", "95.1", "very_short"),
        ("girl", 60, "standing", "95.2", "short"),
        ("girl", 60, "standing", "99.8", "short"),
        ("girl", 60, "standing", "99.9", "normal"),
        ("girl", 60, "lying", "100.5", "short"),
        ("girl", 60, "lying", "100.6", "normal"),
        ("girl", 24, "lying", "79.9", "short"),
        ("girl", 24, "lying", "80.0", "normal"),
        ("girl", 23, "lying", "79.2", "normal"),
        ("girl", 24, None, "79.3", "normal"),
        ("girl", 24, None, "79.2", "short"),
    ],
)
def test_a_limit_belongs_to_what_is_above_it_and_the_other_way_of_measuring_is_made_up_for(
    sex: str, months: int, how: str | None, centimetres: str, status: str
) -> None:
    assert judged_by_length(sex, months, Decimal(centimetres), how)["status"] == status


@pytest.mark.parametrize(
    ("centimetres", "how"), [(None, None), (None, "lying"), (None, "none"), ("60.0", "none")]
)
def test_a_child_that_was_not_measured_is_not_judged_by_length(
    centimetres: str | None, how: str | None
) -> None:
    found = judged_by_length("girl", 12, None if centimetres is None else Decimal(centimetres), how)
    assert (found["centimetres"], found["status"], found["refer"]) == (None, "not_measured", False)


@given(
    st.sampled_from(["boy", "girl"]),
    st.integers(0, 60),
    st.sampled_from(["lying", "standing"]),
    st.decimals(Decimal(30), Decimal(130), places=1),
)
def test_every_length_is_judged_by_the_limits_of_its_month(
    sex: str, months: int, how: str, length: Decimal
) -> None:
    found = judged_by_length(sex, months, length, how)
    minus3, minus2 = (Decimal(str(found[one])) for one in ("minus3", "minus2"))
    way = "lying" if months < 24 else "standing"
    made_up = length + MADE_UP_FOR.get((how, way), Decimal(0))
    deviation = minus2 - minus3
    if made_up < minus3 - 5 * deviation or made_up > minus2 + 10 * deviation:
        expected = "again"
    elif made_up < minus3:
        expected = "very_short"
    elif made_up < minus2:
        expected = "short"
    else:
        expected = "normal"
    assert (found["way"], Decimal(str(found["centimetres"]))) == (way, made_up)
    assert (found["status"], found["refer"]) == (expected, expected in {"very_short", "short"})


def test_limits_of_length_rise_with_each_month_but_where_children_begin_to_stand() -> None:
    rows = {one.id: one.then for one in posyandu().rules["length_limits"].rows}
    assert len(rows) == 2 * 61 + 1
    for sex in ("boy", "girl"):
        for limit in ("minus3", "minus2"):
            found = [Decimal(rows[f"{sex}-{month}"][limit]) for month in range(61)]
            steps = [after - before for before, after in pairwise(found)]
            assert [month for month, step in enumerate(steps) if step <= 0 and month != 23] == []
            # 0.7 cm less standing, about 0.8 cm more in a month
            assert Decimal(0) <= steps[23] <= Decimal("0.1")


@pytest.mark.parametrize("months", [61, 70])
def test_beyond_sixty_months_no_length_is_judged(months: int) -> None:
    found = judged_by_length("girl", months, Decimal(90), "standing")
    assert (found["status"], found["refer"]) == ("unknown", False)
