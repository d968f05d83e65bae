"""Reading and writing files of a package for an editor, and saying which part a fault is about."""

from typing import Final

import pytest

from livinglab.packages.domain.editing import fields
from livinglab.packages.domain.editing.boxes import Box, Kind, Unread, filled
from livinglab.packages.domain.editing.items import acted, arranged
from livinglab.packages.domain.editing.places import put, without
from livinglab.packages.queries.cases import BrokenPackage
from livinglab.packages.queries.editing import cell_of, data_of, examine, unreadable, written
from livinglab.packages.queries.previews import document_preview, message_preview, readable_package
from tests.packages.editing.test_round_trips import MANIFEST, Posted, texts_of

FORM: Final = "form.schema.json"
RULE: Final = "rules/eligibility.json"


def sktm(path: str, *changes: tuple[str, object]) -> dict[str, str]:
    """Return the letter of hardship with parts of one file put, by place written with points."""
    texts = dict(texts_of("sktm"))
    data = data_of(path, texts[path])
    for place, value in changes:
        data = put(data, tuple(int(step) if step.isdecimal() else step for step in place.split("/")), value)
    return {**texts, path: written(path, data, texts[path])}


def test_comments_of_yaml_stay_with_their_keys() -> None:
    text = "a: 1  # beside\n# above\nb: {c: 2, d: 3}\n"
    assert written("x.yaml", put(data_of("x.yaml", text), ("b", "c"), 5), text) == (
        "a: 1  # beside\n# above\nb: {c: 5, d: 3}\n"
    )


def test_an_error_is_told_at_its_cell_field_or_text() -> None:
    texts = sktm(RULE, ("rows/1/then/urgent", "form.wage > 3"))
    (found,) = examine(texts).errors()
    assert cell_of(found, data_of(RULE, texts[RULE])) == ("rows", 1, "then", "urgent")
    texts = sktm(RULE, ("rows/0/when/purpose", "<= "))
    (found,) = examine(texts).errors()
    assert cell_of(found, data_of(RULE, texts[RULE])) == ("rows", 0, "when", "purpose")
    texts = sktm(RULE, ("rows/0/then", {"eligible": "true"}))
    assert [cell_of(one, data_of(RULE, texts[RULE])) for one in examine(texts).errors()] == [
        ("rows", 0, "then", "urgent")
    ]
    texts = sktm(FORM, ("properties/full_name/minLength", 200))
    assert [(one.fault.code, one.place) for one in examine(texts).errors()] == [
        ("P206", ("properties", "full_name"))
    ]
    texts = sktm(MANIFEST, ("parameters/4/hint", "ten"))
    assert [one.place for one in examine(texts).errors()] == [("parameters", 4)]


def test_what_is_no_part_of_a_package_is_told_at_its_key() -> None:
    texts = sktm(FORM, ("properties/nik/x-title", {"en": "Number"}), ("properties/phone/maxLength", 99))
    assert [(one.fault.code, one.place) for one in unreadable(texts, frozenset({FORM}))] == [
        ("P020", ("properties", "nik", "x-title", "id")),
        ("P025", ("properties", "phone", "maxLength")),
    ]
    assert unreadable(texts, frozenset({RULE})) == ()
    assert examine(texts).package is None


def test_numbers_are_read_as_people_write_them_and_nonsense_stays_to_be_shown() -> None:
    whole, number = Box(("w",), Kind.WHOLE), Box(("n",), Kind.NUMBER)
    data, unread = filled({}, [whole, number], Posted({"at.w": ["Rp 1.500.000"], "at.n": ["2,5"]}))
    assert (data, unread) == ({"w": 1_500_000, "n": 2.5}, {})
    data, unread = filled({}, [whole, number], Posted({"at.w": ["many"], "at.n": ["2,5,1"]}))
    assert (data, unread) == (
        {"w": "many", "n": "2,5,1"},
        {"at.w": Unread.NOT_A_NUMBER, "at.n": Unread.NOT_A_NUMBER},
    )
    data, unread = filled({"w": 3}, [whole], Posted({"at.w": [" "]}))
    assert (data, unread) == ({}, {})


