"""The JSON Schemas of the standard, and what a file says against them, by line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

import jsonschema_rs

from livinglab.packages.adapters.located import Located, Place
from livinglab.packages.domain.faults import Fault

_FOLDER: Final = Path(__file__).parent.parent / "schemas"
_MOST_FAULTS: Final = 50
_LONGEST: Final = 160
_SHORT: Final = 60
#: kind of violation -> code; what is not listed is P027
_CODES: Final[Mapping[str, str]] = {
    "Type": "P022",
    "Enum": "P023",
    "Constant": "P023",
    "Pattern": "P024",
    "Format": "P024",
    "MinLength": "P025",
    "MaxLength": "P025",
    "MinItems": "P025",
    "MaxItems": "P025",
    "Minimum": "P025",
    "Maximum": "P025",
    "ExclusiveMinimum": "P025",
    "MinProperties": "P025",
    "MaxProperties": "P025",
    "UniqueItems": "P026",
}
#: kinds that have a sentence of their own in `queries/fault_words.py`
_SAID: Final = _CODES.keys() | {
    "MultipleOf",
    "ExclusiveMaximum",
    "OneOfNotValid",
    "OneOfMultipleValid",
    "AnyOf",
}
#: where a kind says what it wants
_WANTED: Final = ("limit", "types", "options", "expected_value", "pattern", "format", "multiple_of")


@cache
def schema(name: str) -> dict[str, object]:
    """This function will return one of our schemas: package, form, rule, scenario, signature."""
    found: dict[str, object] = json.loads((_FOLDER / f"{name}.schema.json").read_text(encoding="utf-8"))
    return found


@cache
def _validator(name: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(schema(name))


def violations(located: Located, name: str) -> list[Fault]:
    """This function will return what a file says against a schema, each once, at most fifty."""
    found: dict[tuple[object, ...], Fault] = {}
    for error in _validator(name).iter_errors(located.value):
        for fault in _faults(located, error, name):
            found.setdefault((fault.code, fault.line, *fault.said.items()), fault)
        if len(found) >= _MOST_FAULTS:
            break
    return sorted(found.values(), key=lambda fault: (fault.line, fault.code))


def _faults(located: Located, error: jsonschema_rs.ValidationError, name: str) -> Iterator[Fault]:
    place: Place = tuple(error.instance_path)
    where = ".".join(str(step) for step in place) or "/"
    kind = type(error.kind).__name__
    details = error.kind.as_dict()
    line = located.line(*place)
    if kind == "Required":
        yield Fault("P020", located.path, line, {"where": where, "key": str(details["property"])})
    elif kind == "AdditionalProperties":
        for key in details["unexpected"]:
            yield _unexpected(located, place, str(key), name)
    elif kind == "PropertyNames":
        key = str(details["error"].instance)
        yield _unexpected(located, place, key, name)
    elif kind == "FalseSchema":
        yield _unexpected(located, place[:-1], str(place[-1] if place else ""), name)
    else:
        said = {"where": where, "problem": kind if kind in _SAID else "schema", **_values(error, details)}
        yield Fault(_CODES.get(kind, "P027"), located.path, line, said)


def _values(error: jsonschema_rs.ValidationError, details: Mapping[str, object]) -> dict[str, str]:
    """Return what was found and what the schema wants instead, as short texts of the file's own."""
    wanted = next((details[one] for one in _WANTED if one in details), "")
    found = error.instance
    shown = ", ".join(map(str, found)) if isinstance(found, list) else _text(found)
    return {"found": shown[:_SHORT], "wanted": _listed(wanted, types="types" in details)[:_LONGEST]}


def _listed(wanted: object, *, types: bool) -> str:
    if isinstance(wanted, list):
        return (" " if types else ", ").join(_text(one) for one in wanted)
    return _text(wanted)


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _unexpected(located: Located, place: Place, key: str, name: str) -> Fault:
    dropped = schema(name).get("x-dropped", {})
    code = "P028" if isinstance(dropped, dict) and key in dropped else "P021"
    where = ".".join(str(step) for step in place) or "/"
    return Fault(code, located.path, located.line(*place, key), {"where": where, "key": key[:_LONGEST]})
