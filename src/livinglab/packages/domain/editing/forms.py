"""A form edited: fields and pages added, moved, removed, and a field given another type."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from livinglab.packages.domain.editing.places import moved
from livinglab.packages.domain.form import FieldType

Data = dict[str, object]

_ALWAYS: Final[tuple[str, ...]] = ("x-title", "x-hint", "x-why", "x-personal", "x-show-if")
_OPTION: Final = {"value": "a", "text": {"id": "…"}}
#: what a field of a type says besides its texts; the values stand there until somebody says others
_BASE: Final[Mapping[FieldType, Data]] = {
    FieldType.TEXT: {"type": "string", "maxLength": 100},
    FieldType.LONG_TEXT: {"type": "string", "maxLength": 1000},
    FieldType.INTEGER: {"type": "integer"},
    FieldType.MONEY: {"type": "integer", "minimum": 0},
    FieldType.NUMBER: {"type": "number"},
    FieldType.DATE: {"type": "string", "format": "date"},
    FieldType.YES_NO: {"type": "boolean"},
    FieldType.CHOICE: {"type": "string", "enum": ["a"], "x-options": [_OPTION]},
    FieldType.CHOICES: {
        "type": "array",
        "items": {"type": "string", "enum": ["a"]},
        "uniqueItems": True,
        "maxItems": 1,
        "x-options": [_OPTION],
    },
    FieldType.NIK: {"type": "string", "pattern": "^[0-9]{16}$"},
    FieldType.PHONE: {"type": "string", "maxLength": 20},
    FieldType.EMAIL: {"type": "string", "maxLength": 100},
    FieldType.FILE: {"type": "object", "x-accept": ["image", "pdf"], "x-max-kib": 2048},
    FieldType.PLACE: {"type": "string", "x-level": "village"},
    FieldType.LIST: {
        "type": "array",
        "maxItems": 20,
        "items": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "name": {"x-type": "text", "type": "string", "maxLength": 100, "x-title": {"id": "…"}}
            },
        },
    },
}
#: what a field keeps when it becomes of this type, besides its texts
_KEPT: Final[Mapping[FieldType, tuple[str, ...]]] = {
    FieldType.TEXT: ("minLength", "maxLength", "pattern", "x-autocomplete"),
    FieldType.LONG_TEXT: ("minLength", "maxLength", "x-autocomplete"),
    FieldType.INTEGER: ("minimum", "maximum"),
    FieldType.MONEY: ("minimum", "maximum"),
    FieldType.NUMBER: ("minimum", "maximum"),
    FieldType.DATE: ("x-autocomplete",),
    FieldType.CHOICE: ("x-options",),
    FieldType.CHOICES: ("x-options",),
}
_LONGEST: Final = {FieldType.TEXT: 300, FieldType.LONG_TEXT: 5000}


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a form as it is edited."""

    id: str
    title: Mapping[str, object]
    fields: tuple[str, ...]


def pages_of(form: object) -> tuple[Page, ...]:
    """This function will return the pages of a form with the ids of their fields, in order."""
    return tuple(
        Page(str(one["id"]), _object(one["title"]), tuple(map(str, _list(one["fields"]))))
        for one in map(_object, _list(_object(form).get("x-pages")))
    )


def page_of(form: object, field: str) -> str:
    """This function will return the id of the page on which a field stands, an empty text for none."""
    return next((page.id for page in pages_of(form) if field in page.fields), "")


def fields_of(form: object) -> dict[str, Data]:
    """This function will return the fields of a form, or the columns of a list's `items`, by id."""
    return {name: _object(one) for name, one in _object(_object(form).get("properties")).items()}


def required_of(form: object) -> tuple[str, ...]:
    """This function will return the ids of the fields that must be answered."""
    return tuple(map(str, _list(_object(form).get("required"))))


