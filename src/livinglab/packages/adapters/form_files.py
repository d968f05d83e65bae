"""`form.schema.json` and `tasks/ID.schema.json` as typed values."""

from __future__ import annotations

from livinglab.packages.adapters.located import Located, Place
from livinglab.packages.adapters.shapes import (
    Object,
    an_object,
    maybe_whole,
    maybe_words,
    objects,
    options,
    text,
    texts,
    words,
)
from livinglab.packages.domain.form import Field, FieldType, Form, Page, Personal


def form_from(located: Located) -> Form:
    """This function will return a form that its schema has found sound."""
    found = an_object(located.value)
    required = texts(found.get("required"))
    return Form(
        path=located.path,
        title=words(found["x-title"]),
        pages=tuple(
            Page(text(one["id"]), words(one["title"]), texts(one["fields"]))
            for one in objects(found["x-pages"])
        ),
        fields=_fields(located, ("properties",), an_object(found["properties"]), required),
        schema=found,
    )


def _fields(
    located: Located, place: Place, properties: Object, required: tuple[str, ...]
) -> dict[str, Field]:
    return {
        key: _field(located, (*place, key), an_object(one), is_required=key in required)
        for key, one in properties.items()
    }


def _field(located: Located, place: Place, found: Object, *, is_required: bool) -> Field:
    kind = FieldType(text(found["x-type"]))
    columns: tuple[Field, ...] = ()
    if kind is FieldType.LIST:
        items = an_object(found["items"])
        inner = (*place, "items", "properties")
        columns = tuple(
            _fields(located, inner, an_object(items["properties"]), texts(items.get("required"))).values()
        )
    return Field(
        id=str(place[-1]),
        type=kind,
        title=words(found["x-title"]),
        is_required=is_required,
        schema={key: one for key, one in found.items() if not key.startswith("x-")},
        hint=maybe_words(found.get("x-hint")),
        why=maybe_words(found.get("x-why")),
        personal=Personal(text(found.get("x-personal")) or Personal.NONE),
        show_if=text(found.get("x-show-if")),
        autocomplete=text(found.get("x-autocomplete")),
        options=options(found.get("x-options")),
        accept=texts(found.get("x-accept")),
        max_kib=maybe_whole(found.get("x-max-kib")),
        place_level=text(found.get("x-level")),
        not_before=text(found.get("x-not-before")),
        not_after=text(found.get("x-not-after")),
        fields=columns,
        line=located.line(*place),
    )
