"""Columns of a decision table edited: added, given a title, taken out with what stands below them."""

from collections.abc import Mapping
from enum import StrEnum

from livinglab.packages.domain.editing.fields import free, name_from
from livinglab.packages.domain.editing.places import put, standing_at
from livinglab.packages.domain.tables import OutputType


class Side(StrEnum):
    """What a column is: looked at, or what comes out. The value is its list in the file."""

    INPUT = "inputs"
    OUTPUT = "outputs"

    @property
    def cells(self) -> str:
        """The key of a row under which the cells of such columns stand."""
        return "when" if self is Side.INPUT else "then"


def columns_of(table: object, side: Side) -> list[object]:
    """This function will return the columns of a side as the file has them, in order."""
    found = standing_at(table, (side.value,))
    return found if isinstance(found, list) else []


def ids_of(table: object, side: Side) -> list[str]:
    """This function will return the names of a side's columns in expressions, in order."""
    return [str(standing_at(one, ("id",))) for one in columns_of(table, side)]


def rows_with(table: object, side: Side, column: str) -> list[int]:
    """This function will return the numbers of the rows, from 1, in which something stands in a column."""
    rows = standing_at(table, ("rows",))
    return [
        number
        for number, row in enumerate(rows if isinstance(rows, list) else [], 1)
        if standing_at(row, (side.cells, column)) is not None
    ]


def with_column(
    table: object, side: Side, title: Mapping[str, object], said: str, cell: str
) -> tuple[object, str]:
    """This function will return a table with one more column behind those of its side, and the column's name.

    `said` is the expression of what is looked at, or the type of what comes out. `cell` stands in every row then, an
    empty one in none. The name in expressions is made from the Indonesian title; no name stands twice in a table.
    """
    name = free(
        name_from(str(title.get("id", ""))), [*ids_of(table, Side.INPUT), *ids_of(table, Side.OUTPUT)]
    )
    about = "value" if side is Side.INPUT else "type"
    column: dict[str, object] = {"id": name, "title": dict(title), about: said}
    table = put(table, (side.value,), [*columns_of(table, side), column])
    rows = standing_at(table, ("rows",))
    for number in range(len(rows) if cell and isinstance(rows, list) else 0):
        table = put(table, ("rows", number, side.cells, name), cell)
    return table, name


def without_column(table: object, side: Side, column: str) -> object:
    """This function will return a table without a column, and without what its rows say there."""
    kept = [one for one in columns_of(table, side) if standing_at(one, ("id",)) != column]
    table = put(table, (side.value,), kept)
    rows = standing_at(table, ("rows",))
    for number, row in enumerate(rows if isinstance(rows, list) else []):
        cells = standing_at(row, (side.cells,))
        if isinstance(cells, Mapping) and column in cells:
            left = {key: one for key, one in cells.items() if key != column}
            table = put(table, ("rows", number, side.cells), left)
    return table


def posted_columns(table: object, side: Side, ids: list[str]) -> object:
    """This function will return a table with the columns that a page held, by name in order.

    One that the file does not have was added on the page: a blank one, whose boxes fill it.
    """
    known = {str(standing_at(one, ("id",))): one for one in columns_of(table, side)}
    for gone in [one for one in known if one not in ids]:
        table = without_column(table, side, gone)
    blank = (
        {"title": {"id": ""}, "value": ""}
        if side is Side.INPUT
        else {"title": {"id": ""}, "type": OutputType.TEXT.value}
    )
    return put(table, (side.value,), [known.get(one) or {"id": one, **blank} for one in dict.fromkeys(ids)])
