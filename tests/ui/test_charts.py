"""The geometry of charts: inside its bounds, in the order of the values, without labels that touch."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from hypothesis import given
from hypothesis import strategies as st

import livinglab.ui
from livinglab.ui.charts import (
    Band,
    Bin,
    Contribution,
    Dot,
    DotRow,
    DotRows,
    Era,
    Highlight,
    Histogram,
    History,
    Part,
    Pin,
    Point,
    RankBars,
    RankRow,
    Rise,
    Rises,
    Role,
    Ruler,
    Scale,
    Series,
    Sparkline,
)
from livinglab.ui.charts.bandnames import band_names
from livinglab.ui.charts.drawing import draw
from livinglab.ui.charts.histogram import HistogramDrawing
from livinglab.ui.charts.history import HistoryDrawing
from livinglab.ui.charts.rows import RowsDrawing
from livinglab.ui.charts.ruler import NARROW, ROOMY, RulerDrawing, draw_ruler
from livinglab.ui.charts.scale import ONE_TO_FIVE, attribute, per_cent
from livinglab.ui.charts.sparkline import SparklineDrawing
from livinglab.ui.charts.text import ADVANCES, shortened, text_width, wrapped
from tests.ui.samples import BANDS, percent, region_names, values

D = Decimal
FONT = Path(livinglab.ui.__file__).parent / "static/ui/fonts/plus-jakarta-sans-latin-wght-normal.woff2"


def _span(x: str, dx: str, anchor: str, width: int, room: int) -> tuple[Decimal, Decimal]:
    """Return from where to where a label reaches on a drawing `room` px wide."""
    at = percent(x) / 100 * room + D(dx)
    left = {"start": at, "middle": at - D(width) / 2, "end": at - width}[anchor]
    return left, left + width


# --- scale and text ------------------------------------------------------------------------------


@given(values, values)
def test_a_higher_value_never_stands_further_left(one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    assert 0 <= ONE_TO_FIVE.share(low) <= ONE_TO_FIVE.share(high) <= 1


@pytest.mark.parametrize("value", ["0.99", "5.01", "-1"])
def test_a_value_off_the_scale_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="outside the scale from 1 to 5"):
        ONE_TO_FIVE.share(D(value))


def test_a_scale_that_runs_backwards_is_refused() -> None:
    with pytest.raises(ValueError, match="from 5 to 1"):
        Scale(start=D(5), end=D(1), ticks=())


def test_attributes_have_two_decimals_at_most_and_no_trailing_zeros() -> None:
    numbers = (Fraction(1, 3), Fraction(1, 2), Fraction(4), Fraction(-1, 1000), D("10.00"), 100)
    assert [attribute(number) for number in numbers] == ["0.33", "0.5", "4", "0", "10", "100"]
    assert per_cent(ONE_TO_FIVE.share(D("4.51"))) == "87.75%"


@given(st.integers(-(10**7), 10**7))
def test_attributes_round_half_away_from_zero(thousandths: int) -> None:
    rounded = (D(thousandths) / 1000).quantize(D("0.01"), rounding=ROUND_HALF_UP)
    text = attribute(Fraction(thousandths, 1000))
    assert D(text) == rounded
    assert text == text.removesuffix("0") or "." not in text
    assert text != "-0"


def test_letter_widths_are_those_of_the_font_file() -> None:
    font = instantiateVariableFont(TTFont(FONT), {"wght": 600})
    names, metrics, unit = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    measured = {letter: round(metrics[names[ord(letter)]][0] * 1000 / unit) for letter in ADVANCES}
    assert measured == ADVANCES


def test_a_name_too_long_is_cut_and_keeps_its_figure() -> None:
    text = "Kabupaten Kepulauan Siau Tagulandang Biaro 3,54"
    cut = shortened(text, 13, 200)
    assert cut.endswith("… 3,54")
    assert cut.startswith("Kabupaten Kepulauan")
    assert text_width(cut, 13) <= 200
    assert shortened("Siak 3,54", 13, 200) == "Siak 3,54"


@given(st.lists(st.text(alphabet="abcdefgh", min_size=1, max_size=9), max_size=12))
def test_wrapping_keeps_every_word_in_its_order(words: list[str]) -> None:
    lines = wrapped(" ".join(words), 20, 200)
    assert " ".join(lines).split() == words
    assert all(text_width(line, 20) <= 200 for line in lines if " " in line)


# --- ruler ---------------------------------------------------------------------------------------

rulers = st.builds(
    lambda pins: Ruler(label="x", bands=BANDS, pins=tuple(pins)),
    st.lists(st.builds(Pin, name=region_names, value=values, role=st.sampled_from(list(Role))), max_size=7),
)


@given(rulers, st.sampled_from(["id", "en"]), st.integers(min_value=0, max_value=600))
def test_no_two_pin_labels_touch_at_any_width_they_are_shown_at(
    ruler: Ruler, language: str, more: int
) -> None:
    for tier, narrowest in zip(draw_ruler(ruler, language=language).tiers, (ROOMY, NARROW), strict=True):
        room = narrowest + min(more, narrowest)
        spans = [
            (pin.baseline, *_span(pin.text_x, pin.dx, pin.anchor, text_width(pin.text, 13), room))
            for pin in tier.pins
        ]
        for (line, left, right), (other_line, other_left, other_right) in combinations(spans, 2):
            assert line != other_line or right < other_left or other_right < left
        assert all(left >= D("-0.1") and right <= room + D("0.1") for _line, left, right in spans)
        assert all(0 < line < tier.bar_top for line, _left, _right in spans)


@given(rulers)
def test_every_pin_points_at_its_value(ruler: Ruler) -> None:
    for tier in draw_ruler(ruler, language="id").tiers:
        assert [pin.x for pin in tier.pins] == [per_cent(ONE_TO_FIVE.share(pin.value)) for pin in ruler.pins]


def test_two_labels_with_room_stay_in_one_lane_over_their_pins() -> None:
    pins = (Pin(name="Siak", value=D(2), role=Role.OTHER), Pin(name="Sumedang", value=D(4), role=Role.FOCUS))
    roomy = draw_ruler(Ruler(label="x", bands=BANDS, pins=pins), language="id").tiers[0]
    assert [(pin.anchor, pin.baseline, pin.text) for pin in roomy.pins] == [
        ("middle", 13, "Siak 2,00"),
        ("middle", 13, "Sumedang 4,00"),
    ]


def test_bands_fill_the_ruler_without_a_gap() -> None:
    bands = draw_ruler(Ruler(label="x", bands=BANDS, pins=()), language="id").tiers[0].bands
    ends = [percent(band.x) + percent(band.width) for band in bands]
    assert [percent(band.x) for band in bands] == [0, *ends[:-1]]
    assert ends[-1] == 100


@pytest.mark.parametrize(("room", "lines"), [(ROOMY, {0}), (NARROW, {0, 1}), (120, set())])
def test_band_names_take_one_line_or_two_or_none(room: int, lines: set[int]) -> None:
    names = band_names(BANDS, ONE_TO_FIVE, room=room)
    assert {name.line for name in names} == lines
    by_line = [[name for name in names if name.line == line] for line in lines]
    for row in by_line:
        spans = [_span(name.x, "0", name.anchor, text_width(name.text, 12), room) for name in row]
        assert all(left[1] < right[0] for left, right in pairwise(spans))


# --- history -------------------------------------------------------------------------------------

ERAS = (
    Era(label="SPBE 2018", first_year=2018, last_year=2020),
    Era(label="SPBE 2020", first_year=2021, last_year=2025),
    Era(label="Pemdi 2026", first_year=2026, last_year=2026),
)


def _history(*series: Series) -> HistoryDrawing:
    drawn = draw(History(label="x", series=series, eras=ERAS, bands=BANDS), language="id")
    assert isinstance(drawn, HistoryDrawing)
    return drawn


def _series(points: dict[int, str], role: Role = Role.FOCUS, hollow: tuple[int, ...] = ()) -> Series:
    return Series(
        name=role.value,
        role=role,
        points=tuple(
            Point(year=year, value=D(value), hollow=year in hollow) for year, value in points.items()
        ),
    )


def test_a_line_never_crosses_a_change_of_instrument_nor_a_missing_year() -> None:
    drawn = _history(_series({2019: "2.46", 2020: "3.81", 2021: "3.52", 2023: "4.14", 2024: "4.51"}))
    years = {mark.x: int(mark.text) for mark in drawn.years}
    assert [(years[line.x1], years[line.x2]) for line in drawn.segments] == [(2019, 2020), (2023, 2024)]


def test_there_is_one_cut_between_two_instruments_and_no_year_inside_it() -> None:
    drawn = _history(_series({2024: "4.51"}))
    assert len(drawn.cuts) == 2
    for cut in drawn.cuts:
        assert not any(percent(cut.x) <= percent(mark.x) <= percent(cut.end) for mark in drawn.years)


def test_press_is_hollow_and_decree_is_filled() -> None:
    drawn = _history(_series({2023: "4.14", 2024: "4.51"}, hollow=(2023,)))
    assert [mark.hollow for mark in drawn.marks] == [True, False]
    assert [(entry.name, entry.hollow) for entry in drawn.key] == [("focus", False), ("focus", True)]


def test_the_focus_lies_on_top_of_the_national_mean() -> None:
    drawn = _history(_series({2024: "4.51"}), _series({2024: "3.12"}, Role.NATION))
    assert [mark.role for mark in drawn.marks] == [Role.NATION, Role.FOCUS]


@given(
    st.dictionaries(st.integers(2018, 2026), values, min_size=1),
    st.dictionaries(st.integers(2018, 2026), values),
)
def test_a_history_stays_in_its_picture_and_higher_is_higher(
    home: dict[int, Any], nation: dict[int, Any]
) -> None:
    drawn = _history(_series(dict(sorted(home.items()))), _series(dict(sorted(nation.items())), Role.NATION))
    assert all(0 <= percent(mark.x) <= 80 for mark in drawn.marks)
    assert all(drawn.top <= D(mark.y) <= drawn.top + drawn.plot_height for mark in drawn.marks)
    assert all(0 < D(label.y) < drawn.years_at for label in drawn.labels)
    heights = {
        value: D(mark.y)
        for value, mark in zip([v for _y, v in sorted(home.items())], drawn.marks[-len(home) :], strict=True)
    }
    assert [heights[value] for value in sorted(heights)] == sorted(heights.values(), reverse=True)


@given(st.dictionaries(st.integers(2018, 2026), values, min_size=1))
def test_figures_that_phones_show_do_not_touch(home: dict[int, Any]) -> None:
    shown = [
        label for label in _history(_series(dict(sorted(home.items())))).labels if "roomy" not in label.css
    ]
    places = sorted(percent(label.x) / 100 * NARROW for label in shown)
    assert all(right - left >= text_width("4,00", 13) for left, right in pairwise(places))


def test_years_that_phones_show_do_not_touch_and_the_last_is_among_them() -> None:
    years = _history(_series({2024: "4.51"})).years
    shown = [mark for mark in years if not mark.is_crowded]
    places = [percent(mark.x) / 100 * NARROW for mark in shown]
    assert all(right - left >= text_width("2024", 12) for left, right in pairwise(places))
    assert shown[-1].text == "2026"
    assert len(shown) < len(years) == 9


def test_eras_that_share_a_year_are_refused() -> None:
    eras = (Era(label="A", first_year=2018, last_year=2021), Era(label="B", first_year=2021, last_year=2024))
    with pytest.raises(ValueError, match="A and B share the year 2021"):
        History(label="x", series=(), eras=eras)


def test_a_year_outside_all_eras_is_refused() -> None:
    with pytest.raises(ValueError, match="2017 belongs to no era"):
        _history(_series({2017: "2.00"}))


# --- rows ----------------------------------------------------------------------------------------


def _rows(chart: DotRows | Rises | Contribution) -> RowsDrawing:
    drawn = draw(chart, language="id")
    assert isinstance(drawn, RowsDrawing)
    return drawn


def test_a_row_of_dots_spans_from_its_lowest_to_its_highest_mark() -> None:
    dots = (
        Dot(role=Role.FOCUS, value=D(5)),
        Dot(role=Role.MEAN, value=D("3.23")),
        Dot(role=Role.NATION, value=D(3)),
    )
    key = ((Role.FOCUS, "a"), (Role.MEAN, "b"), (Role.NATION, "c"))
    row = _rows(DotRows(label="x", rows=(DotRow(name="Kebijakan", dots=dots, value=D(5)),), key=key)).rows[0]
    assert (row.lines[0].x1, row.lines[0].x2) == ("50%", "100%")
    assert [(mark.shape, mark.css) for mark in row.marks] == [
        ("diamond", "mean"),
        ("circle", "nation"),
        ("hexagon", "focus"),
    ]
    assert row.value == "5,00"


def test_a_role_that_the_key_does_not_name_is_refused() -> None:
    rows = (DotRow(name="x", dots=(Dot(role=Role.MEAN, value=D(2)),)),)
    with pytest.raises(ValueError, match="does not name mean"):
        DotRows(label="x", rows=rows, key=())


def test_a_rise_says_its_change_and_both_ends() -> None:
    rise = Rise(name="Banyuasin", start=D("1.05"), end=D("2.71"), start_css="b1", end_css="b3")
    row = _rows(Rises(label="x", rows=(rise,))).rows[0]
    assert (row.value, row.aside) == ("+1,66", "1,05 → 2,71")
    assert [(mark.shape, mark.css, mark.x) for mark in row.marks] == [
        ("circle", "b1", "1.25%"),
        ("hexagon", "b3", "42.75%"),
    ]


@given(st.lists(st.decimals(min_value=-2, max_value=2, places=3), min_size=1, max_size=8))
def test_each_part_begins_where_the_one_before_ended_and_the_total_is_their_sum(parts: list[Decimal]) -> None:
    chart = Contribution(
        label="x",
        parts=tuple(Part(name=f"D{i}", value=value) for i, value in enumerate(parts)),
        total=sum(parts, D(0)),
        total_name="Selisih",
    )
    drawn = _rows(chart)
    edges = [
        (percent(row.bars[0].x), percent(row.bars[0].x) + percent(row.bars[0].width)) for row in drawn.rows
    ]
    assert all(left >= 0 and right <= D("100.02") for left, right in edges)
    at = percent(drawn.grid[0])
    for value, (left, right) in zip(parts, edges, strict=False):
        begin, end = (left, right) if value >= 0 else (right, left)
        assert abs(begin - at) <= D("0.03")
        at = end
    assert drawn.rows[-1].is_total
    assert max(abs(percent(drawn.grid[0]) - edges[-1][0]), abs(percent(drawn.grid[0]) - edges[-1][1])) <= 100


def test_parts_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(ValueError, match=r"add up to 0\.30, not to 0\.31"):
        Contribution(label="x", parts=(Part(name="a", value=D("0.30")),), total=D("0.31"), total_name="t")


def test_a_bar_begins_at_the_scales_minimum_and_its_parts_fill_it() -> None:
    row = RankRow(rank=1, name="x", value=D("4.00"), css="b4", parts=(D("1.20"), D("0.80"), D("1.00")))
    drawn: Any = draw(
        RankBars(label="x", rows=(row,), value_label="Indeks", part_names=("a", "b", "c")), language="id"
    )
    assert [(bar.x, bar.width) for bar in drawn.rows[0].bars] == [
        ("0%", "30%"),
        ("30%", "20%"),
        ("50%", "25%"),
    ]


def test_parts_that_do_not_fill_the_bar_are_refused() -> None:
    row = RankRow(rank=1, name="Siak", value=D("4.00"), css="b4", parts=(D(1), D(1)))
    with pytest.raises(ValueError, match="'Siak' do not add up"):
        RankBars(label="x", rows=(row,), value_label="Indeks", part_names=("a", "b"))


# --- histogram -----------------------------------------------------------------------------------


def _histogram(counts: dict[str, int], *highlights: tuple[str, str]) -> HistogramDrawing:
    chart = Histogram(
        label="x",
        bins=tuple(Bin(start=D(start), count=count, css="b3") for start, count in counts.items()),
        step=D("0.05"),
        bands=BANDS,
        highlights=tuple(Highlight(name=name, value=D(value), role=Role.FOCUS) for name, value in highlights),
    )
    drawn = draw(chart, language="id")
    assert isinstance(drawn, HistogramDrawing)
    return drawn


@given(st.dictionaries(st.integers(0, 79), st.integers(1, 30), min_size=1))
def test_there_is_one_hexagon_for_each_region(counts: dict[int, int]) -> None:
    drawn = _histogram({str(D(1) + n * D("0.05")): count for n, count in counts.items()})
    assert sum(path.count("z") for _css, path in drawn.columns) == sum(counts.values())
    assert len(drawn.columns) == len(counts)


def test_a_highlight_takes_the_top_of_its_column_and_is_counted_once() -> None:
    drawn = _histogram({"4.50": 3, "3.50": 1}, ("Sumedang", "4.51"))
    assert sum(path.count("z") for _css, path in drawn.columns) + len(drawn.chosen) == 4
    assert drawn.chosen[0].y == "-31.8"


def test_two_highlights_of_one_column_do_not_lie_on_each_other() -> None:
    drawn = _histogram({"4.50": 3}, ("Sumedang", "4.51"), ("Jambi", "4.52"))
    assert [one.y for one in drawn.chosen] == ["-31.8", "-21.2"]


def test_the_highest_value_belongs_to_the_last_column() -> None:
    assert len(_histogram({"4.95": 1}, ("x", "5.00")).chosen) == 1


def test_a_highlight_that_no_bin_counts_is_refused() -> None:
    with pytest.raises(ValueError, match="'Sumedang' is highlighted, but its bin"):
        _histogram({"3.50": 1}, ("Sumedang", "4.51"))


@pytest.mark.parametrize("start", ["1.03", "5.00", "0.95"])
def test_a_bin_off_the_steps_is_refused(start: str) -> None:
    with pytest.raises(ValueError, match="is not a step"):
        _histogram({start: 1})


# --- sparkline -----------------------------------------------------------------------------------


@given(st.lists(st.none() | values, max_size=12))
def test_a_sparkline_draws_every_known_year_and_lifts_the_pen_at_gaps(run: list[Decimal | None]) -> None:
    drawn = draw(Sparkline(label="x", values=tuple(run)), language="id")
    assert isinstance(drawn, SparklineDrawing)
    known = [value for value in run if value is not None]
    assert drawn.path.count("M") + drawn.path.count("L") == len(known)
    runs = sum(1 for i, value in enumerate(run) if value is not None and (i == 0 or run[i - 1] is None))
    assert drawn.path.count("M") == runs
    assert (drawn.end is None) == (not known)


# --- every chart ---------------------------------------------------------------------------------


def test_the_same_input_gives_the_same_drawing() -> None:
    def ruler() -> Ruler:
        bands = tuple(Band(css=b.css, label=b.label, start=b.start, end=b.end) for b in BANDS)
        return Ruler(label="x", bands=bands, pins=(Pin(name="Siak", value=D("3.54"), role=Role.OTHER),))

    first, second = draw(ruler(), language="id"), draw(ruler(), language="id")
    assert isinstance(first, RulerDrawing)
    assert first == second
    assert repr(first) == repr(second)
