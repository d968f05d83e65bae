"""CSV of the API: one column per field, nothing that a spreadsheet runs."""

import csv
import io
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from ninja import Schema

from livinglab.ui.api.lists import csv_answer, decimal_text


class Part(Schema):
    year: int
    index: str | None


class Thing(Schema):
    name: str
    part: Part | None
    tags: list[str]
    weight: str | None


def _rows(*things: Thing) -> list[dict[str, str]]:
    content = csv_answer(Thing, things, name="things").content.decode()
    return list(csv.DictReader(io.StringIO(content, newline="")))


def test_a_part_is_spread_over_columns_and_a_list_is_joined() -> None:
    thing = Thing(name="Siak", part=Part(year=2024, index="3.54"), tags=["a", "b"], weight=None)
    assert _rows(thing) == [
        {"name": "Siak", "part_year": "2024", "part_index": "3.54", "tags": "a;b", "weight": ""}
    ]


def test_an_absent_part_leaves_its_columns_empty() -> None:
    thing = Thing(name="Siak", part=None, tags=[], weight="-0.79")
    assert _rows(thing) == [
        {"name": "Siak", "part_year": "", "part_index": "", "tags": "", "weight": "-0.79"}
    ]


@given(st.sampled_from("=+-@\t\r\n"), st.text(min_size=1, max_size=20))
def test_no_cell_begins_like_a_formula(start: str, rest: str) -> None:
    thing = Thing(name=f"{start}x{rest}", part=None, tags=[f"{start}y"], weight=None)
    (row,) = _rows(thing)
    assert not row["name"].startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert not row["tags"].startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@given(st.decimals(min_value=-99, max_value=99, places=2))
def test_a_decimal_keeps_its_places(value: Decimal) -> None:
    text = decimal_text(value)
    assert text is not None
    assert Decimal(text) == value
    assert len(text.rsplit(".", 1)[1]) == 2


def test_no_result_is_null_and_never_zero() -> None:
    assert decimal_text(None) is None
