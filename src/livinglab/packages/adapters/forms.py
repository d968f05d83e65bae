"""Answers checked against the JSON Schema of a form. Nothing is fetched, and patterns run in linear time."""

import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Final, Never

import jsonschema_rs

from livinglab.packages.domain.form import Field, FieldType
from livinglab.packages.domain.nik import is_well_formed
from livinglab.packages.domain.running.answers import EMPTY, Asked, Mistake, dates_out_of_bounds
from livinglab.packages.domain.running.refusals import BrokenPackage

#: the keywords that a field may use (section 3); any other, such as `$ref`, is taken out before the check
_KEYWORDS: Final = frozenset(
    [
        "type",
        "minLength",
        "maxLength",
        "pattern",
        "minimum",
        "maximum",
        "multipleOf",
        "format",
        "const",
        "enum",
        "items",
        "uniqueItems",
        "minItems",
        "maxItems",
        "properties",
        "required",
        "additionalProperties",
    ]
)
_CODES: Final = {
    "minLength": "too_short",
    "maxLength": "too_long",
    "pattern": "pattern",
    "minimum": "too_small",
    "maximum": "too_large",
    "multipleOf": "step",
    "minItems": "too_few",
    "maxItems": "too_many",
    "enum": "unknown_choice",
    "uniqueItems": "repeated",
    "const": "must_be_true",
    "format": "unread_date",
    "required": "required",
}
_FILE: Final = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "maxLength": 200},
        "size": {"type": "integer", "minimum": 0},
        "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    },
    "required": ["name", "size", "sha256"],
}
_ENDINGS: Final = {
    "pdf": (".pdf",),
    "image": (".jpg", ".jpeg", ".png", ".webp"),
    "csv": (".csv",),
    "xlsx": (".xlsx",),
}
_PLACES: Final = {"district": r"^\d\d\.\d\d\.\d\d$", "village": r"^\d\d\.\d\d\.\d\d\.\d{4}$"}
_KIB: Final = 1024


def mistakes(asked: Asked, today: date) -> tuple[Mistake, ...]:
    """This function will return what is wrong with the answers to the fields that are asked, in their order.

    Errors: `BrokenPackage` where the schema of a field cannot be used.
    """
    return tuple(
        mistake for one in asked.fields for mistake in _of_field(one, asked.answers.get(one.id), today)
    )


def unknown_fields(known: Mapping[str, Field], given: Mapping[str, object]) -> tuple[Mistake, ...]:
    """This function will return a mistake for each answer to a field that the form does not have."""
    return tuple(Mistake(one, "unasked") for one in given if one not in known)


def _of_field(one: Field, value: object, today: date) -> list[Mistake]:
    if value in EMPTY:
        return [Mistake(one.id, "required")] if one.is_required else []
    if one.type is FieldType.LIST and isinstance(value, list | tuple):
        return _of_list(one, value, today)
    if found := _by_schema(one, value):
        return found
    match one.type:
        case FieldType.DATE:
            late = dates_out_of_bounds(one, value, today)
            return [late] if late else []
        case FieldType.FILE if isinstance(value, Mapping):
            return _of_file(one, value)
        case FieldType.NIK if not is_well_formed(str(value)):
            return [Mistake(one.id, "nik_form")]
        case _:
            return []


def _of_list(one: Field, rows: list[object] | tuple[object, ...], today: date) -> list[Mistake]:
    found = _by_schema(one, [row if isinstance(row, Mapping) else {} for row in rows])
    found = [mistake for mistake in found if mistake.code in {"too_few", "too_many"}]
    for place, row in enumerate(rows):
        cells = row if isinstance(row, Mapping) else {}
        for column in one.fields:
            for mistake in _of_field(column, cells.get(column.id), today):
                found.append(Mistake(f"{one.id}.{place}.{mistake.field}", mistake.code, mistake.said))
    return found


def _of_file(one: Field, value: Mapping[str, object]) -> list[Mistake]:
    size, name = value["size"], str(value["name"]).lower()
    if one.max_kib and isinstance(size, int) and size > one.max_kib * _KIB:
        return [Mistake(one.id, "too_big", {"limit": str(one.max_kib)})]
    endings = tuple(ending for kind in one.accept for ending in _ENDINGS.get(kind, ()))
    return [] if name.endswith(endings) else [Mistake(one.id, "kind", {"limit": ", ".join(endings)})]


def _by_schema(one: Field, value: object) -> list[Mistake]:
    try:
        errors = list(_validator(json.dumps(_schema(one), sort_keys=True), one.id).iter_errors(value))
    except (ValueError, TypeError):  # a value that JSON cannot hold
        return [Mistake(one.id, "wrong")]
    codes = dict.fromkeys((_code(one, error.kind.name), _limit(error.kind)) for error in errors)
    return [Mistake(one.id, code, _said(code, limit, value)) for code, limit in codes][:1]


def _said(code: str, limit: str, value: object) -> dict[str, str]:
    """Return what fills the words of a mistake; of a text that is too long also how long it is."""
    said = {"limit": limit} if limit else {}
    return {**said, "count": str(len(value))} if code == "too_long" and isinstance(value, str) else said


def _schema(one: Field) -> dict[str, object]:
    if one.type is FieldType.FILE:
        return dict(_FILE)
    schema = {key: value for key, value in one.schema.items() if key in _KEYWORDS}
    if one.type is FieldType.PLACE and one.place_level in _PLACES:
        schema["pattern"] = _PLACES[one.place_level]
    if one.type is FieldType.LIST:
        schema["items"] = {"type": "object"}
    elif isinstance(items := schema.get("items"), Mapping):
        schema["items"] = {key: items[key] for key in ("type", "enum") if key in items}
    return schema


def _code(one: Field, keyword: str) -> str:
    if keyword == "pattern" and one.type in {FieldType.NIK, FieldType.PLACE}:
        return one.type.value
    if keyword == "type":
        numbers = {FieldType.INTEGER, FieldType.MONEY, FieldType.NUMBER}
        return "unread_number" if one.type in numbers else "wrong"
    return _CODES.get(keyword, "wrong")


def _limit(kind: object) -> str:
    limit = getattr(kind, "limit", None)
    return (
        "" if limit is None else str(int(limit) if isinstance(limit, float) and limit.is_integer() else limit)
    )


@lru_cache(2_000)
def _validator(schema: str, field: str) -> jsonschema_rs.Draft202012Validator:
    try:
        return jsonschema_rs.Draft202012Validator(
            json.loads(schema),
            retriever=_refuse,
            validate_formats=True,
            pattern_options=jsonschema_rs.RegexOptions(),
        )
    except ValueError:
        raise BrokenPackage("schema", field) from None


def _refuse(address: str) -> Never:
    raise ValueError(address)
