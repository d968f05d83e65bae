"""A NIK is checked for its form, and masked wherever it is read, also inside a list."""

import csv
from datetime import date

import pytest
from django.conf import settings

from livinglab.packages.adapters import forms
from livinglab.packages.domain.form import Field, FieldType
from livinglab.packages.domain.nik import is_well_formed
from livinglab.packages.domain.running.answers import Asked
from livinglab.packages.domain.words import Words
from livinglab.packages.queries import answering
from livinglab.packages.queries.filling import answer_rows, own_answer_rows

NIK = "3211010101900001"
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("nik", "expected"),
    [
        (NIK, True),
        ("3211017112900001", True),  # a woman born on 31 December
        ("9999010101900001", True),  # nobody's
        ("9999999999999999", True),
        ("0011010101900001", False),  # no such province
        ("2211010101900001", False),
        ("9711010101900001", False),
        ("3200010101900001", False),  # no regency
        ("3211000101900001", False),  # no district
        ("3211010001900001", False),  # day 0
        ("3211013201900001", False),  # day 32
        ("3211014001900001", False),  # day 40
        ("3211017201900001", False),  # day 72
        ("3211010100900001", False),  # month 0
        ("3211010113900001", False),  # month 13
        ("3211010101900000", False),  # the series begins at 0001
        ("321101010190000", False),
        (f"{NIK}1", False),
        (f"{NIK}\n", False),
    ],
)
def test_digits_tell_whether_a_number_can_be_a_nik(nik: str, *, expected: bool) -> None:
    assert is_well_formed(nik) is expected


def test_every_province_begins_a_nik_and_nothing_else_does() -> None:
    with (settings.REFERENCE_DIR / "provinces.csv").open(encoding="utf-8", newline="") as rows:
        known = {one["code"] for one in csv.DictReader(rows)}
    begin = {code for code in (f"{nth:02}" for nth in range(100)) if is_well_formed(code + NIK[2:])}
    assert begin == known | {"99"}


def _nik(**more: object) -> Field:
    schema = {"type": "string", "pattern": "^[0-9]{16}$"}
    return Field(
        id="nik",
        type=FieldType.NIK,
        title=Words(id="NIK", en="NIK"),
        is_required=True,
        schema=schema,
        **more,  # type: ignore[arg-type]
    )


def _family() -> Field:
    return Field(
        id="family",
        type=FieldType.LIST,
        title=Words(id="Keluarga", en="Family"),
        is_required=True,
        schema={"type": "array"},
        fields=(_nik(),),
    )


@pytest.mark.parametrize(
    ("typed", "code"), [("3211013201900001", "nik_form"), ("32110101", "nik"), (NIK, None)]
)
def test_a_form_says_which_it_is(typed: str, code: str | None) -> None:
    found = forms.mistakes(Asked((_nik(),), {"nik": typed}), TODAY)
    assert [one.code for one in found] == ([code] if code else [])
    within = forms.mistakes(Asked((_family(),), {"family": [{"nik": typed}]}), TODAY)
    assert [(one.field, one.code) for one in within] == ([("family.0.nik", code)] if code else [])


@pytest.mark.parametrize("fields", [(_nik(),), (_family(),)], ids=["alone", "in a list"])
def test_who_reads_it_sees_the_last_four_digits_and_the_applicant_all_on_demand(
    fields: tuple[Field, ...],
) -> None:
    answers = {"nik": NIK, "family": [{"nik": NIK}]}
    [(_title, text)] = answer_rows(fields, answers, language="id", places={}, is_masked=True)
    assert text == "••••••••••••0001"
    [(_title, own)] = own_answer_rows(fields, answers, language="id", places={})
    masked, _details, full = own.partition("<details")
    assert (masked.strip(), NIK in full) == (text, True)
    assert answering.in_reading(fields[0], answers[fields[0].id], language="id", places={}) == NIK
