"""Reads of the open datasets."""

from functools import lru_cache

from django.conf import settings
from django.utils.translation import gettext as _

from livinglab.assessments.queries import result_years
from livinglab.kernel.unknown import Known, UnknownValue
from livinglab.portal.adapters.dataset_files import read_datasets, read_publisher, read_rows
from livinglab.portal.dataset_rows import ROWS, Row
from livinglab.portal.domain.datasets import Coverage, Dataset, FileFormat, Text

FILE = "datasets.yaml"

#: the data versions on which the datasets depend; a test keeps it equal to the file
TOPICS = ("organizations", "results", "services")


@lru_cache
def datasets() -> tuple[Dataset, ...]:
    """This function will return every open dataset; read from reference/ once per process."""
    return read_datasets(settings.REFERENCE_DIR / FILE)


@lru_cache
def publisher() -> Text:
    """This function will return who publishes them."""
    return read_publisher(settings.REFERENCE_DIR / FILE)


def get_dataset(key: str) -> Dataset:
    """This function will return one dataset. Errors: `UnknownValue` (404) naming those that there are."""
    for one in datasets():
        if one.key == key:
            return one
    known = [Known(one.key, one.key, f"/data/{one.key}.{FileFormat.CSV}") for one in datasets()]
    raise UnknownValue(_("dataset"), key, known, status=404)


def topics() -> tuple[str, ...]:
    """This function will return the data versions that the datasets together depend on."""
    return tuple(sorted({topic for one in datasets() for topic in one.topics}))


def rows(dataset: Dataset, year: int | None = None) -> list[Row]:
    """This function will return the rows of a dataset, or of one of its years."""
    if dataset.file:
        return [tuple(row) for row in read_rows(settings.REFERENCE_DIR / dataset.file, dataset.columns)]
    return list(ROWS[dataset.key](year))


def years_of(dataset: Dataset) -> tuple[int, ...]:
    """This function will return the years that have a file of their own, newest first. One query at most."""
    return tuple(result_years()) if dataset.has_years else ()


def coverage(dataset: Dataset) -> Coverage:
    """This function will return how much a dataset holds now."""
    found = rows(dataset)
    years: set[int] = set()
    for position, column in enumerate(dataset.columns):
        if column.key == "year" and dataset.key != "services":
            years = {year for row in found if isinstance(year := row[position], int)}
    return Coverage(len(found), tuple(sorted(years)))
