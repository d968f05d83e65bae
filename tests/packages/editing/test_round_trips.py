"""Every editor over the project's three packages: no edit is no difference, one edit is exactly one."""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from django.conf import settings

from livinglab.packages.domain.editing import fields, forms, manifest, scenarios
from livinglab.packages.domain.editing.boxes import Box, Kind, chosen, filled, shown
from livinglab.packages.domain.editing.places import Place, put, standing_at
from livinglab.packages.domain.form import FieldType
from livinglab.packages.queries.differences import compare
from livinglab.packages.queries.editing import data_of, unreadable, written
from livinglab.packages.queries.texts import read_texts

NAMES: Final = ("sktm", "reklame", "informasi-publik")
MANIFEST: Final = "package.yaml"
PARTS: Final = ("standard", "law", "parameters", "others")


class Posted(dict[str, list[str]]):
    """What a page would post."""

    def getlist(self, name: str, /) -> list[str]:
        return self.get(name, [])


@cache
def texts_of(name: str) -> Mapping[str, str]:
    return read_texts(Path(settings.ROOT) / "packages" / name)


def as_shown(boxes: Iterable[Box], data: object) -> Posted:
    """Return what a page would post were nothing changed: text areas come with the line ends of HTML."""
    posted = Posted()
    for box in boxes:
        if box.kind in (Kind.YES, Kind.YES_NO):
            posted[box.name] = ["yes"] if standing_at(data, box.place) is True else []
        elif box.kind is Kind.MANY:
            posted[box.name] = list(chosen(box, data))
        else:
            posted |= {name: [text.replace("\n", "\r\n")] for name, text in shown(box, data).items()}
    return posted


def field_places(data: object) -> Iterator[tuple[Place, FieldType, bool]]:
    """Yield the place and type of each field, and of each column of a list."""
    for name, field in forms.fields_of(data).items():
        yield ("properties", name), FieldType(str(field["x-type"])), False
        for column, one in forms.fields_of(field.get("items")).items():
            yield ("properties", name, "items", "properties", column), FieldType(str(one["x-type"])), True


def boxes_of(path: str, data: object) -> list[Box]:
    """Return every box of every editor of a file."""
    if path == MANIFEST:
        return [box for part in PARTS for group in manifest.groups_of(part, data) for box in group.boxes]
    if path.startswith("scenarios/"):
        return [box for group in scenarios.groups_of(data) for box in group.boxes]
    if path.endswith(".schema.json"):
        found = [Box(("x-title",), Kind.WORDS, is_owed=True)]
        for place, kind, is_column in field_places(data):
            found += fields.boxes_of(place, kind, is_column=is_column)
            if kind in fields.CHOOSES:
                found += [text for _, text in fields.option_boxes(place, data)]
        return found
    inputs = standing_at(data, ("inputs",))
    outputs = standing_at(data, ("outputs",))
    rows = standing_at(data, ("rows",))
    assert isinstance(inputs, list)
    assert isinstance(outputs, list)
    assert isinstance(rows, list)
    return [
        Box(("rows", number, side, column["id"]), Kind.LINE)
        for number in range(len(rows))
        for side, columns in (("when", inputs), ("then", outputs))
        for column in columns
    ] + [Box(("rows", number, "because"), Kind.WORDS) for number in range(len(rows))]


def edited(name: str, path: str) -> bool:
    return path == MANIFEST or path.startswith("scenarios/") or path.endswith(".json")


FILES: Final = [(name, path) for name in NAMES for path in sorted(texts_of(name)) if edited(name, path)]


def another(box: Box, before: str) -> str:
    """Return something else that may stand in a box."""
    if box.kind is Kind.CHOICE:
        return next(one for one in box.options if one != before)
    if box.kind is Kind.VALUE:
        return "another"
    if box.kind is Kind.NAMES:
        return f"{before}, another".strip(", ")
    if box.kind in (Kind.WHOLE, Kind.NUMBER):
        return str(int(float(before or 0)) + 1)
    return f"{before} x".strip()


