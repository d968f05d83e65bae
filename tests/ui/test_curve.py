"""The curve of prices: stairs, round guide lines, ticks that never touch, and the chosen point."""

import re
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livinglab.ui.charts import Chosen, Curve, Scale
from livinglab.ui.charts.curve import CurveDrawing, draw_curve
from livinglab.ui.charts.ruler import NARROW
from livinglab.ui.charts.text import text_width

D = Decimal
SCALE = Scale(start=D(2), end=D(4), ticks=(D("2.05"), D("2.6"), D("3.5")))


def drawn(*points: tuple[str, str], chosen: Chosen | None = None) -> CurveDrawing:
    pairs = tuple((D(value), D(price)) for value, price in points)
    curve = Curve(label="x", points=pairs, scale=SCALE, value_name="i", price_name="e", chosen=chosen)
    return draw_curve(curve, language="en")


def test_between_two_points_a_value_costs_what_the_higher_one_does() -> None:
    assert drawn(("2", "0"), ("3", "10"), ("4", "40")).path == "M0 200V150H500V0H1000"


def test_a_tick_without_room_on_a_phone_is_left_out() -> None:
    found = drawn(("2", "0"), ("4", "8"))
    assert [tick.text for tick in found.ticks] == ["2.00", "2.60", "3.50", "4.00"]
    places = sorted(float(tick.x.rstrip("%")) for tick in found.ticks)
    room = text_width("0.00", 12)
    assert all((b - a) / 100 * NARROW > room for a, b in pairwise(places))


@given(st.decimals(D("0.5"), D(100_000), places=1))
def test_guides_are_at_most_five_round_prices_from_nothing_up(dearest: Decimal) -> None:
    found = drawn(("2", "0"), ("4", str(dearest)))
    prices = [D(guide.text.replace(",", "")) for guide in found.guides]
    assert prices[0] == 0
    assert 2 <= len(prices) <= 5
    assert prices[-1] <= dearest
    assert re.fullmatch(r"[125]0*", str(prices[1]).replace(".", "").lstrip("0"))


def test_the_chosen_point_is_named_where_there_is_room() -> None:
    left = drawn(("2", "0"), ("4", "8"), chosen=Chosen(value=D("2.5"), price=D(2), name="Plan")).mark
    right = drawn(("2", "0"), ("4", "8"), chosen=Chosen(value=D("3.5"), price=D(6), name="Plan")).mark
    assert left is not None
    assert right is not None
    assert (left.x, left.y, left.text, left.anchor) == ("25%", "180", "Plan 2.50", "start")
    assert (right.x, right.y, right.anchor) == ("75%", "80", "end")


def test_points_that_fall_are_refused() -> None:
    with pytest.raises(ValueError, match="does not rise"):
        drawn(("2", "5"), ("3", "4"))