def test_a_text_in_english_alone_is_refused_and_an_empty_one_goes_away() -> None:
    hint = Box(("x-hint",), Kind.WORDS)
    before = {"x-hint": {"id": "Lama.", "en": "Old."}}
    assert filled(before, [hint], Posted({"at.x-hint.id": [""], "at.x-hint.en": [""]})) == ({}, {})
    _, unread = filled(before, [hint], Posted({"at.x-hint.id": [" "], "at.x-hint.en": ["New."]}))
    assert unread == {"at.x-hint.id": Unread.NO_INDONESIAN}
    after, unread = filled(before, [hint], Posted({"at.x-hint.id": ["Baru."], "at.x-hint.en": [""]}))
    assert (after, unread) == ({"x-hint": {"id": "Baru."}}, {})


def test_an_option_that_is_none_is_refused() -> None:
    level = Box(("x-level",), Kind.CHOICE, ("district", "village"))
    _, unread = filled({"x-level": "village"}, [level], Posted({"at.x-level": ["planet"]}))
    assert unread == {"at.x-level": Unread.NOT_AN_OPTION}


def test_choices_without_words_go_and_get_a_value_from_their_words() -> None:
    typed = [
        {"value": "school", "text": {"id": "Sekolah"}},
        {"value": "", "text": {"id": ""}},
        {"value": "", "text": {"id": "Sekolah"}},
        {"value": "", "text": {"id": "12 bulan"}},
    ]
    values = [one["value"] for one in fields.named(typed) if isinstance(one, dict)]
    assert values == ["school", "sekolah", "f_12_bulan"]


def test_rows_are_kept_by_their_id_and_new_ones_stand_above_the_one_that_always_holds() -> None:
    rows: list[object] = [{"id": "a", "when": 1}, {"id": "else", "when": 2}]
    blank: dict[str, object] = {"id": "new"}
    assert acted(rows, "add", blank, is_last_fixed=True) == [rows[0], blank, rows[1]]
    assert acted(rows, "add", blank, is_last_fixed=False) == [*rows, blank]
    assert acted(rows, "down:0", blank, is_last_fixed=True) == [rows[1], rows[0]]
    assert acted(rows, "up:0", blank, is_last_fixed=True) == rows
    assert acted(rows, "remove:0", blank, is_last_fixed=True) == [rows[1]]
    assert acted(rows, "remove:9", blank, is_last_fixed=True) == rows
    posted = ["else", "new", "else", "No id", "a"]
    assert arranged(rows, posted, lambda name: {"id": name}) == [rows[1], {"id": "new"}, rows[0]]


def test_what_is_taken_out_is_gone_and_the_rest_stays() -> None:
    data = {"a": [{"b": 1, "c": 2}], "d": 3}
    assert without(data, ("a", 0, "b")) == {"a": [{"c": 2}], "d": 3}
    assert without(data, ("a", 0)) == {"a": [], "d": 3}
    assert data == {"a": [{"b": 1, "c": 2}], "d": 3}


def test_a_message_and_a_document_are_shown_for_an_invented_case() -> None:
    package = readable_package(texts_of("sktm"))
    assert package is not None
    granted = message_preview(package, "granted", {"office_name": "Kantor Desa Uji"})
    assert granted is not None
    assert "Kantor Desa Uji" in granted.texts["id"].body
    refused = message_preview(package, "refused", {})
    assert refused is not None
    assert refused.texts["en"].subject == "We cannot grant your application CONTOH-1"
    letter = document_preview(package, "letter", {"head_of_village": {"name": "Kepala Uji"}})
    assert letter is not None
    assert "<strong>Kepala Uji</strong>" in letter.texts["id"].body
    broken = {**texts_of("sktm"), "messages/granted.id.md": "# {{ form.x.upper() }}\n\nIsi.\n"}
    package = readable_package(broken)
    assert package is not None
    with pytest.raises(BrokenPackage):
        message_preview(package, "granted", {})