@pytest.mark.parametrize(("name", "path"), FILES)
def test_what_is_posted_as_it_stood_leaves_the_file_as_it_was(name: str, path: str) -> None:
    text = texts_of(name)[path]
    data = data_of(path, text)
    boxes = boxes_of(path, data)
    after, unread = filled(data, boxes, as_shown(boxes, data))
    assert (unread, written(path, after, text)) == ({}, text)


@pytest.mark.parametrize(("name", "path"), FILES)
def test_one_box_changed_is_one_difference_of_that_part(name: str, path: str) -> None:
    texts = texts_of(name)
    data = data_of(path, texts[path])
    boxes = boxes_of(path, data)
    posted = as_shown(boxes, data)
    for box in boxes:
        field = next(iter(shown(box, data)))
        if box.kind in (Kind.YES, Kind.YES_NO):
            new = [] if posted[field] else ["yes"]
        elif box.kind is Kind.MANY:
            new = posted[field][1:] or [
                *posted[field],
                next(one for one in box.options if one not in posted[field]),
            ]
        else:
            new = [another(box, posted[field][0])]
        after, unread = filled(data, boxes, Posted({**posted, field: new}))
        assert (field, unread) == (field, {})
        differences = compare({path: texts[path]}, {path: written(path, after, texts[path])}).differences
        assert (field, len(differences)) == (field, 1)
        back, _ = filled(after, boxes, posted)
        assert written(path, back, texts[path]) == texts[path]


@pytest.mark.parametrize("name", NAMES)
def test_a_field_goes_up_and_down_again_and_out_and_in(name: str) -> None:
    path, texts = "form.schema.json", texts_of(name)
    data = data_of(path, texts[path])
    for field in forms.fields_of(data):
        page, fields_of_page = forms.page_of(data, field), [one.fields for one in forms.pages_of(data)]
        moved = forms.with_field_moved(data, field, 1)
        differences = compare(texts, {**texts, path: written(path, moved, texts[path])}).differences
        is_last = fields_of_page[-1][-1] == field
        assert (field, bool(differences)) == (field, not is_last)
        out = forms.without_field(data, field)
        gone = compare(texts, {**texts, path: written(path, out, texts[path])}).differences
        assert field in {one.change.trail[-1] for one in gone}
        assert f'"{field}"' not in json.dumps([out["required"], out["x-pages"]])
        again = forms.with_field(
            out,
            field,
            forms.fields_of(data)[field],
            is_required=field in forms.required_of(data),
            page=page,
            title=next(one.title for one in forms.pages_of(data) if one.id == page),
        )
        assert forms.fields_of(again)[field] == forms.fields_of(data)[field]
        assert field in next(one.fields for one in forms.pages_of(again) if one.id == page)


@pytest.mark.parametrize("kind", list(FieldType))
def test_a_field_given_any_type_is_one_that_the_standard_takes(kind: FieldType) -> None:
    path, texts = "form.schema.json", texts_of("sktm")
    data = data_of(path, texts[path])
    for name, field in forms.fields_of(data).items():
        after = put(data, ("properties", name), forms.retyped(field, kind))
        assert unreadable({**texts, path: written(path, after, texts[path])}, frozenset({path})) == ()
        assert forms.retyped(forms.retyped(field, kind), kind) == forms.retyped(field, kind)


def test_the_fee_becomes_free_and_an_amount_of_a_table_again() -> None:
    text = texts_of("reklame")[MANIFEST]
    data = data_of(MANIFEST, text)
    how = manifest.fee_of(data)
    assert how == "tax.amount"
    free = manifest.with_fee(data, manifest.FREE)
    assert manifest.fee_of(free) == manifest.FREE
    assert written(MANIFEST, manifest.with_fee(free, how), text) == text
