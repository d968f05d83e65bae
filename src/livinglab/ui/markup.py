"""The two loops that templates are too slow for: 514 tiles of a map and 514 rows of a table.

Written in Jinja they took 45 of a page's 60 ms; here they take 6. Everything from outside is escaped.
"""

from decimal import Decimal
from functools import lru_cache
from typing import Final

from markupsafe import Markup, escape

from livinglab.ui.charts.tilemap import TileMark
from livinglab.ui.figures import Column, ColumnKind, Table, cell_text

_NUM: Final = ' class="num"'
_CODE: Final = ' class="code"'


# The same names, classes and figures stand on hundreds of pages, and to escape one costs ten times what finding it
# does. Typed, so that a Markup is never taken for the text that looks like it.
@lru_cache(maxsize=16_384, typed=True)
def escaped(text: str) -> str:
    """Return text as HTML and attributes take it; a Markup as it is."""
    return str(escape(text))


def table_head(table: Table, *, cards: bool = False) -> Markup:
    """Return the header cells of a table that cannot be sorted; `cards` as in `table_rows`."""
    role = _role("columnheader", cards)
    cells = (
        f'<th scope="col"{role}{_css(column, cards)}>{escaped(column.label)}</th>' for column in table.columns
    )
    return Markup("".join(cells))  # noqa: S704 -- every label is escaped above


def table_rows(table: Table, *, language: str, no_result: Markup, cards: bool = False) -> Markup:
    """Return the body rows of a table: the first cell heads its row and may be a link.

    `cards`: each cell says its role and its column, since on a phone each row is a card.
    """
    css = [_css(column, cards) for column in table.columns]
    opened = [
        f"<td{_role('cell', cards)}{one}{_column(column, cards)}>"
        for one, column in zip(css, table.columns, strict=True)
    ]
    row_opened = f"<tr{_role('row', cards)}>"
    head = f'{row_opened}<th scope="row"{_role("rowheader", cards)}{css[0]}>' if css else row_opened
    links = table.row_links or (None,) * len(table.rows)
    lines = []
    for row, href in zip(table.rows, links, strict=True):
        first, *rest = (
            no_result if value is None else _cell(value, column.kind, language)
            for value, column in zip(row, table.columns, strict=True)
        )
        if href:
            first = f'<a href="{escaped(href)}">{first}</a>'
        cells = "".join([f"{tag}{text}</td>" for tag, text in zip(opened[1:], rest, strict=True)])
        lines.append(f"{head}{first}</th>{cells}</tr>")
    return Markup("\n".join(lines))  # noqa: S704 -- every part is escaped above


def _css(column: Column, cards: bool) -> str:
    if column.kind.is_number:
        return _NUM
    return _CODE if cards and column.kind is ColumnKind.CODE else ""


def _role(name: str, cards: bool) -> str:
    return f' role="{name}"' if cards else ""


def _column(column: Column, cards: bool) -> str:
    return f' data-column="{escaped(column.label)}"' if cards else ""


@lru_cache(maxsize=32_768, typed=True)
def _cell(value: str | int | Decimal, kind: ColumnKind, language: str) -> str:
    return escaped(cell_text(value, kind, language=language))


def tile_links(tiles: tuple[TileMark, ...], key: str, linked: bool = True) -> Markup:
    """Return the tiles of half a map as links, or as mere shapes; `key` is the slug of their figure."""
    lines = []
    for tile in tiles:
        place = f'x="{tile.x}" y="{tile.y}"'
        dot = f'<use class="dot" href="#{key}-k" {place}/>' if tile.is_city else ""
        opened = f'<a href="{escaped(tile.href)}"' if linked else "<g"
        lines.append(
            f'{opened} class="{escaped(tile.css)}"><title>{escaped(tile.spoken)}</title>'
            f'<use href="#{key}-t" {place}/>{dot}</{"a" if linked else "g"}>'
        )
    return Markup("\n".join(lines))  # noqa: S704 -- every part is escaped above; the key is a checked slug
