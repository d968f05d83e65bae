"""Reads reference/datasets.yaml and the reference files that are offered as they are."""

import csv
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from livinglab.portal.domain.datasets import (
    CellKind,
    Dataset,
    DatasetColumn,
    Licence,
    Reliability,
    Text,
)

Cell = str | int | Decimal | None


class DatasetFileError(Exception):
    """The file cannot be used; the message names the file, the dataset and the rule."""


def read_datasets(path: Path) -> tuple[Dataset, ...]:
    """This function will return the datasets in their order. Errors: `DatasetFileError`."""
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    licences = {code: _licence(code, entry) for code, entry in document["licences"].items()}
    return tuple(_guarded(path, key, entry, licences) for key, entry in document["datasets"].items())


def read_publisher(path: Path) -> Text:
    """This function will return the name of who publishes the datasets."""
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    return _text(document["publisher"]["name"])


def read_rows(path: Path, columns: tuple[DatasetColumn, ...]) -> list[tuple[Cell, ...]]:
    """This function will return the rows of a reference CSV, each cell as its column's kind.

    Errors: `DatasetFileError` for a file whose columns are not those that the dataset describes.
    """
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        wanted = [column.key for column in columns]
        if reader.fieldnames != wanted:
            raise DatasetFileError(
                f"{path.name}: columns are {reader.fieldnames}, datasets.yaml says {wanted}"
            )
        return [tuple(parsed(row[column.key], column.kind) for column in columns) for row in reader]


def parsed(text: str, kind: CellKind) -> Cell:
    """This function will return a CSV cell as a value; an empty number is None."""
    if kind in (CellKind.TEXT, CellKind.CODE):
        return text
    if not text:
        return None
    return Decimal(text) if kind in (CellKind.INDEX, CellKind.MEASURE) else int(text)


def _guarded(path: Path, key: str, entry: Mapping[str, Any], licences: Mapping[str, Licence]) -> Dataset:
    try:
        return _dataset(key, entry, licences)
    except (KeyError, ValueError, TypeError) as error:
        raise DatasetFileError(f"{path.name}, dataset {key}: {type(error).__name__} {error}") from error


def _dataset(key: str, entry: Mapping[str, Any], licences: Mapping[str, Licence]) -> Dataset:
    return Dataset(
        key=key,
        title=_text(entry["title"]),
        description=_text(entry["description"]),
        source=_text(entry["source"]),
        provenance=_text(entry["provenance"]),
        reliability=Reliability(entry["reliability"]),
        licence=licences[entry["licence"]],
        issued=_day(entry["issued"]),
        modified=_day(entry["modified"]),
        frequency=str(entry["frequency"]),
        keywords=tuple(entry["keywords"]),
        topics=tuple(entry["topics"]),
        has_years=bool(entry.get("years", False)),
        api=str(entry.get("api", "")),
        file=str(entry.get("file", "")),
        columns=tuple(
            DatasetColumn(name, CellKind(column["kind"]), _text(column))
            for name, column in entry["columns"].items()
        ),
    )


def _licence(code: str, entry: Mapping[str, Any]) -> Licence:
    return Licence(code, _text(entry["name"]), str(entry["url"]), str(entry["ckan"]))


def _text(entry: Mapping[str, str]) -> Text:
    return Text(id=entry["id"], en=entry["en"])


def _day(value: object) -> date:
    if not isinstance(value, date):
        raise TypeError(f"{value!r} is not a day")
    return value
