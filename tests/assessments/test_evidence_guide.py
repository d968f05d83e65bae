"""The evidence guide: every age rule of the guideline stands in the data, and a fault is named by line and rule."""

from collections.abc import Callable
from pathlib import Path

import pytest

from livinglab.assessments import queries
from livinglab.assessments.adapters.evidence_files import load_evidence_guide
from livinglab.assessments.adapters.instrument_files import load_instrument
from livinglab.assessments.domain.evidence_guide import (
    AgeLimit,
    Coverage,
    EvidenceGuide,
    EvidenceKind,
    FollowUpLimit,
    LevelGuide,
    SourceWording,
)
from livinglab.assessments.domain.instrument_rules import InstrumentErrors
from tests.assessments.test_instrument_files import line_of, write

REVIEW, AUDIT = AgeLimit(24, EvidenceKind.REVIEW), AgeLimit(24, EvidenceKind.AUDIT)


def guide_of(code: str) -> EvidenceGuide:
    guide = queries.evidence_guide(code)
    assert guide is not None
    return guide


def levels_where(applies: Callable[[LevelGuide], bool]) -> dict[int, list[int]]:
    """Return the levels, by indicator of SPBE 2020, for which the guide has a rule."""
    found = {
        each.number: [level.level for level in each.levels if applies(level)]
        for each in guide_of("spbe-2020")
    }
    return {number: levels for number, levels in found.items() if levels}


def test_the_review_is_young_at_level_4_for_practice_and_at_level_5_for_services_and_indicator_3() -> None:
    expected = {number: [4] for number in range(1, 32)} | {number: [5] for number in (3, *range(32, 48))}
    assert levels_where(lambda level: REVIEW in level.age_limits) == expected


def test_audits_are_young_at_every_level_and_recur_from_the_second_on() -> None:
    audits = (29, 30, 31)
    assert levels_where(lambda level: AUDIT in level.age_limits) == {key: [1, 2, 3, 4, 5] for key in audits}
    assert levels_where(lambda level: level.recurs_within_months == 24) == {
        key: [2, 3, 4, 5] for key in audits
    }


def test_policies_follow_their_review_within_a_year_and_the_two_wordings_stay_apart() -> None:
    assert levels_where(lambda level: level.follow_up is not None) == {number: [5] for number in range(1, 11)}
    wordings = {number: guide_of("spbe-2020").indicator(number).level(5).follow_up for number in (3, 4)}
    assert wordings == {
        3: FollowUpLimit(12, EvidenceKind.REVIEW, SourceWording.EXACTLY),
        4: FollowUpLimit(12, EvidenceKind.REVIEW, SourceWording.AT_LEAST),
    }


def test_only_the_roadmap_at_level_4_covers_three_years_of_budgets() -> None:
    assert levels_where(lambda level: level.covers == Coverage(3, EvidenceKind.BUDGET)) == {12: [4]}
    assert levels_where(lambda level: level.covers is not None) == {12: [4]}


def test_every_level_of_spbe_2020_names_evidence_with_its_kinds() -> None:
    guide = guide_of("spbe-2020")
    assert len(guide.by_number) == 47
    for indicator in guide:
        assert [level.level for level in indicator.levels] == [1, 2, 3, 4, 5]
        assert all(level.items for level in indicator.levels)
        assert all(item.kinds for level in indicator.levels for item in level.items)


def test_optional_and_alternative_items_are_marked_and_not_spelled_out() -> None:
    items = guide_of("spbe-2020").indicator(45).level(5).items
    assert [item.text.en for item in items if item.is_optional] == [
        "Meeting invitation or record of the review work"
    ]
    assert len([item for item in items if item.is_alternative]) == 6
    texts = [item.text.id for each in guide_of("spbe-2020") for level in each.levels for item in level.items]
    assert [text for text in texts if text.startswith("Alternatif")] == []


def test_pemdi_has_items_and_agencies_but_no_rule_on_age() -> None:
    guide = guide_of("pemdi-2026")
    assert guide.source.status.value == "draft-own-words"
    assert len(guide.by_number) == 20
    assert all(each.items and not each.levels for each in guide)
    roles = {agency.name: agency.role.en if agency.role else "" for agency in guide.indicator(2).agencies}
    assert roles == {
        "Kementerian PANRB": "",
        "Kementerian PPN/Bappenas": "",
        "BSSN": "risk management",
        "BRIN": "knowledge management",
        "BPKP": "",
    }


def test_spbe_2018_has_no_guide() -> None:
    assert queries.evidence_guide("spbe-2018") is None


