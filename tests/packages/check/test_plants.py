"""Each check finds its fault, in its file and on its line, and a sound package has none."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from livinglab.packages.domain.checks import BY_ID, CHECKS, WEIGHTS, Known, document
from livinglab.packages.domain.faults import Severity
from livinglab.packages.queries.check import check_files, check_path, known_here, sentence
from tests.packages.check import plants
from tests.packages.check.kit import FILES, SKTM, edited, faults, line_of
from tests.packages.check.plants import PLANTS, Plant

#: found where files are opened or compared: tests of folders, zips, repositories, signatures and versions
ELSEWHERE = {
    *(f"P0{number:02}" for number in (*range(1, 11), 29, 30, *range(40, 47), *range(90, 96))),
    *("P111", "P112", "P113", "P114", "P115", "P126", "P309", "P511", "P334", "P343", "P349"),
    *("P702", "P703", "P704", "P801", "P802"),
}


def _changed(plant: Plant) -> dict[str, bytes]:
    files: Mapping[str, bytes] = FILES
    for path, old, new in plant.edits:
        files = edited(path, old, new, files)
    return dict(files)


@pytest.mark.parametrize(
    "folder", sorted((Path(settings.ROOT) / "packages").iterdir()), ids=lambda one: one.name
)
def test_the_packages_of_this_repository_are_sound(folder: Path) -> None:
    known = known_here(Path(settings.REFERENCE_DIR), Path(settings.INSTRUMENTS_DIR))
    report = check_path(folder, known=known)
    assert [one.code for one in report.faults] == []
    assert report.is_sound
    assert report.readiness == 100


@pytest.mark.parametrize("plant", PLANTS, ids=lambda one: one.code)
def test_a_planted_fault_is_found_on_its_line(plant: Plant) -> None:
    files = _changed(plant)
    found = faults(files, plant.code)
    assert (plant.path, line_of(files, plant.path, plant.at)) in {(one.path, one.line) for one in found}
    assert all("%(" not in sentence(one) for one in found)


def _said(code: str, language: str) -> str:
    with translation.override(language):
        return gettext(BY_ID[code].message)


def test_every_check_is_said_in_both_languages() -> None:
    same = [code for code in BY_ID if _said(code, "id") == _said(code, "en")]
    assert same == []


def test_every_check_has_a_planted_fault() -> None:
    planted = {plant.code for plant in PLANTS}
    assert planted & ELSEWHERE == set()
    assert {check.id for check in CHECKS} == planted | ELSEWHERE


def test_no_number_is_given_twice() -> None:
    assert len(BY_ID) == len(CHECKS)


def test_weights_are_a_hundred_per_cent() -> None:
    assert sum(WEIGHTS.values()) == 100


def test_the_page_of_checks_is_the_table_of_checks() -> None:
    assert (Path(settings.ROOT) / "docs" / "package-checks.md").read_text(encoding="utf-8") == document.page()


def test_an_error_refuses_and_a_warning_lowers_readiness() -> None:
    wrong = check_files(edited(plants.MANIFEST, "kind: citizen", "kind: agency"))
    assert (wrong.is_sound, wrong.readiness) == (False, 90)
    warned = check_files(edited(plants.MANIFEST, "licence: CC-BY-4.0", "licence: Proprietary"))
    assert (warned.is_sound, warned.readiness) == (True, 90)
    hinted = check_files(edited(plants.MANIFEST, "survey: true", "survey: false"))
    assert (hinted.is_sound, hinted.readiness) == (True, 100)
    unread = check_files(edited(plants.MANIFEST, "licence: CC-BY-4.0", "licence: [a"))
    assert (unread.is_sound, unread.readiness, unread.package) == (False, 0, None)


def test_what_lies_outside_a_package_is_asked_only_where_it_is_known() -> None:
    known = Known(
        {"spbe-2020": frozenset({1})}, {"village-administration": "SRIKANDI"}, frozenset({"health"})
    )
    found = {one.code for one in check_files(FILES, known=known).faults}
    assert {"P112", "P113", "P114", "P115"} <= found
    assert [one.code for one in check_files(FILES).faults] == []


def test_a_service_beside_a_national_application_names_it_and_its_link() -> None:
    known = Known(functions={"village-administration": "Kearsipan: SRIKANDI", "social-assistance": ""})
    linked = (
        "national:\n  - {id: srikandi, application: SRIKANDI, link: {id: Salinan dikirim ke SRIKANDI.}}\n"
    )
    named = edited(plants.MANIFEST, "standard:\n", f"{linked}standard:\n")
    other = edited(plants.MANIFEST, "SRIKANDI,", "KANDI,", named)
    assert [
        [one.code for one in check_files(files, known=known).faults] for files in (FILES, named, other)
    ] == [
        ["P115"],
        ["P803"],
        ["P115", "P803"],
    ]


def test_a_service_needs_a_national_law() -> None:
    files = {**FILES, plants.MANIFEST: FILES[plants.MANIFEST].replace(b"scope: national", b"scope: local")}
    assert [one.severity for one in (BY_ID[fault.code] for fault in faults(files, "P111"))] == [
        Severity.WARNING
    ]


def test_scenarios_show_a_grant_and_a_refusal_and_are_enough() -> None:
    few = {path: content for path, content in FILES.items() if not path.startswith("scenarios/")}
    few["scenarios/late.yaml"] = FILES["scenarios/late.yaml"]
    assert {one.code for one in check_files(few).faults} == {"P703", "P704"}
    few["scenarios/late.yaml"] = FILES["scenarios/too-much.yaml"]
    assert {one.code for one in check_files(few).faults} == {"P702", "P704"}


def test_a_message_is_there_in_both_languages() -> None:
    without = {path: content for path, content in FILES.items() if path != plants.GRANTED_EN}
    assert [(one.code, one.path) for one in check_files(without).faults] == [("P802", plants.GRANTED)]
    without = {path: content for path, content in FILES.items() if path != plants.GRANTED}
    assert [(one.code, one.path) for one in check_files(without).faults] == [("P801", plants.GRANTED_EN)]


def test_a_version_must_follow_from_its_changes() -> None:
    without_field = edited(plants.MANIFEST, "    minimum: 100000\n", "    minimum: 200000\n")
    found = [one for one in check_files(without_field, previous=FILES).faults if one.code == "P126"]
    assert [(one.path, one.said["version"]) for one in found] == [(plants.MANIFEST, "1.0.0")]
    assert faults(FILES, "P126") == []


def test_the_check_of_a_folder_is_that_of_its_files() -> None:
    assert check_path(SKTM).faults == check_files(FILES).faults
