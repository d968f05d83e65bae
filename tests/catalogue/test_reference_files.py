"""The reference files are complete and agree; a wrong one is refused by file, line and rule."""

import csv
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from livinglab.catalogue.adapters.reference_files import COVERAGE, FUNCTIONS, SERVICES, read_reference
from livinglab.catalogue.adapters.yaml_lines import ReferenceRefused
from livinglab.catalogue.domain.functions import Side

REFERENCE = Path(__file__).parents[2] / "reference"
Change = Callable[[str], str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (FUNCTIONS, COVERAGE, SERVICES):
        shutil.copy(REFERENCE / name, tmp_path)
    return tmp_path


def _change(folder: Path, name: str, old: str, new: str) -> int:
    """Replaces the first occurrence and returns its line."""
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_all_310_services_are_read_and_classified_by_known_functions() -> None:
    reference = read_reference(REFERENCE)
    assert len(reference.services) == 310
    assert len({one.key for one in reference.services}) == 310
    assert [one.name for one in reference.services if not one.functions] == [
        "Simonev (Narkoba)", "Simyandu", "E-Project Planing", "SSPK", "SME", "Sidarling", "SIMAK DIHATI",
        "Kota Tangguh Sosial", "Cekas", "midep", "e cheking", "CS2", "E-Link", "IMP Smart", "Pelyta",
        "SIAPEL", "Hompimpa", "Pak Mawardi", "Ketan Jahe", "Sakdino", "SiLawo",
    ]  # fmt: skip


def test_every_function_has_a_service_both_languages_and_a_sector_on_the_public_side() -> None:
    reference = read_reference(REFERENCE)
    used = Counter(code for one in reference.services for code in one.functions)
    assert {one.code for one in reference.taxonomy.functions} == set(used)
    for one in reference.taxonomy.functions:
        assert (one.sector is None) == (one.side is Side.ADMINISTRATION)
        assert one.name.id != one.name.en, one.code
        assert one.purpose.id.endswith("."), one.code
        assert one.purpose.en.endswith("."), one.code


def test_the_eight_fields_of_national_applications_are_the_ones_of_article_63() -> None:
    fields = {one.field.code: one.field for one in read_reference(REFERENCE).taxonomy.functions if one.field}
    assert set(fields) == {
        "planning", "budgeting", "procurement", "performance_accountability", "monitoring", "archives",
        "staff", "complaints",
    }  # fmt: skip
    assert {code: field.application for code, field in fields.items() if field.application} == {
        "procurement": "SPSE", "archives": "SRIKANDI", "staff": "SI-ASN", "complaints": "SP4N-LAPOR!",
    }  # fmt: skip


def test_homonyms_stay_apart() -> None:
    named = [one for one in read_reference(REFERENCE).services if "simpati" in one.name.lower().split()[0]]
    assert [(one.region_code, one.functions) for one in named] == [
        ("51.71", ("village-administration",)),
        ("73.72", ("civil-registration",)),
        ("32.11", ("nutrition-stunting",)),
    ]


def test_every_region_code_is_one_of_the_reference_regions() -> None:
    with (REFERENCE / "regions.csv").open(encoding="utf-8") as file:
        names = {row["code"]: row["name"] for row in csv.DictReader(file)}
    for one in read_reference(REFERENCE).services:
        if "." in one.region_code:
            assert names[one.region_code] == one.region_name


@pytest.mark.parametrize(
    ("file", "old", "new", "rule"),
    [
        (FUNCTIONS, "side: public, sector: health", "side: public, sector: helth", "sector_is_known"),
        (
            FUNCTIONS, "budgeting, side: administration", "budgeting, side: public", "public_functions_have_a_sector",
        ),
        (FUNCTIONS, "[32], field: planning", "[31], field: planning", "indicators_are_32_to_47"),
        (FUNCTIONS, "[32], field: planning", "[x], field: planning", "numbers_are_whole"),
        (FUNCTIONS, "field: budgeting,", "field: budgets,", "field_is_known"),
        (FUNCTIONS, '{id: "Penganggaran", en: "Budgeting"}', '{id: "Penganggaran"}', "texts_are_given"),
        (FUNCTIONS, '{id: "Kearsipan", en: "Archives"}', '{id: "", en: "Archives"}', "texts_are_given"),
        (COVERAGE, "method: register, sources", "method: complete, sources", "method_is_known"),
        (COVERAGE, "sources: [denpasar-register]", "sources: [denpasar]", "sources_are_known"),
        (SERVICES, ",agriculture-fisheries,", ",fisheries,", "functions_are_known"),
        (SERVICES, ",,active,,denpasar-register", ",,aktif,,denpasar-register", "status_is_known"),
        (SERVICES, ",2016,active,", ",16,active,", "year_is_in_range"),
        (SERVICES, ",active,32,", ",active,31,", "spbe_indicator_is_in_range"),
        (SERVICES, ",denpasar-register,register", ",denpasar-register,press", "sources_are_known"),
        (SERVICES, "Informasi data perikanan.", "x" * 141, "descriptions_are_short"),
        (SERVICES, "kota-denpasar-atcs-denpasar,", "kota-denpasar-arcview-gis-3-2,", "ids_are_unique"),
        (SERVICES, "id,region_code", "key,region_code", "columns_are_known"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_by_line_and_rule(
    folder: Path, file: str, old: str, new: str, rule: str
) -> None:
    line = _change(folder, file, old, new)
    with pytest.raises(ReferenceRefused) as refused:
        read_reference(folder)
    assert (refused.value.file, refused.value.rule) == (file, rule)
    assert abs(refused.value.line - line) <= 1  # a two-line entry of the YAML begins one line above its texts


def test_a_count_that_differs_from_the_register_is_refused(folder: Path) -> None:
    text = (folder / SERVICES).read_text(encoding="utf-8")
    (folder / SERVICES).write_text(
        "".join(line for line in text.splitlines(keepends=True) if not line.startswith("kab-bantul-lapor")),
        encoding="utf-8",
    )
    with pytest.raises(ReferenceRefused, match=r"rows_are_counted: 34\.02: 3 stated, 2 in services\.csv"):
        read_reference(folder)


def test_a_double_code_and_broken_yaml_are_refused(folder: Path) -> None:
    _change(folder, FUNCTIONS, "code: budgeting,", "code: planning,")
    with pytest.raises(ReferenceRefused, match="codes_are_unique: planning comes 2 times"):
        read_reference(folder)
    (folder / FUNCTIONS).write_text("functions: [", encoding="utf-8")
    with pytest.raises(ReferenceRefused, match="yaml_syntax"):
        read_reference(folder)
