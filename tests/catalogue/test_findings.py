"""The sentences follow from the figures, in both languages."""

from dataclasses import replace

import pytest
from django.utils import translation

from livinglab.catalogue.domain.coverage import RegisterShare
from livinglab.catalogue.domain.functions import Side
from livinglab.catalogue.domain.matrix import build_matrix
from livinglab.catalogue.web import findings
from livinglab.catalogue.web.weave import HEIGHT, weave
from tests.catalogue.test_matrix import COMPLAINTS, FOUND, HEALTH, LISTED, OPEN_DATA, a_function, a_service

SERVICES = [a_service("32.11", "complaints", "open-data", "health"), a_service("73.72", "open-data")]
MIXED = build_matrix(functions=[COMPLAINTS, OPEN_DATA, HEALTH], regions=[FOUND, LISTED], services=SERVICES)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "In Parepare a complete list holds none for 1 of them; 1 were not researched."),
        ("id", "Di Parepare, 1 di antaranya tidak ada dalam daftar yang lengkap; 1 belum diteliti."),
    ],
)
def test_a_gap_of_both_kinds_is_split(language: str, sentence: str) -> None:
    with translation.override(language):
        assert findings.gap_sentence(MIXED, ["Sumedang", "Parepare"]) == sentence


@pytest.mark.parametrize(
    ("share", "english", "indonesian"),
    [
        (
            RegisterShare(310, (("51.71", 189), ("73.72", 121)), 0),
            "189 of the 310 services on record (61%) are from one region, Kota Denpasar.",
            "189 dari 310 layanan yang tercatat (61%) berasal dari satu daerah saja, Kota Denpasar.",
        ),
        (
            RegisterShare(1000, (("51.71", 189), ("73.72", 40)), 9),
            "The register holds 1,000 services of 2 regions; the most, 189, are from Kota Denpasar.",
            "Daftar ini memuat 1.000 layanan dari 2 daerah; yang terbanyak, 189, berasal dari Kota Denpasar.",
        ),
        (RegisterShare(0, (), 0), "The register is empty.", "Daftar layanan masih kosong."),
    ],
)
def test_the_largest_register_is_named_only_as_long_as_it_is_most(
    share: RegisterShare, english: str, indonesian: str
) -> None:
    with translation.override("en"):
        assert findings.coverage_sentence(share, "Kota Denpasar") == english
    with translation.override("id"):
        assert findings.coverage_sentence(share, "Kota Denpasar") == indonesian


def test_a_thread_is_long_for_a_service_short_for_none_and_a_point_for_not_researched() -> None:
    assert {one.css: one.path for one in weave(MIXED.rows, 0).threads} == {
        "recorded": f"M0 0h6v{HEIGHT}h-6zM10 0h6v{HEIGHT}h-6zM20 0h6v{HEIGHT}h-6z"
    }
    assert {one.css: one.path for one in weave(MIXED.rows, 1).threads} == {
        "none": "M0 15h6v9h-6z",
        "recorded": f"M10 0h6v{HEIGHT}h-6z",
        "open": "M20 21h6v3h-6z",
    }
    assert weave(MIXED.rows, 0).width == 26


def test_the_two_sides_are_set_apart() -> None:
    rows = build_matrix(
        functions=[replace(a_function("planning", 32), side=Side.ADMINISTRATION), HEALTH],
        regions=[FOUND],
        services=[],
    ).rows
    assert weave(rows, 0).threads[0].path == "M0 21h6v3h-6zM24 21h6v3h-6z"
