"""A rulebook says what the instrument's files say, in the words of evaluations."""

from decimal import Decimal

import pytest

from livinglab.assessments.queries import EvidenceKind, get_instrument
from livinglab.evaluations.domain.evidence import EvidenceType
from livinglab.evaluations.domain.rulebook import AgeRule, Subject
from livinglab.evaluations.rulebooks import rulebook_of
from tests.evaluations.sound import rules_of


def test_every_kind_of_the_guide_is_a_type_of_evidence() -> None:
    assert {kind.value for kind in EvidenceKind} == {kind.value for kind in EvidenceType} - {"other"}


@pytest.mark.parametrize(
    ("code", "lowest", "decimals", "count", "is_draft"),
    [
        ("spbe-2018", 0, 0, 37, False),  # 35 indicators, one of them under three keys
        ("spbe-2020", 1, 0, 47, False),
        ("pemdi-2026", 1, 2, 20, True),
    ],
)
def test_the_scale_and_the_keys_are_those_of_the_instrument(
    code: str, lowest: int, decimals: int, count: int, is_draft: bool
) -> None:
    book = rules_of(code)
    assert (book.lowest, book.highest, book.decimals, len(book.indicators)) == (lowest, 5, decimals, count)
    assert book.is_draft is is_draft
    assert rulebook_of(get_instrument(code)) is book


def test_the_rules_on_age_reach_the_checks() -> None:
    book = rules_of("spbe-2020")
    assert book.indicators["3"].level(4).ages == ()
    assert book.indicators["3"].level(5).ages == (AgeRule(24, EvidenceType.REVIEW),)
    assert set(book.indicators["30"].level(4).ages) == {
        AgeRule(24, EvidenceType.REVIEW),
        AgeRule(24, EvidenceType.AUDIT),
    }
    assert [each.level for each in book.indicators["3"].up_to(3)] == [1, 2, 3]


def test_the_extra_keys_of_2018_have_the_rules_of_their_indicator() -> None:
    book = rules_of("spbe-2018")
    assert book.indicators["35-2"].levels == book.indicators["35"].levels
    assert book.indicators["35-3"].subject is Subject.SERVICE


def test_pemdi_knows_on_which_index_a_value_rests() -> None:
    found = {key: rules.external_index for key, rules in rules_of("pemdi-2026").indicators.items()}
    assert {key: index for key, index in found.items() if index} == {
        "5": "SDI",
        "6": "SJIG",
        "7": "EPSS",
        "10": "IKASANDI",
    }


@pytest.mark.parametrize(
    ("level", "fits", "fine"),
    [("1", True, True), ("0.99", False, True), ("5.01", False, True), ("2.345", True, False)],
)
def test_a_level_fits_the_scale_and_its_decimals(level: str, fits: bool, fine: bool) -> None:
    book = rules_of("pemdi-2026")
    assert (book.fits(Decimal(level)), book.is_fine_enough(Decimal(level))) == (fits, fine)
