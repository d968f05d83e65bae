"""What changed between two versions, what it requires of the version number, and how people read it."""

from __future__ import annotations

import pytest
import yaml

from livinglab.packages.domain.compare.versions import Bump, Version, higher
from livinglab.packages.queries.differences import Comparison, compare
from tests.packages.merge.cases import FOLDER, base, edited

FORM, PACKAGE, RULE = "form.schema.json", "package.yaml", "rules/fees.json"
PHONE = [
    {
        "in": FORM,
        "find": '    "phone": {"x-type": "phone", "type": "string", "maxLength": 20, '
        '"x-title": {"id": "Nomor telepon"}},\n',
        "put": "",
    },
    {"in": FORM, "find": '"nik", "phone"]', "put": '"nik"]'},
]
INDONESIAN, ENGLISH = "teks bahasa Indonesia ditulis ulang", "teks bahasa Inggris ditulis ulang"
CHANGES = yaml.safe_load((FOLDER / "changes.yaml").read_text())


def changed(file: str, find: str, put: str) -> Comparison:
    return compare(base(), edited(base(), [{"in": file, "find": find, "put": put}]))


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change["said"])
def test_each_change_requires_its_number_and_reads_as_a_sentence(change: dict[str, str]) -> None:
    found = compare(base(), edited(base(), [change]))
    assert [(one.requires.name.lower(), one.why.value, one.said.id) for one in found.differences] == [
        (change["requires"], change["rule"], change["said"])
    ]
    assert found.requires is found.differences[0].requires


def test_a_field_that_goes_away_is_major_and_said_in_both_languages() -> None:
    (one,) = compare(base(), edited(base(), PHONE)).differences
    assert (one.requires, one.why.value) == (Bump.MAJOR, "gone")
    assert (one.said.id, one.said.en) == (
        "Kolom “Nomor telepon” dihapus",
        "Form field “Nomor telepon” removed",
    )
    assert one.reason.en == "Something goes away on which adopters may lean."


def test_a_choice_that_goes_away_is_told_once_by_its_text() -> None:
    found = compare(
        base(),
        edited(
            base(),
            [
                {"in": FORM, "find": '"small", "medium"]', "put": '"small"]'},
                {"in": FORM, "find": '{"id": "Kecil"}},', "put": '{"id": "Kecil"}}'},
                {"in": FORM, "find": '{"value": "medium", "text": {"id": "Menengah"}}', "put": ""},
            ],
        ),
    )
    assert [(one.requires, one.said.id) for one in found.differences] == [
        (Bump.MAJOR, "Kolom “Skala usaha”: pilihan “Menengah” dihapus")
    ]


@pytest.mark.parametrize(
    ("put", "said"),
    [
        ("{id: Menunjuk petugas., en: Nominate.}", [INDONESIAN, ENGLISH]),
        ("{id: Menunjuk petugas., en: Name.}", [INDONESIAN]),
        ("{id: Menunjuk., en: Nominate.}", [ENGLISH]),
        ("{id: Menunjuk.}", ["teks bahasa Inggris dihapus"]),
    ],
)  # fmt: skip
def test_a_text_that_is_reworded_says_in_which_language(put: str, said: list[str]) -> None:
    line = "  product: {id: Surat keterangan domisili usaha.}\n"
    sides = [edited(base(), [{"in": PACKAGE, "find": line, "put": f"  product: {one}\n"}])
             for one in ("{id: Menunjuk., en: Name.}", put)]  # fmt: skip
    found = [one.said.id for one in compare(*sides).differences]
    assert found == [f"Standar pelayanan “produk pelayanan”: {one}" for one in said]


def test_a_new_parameter_is_major_only_when_it_must_be_set() -> None:
    line = "data:\n"
    for required, requires in (("true", Bump.MAJOR), ("false", Bump.MINOR)):
        new = f"  - {{id: camat, type: text, name: {{id: Camat}}, required: {required}}}\ndata:\n"
        assert changed(PACKAGE, line, new).requires is requires


@pytest.mark.parametrize(
    ("version", "enough"), [("1.0.1", False), ("1.1.0", True), ("2.0.0", True), ("0.9.9", False)]
)
def test_a_version_must_be_as_high_as_its_changes_require(version: str, enough: bool) -> None:
    new = edited(base(), [{"in": PACKAGE, "find": "version: 1.0.0", "put": f"version: {version}"}])
    new = edited(new, [{"in": RULE, "find": '"fee": "25000"', "put": '"fee": "20000"'}])
    found = compare(base(), new)
    assert (str(found.least), found.is_enough) == ("1.1.0", enough)


def test_the_same_package_in_another_layout_is_no_change_of_content() -> None:
    assert compare(base(), base()).differences == ()
    found = changed(RULE, '{"id": "else", "when": {}, "then"', '{"id": "else",\n     "when": {},  "then"')
    assert [(one.requires, one.change.path) for one in found.differences] == [(Bump.PATCH, RULE)]


def test_the_json_of_a_change_is_what_the_commands_document() -> None:
    found = changed(RULE, '"fee": "25000"', '"fee": "20000"').as_json()
    assert (found["from"], found["to"], found["requires"], found["least"], found["enough"]) == (
        "1.0.0",
        "1.0.0",
        "minor",
        "1.1.0",
        False,
    )
    assert found["changes"] == [
        {
            "path": "rules/fees.json#/rows[id=small]/then/fee",
            "change": "changed",
            "before": "25000",
            "after": "20000",
            "said": {
                "id": "Baris “small”: hasil fee diubah dari “25000” menjadi “20000”",
                "en": "Row “small”: outcome fee changed from “25000” to “20000”",
            },
            "requires": "minor",
            "rule": "behaviour",
            "reason": {"id": "Jalannya layanan berubah.", "en": "The service behaves differently."},
        }
    ]


def test_versions_are_compared_as_numbers() -> None:
    assert Version.parse("1.10.0") == Version(1, 10, 0)
    assert (Version.parse("1.0"), Version.parse("01.0.0"), Version.parse(1)) == (None, None, None)
    assert higher("1.9.0", "1.10.0") == "1.10.0"
    assert higher("1.9.0", "new") is None
    assert [str(Version(1, 2, 3).after(bump)) for bump in Bump] == ["1.2.3", "1.2.4", "1.3.0", "2.0.0"]


def test_to_say_whose_signer_a_role_is_is_minor_and_to_say_another_one_major() -> None:
    said = {
        of: edited(base(), [{"in": PACKAGE, "find": "kind: signer", "put": f"kind: signer, of: {of}"}])
        for of in ("village", "district")
    }
    weights = [
        (one.requires, one.why.value)
        for before, after in (
            (base(), said["village"]),
            (said["village"], said["district"]),
            (said["village"], base()),
        )
        for one in compare(before, after).differences
    ]
    assert weights == [(Bump.MINOR, "added"), (Bump.MAJOR, "roles"), (Bump.MAJOR, "roles")]
