"""Published results as CSV: one column for each domain that any instrument has."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.http import HttpResponse
from pydantic import BaseModel, create_model

from livinglab.assessments import queries
from livinglab.assessments.api.schemas import ResultItem
from livinglab.ui.api.lists import csv_answer


def results_as_csv(items: Sequence[ResultItem]) -> HttpResponse:
    """Return the CSV file of results; the columns of domains come from the instruments, not from here."""
    row = _row_type()
    return csv_answer(row, [_flat(row, item) for item in items], name="results")


def _flat(row: type[BaseModel], item: ResultItem) -> BaseModel:
    values = item.model_dump()
    domains: dict[str, str] = values.pop("domains")
    return row(**values, **domains)


@cache
def _row_type() -> type[BaseModel]:
    fields: dict[str, Any] = {}
    for name, field in ResultItem.model_fields.items():
        if name == "domains":
            fields.update(dict.fromkeys(_part_codes(), (str | None, None)))
        else:
            fields[name] = (field.annotation, None)
    return create_model("ResultRow", **fields)


def _part_codes() -> list[str]:
    codes = {part.code for each in queries.instruments() for part in each.domains or each.aspects}
    return sorted(codes, key=lambda code: (code[0] != "D", code))