def retyped(field: Data, kind: FieldType) -> Data:
    """This function will return a field as one of another type: its texts stay, and what the new type knows too."""
    if field.get("x-type") == kind.value:
        return field
    texts = {key: field[key] for key in _ALWAYS if key in field}
    kept = {key: field[key] for key in _KEPT.get(kind, ()) if key in field}
    base = dict(_BASE[kind])
    if "x-options" in kept:
        base = _with_values(base, [str(_object(one)["value"]) for one in _list(kept["x-options"])])
    if kind in _LONGEST and isinstance(longest := kept.get("maxLength"), int):
        kept["maxLength"] = min(longest, _LONGEST[kind])
    if kind is not FieldType.NUMBER:
        kept = {key: one for key, one in kept.items() if not isinstance(one, float)}
    return {"x-type": kind.value, **base, **kept, **texts}


def with_options(field: Data, options: list[object]) -> Data:
    """This function will return a field with these choices, each `{value, text}`, and the values listed likewise."""
    after = {**field, "x-options": options}
    values = [str(_object(one).get("value", "")) for one in options]
    listed = _list(_object(field["items"]).get("enum") if "items" in field else field.get("enum"))
    return after if set(listed) == set(values) else _with_values(after, values)


def with_field(form: object, name: str, field: Data, *, is_required: bool, page: str, title: object) -> Data:
    """This function will return a form with a field, new or changed, on a page.

    A page that is not there yet is made behind the last, with this title; one that becomes empty goes away. A form
    without pages, such as the columns of a list, has no use for either.
    """
    data = dict(_object(form))
    data["properties"] = {**fields_of(form), name: field}
    before = required_of(form)
    if is_required != (name in before):
        data["required"] = [*before, name] if is_required else [one for one in before if one != name]
    if "x-pages" not in data or page_of(form, name) == page:
        return data
    pages = [_object(one) for one in _list(data["x-pages"])]
    pages = [{**one, "fields": [each for each in _list(one["fields"]) if each != name]} for one in pages]
    if page in {one["id"] for one in pages}:
        pages = [
            {**one, "fields": [*_list(one["fields"]), name]} if one["id"] == page else one for one in pages
        ]
    else:
        pages.append({"id": page, "title": title, "fields": [name]})
    return {**data, "x-pages": [one for one in pages if one["fields"]]}


def without_field(form: object, name: str) -> Data:
    """This function will return a form without a field; a page that becomes empty goes away."""
    data = dict(_object(form))
    data["properties"] = {key: one for key, one in fields_of(form).items() if key != name}
    if name in required_of(form):
        data["required"] = [one for one in required_of(form) if one != name]
    if "x-pages" in data:
        pages = [
            {**_object(one), "fields": [each for each in _list(_object(one)["fields"]) if each != name]}
            for one in _list(data["x-pages"])
        ]
        data["x-pages"] = [one for one in pages if one["fields"]]
    return data


def with_field_moved(form: object, name: str, by: int) -> Data:
    """This function will return a form with a field one place up (-1) or down (1), over the border of its page too."""
    data, pages = dict(_object(form)), pages_of(form)
    here = next(place for place, page in enumerate(pages) if name in page.fields)
    lists: list[list[object]] = [list(page.fields) for page in pages]
    at, other = lists[here].index(name), here + by
    if 0 <= at + by < len(lists[here]):
        lists[here] = moved(lists[here], at, by)
    elif 0 <= other < len(lists):
        lists[here].remove(name)
        lists[other] = [name, *lists[other]] if by > 0 else [*lists[other], name]
    shaped = [_object(one) for one in _list(data["x-pages"])]
    data["x-pages"] = [{**one, "fields": names} for one, names in zip(shaped, lists, strict=True) if names]
    return data


def with_page_moved(form: object, page: str, by: int) -> Data:
    """This function will return a form with a page one place up (-1) or down (1)."""
    data = dict(_object(form))
    place = [one.id for one in pages_of(form)].index(page)
    data["x-pages"] = moved(_list(data["x-pages"]), place, by)
    return data


def _with_values(field: Data, values: list[str]) -> Data:
    if "items" in field:
        return {**field, "items": {**_object(field["items"]), "enum": values}}
    return {**field, "enum": values}


def _object(value: object) -> Data:
    return dict(value) if isinstance(value, Mapping) else {}


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else []
