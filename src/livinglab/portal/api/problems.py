"""What is wrong with the parameters or the body of an API request, in sentences."""

from collections.abc import Iterable, Mapping
from typing import Any


def problems_in(errors: Iterable[Mapping[str, Any]]) -> list[str]:
    """This function will return one sentence per error of pydantic: where it is and what to do."""
    return [f"{_where(error)}: {error.get('msg', 'is not valid')}" for error in errors]


def _where(error: Mapping[str, Any]) -> str:
    """`query.limit` for pydantic's ("query", "page", "limit"): the group of parameters is our own affair."""
    source, *rest = (str(part) for part in error.get("loc", ("request",)))
    if source == "query" and len(rest) > 1:
        rest = rest[-1:]
    if source == "body" and len(rest) > 1:
        rest = rest[1:]
    return ".".join((source, *rest))
