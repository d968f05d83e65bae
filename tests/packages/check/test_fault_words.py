"""What readers and the validator find is said in words of ours, wholly in the reader's language."""

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import jsonschema_rs
import pytest
from click.testing import CliRunner
from django.utils import translation

from livinglab.packages.adapters.schemas import schema
from livinglab.packages.domain.faults import Fault
from livinglab.packages.package_commands import package
from livinglab.packages.queries.check import check_files
from livinglab.packages.queries.fault_words import sentence
from tests.packages.check.kit import FILES, SKTM, edited, faults
from tests.packages.check.plants import FORM, LETTER, MANIFEST, PLANTS, RULE, Plant

#: words of English that no Indonesian sentence holds; what a file says itself stands in quotation marks
ENGLISH = re.compile(
    r"\b(the|is|are|was|not|does|did|of|and|expected|found|match|unexpected|none|less|than|more|characters?|key|empty"
    r"|must|than|with|without|valid|under|schemas?|items|character|unknown|error|warning|text|number|list|boolean)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"“[^”]*”|<[^>]*>|&\w+;")


def said(fault: Fault, language: str = "id") -> str:
    with translation.override(language):
        return sentence(fault)


def english_in(fault: Fault) -> list[str]:
    """The English words of the Indonesian sentence, apart from what is quoted from the file and names of its keys."""
    text = _QUOTED.sub("", said(fault))
    for name in (
        "where",
        "component",
        "register",
        "known",
        "element",
        "attribute",
        "kind",
        "list",
        "type",
        "what",
        "names",
    ):
        text = text.replace(fault.said.get(name, "\0"), "")
    return ENGLISH.findall(text)


#: keyword of JSON Schema -> an edit that breaks it, and what is said of it in Indonesian
BROKEN: dict[str, tuple[str, str, str, str]] = {
    "type": (MANIFEST, "survey: true", "survey: maybe", "isinya harus berupa true atau false, tetapi tertulis “maybe”"),
    "const": (MANIFEST, "livinglab-package/1", "paket/9", "tertulis “paket/9”; yang boleh hanya “livinglab-package/1”"),
    "enum": (MANIFEST, "maturity: drafted", "maturity: famous", "tertulis “famous”; yang boleh hanya salah satu"),
    "pattern": (MANIFEST, "version: 1.0.0", "version: one", "“one” tidak mengikuti pola “^(0|[1-9]"),
    "minLength": (FORM, '"pattern": "^[0-9]{16}$"', '"pattern": ""', "teks “” lebih pendek dari 1 karakter"),
    "maxLength": (MANIFEST, "licence: CC-BY-4.0", f"licence: CC-BY-4.0\nnational: [{{id: a, application: {'a' * 200}, "
                  "link: {id: Tertaut}}]", "teksnya lebih panjang dari"),
    "minItems": (FORM, '"x-pages": [', '"x-pages": [], "x-pages-": [', "isi daftar kurang dari 1"),
    "maxItems": (MANIFEST, "functions: [village-administration, social-assistance]",
                 f"functions: [{', '.join(f'a{number}' for number in range(60))}]", "isi daftar lebih dari"),
    "minimum": (MANIFEST, "months: 24", "months: 0", "0 kurang dari 1"),
    "maximum": (MANIFEST, "months: 24", "months: 99999", "99999 lebih dari"),
    "exclusiveMinimum": (FORM, '"x-type": "money", "type": "integer"',
                         '"x-type": "number", "type": "number", "multipleOf": 0', "0 tidak lebih dari 0"),
    "minProperties": (RULE, '"then": {', '"then": {}, "than": {', "kuncinya kurang dari 1"),
    "maxProperties": (FORM, '"properties": {', '"properties": {' + "".join(
        f'"f{number}": {{}}, ' for number in range(400)), "kuncinya lebih dari"),
    "uniqueItems": (MANIFEST, "functions: [village-administration, social-assistance]", "functions: [a, a]",
                    "ada nilai yang tertulis dua kali dalam “a, a”"),
    "oneOf": (MANIFEST, "    free: true", "    free: true\n    rule: eligibility", "tidak sesuai dengan satu pun"),
    "required": (MANIFEST, "licence: CC-BY-4.0\n", "", "“licence” tidak ada di /."),
    "additionalProperties": (MANIFEST, "licence: CC-BY-4.0", "licence: CC-BY-4.0\nspeed: 3", "“speed” tidak diper"),
    "propertyNames": (RULE, '"then": {', '"then": {"Ini": "1", ', "“Ini” tidak diperbolehkan"),
}  # fmt: skip
#: keywords that only say where others hold
STRUCTURE = {"$schema", "$id", "$defs", "$ref", "$comment", "title", "description", "properties", "items",
             "prefixItems", "allOf", "if", "then", "else"}  # fmt: skip
NAMES = ("package", "form", "rule", "scenario", "signature")


def keywords(part: object, *, is_schema: bool = True) -> Iterator[str]:
    """Every keyword that a schema uses as a keyword, not as the name of a property."""
    if isinstance(part, bool):
        return
    if isinstance(part, list):
        for one in part:
            yield from keywords(one)
        return
    assert isinstance(part, dict)
    for key, one in part.items():
        if not is_schema:
            yield from keywords(one)
        elif key in {"properties", "$defs"}:
            yield from keywords(one, is_schema=False)
        elif not key.startswith("x-"):
            yield key
            if isinstance(one, dict) or (
                isinstance(one, list) and key in {"allOf", "anyOf", "oneOf", "prefixItems"}
            ):
                yield from keywords(one)


def test_every_keyword_of_our_schemas_is_tried_here() -> None:
    used = {key for name in NAMES for key in keywords(schema(name))}
    assert used - STRUCTURE == BROKEN.keys()


@pytest.mark.parametrize("keyword", BROKEN)
def test_what_the_validator_finds_is_said_in_our_words(keyword: str) -> None:
    path, old, new, wanted = BROKEN[keyword]
    found = [one for one in faults(edited(path, old, new)) if one.path == path]
    sentences = [said(one) for one in found]
    assert any(wanted in one for one in sentences), sentences
    assert [english_in(one) for one in found] == [[] for _ in found]
    assert all("%(" not in said(one, "en") for one in found)


def test_a_kind_without_words_of_its_own_is_said_in_general_words() -> None:
    kinds = {
        type(one.kind).__name__ for one in jsonschema_rs.Draft202012Validator({"not": {}}).iter_errors(1)
    }
    assert kinds == {"Not"}
    for code in ("schema", "unheard of"):
        fault = Fault("P027", "form.schema.json", 3, {"where": "a.b", "problem": code})
        assert said(fault).startswith("a.b ")
        assert english_in(fault) == []


YAML = {
    "": "berkasnya kosong",
    "a: [b\nc: d": "daftar yang dibuka dengan [ tidak ditutup dengan ]",
    "a: {b: 1": "yang dibuka dengan { tidak ditutup dengan }",
    "a: b: c": "ada titik dua di tempat yang tidak boleh",
    "a: 'x": "berkas berakhir terlalu awal",
    'a: "\\q"': "memuat tanda yang tidak dikenal setelah \\",
    "a: @x": "ada tanda yang tidak boleh mengawali nilai",
    "\tb: 1": "ada tanda yang tidak boleh mengawali nilai",
    "%FOO\n---\na: 1": "baris yang diawali tanda persen tidak diizinkan",
    "- a\nb: 1": "daftar berlanjut tanpa tanda -",
    "a: 1\n- b": "baris ini tidak menjorok sejauh baris kelompoknya",
    "{a: 1}}": "ada yang tersisa",
    "a: |x\n  b": "mulai dari sini tidak dapat dibaca",
    "--- a\n--- b": "di sini mulai dokumen kedua",
    "? [a]\n: b": "kunci harus berupa teks biasa",
}
XML = {
    "": "tidak ada elemen",
    "<a><b></a>": "tag penutup tidak cocok",
    "<a": "ada yang dibuka tetapi tidak ditutup",
    "<a>a & b</a>": "ada tanda yang tidak boleh di sini",
    "<a b='1' b='2'/>": "ada atribut yang tertulis dua kali",
    "<a/><b/>": "ada isi setelah elemen terluar",
    "<a>&b;</a>": "nama di antara & dan ; tidak dikenal",
    "<x:a/>": "awalan sebuah nama belum dinyatakan",
}
TEMPLATES = {
    "<p>{{ form.name</p>": "ada yang kurang atau salah tempat",
    "<p>{{ form.name": "teks berakhir sebelum sebuah perintah atau nilai ditutup",
    "{% if form.a %}": "teks berakhir sebelum",
    "{% foo %}": "perintah “foo” tidak dikenal",
    "{# x": "teks berakhir sebelum",
}
JSON = {"{": "Ini bukan JSON", '{"a": 1,}': "Ini bukan JSON"}


@pytest.mark.parametrize(
    ("path", "content", "wanted"),
    [
        *((MANIFEST, content, wanted) for content, wanted in YAML.items()),
        *(("process.bpmn", content, wanted) for content, wanted in XML.items()),
        *((LETTER, content, wanted) for content, wanted in TEMPLATES.items()),
        *((FORM, content, wanted) for content, wanted in JSON.items()),
    ],
)
def test_what_a_reader_finds_is_said_in_our_words(path: str, content: str, wanted: str) -> None:
    found = [one for one in check_files({**FILES, path: content.encode()}).faults if one.path == path]
    sentences = [said(one) for one in found]
    assert any(wanted in one for one in sentences), sentences
    assert [english_in(one) for one in found] == [[] for _ in found]
    assert all(one.line > 0 for one in found)


@pytest.mark.parametrize("plant", PLANTS, ids=lambda one: one.code)
def test_no_sentence_of_a_planted_fault_is_half_english(plant: Plant) -> None:
    files = dict(FILES)
    for path, old, new in plant.edits:
        files = edited(path, old, new, files)
    found = faults(files, plant.code)
    assert found
    assert {said(one): english_in(one) for one in found if english_in(one)} == {}


def test_the_command_says_a_damaged_zip_and_a_missing_path_in_indonesian(tmp_path: Path) -> None:
    def checked(path: Path) -> str:
        return CliRunner().invoke(package, ["check", str(path), "--language", "id"]).output

    whole = tmp_path / "paket.zip"
    with zipfile.ZipFile(whole, "w") as archive:
        for name, content in FILES.items():
            archive.writestr(name, content)
    cut = tmp_path / "potong.zip"
    cut.write_bytes(whole.read_bytes()[:-300])
    assert "P040 kesalahan: Ini bukan berkas zip, atau berkasnya rusak: bagian akhirnya tidak ada" in checked(
        cut
    )
    assert "Buat ulang zip itu dan kirim sampai utuh." in checked(cut)
    broken = tmp_path / "rusak"
    broken.mkdir()
    for name, content in FILES.items():
        (broken / name).parent.mkdir(exist_ok=True)
        (broken / name).write_bytes(content)
    (broken / MANIFEST).write_text("a: [b\nc: d", encoding="utf-8")
    answer = checked(broken)
    assert "package.yaml:2: P012 kesalahan: Ini bukan YAML sederhana: daftar yang dibuka dengan [" in answer
    assert "Belum terpenuhi: berkas, layanan, standar pelayanan, data pribadi, formulir" in answer


def test_the_document_for_programs_says_the_same_sentence() -> None:
    runner = CliRunner()
    answer = runner.invoke(package, ["check", str(SKTM), "--language", "id", "--json"])
    assert json.loads(answer.output)["sound"] is True
