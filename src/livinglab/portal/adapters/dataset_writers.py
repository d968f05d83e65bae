"""Writes a dataset as CSV, XLSX and JSON. No cell is ever run as a formula."""

import csv
import io
import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from openpyxl import Workbook

from livinglab.portal.adapters.dataset_files import Cell
from livinglab.portal.domain.datasets import Dataset, FileFormat
from livinglab.ui.exports import neutral
from livinglab.ui.formats import exact

Row = tuple[Cell, ...]


def written(dataset: Dataset, rows: Sequence[Row], file_format: FileFormat) -> bytes:
    """This function will return the file of a dataset."""
    writers = {FileFormat.CSV: as_csv, FileFormat.XLSX: as_xlsx, FileFormat.JSON: as_json}
    return writers[file_format](dataset, rows)


def as_csv(dataset: Dataset, rows: Sequence[Row]) -> bytes:
    """This function will return UTF-8 CSV (RFC 4180): keys as header, decimals with a point, empty for nothing.

    Without a byte order mark, since machines read this file; people who use Excel take the XLSX.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.key for column in dataset.columns])
    writer.writerows([[_csv_cell(value) for value in row] for row in rows])
    return out.getvalue().encode()


def as_json(dataset: Dataset, rows: Sequence[Row]) -> bytes:
    """This function will return the rows as objects, with what the dataset is: decimals are strings with a point."""
    keys = [column.key for column in dataset.columns]
    content: dict[str, Any] = {
        "dataset": dataset.key,
        "title": {"id": dataset.title.id, "en": dataset.title.en},
        "source": {"id": dataset.source.id, "en": dataset.source.en},
        "licence": dataset.licence.url,
        "modified": dataset.modified.isoformat(),
        "columns": [
            {"key": column.key, "kind": column.kind, "id": column.meaning.id, "en": column.meaning.en}
            for column in dataset.columns
        ],
        "rows": [dict(zip(keys, map(_json_cell, row), strict=True)) for row in rows],
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def as_xlsx(dataset: Dataset, rows: Sequence[Row]) -> bytes:
    """This function will return a workbook: the rows, and a sheet that says what each column means."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("data")
    sheet.freeze_panes = "A2"
    sheet.append([column.key for column in dataset.columns])
    for row in rows:
        sheet.append([neutral(value) if isinstance(value, str) else value for value in row])
    about = book.create_sheet("about")
    for line in _about(dataset):
        about.append([neutral(part) for part in line])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _about(dataset: Dataset) -> list[tuple[str, str, str]]:
    return [
        ("", dataset.title.id, dataset.title.en),
        ("", dataset.description.id, dataset.description.en),
        ("source", dataset.source.id, dataset.source.en),
        ("licence", dataset.licence.name.id, dataset.licence.url),
        ("modified", dataset.modified.isoformat(), ""),
        *((column.key, column.meaning.id, column.meaning.en) for column in dataset.columns),
    ]


def _csv_cell(value: Cell) -> str:
    if isinstance(value, str):
        return neutral(value)
    if value is None:
        return ""
    return exact(value) if isinstance(value, Decimal) else str(value)


def _json_cell(value: Cell) -> str | int | None:
    return exact(value) if isinstance(value, Decimal) else value
