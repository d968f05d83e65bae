"""The contract of figures: a wrong table is refused where it is made, and named."""

from decimal import Decimal

import pytest

from livinglab.ui.figures import Column, ColumnKind, Figure, SourceNote, Table, cell_text

REGION = Column(key="region", label="Daerah")
INDEX = Column(key="index", label="Indeks", kind=ColumnKind.INDEX)


def _table(*rows: tuple[object, ...], **more: object) -> Table:
    return Table(caption="Indeks", columns=(REGION, INDEX), rows=rows, **more)  # type: ignore[arg-type]


def test_a_table_holds_text_numbers_and_absent_results() -> None:
    assert _table(("Sumedang", Decimal("4.51")), ("Nduga", None)).rows[1] == ("Nduga", None)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (("Sumedang",), "row 1: 1 cells for 2 columns"),
        (("Sumedang", 4.51), "row 1, index: 4.51 is not Decimal"),
        (("Sumedang", "4.51"), "row 1, index: '4.51' is not Decimal"),
        ((3211, Decimal(4)), "row 1, region: 3211 is not str"),
    ],
)
def test_a_row_that_does_not_fit_is_named(row: tuple[object, ...], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        _table(row)


def test_true_is_not_a_count() -> None:
    column = Column(key="people", label="Penduduk", kind=ColumnKind.COUNT)
    with pytest.raises(ValueError, match="True is not int"):
        Table(caption="c", columns=(column,), rows=((True,),))


def test_a_key_is_there_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        Table(caption="c", columns=(REGION, REGION), rows=())


def test_links_are_one_for_each_row() -> None:
    with pytest.raises(ValueError, match="1 rows and 2 links"):
        _table(("Sumedang", None), row_links=("/a", "/b"))


@pytest.mark.parametrize("key", ["Index", "index 2024", "indeks-2024", "2024", ""])
def test_a_column_key_is_for_machines(key: str) -> None:
    with pytest.raises(ValueError, match="snake_case"):
        Column(key=key, label="x")


def test_a_figure_names_a_source_and_has_a_slug() -> None:
    source = (SourceNote(text="KepMen"),)
    with pytest.raises(ValueError, match="names no source"):
        Figure(key="rank", heading="h", table=_table(), sources=())
    with pytest.raises(ValueError, match="slug"):
        Figure(key="Rank of 2024", heading="h", table=_table(), sources=source)


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (2024, ColumnKind.YEAR, "2024"),
        (2024, ColumnKind.COUNT, "2.024"),
        (Decimal("4.5"), ColumnKind.INDEX, "4,50"),
        (Decimal("0.5"), ColumnKind.CHANGE, "+0,50"),
        (Decimal("0.5"), ColumnKind.SHARE, "50%"),
        ("32.11", ColumnKind.CODE, "32.11"),
    ],
)
def test_the_kind_of_a_column_decides_how_a_cell_is_written(
    value: str | int | Decimal, kind: ColumnKind, text: str
) -> None:
    assert cell_text(value, kind, language="id") == text


def test_a_table_can_leave_columns_out() -> None:
    found = _table(("Sumedang", Decimal("4.51")), ("Nduga", None), row_links=("/a", None)).without(
        "index", "x"
    )
    assert (found.columns, found.rows, found.row_links) == (
        (REGION,),
        (("Sumedang",), ("Nduga",)),
        ("/a", None),
    )
