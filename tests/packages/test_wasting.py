"""Weight for length or height in the package `posyandu`: children who are wasted are found by the WHO standards."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.packages.children import MADE_UP_FOR, posyandu, tables

LIMITS = ("minus3", "minus2", "plus2", "plus3")
#: per table: from which length or height to which it goes, in centimetres
REACH = {"weight_by_length": (45, 110), "weight_by_height": (65, 120)}
#: an age in months at which the standard measures so
AGE = {"lying": 12, "standing": 36}
REFERRED = {"wasted", "severely_wasted"}


def judged(
    sex: str, way: str, centimetres: str, kilograms: str, **told: object
) -> Mapping[str, Mapping[str, object]]:
    """What the tables say of a child that is measured as the standard measures at its age."""
    measured = {"length": float(centimetres), "length_how": way, "weight": float(kilograms), **told}
    return tables(sex, AGE[way], **measured)


@pytest.mark.parametrize(
    ("sex", "way", "centimetres", "limits"),
    [
        ("boy", "lying", "45", (1.9, 2, 3, 3.3)),
        ("boy", "lying", "65.5", (5.8, 6.3, 8.7, 9.6)),
        ("boy", "lying", "74", (7.3, 7.9, 11, 12.1)),
        ("boy", "lying", "110", (14.2, 15.4, 21.9, 24.1)),
        ("girl", "lying", "45", (1.9, 2.1, 3, 3.3)),
        ("girl", "lying", "74", (6.9, 7.5, 10.8, 11.9)),
        ("girl", "lying", "85.5", (8.8, 9.5, 13.6, 15)),
        ("girl", "lying", "110", (14, 15.3, 22.3, 24.7)),
        ("boy", "standing", "65", (5.9, 6.3, 8.8, 9.6)),
        ("boy", "standing", "98", (11.7, 12.6, 17.5, 19.1)),
        ("boy", "standing", "120", (17.1, 18.6, 27.2, 30.1)),
        ("girl", "standing", "65", (5.6, 6.1, 8.7, 9.7)),
        ("girl", "standing", "69", (6.3, 6.8, 9.8, 10.8)),
        ("girl", "standing", "100", (11.7, 12.8, 18.4, 20.3)),
        ("girl", "standing", "120", (17.3, 18.9, 28, 31.2)),
    ],
)
def test_the_limits_of_weight_for_length_are_those_of_the_standard(
    sex: str, way: str, centimetres: str, limits: tuple[float, ...]
) -> None:
    """WHO Child Growth Standards 2006, weight-for-length and weight-for-height, simplified field tables."""
    found = judged(sex, way, centimetres, "8")["weight_limits"]
    assert tuple(found[one] for one in LIMITS) == limits


@pytest.mark.parametrize(
    ("sex", "way", "centimetres", "kilograms", "status"),
    [
        ("girl", "lying", "74", "6.89", "severely_wasted"),
        ("girl", "lying", "74", "6.9", "wasted"),
        ("girl", "lying", "74", "7.49", "wasted"),
        ("girl", "lying", "74", "7.5", "normal"),
        ("girl", "lying", "74", "10.8", "normal"),
        ("girl", "lying", "74", "10.81", "overweight"),
        ("girl", "lying", "74", "11.9", "overweight"),
        ("girl", "lying", "74", "11.91", "obese"),
        ("girl", "lying", "74", "14.1", "obese"),
        ("girl", "lying", "74", "14.11", "again"),
        ("girl", "lying", "73.7", "7.49", "normal"),  # judged as 73.5 cm
        ("girl", "lying", "73.8", "7.49", "wasted"),  # judged as 74 cm
        ("boy", "standing", "98", "11.69", "severely_wasted"),
        ("boy", "standing", "98", "11.7", "wasted"),
        ("boy", "standing", "98", "12.6", "normal"),
        ("boy", "lying", "74", "7.49", "wasted"),
    ],
)
def test_a_limit_of_weight_for_length_belongs_to_what_is_within_it(
    sex: str, way: str, centimetres: str, kilograms: str, status: str
) -> None:
    found = judged(sex, way, centimetres, kilograms)["wasting"]
    assert found == {
        "status": status,
        "refer": status in REFERRED,
        "urgent": status == "severely_wasted",
    }


@pytest.mark.parametrize(
    ("months", "how", "centimetres", "limits"),
    [
        (23, "standing", "73.3", (6.9, 7.5)),  # lying it would be 74 cm
        (24, "lying", "74.7", (7, 7.6)),  # standing it would be 74 cm
        (24, None, "74", (7, 7.6)),
    ],
)
def test_the_other_way_of_measuring_is_made_up_for_before_the_weight_is_judged(
    months: int, how: str | None, centimetres: str, limits: tuple[float, float]
) -> None:
    found = tables("girl", months, length=float(centimetres), length_how=how)["weight_limits"]
    assert (found["minus3"], found["minus2"]) == limits


@pytest.mark.parametrize(
    "told",
    [
        {"length": None},
        {"length_how": "none"},
        {"oedema": True},
        {"length": 45.3},  # no girl of twelve months is so short
        {"weight": 25},  # nor so heavy
    ],
)
def test_weight_for_length_is_not_judged_where_it_says_nothing(told: Mapping[str, object]) -> None:
    found = tables("girl", 12, **{"length": 74, "length_how": "lying", "weight": 6, **told})["wasting"]
    assert (found["status"], found["refer"]) == ("not_judged", False)


@pytest.mark.parametrize(
    ("months", "centimetres", "is_judged"),
    [(0, "44.7", False), (0, "44.8", True), (60, "120.2", True), (60, "120.3", False)],
)
def test_beyond_the_tables_weight_for_length_is_not_judged(
    months: int, centimetres: str, *, is_judged: bool
) -> None:
    way = "lying" if months < 24 else "standing"
    weight = 2.5 if months < 24 else 22
    found = tables("boy", months, length=float(centimetres), length_how=way, weight=weight)["wasting"]
    assert found["status"] == ("normal" if is_judged else "not_judged")


def test_beyond_sixty_months_no_weight_for_length_is_judged() -> None:
    found = tables("girl", 61, length=100, length_how="standing", weight=10)["wasting"]
    assert (found["status"], found["refer"]) == ("unknown", False)


@given(
    st.sampled_from(["boy", "girl"]),
    st.integers(0, 60),
    st.sampled_from(["lying", "standing"]),
    st.decimals(Decimal(45), Decimal(120), places=1),
    st.decimals(Decimal("0.5"), Decimal(40), places=2),
)
def test_every_weight_is_judged_by_the_limits_of_its_half_centimetre(
    sex: str, months: int, how: str, length: Decimal, weight: Decimal
) -> None:
    found = tables(sex, months, length=float(length), length_how=how, weight=float(weight))
    name, way = ("weight_by_length", "lying") if months < 24 else ("weight_by_height", "standing")
    half = (2 * (length + MADE_UP_FOR.get((how, way), Decimal(0)))).quantize(Decimal(1), ROUND_HALF_UP) / 2
    rows = {one.when.get("centimetres", ""): one.then for one in posyandu().rules[name].rows}
    row = rows.get(f"{half.normalize():f}", rows[""])
    minus3, minus2, plus2, plus3 = (Decimal(row[f"{sex}_{one}"]) for one in LIMITS)
    if "again" in (found["growth"]["status"], found["stature"]["status"]) or minus3 == 0:
        expected = "not_judged"
    elif weight > plus3 + 2 * (plus3 - plus2):
        expected = "again"
    elif weight < minus2:
        expected = "severely_wasted" if weight < minus3 else "wasted"
    elif weight > plus2:
        expected = "obese" if weight > plus3 else "overweight"
    else:
        expected = "normal"
    assert found["wasting"]["status"] == expected


@pytest.mark.parametrize("name", REACH)
def test_limits_of_weight_rise_with_every_half_centimetre(name: str) -> None:
    low, high = REACH[name]
    *rows, outside = posyandu().rules[name].rows
    assert [Decimal(one.when["centimetres"]) for one in rows] == [
        Decimal(half) / 2 for half in range(2 * low, 2 * high + 1)
    ]
    assert set(outside.then.values()) == {"0"}
    for sex in ("boy", "girl"):
        for row in rows:
            limits = [Decimal(row.then[f"{sex}_{one}"]) for one in LIMITS]
            assert limits == sorted(set(limits))
        for limit in LIMITS:
            found = [Decimal(row.then[f"{sex}_{limit}"]) for row in rows]
            # a limit may stay for half a centimetre, since it is rounded to 0.1 kg; it never falls or leaps
            assert {after - before for before, after in pairwise(found)} <= {
                Decimal(tenth) / 10 for tenth in range(5)
            }


@pytest.mark.parametrize(
    ("sex", "in_length", "in_height"),
    [("boy", "87.5", "87"), ("girl", "87.5", "87"), ("boy", "100.5", "100"), ("girl", "100.5", "100")],
)
def test_the_two_tables_agree_where_a_child_stands_half_a_centimetre_shorter(
    sex: str, in_length: str, in_height: str
) -> None:
    """0.7 cm lie between them; half a centimetre leaves at most the step of one row."""
    lying = judged(sex, "lying", in_length, "12")["weight_limits"]
    standing = judged(sex, "standing", in_height, "12")["weight_limits"]
    for limit in LIMITS:
        assert 0 <= round(float(str(standing[limit])) - float(str(lying[limit])), 1) <= 0.1
