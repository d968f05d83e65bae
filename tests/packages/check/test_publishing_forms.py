"""A form that is published fits what an entry holds: no answer that it takes is too long, and every year is one."""

import json
from collections.abc import Callable

import pytest
from django.conf import settings

from livinglab.packages.domain.process import Publishes
from livinglab.packages.domain.publications import form_problems
from livinglab.packages.queries.reading import parse_package, read_files

TASK = "tasks/load.schema.json"
Change = Callable[[dict[str, dict[str, object]]], None]


def problems(change: Change) -> list[tuple[str, str]]:
    """Return what keeps the form that publishes legal documents from it after a change of its fields."""
    files = dict(read_files(settings.ROOT / "packages" / "dokumen-hukum"))
    said = json.loads(files[TASK])
    change(said["properties"])
    files[TASK] = json.dumps(said).encode()
    return list(form_problems(parse_package(files).tasks["load"], Publishes.LEGAL_DOCUMENT))


def year_of_any_length(fields: dict[str, dict[str, object]]) -> None:
    del fields["document_year"]["maximum"]


def year_zero(fields: dict[str, dict[str, object]]) -> None:
    fields["document_year"]["minimum"] = 0


def long_kind(fields: dict[str, dict[str, object]]) -> None:
    fields["document_type"]["x-options"][0]["text"]["id"] = "Peraturan " * 11  # type: ignore[index]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda _fields: None, []),
        (year_of_any_length, [("document_year", "year")]),
        (year_zero, [("document_year", "year")]),
        (long_kind, [("document_type", "long")]),
    ],
)
def test_what_a_form_takes_is_what_an_entry_holds(change: Change, found: list[tuple[str, str]]) -> None:
    assert problems(change) == found
