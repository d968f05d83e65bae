"""Tags the first cell of each row of a table as the head of its row, which Typst's own tags leave a plain cell."""

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject

_CELL, _HEAD = "/TD", "/TH"


def with_row_heads(pdf: bytes) -> bytes:
    """Return a tagged PDF in which every first cell heads its row: read aloud, each figure says what it is of.

    Cells then name no heads of their own any more: what heads them follows from the row and the column
    (ISO 32000-1, 14.8.5.7). The change is written behind the file, which stays as it is.
    """
    writer = PdfWriter(io.BytesIO(pdf), incremental=True)
    for row in _rows(writer.root_object["/StructTreeRoot"]):
        cells = [cell for cell in _inside(row) if cell.get("/S") == _CELL]
        for cell in cells:
            _forget_heads(cell)
        if cells and cells[0] == next(_inside(row)):
            cells[0][NameObject("/S")] = NameObject(_HEAD)
            cells[0]["/A"].append(_heads_row())
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _rows(element: Any) -> Iterator[Any]:
    for one in _inside(element):
        if one.get("/S") == "/TR":
            yield one
        else:
            yield from _rows(one)


def _inside(element: Any) -> Iterator[Any]:
    """Yield the elements inside an element; marked content, which is a number or names none, is left out."""
    present = element.get("/K")
    if present is None:
        return
    present = present.get_object()
    for one in present if isinstance(present, list) else [present]:
        found = one.get_object()
        if hasattr(found, "get") and "/S" in found:
            yield found


def _forget_heads(cell: Any) -> None:
    kept = [one for one in cell.get("/A", []) if one.get_object().get("/O") != "/Table"]
    cell[NameObject("/A")] = ArrayObject(kept)


def _heads_row() -> DictionaryObject:
    return DictionaryObject(
        {NameObject("/O"): NameObject("/Table"), NameObject("/Scope"): NameObject("/Row")}
    )
