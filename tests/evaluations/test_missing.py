"""What an answer lacks for its next level: the criterion, the things to show, the rules on age."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livinglab.evaluations.domain.checks import Severity, check_answer
from livinglab.evaluations.domain.evidence import EvidenceType
from livinglab.evaluations.domain.missing import AgeGap, AgeGapKind, Missing, missing_for, missing_for_next
from livinglab.evaluations.domain.sheet import AnswerLine
from tests.evaluations.sound import DAY, YEAR, piece, rules_of, sound_line, sound_sheet

BOOK = rules_of("spbe-2020")
EMPTY = replace(sound_sheet(), answers={})
REVIEW_GAP = AgeGap(AgeGapKind.YOUNG, 4, EvidenceType.REVIEW, 24, date(2023, 8, 16))


def missing(line: AnswerLine, code: str = "spbe-2020") -> Missing:
    found = missing_for_next(line, rules_of(code), year=YEAR, day=DAY)
    assert found is not None
    return found


def test_the_next_level_lacks_its_tick_its_evidence_and_a_young_review() -> None:
    found = missing(sound_line("21", 3, BOOK))
    assert (found.level, found.unticked, found.ages) == (4, (4,), (REVIEW_GAP,))
    assert [item.words.en for item in found.items] == [
        "Record of full practice by the guideline",
        "Strategic risk policy set by the risk committee or coordination team",
        "Minutes, notes or report of a review that is still valid",
        "Content of the review: actual issues and recommended improvements",
    ]
    assert found.criterion is not None
    assert not found.is_complete


def test_an_answer_that_shows_all_of_the_next_level_lacks_only_its_ticks() -> None:
    line = replace(sound_line("21", 4, BOOK), level=Decimal(3), met=frozenset({2, 3}))
    found = missing(line)
    assert (found.level, found.unticked, found.items, found.ages) == (4, (4,), (), ())
    assert missing(replace(line, met=frozenset({2, 3, 4}))).is_complete


def test_the_level_that_counts_is_the_one_the_checklist_carries() -> None:
    line = sound_line("21", 4, BOOK)
    assert missing(replace(line, met=frozenset({3, 4}))).level == 2
    assert missing(replace(line, met=frozenset({3, 4}))).unticked == (2,)
    assert missing(replace(line, level=None)).level == 5
    assert missing(AnswerLine("21")).level == 2


def test_a_review_is_too_old_one_day_later() -> None:
    line = sound_line("21", 3, BOOK)
    review = piece("21", 20, EvidenceType.REVIEW, 4)
    for issued_on, gaps in ((date(2023, 8, 16), ()), (date(2023, 8, 15), (REVIEW_GAP,))):
        evidence = (*line.evidence, replace(review, issued_on=issued_on))
        assert missing(replace(line, evidence=evidence)).ages == gaps


def test_a_policy_lacks_its_answer_to_the_review_and_the_roadmap_its_budgets() -> None:
    policy = missing(sound_line("1", 4, BOOK))
    assert policy.ages == (AgeGap(AgeGapKind.FOLLOW_UP, 5, EvidenceType.REVIEW, 12),)
    roadmap = missing(sound_line("12", 3, BOOK))
    assert roadmap.ages == (REVIEW_GAP, AgeGap(AgeGapKind.YEARS, 4, EvidenceType.BUDGET, 3))


def test_the_age_of_audits_is_said_once() -> None:
    line = replace(sound_line("29", 2, BOOK), evidence=())
    assert missing(line).ages == (AgeGap(AgeGapKind.YOUNG, 3, EvidenceType.AUDIT, 24, date(2023, 8, 16)),)


def test_refused_and_expired_evidence_covers_nothing() -> None:
    line = replace(sound_line("21", 4, BOOK), level=Decimal(3), met=frozenset({2, 3}))
    for change in ({"is_accepted": False}, {"expires_on": date(2025, 8, 14)}):
        evidence = tuple(replace(item, **change) for item in line.evidence)
        found = missing(replace(line, evidence=evidence))
        assert len(found.items) == 4
        assert found.ages == (REVIEW_GAP,)


def test_alternatives_are_offered_where_an_improvement_is_missing() -> None:
    found = missing(sound_line("45", 4, BOOK))
    assert len(found.items) == 3
    assert len(found.alternatives) == 6
    desk = piece("45", 40, EvidenceType.SURVEY, 5)
    with_survey = replace(sound_line("45", 4, BOOK), evidence=(*sound_line("45", 4, BOOK).evidence, desk))
    assert [item.words.en for item in missing(with_survey).items] == [
        "Minutes, notes or report of a review that is still valid",
        "Content of the review: actual issues and recommended improvements",
    ]


def test_nothing_is_missing_at_the_top_or_for_an_unknown_indicator() -> None:
    assert missing_for_next(sound_line("21", 5, BOOK), BOOK, year=YEAR, day=DAY) is None
    assert missing_for_next(AnswerLine("48"), BOOK, year=YEAR, day=DAY) is None


def test_an_instrument_whose_evidence_has_no_levels_lacks_only_criteria() -> None:
    for code, key in (("pemdi-2026", "6"), ("spbe-2018", "35-2")):
        found = missing(AnswerLine(key), code)
        assert (found.items, found.ages) == ((), ())
        assert found.unticked == (rules_of(code).lowest + 1,)
        assert found.criterion is not None


def test_a_value_from_another_agencys_index_counts_without_ticks() -> None:
    line = AnswerLine("7", level=Decimal("3.40"), external_source="BPS, EPSS 2025")
    assert (missing(line, "pemdi-2026").level, missing(line, "pemdi-2026").unticked) == (4, (4,))
    assert missing(replace(line, external_source=""), "pemdi-2026").level == 2


@settings(max_examples=60)
@given(st.sampled_from(sorted(BOOK.indicators)), st.integers(1, 5), st.data())
def test_what_is_not_missing_raises_no_error_about_age_or_items(
    key: str, level: int, data: st.DataObject
) -> None:
    """Whatever pieces are taken away, the answer page and the checks say the same of age and typical evidence."""
    line = sound_line(key, level, BOOK)
    kept = data.draw(st.lists(st.sampled_from(line.evidence), unique=True)) if line.evidence else []
    line = replace(line, evidence=tuple(kept))
    found = missing_for(level, line, BOOK.indicators[key], BOOK, year=YEAR, day=DAY)
    sheet = replace(EMPTY, answers={key: line})
    raised = {one.check.id for one in check_answer(sheet, BOOK, key)}
    if level > 1:
        assert bool(found.ages) is bool(raised & {"A012", "A013", "A014", "A017"})
        assert bool(found.items and line.evidence) is ("A026" in raised)
    assert not any(
        one.check.severity is Severity.ERROR and one.check.id in {"A001", "A002", "A003"}
        for one in check_answer(sheet, BOOK, key)
    )


@pytest.mark.parametrize("level", [2, 3, 4, 5])
def test_a_sound_answer_lacks_nothing_for_the_level_it_claims(level: int) -> None:
    for key, rules in BOOK.indicators.items():
        found = missing_for(level, sound_line(key, level, BOOK), rules, BOOK, year=YEAR, day=DAY)
        assert found.is_complete, key
