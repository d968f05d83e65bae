"""Open datasets: what is offered, in which files, under which conditions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in both languages."""

    id: str
    en: str

    def in_language(self, language: str) -> str:
        """This function will return the words in "id" or "en"."""
        return self.en if language == "en" else self.id


class Reliability(StrEnum):
    """What a dataset's figures rest on."""

    OFFICIAL = "official"
    COMPILED = "compiled"
    COMPUTED = "computed"
    QUOTED = "quoted"


class CellKind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    CODE = "code"
    YEAR = "year"
    WHOLE = "whole"
    COUNT = "count"
    RANK = "rank"
    INDEX = "index"
    MEASURE = "measure"  # a decimal with its own number of places


class FileFormat(StrEnum):
    """How a dataset is written; the value is the ending of the file's name."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"

    @property
    def media_type(self) -> str:
        """The IANA media type."""
        return {
            FileFormat.CSV: "text/csv",
            FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            FileFormat.JSON: "application/json",
        }[self]


@dataclass(frozen=True, slots=True)
class Licence:
    """Under which conditions a dataset may be used; `ckan` is the identifier that CKAN portals know."""

    code: str
    name: Text
    url: str
    ckan: str


@dataclass(frozen=True, slots=True)
class DatasetColumn:
    """One column: its name in every file, what it holds, what it means."""

    key: str
    kind: CellKind
    meaning: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """One open dataset, as reference/datasets.yaml describes it."""

    key: str
    title: Text
    description: Text
    source: Text
    provenance: Text
    reliability: Reliability
    licence: Licence
    issued: date
    modified: date
    frequency: str  # code of the EU's frequency list: ANNUAL, BIENNIAL, IRREG
    keywords: tuple[str, ...]
    topics: tuple[str, ...]
    has_years: bool
    api: str  # path of the API, empty for none
    file: str  # name under reference/, empty where the rows are in the database
    columns: tuple[DatasetColumn, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many rows a dataset has now, and of which years; no years where its rows have none."""

    rows: int
    years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DatasetFile:
    """One file of a dataset: the whole, or one year of it."""

    dataset: str
    format: FileFormat
    year: int | None = None

    @property
    def name(self) -> str:
        """The name of the file: results.csv, results-2024.csv."""
        return f"{self.dataset}{f'-{self.year}' if self.year else ''}.{self.format}"

    @property
    def path(self) -> str:
        """Where it is."""
        return f"/data/{self.name}"


def files_of(dataset: Dataset, coverage: Coverage) -> Iterator[DatasetFile]:
    """This function will yield the files of a dataset: the whole in each format, then each year, newest first."""
    for file_format in FileFormat:
        yield DatasetFile(dataset.key, file_format)
    if dataset.has_years:
        for year in sorted(coverage.years, reverse=True):
            for file_format in FileFormat:
                yield DatasetFile(dataset.key, file_format, year)
