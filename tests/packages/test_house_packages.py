"""The packages of this repository: what each evidences, whose names stay, and what an inspection on site decides."""

import re
from collections.abc import Mapping
from functools import cache

import pytest
from django.conf import settings

from livinglab.packages.domain.form import Personal
from livinglab.packages.domain.package import Package
from livinglab.packages.domain.scenarios import Expect, Kind
from livinglab.packages.queries.cases import Actor, runner
from livinglab.packages.queries.previews import invented_parameters
from livinglab.packages.queries.reading import read_package
from tests.packages.running.small import MONDAY

PACKAGES = settings.ROOT / "packages"
NAMES = sorted(one.name for one in PACKAGES.iterdir())
DOCUMENT = (settings.ROOT / "docs" / "packages.md").read_text(encoding="utf-8")
#: services to the public (PermenPANRB 59/2020), and the portal, help and satisfaction of Pemdi
EVIDENCED = {
    *(("spbe-2020", number) for number in range(42, 48)),
    *(("pemdi-2026", number) for number in (17, 19, 20)),
}
SHOWN = {
    Kind.GRANTED,
    Kind.REFUSED,
    Kind.LAPSED,
    Kind.WITHDRAWN,
    Kind.HANDED_OVER,
    Kind.OFFLINE,
    Kind.WRONG_DATA,
}
FREE = "tidak dipungut biaya"


@cache
def package(name: str) -> Package:
    return read_package(PACKAGES / name)


STAYING = [name for name in NAMES if package(name).manifest.data.only_aggregates_leave]


def indicators(name: str) -> set[tuple[str, int]]:
    return {(one.instrument, one.indicator) for one in package(name).manifest.indicators}


def messages(name: str) -> Mapping[str, str]:
    files = package(name).files
    return {path: content.decode() for path, content in files.items() if path.startswith("messages/")}


def test_each_indicator_of_a_service_to_the_public_has_a_package() -> None:
    assert set().union(*map(indicators, NAMES)) == EVIDENCED


@pytest.mark.parametrize("name", NAMES)
def test_the_page_of_packages_says_what_each_evidences(name: str) -> None:
    (row,) = (line for line in DOCUMENT.splitlines() if line.startswith(f"| `{name}` "))
    told = {("spbe-2020", int(one)) for one in re.findall(r"SPBE (\d+)", row)}
    told |= {("pemdi-2026", int(one)) for one in re.findall(r"Pemdi (\d+)", row)}
    assert told == indicators(name)


@pytest.mark.parametrize("name", NAMES)
def test_each_package_shows_every_kind_of_course(name: str) -> None:
    assert {one.kind for one in package(name).scenarios.values()} >= SHOWN
    assert package(name).rules


@pytest.mark.parametrize("name", NAMES)
def test_an_objection_is_shown_heard_and_turned_down(name: str) -> None:
    scenarios = package(name).scenarios
    assert scenarios["objection-heard"].kind is Kind.GRANTED
    turned_down = [
        one.kind
        for one in scenarios.values()
        if any(isinstance(step, Expect) and "upheld" in (step.messages or ()) for step in one.steps)
    ]
    assert turned_down == [Kind.REFUSED]


def test_a_package_is_shown_with_the_hints_of_its_origin_not_with_what_one_scenario_sets() -> None:
    letter = package("sktm")
    assert letter.scenarios["district-checks"].parameters["district_checks"] is True
    assert set(invented_parameters(letter.manifest, letter.scenarios)) == {"head_of_village", "letterhead"}


@pytest.mark.parametrize("name", NAMES)
def test_a_free_service_says_so_in_a_message_and_no_other_does(name: str) -> None:
    is_said = any(FREE in text for text in messages(name).values())
    assert is_said is package(name).manifest.standard.is_free


def test_names_stay_where_children_and_the_poor_are_recorded() -> None:
    assert STAYING == ["posyandu", "verifikasi-miskin-ekstrem"]


@pytest.mark.parametrize("name", STAYING)
def test_no_message_carries_a_personal_answer(name: str) -> None:
    personal = [one.id for one in package(name).form.fields.values() if one.personal is not Personal.NONE]
    told = [one for one in personal for text in messages(name).values() if f"form.{one}" in text]
    assert personal != []
    assert told == []


def sized(applied: Mapping[str, object], found: Mapping[str, object]) -> Mapping[str, object]:
    """What the table of sizes of the permit for advertisements says after an inspection on site."""
    runs = runner(package("reklame"))
    answers = {
        "business_name": "Toko Contoh",
        "nib": "9999000000001",
        "contact": "Warga Contoh",
        "kind": "board",
        "content": "Toko Contoh buka",
        "width": 4,
        "height": 2,
        "months": 6,
        "village": "99.01.01.2001",
        "site": "Jalan Contoh 5",
        "on_public_land": True,
        "truth": True,
        **applied,
    }
    case = runs.start(
        number="1",
        answers=answers,
        parameters=runs.parameters({"rate": 25000, "largest": 50, "days_to_pay": 14}),
        by=Actor("applicant", "pemohon"),
        at=MONDAY,
    )
    steps: tuple[tuple[str, str, Mapping[str, object]], ...] = (
        ("counter", "check", {"result": "complete"}),
        ("works", "works_review", {"agreed": True, **found}),
        ("revenue", "revenue_review", {"agreed": True}),
        ("order", "order_review", {"agreed": True}),
    )
    for role, task, said in steps:
        case = runs.complete(case, task=task, answers=said, by=Actor(role, f"petugas-{role}"), at=MONDAY)
    return {**case.rules["size"].outputs, "waiting": [one.node.id for one in runs.waiting(case)]}


@pytest.mark.parametrize(
    ("applied", "found", "status", "area"),
    [
        ({}, {}, "as_applied", 8),
        ({"sides": 2}, {}, "as_applied", 16),
        ({}, {"width_found": 9, "height_found": 9}, "as_applied", 8),
        ({"sides": 2}, {"width_found": 4, "height_found": 2, "as_applied": False}, "measured", 8),
        ({}, {"width_found": 10, "height_found": 5, "as_applied": False}, "measured", 50),
        ({}, {"width_found": 10, "height_found": 5.01, "as_applied": False}, "back", 8),
        ({}, {"width_found": 10, "height_found": 5, "sides_found": 2, "as_applied": False}, "back", 8),
        ({}, {"width_found": 10, "as_applied": False}, "back", 8),
        (
            {},
            {"width_found": 4, "height_found": 2, "site_found": "Jalan Contoh 15", "as_applied": False},
            "back",
            8,
        ),
    ],
)
def test_an_inspection_decides_which_size_is_taxed(
    applied: Mapping[str, object], found: Mapping[str, object], status: str, area: float
) -> None:
    said = sized(applied, found)
    assert (said["status"], said["area"]) == (status, area)
    waits = {"back": "correct", "measured": "disagree", "as_applied": "wait_payment"}
    assert said["waiting"] == [waits[status]]
