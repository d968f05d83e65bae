"""Pictures outside of pages: complete files, as wide as asked, in the colours of the day."""

from decimal import Decimal
from xml.etree import ElementTree as ET

from livinglab.ui.charts import Band, Dot, DotRow, DotRows, Era, History, Point, Role, Series
from livinglab.ui.charts.dots import draw_dot_rows
from livinglab.ui.charts.history import draw_history
from livinglab.ui.loose_pictures import MARGIN, history_file, mark_file, row_files, ticks_file

_SVG = "{http://www.w3.org/2000/svg}"
_ROWS = DotRows(
    label="Nilai",
    rows=tuple(
        DotRow(name=name, dots=(Dot(role=Role.FOCUS, value=Decimal(value)),), value=Decimal(value))
        for name, value in (("Satu <dua>", 1), ("Lima", 5))
    ),
    key=((Role.FOCUS, "Siak"),),
)
_YEARS = History(
    label="Indeks",
    series=(Series(name="Siak & lain", role=Role.FOCUS, points=(Point(year=2024, value=Decimal("3.54")),)),),
    bands=(Band(css="b1", label="Kurang <1,8", start=Decimal(1), end=Decimal(5)),),
    eras=(Era(label="59/2020", first_year=2021, last_year=2025),),
)


def test_each_row_is_a_file_with_room_for_marks_at_both_ends_of_its_scale() -> None:
    drawn = draw_dot_rows(_ROWS, language="id")
    files = [ET.fromstring(one) for one in row_files(drawn, width=300)]
    assert [one.get("width") for one in files] == [str(300 + 2 * MARGIN)] * 2
    scales = [one.find(f"{_SVG}svg") for one in files]
    assert [(one.get("x"), one.get("width")) for one in scales if one is not None] == [
        (str(MARGIN), "300")
    ] * 2
    ticks = ET.fromstring(ticks_file(drawn, width=300))
    assert ticks.get("width") == files[0].get("width")
    assert [one.text for one in ticks.iter(f"{_SVG}text")] == ["1", "2", "3", "4", "5"]


def test_a_chart_of_years_has_its_words_and_its_own_colours() -> None:
    found = ET.fromstring(history_file(draw_history(_YEARS, language="id"), width=665))
    style = found.find(f"{_SVG}style")
    assert found.get("width") == "665"
    assert "3,54" in {one.text for one in found.iter(f"{_SVG}text")}
    assert style is not None
    assert "var(" not in (style.text or "var(")


def test_a_hollow_mark_differs_from_a_full_one() -> None:
    full, hollow = mark_file(Role.FOCUS), mark_file(Role.FOCUS, is_hollow=True)
    assert ('class="focus"' in full, 'class="hollow focus"' in hollow) == (True, True)
    assert [ET.fromstring(one).get("height") for one in (full, hollow)] == ["18", "18"]