EVIDENCE = """\
instrument: small-2030
status: draft-own-words
source: "Guide 1/2030"
shared:
  review: {id: "Reviu", en: "Review", kinds: [review]}
age_rules: [{indicator: "2", level: 3, max_age_months: 12, of: review}]
evidence:
  "1":
    all_levels: {max_age_months: 24, of: audit}
    1: {items: [{id: "a", en: "a"}]}
    2: {items: [review]}
    3:
      max_age_months: 6
      of: review
      follow_up_within_months: 12
      after: review
      source_wording: exactly
      covers: {years: 3, of: budget}
      items:
        - {id: "b", en: "b", optional: true, alternative: true}
  "2":
    items: [{id: "c", en: "c"}]
    agencies: ["BPS"]
    agency_roles: {"BPS": {id: "data", en: "data"}}
"""


def load(folder: Path, text: str) -> EvidenceGuide | None:
    path = write(folder)
    (folder / "evidence").mkdir()
    (folder / "evidence" / "small-2030.yaml").write_text(text, encoding="utf-8")
    return load_evidence_guide(path, load_instrument(path))


def test_a_guide_of_a_new_instrument_needs_no_python(tmp_path: Path) -> None:
    guide = load(tmp_path, EVIDENCE)
    assert guide is not None
    assert guide.indicator(1).level(3) == LevelGuide(
        level=3,
        items=guide.indicator(1).level(3).items,
        age_limits=(AgeLimit(6, EvidenceKind.REVIEW), AUDIT),
        follow_up=FollowUpLimit(12, EvidenceKind.REVIEW, SourceWording.EXACTLY),
        covers=Coverage(3, EvidenceKind.BUDGET),
    )
    assert guide.indicator(2).level(3).age_limits == (AgeLimit(12, EvidenceKind.REVIEW),)
    assert guide.indicator(1).level(2).items[0].text.en == "Review"


@pytest.mark.parametrize(
    ("old", "new", "rule", "at", "message"),
    [
        ("{items: [review]}", "{items: [reviews]}", "known-references", "2: {items", "known: review"),
        ("kinds: [review]", "kinds: [revue]", "known-words", "kinds:", "unknown word 'revue'"),
        ("      of: review\n", "", "required-keys", "max_age_months: 6", "max_age_months without of"),
        ("      after: review\n", "", "required-keys", "max_age_months: 6", "source_wording without after"),
        ("max_age_months: 6", "max_age_months: 0", "expected-shape", "max_age_months: 0", "expected 1 to 600"),
        ("max_age_months: 6", "max_age_months: soon", "expected-shape", "max_age_months: soon", "whole number"),
        ("exactly", "roughly", "known-words", "roughly", "known: exactly, at-least"),
        ("    2: {items: [review]}\n", "", "evidence-complete", "all_levels", "indicator 1: level 2 is missing"),
        ("    1: {items", "    4: {items: [review]}\n    1: {items", "levels-complete", "4: {", "no level 4"),
        ('  "2":\n', '  "3":\n', "known-references", 'items: [{id: "c"', "small-2030 has no indicator 3"),
        ('  "2":\n', '  "3":\n', "evidence-complete", '  "1":', "the evidence of indicator 2 is missing"),
        ('{"BPS": {id', '{"BIG": {id', "known-references", "agency_roles", "BIG is not among the `agencies`"),
        ("instrument: small-2030", "instrument: other", "known-references", "instrument:", "other is not small-2030"),
        ("optional: true", "optional: maybe", "expected-shape", "optional: maybe", "expected `optional: true`"),
        ('en: "b"', 'fr: "b"', "known-keys", 'fr: "b"', "unknown key 'fr'"),
        ('level: 3, max', 'level: 9, max', "known-references", "age_rules", "no indicator 2 at level 9"),
        ("items: [review]", "items: []", "expected-shape", "2: {items", "at least one item"),
        ("  review: {id", "  review: &a {id", "no-aliases", "extra: *a", "write the value out"),
    ],
)  # fmt: skip
def test_a_fault_in_a_guide_is_named_with_its_line_and_rule(
    tmp_path: Path, old: str, new: str, rule: str, at: str, message: str
) -> None:
    assert old in EVIDENCE
    text = EVIDENCE.replace(old, new, 1) + ("extra: *a\n" if rule == "no-aliases" else "")
    with pytest.raises(InstrumentErrors) as caught:
        load(tmp_path, text)
    found = [(error.line, error.rule.value, error.message) for error in caught.value.errors]
    assert any(
        broken == rule and message in said and line == line_of(text, at) for line, broken, said in found
    ), found
