"""Which rules on age the evidence at hand does not meet: for the checks, and for what a next level still lacks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from livinglab.evaluations.domain import ages
from livinglab.evaluations.domain.evidence import EvidenceType
from livinglab.evaluations.domain.rulebook import AgeRule, CoverageRule, FollowUpRule, LevelRules
from livinglab.evaluations.domain.sheet import EvidenceItem

#: what can answer a review: the new or derived rule
FOLLOW_UPS: Final = frozenset({EvidenceType.DERIVED_POLICY, EvidenceType.POLICY})
_YEAR: Final = re.compile(r"(?<!\d)20\d\d(?!\d)")

Evidence = tuple[EvidenceItem, ...]


def days_of(evidence: Iterable[EvidenceItem], kind: EvidenceType) -> list[date]:
    """This function will return the days of all dated evidence of a type."""
    return [item.issued_on for item in evidence if item.type is kind and item.issued_on is not None]


def unmet_ages(
    levels: Iterable[LevelRules], evidence: Evidence, *, on: date
) -> Iterator[tuple[int, AgeRule]]:
    """This function will yield (level, rule) for each age rule that no dated evidence meets on a day."""
    for rules in levels:
        for rule in rules.ages:
            if not any(ages.is_younger(day, rule.months, on=on) for day in days_of(evidence, rule.of)):
                yield rules.level, rule


def late_follow_ups(levels: Iterable[LevelRules], evidence: Evidence) -> Iterator[tuple[int, FollowUpRule]]:
    """This function will yield (level, rule) for each level whose review no dated rule answers within its term.

    An answer is a new or derived rule that was added for that level; any of the reviews may be the one it answers.
    """
    for rules in levels:
        rule = rules.follow_up
        if rule is None:
            continue
        answers = [
            item.issued_on
            for item in evidence
            if item.type in FOLLOW_UPS and item.level >= rules.level and item.issued_on is not None
        ]
        reviews = days_of(evidence, rule.after)
        if not any(
            ages.is_in_time(answer, answers=review, months=rule.months)
            for answer in answers
            for review in reviews
        ):
            yield rules.level, rule


def years_shown(evidence: Iterable[EvidenceItem], kind: EvidenceType) -> set[int]:
    """This function will return the years that documents of a type are for.

    A budget names its year in its title, reference or file name ("DPA 2025"); without one its day decides. Its number
    does not: that of a budget for 2025 may end in 2024.
    """
    years: set[int] = set()
    for item in evidence:
        if item.type is kind:
            words = " ".join((item.title, item.reference, item.file_name))
            named = {int(year) for year in _YEAR.findall(words.replace("_", " "))}
            years |= named or ({item.issued_on.year} if item.issued_on else set())
    return years


def uncovered_years(
    levels: Iterable[LevelRules], evidence: Evidence, *, year: int
) -> Iterator[tuple[int, CoverageRule]]:
    """This function will yield (level, rule) for each level whose documents do not cover the last years."""
    for rules in levels:
        rule = rules.covers
        shown = years_shown(evidence, rule.of) if rule else set()
        if rule and not ages.are_last_years(shown, rule.years, year=year):
            yield rules.level, rule
