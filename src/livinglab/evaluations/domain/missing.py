"""What an answer still lacks for its next level, for the answer page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from livinglab.evaluations.domain import age_gaps, ages, coverage
from livinglab.evaluations.domain.answers import highest_level
from livinglab.evaluations.domain.evidence import EvidenceType
from livinglab.evaluations.domain.rulebook import IndicatorRules, ItemRule, Rulebook, Words, whole
from livinglab.evaluations.domain.sheet import AnswerLine


class AgeGapKind(StrEnum):
    """Which rule on age is not met."""

    YOUNG = "young"  # evidence `of` a type less than `number` months old: dated `after` or later
    FOLLOW_UP = "follow_up"  # a rule within `number` months after evidence `of` a type
    YEARS = "years"  # documents `of` a type of the last `number` years


@dataclass(frozen=True, slots=True)
class AgeGap:
    """A rule on age that the evidence does not meet. `level` is the level that brings the rule."""

    kind: AgeGapKind
    level: int
    of: EvidenceType
    number: int
    after: date | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """What is missing for `level`, the next one.

    `unticked` are the levels up to it whose criterion is not ticked, or the level alone where another agency's index
    gives the value; `criterion` is that of the level itself, None
    where none was published; `items` are the things the guide names that nothing covers, `alternatives` what can
    stand in for the improvements among them.
    """

    level: int
    criterion: Words | None
    unticked: tuple[int, ...]
    items: tuple[ItemRule, ...]
    alternatives: tuple[ItemRule, ...]
    ages: tuple[AgeGap, ...]

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing that can be judged from here."""
        return not (self.unticked or self.items or self.ages)


def reached_level(line: AnswerLine, book: Rulebook) -> int:
    """This function will return the level an answer holds: what it says, as far as its checklist carries it.

    A value from another agency's index needs no checklist.
    """
    rules = book.indicators.get(line.indicator)
    if line.level is not None and rules and rules.is_given_elsewhere(line.external_source):
        return max(book.lowest, whole(line.level))
    carried = highest_level(line.met, lowest=book.lowest, highest=book.highest)
    return carried if line.level is None else max(book.lowest, min(carried, whole(line.level)))


def missing_for_next(line: AnswerLine, book: Rulebook, *, year: int, day: date) -> Missing | None:
    """This function will return what the answer lacks for the level above the one it holds.

    None at the highest level, and for an indicator that the instrument does not have.
    """
    rules = book.indicators.get(line.indicator)
    level = reached_level(line, book) + 1
    if rules is None or level > book.highest:
        return None
    return missing_for(level, line, rules, book, year=year, day=day)


def missing_for(
    level: int, line: AnswerLine, rules: IndicatorRules, book: Rulebook, *, year: int, day: date
) -> Missing:
    """This function will return what an answer lacks for a level; rules on age hold for all levels up to it."""
    of_level = rules.level(level)
    first = level if rules.is_given_elsewhere(line.external_source) else book.lowest + 1
    items = coverage.open_items(of_level, line.evidence, on=day)
    return Missing(
        level=level,
        criterion=of_level.criterion,
        unticked=tuple(each for each in range(first, level + 1) if each not in line.met),
        items=items,
        alternatives=tuple(item for item in of_level.items if item.is_alternative) if items else (),
        ages=tuple(_age_gaps(level, line, rules, year=year, day=day)),
    )


def _age_gaps(
    level: int, line: AnswerLine, rules: IndicatorRules, *, year: int, day: date
) -> Iterator[AgeGap]:
    evidence = tuple(item for item in line.evidence if coverage.counts(item, on=day))
    levels = tuple(rules.up_to(level))
    for at, age in age_gaps.unmet_ages(levels, evidence, on=day):
        if age.of is not EvidenceType.AUDIT or at == level:  # asked at every level: said once
            after = ages.oldest_day(age.months, on=day)
            yield AgeGap(AgeGapKind.YOUNG, at, age.of, age.months, after)
    for at, follow_up in age_gaps.late_follow_ups(levels, evidence):
        yield AgeGap(AgeGapKind.FOLLOW_UP, at, follow_up.after, follow_up.months)
    for at, covers in age_gaps.uncovered_years(levels, evidence, year=year):
        yield AgeGap(AgeGapKind.YEARS, at, covers.of, covers.years)
