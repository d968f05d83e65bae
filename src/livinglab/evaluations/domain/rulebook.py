"""What the checks must know of an instrument and its evidence guide, as values of this context.

Built from the instrument's files by `evaluations.rulebooks`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum

from livinglab.evaluations.domain.evidence import EvidenceType


class Subject(StrEnum):
    """What an indicator asks about."""

    POLICY = "policy"
    PRACTICE = "practice"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class AgeRule:
    """Evidence of a type must be younger than so many months."""

    months: int
    of: EvidenceType


@dataclass(frozen=True, slots=True)
class FollowUpRule:
    """What answers evidence of a type must come within so many months of it."""

    months: int
    after: EvidenceType


@dataclass(frozen=True, slots=True)
class CoverageRule:
    """Documents of a type must cover the last so many years."""

    years: int
    of: EvidenceType


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in Indonesian and English."""

    id: str
    en: str

    def in_language(self, language: str) -> str:
        """This function will return the words in a language, Indonesian unless it is English."""
        return self.en if language.split("-")[0] == "en" else self.id


@dataclass(frozen=True, slots=True)
class ItemRule:
    """One thing that a guide names for a level. Without `types` nothing can be counted as covering it."""

    words: Words
    types: frozenset[EvidenceType] = frozenset()
    is_optional: bool = False
    is_alternative: bool = False


@dataclass(frozen=True, slots=True)
class LevelRules:
    """What one level asks for beyond the levels below it."""

    level: int
    criterion: Words | None = None
    items: tuple[ItemRule, ...] = ()
    ages: tuple[AgeRule, ...] = ()
    follow_up: FollowUpRule | None = None
    recurs_within_months: int | None = None
    covers: CoverageRule | None = None


@dataclass(frozen=True, slots=True)
class IndicatorRules:
    """One indicator. `external_index` is the abbreviation of another agency's index on which its value rests."""

    key: str
    subject: Subject
    levels: Mapping[int, LevelRules] = field(default_factory=dict)
    external_index: str = ""

    def is_given_elsewhere(self, external_source: str) -> bool:
        """This function will say whether a value was taken from another agency's index, not from the checklist."""
        return bool(self.external_index and external_source.strip())

    def level(self, level: int) -> LevelRules:
        """This function will return what one level asks for; nothing where the guide is silent."""
        return self.levels.get(level, LevelRules(level))

    def up_to(self, level: int) -> Iterator[LevelRules]:
        """This function will yield the rules of a level and of all below it: levels are cumulative."""
        yield from (rules for number, rules in sorted(self.levels.items()) if number <= level)


@dataclass(frozen=True, eq=False, slots=True)
class Rulebook:
    """An instrument as the checks see it. Levels run from `lowest` to `highest` with at most `decimals` places."""

    instrument: str
    lowest: int
    highest: int
    decimals: int
    indicators: Mapping[str, IndicatorRules]
    is_draft: bool = False

    def fits(self, level: Decimal) -> bool:
        """This function will say whether a level lies on the scale."""
        return self.lowest <= level <= self.highest

    def is_fine_enough(self, level: Decimal) -> bool:
        """This function will say whether a level has no more decimals than the instrument allows."""
        return level == level.quantize(Decimal(1).scaleb(-self.decimals), rounding=ROUND_FLOOR)


def whole(level: Decimal) -> int:
    """This function will return the whole level that a decimal one has reached."""
    return int(level.to_integral_value(ROUND_FLOOR))
