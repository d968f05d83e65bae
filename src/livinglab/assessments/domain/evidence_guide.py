"""Which evidence an instrument's guide asks for, and how old it may be, as values.

Source of the rules that stand in the files: Pedoman Menteri PANRB 3/2024 for SPBE 2020; one draft for Pemdi 2026.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from livinglab.assessments.domain.instruments import CriteriaSource, Text


class EvidenceKind(StrEnum):
    """The kinds of document that usually carry an item of a guide."""

    DRAFT = "draft"
    POLICY = "policy"
    DERIVED_POLICY = "derived_policy"
    PLAN = "plan"
    GUIDELINE = "guideline"
    MINUTES = "minutes"
    INVITATION = "invitation"
    REVIEW = "review"
    AUDIT = "audit"
    REPORT = "report"
    BUDGET = "budget"
    SCREENSHOT = "screenshot"
    MANUAL = "manual"
    VIDEO = "video"
    LIVE_SERVICE = "live_service"
    ARCHITECTURE = "architecture"
    INTEGRATION = "integration"
    SURVEY = "survey"
    AGREEMENT = "agreement"
    CERTIFICATE = "certificate"


class SourceWording(StrEnum):
    """How the guide words the time limit of a follow-up; both are read as a limit."""

    EXACTLY = "exactly"  # "1 tahun setelah reviu"
    AT_LEAST = "at-least"  # "setidaknya 1 tahun setelah reviu"


@dataclass(frozen=True, slots=True)
class AgeLimit:
    """Evidence of a kind must be younger than so many months on the day of the assessment."""

    months: int
    of: EvidenceKind


@dataclass(frozen=True, slots=True)
class FollowUpLimit:
    """What answers evidence of a kind must follow within so many months of it."""

    months: int
    after: EvidenceKind
    wording: SourceWording


@dataclass(frozen=True, slots=True)
class Coverage:
    """Documents of a kind must cover so many years."""

    years: int
    of: EvidenceKind


@dataclass(frozen=True, slots=True)
class GuideItem:
    """One thing to show. `kinds` is empty where the guide's source lets us tie it to no kind of document.

    An `is_alternative` item can stand in for the other improvements of its level ("and/or").
    """

    text: Text
    kinds: tuple[EvidenceKind, ...] = ()
    is_optional: bool = False
    is_alternative: bool = False


@dataclass(frozen=True, slots=True)
class LevelGuide:
    """What one level adds to the evidence of those below it, and the rules on its age."""

    level: int
    items: tuple[GuideItem, ...] = ()
    age_limits: tuple[AgeLimit, ...] = ()
    follow_up: FollowUpLimit | None = None
    recurs_within_months: int | None = None
    covers: Coverage | None = None


@dataclass(frozen=True, slots=True)
class SupervisingAgency:
    """A central agency that supervises an indicator (instansi pembina), and for what, where the source says."""

    name: str
    role: Text | None = None


@dataclass(frozen=True, slots=True)
class IndicatorGuide:
    """What may be shown for one indicator: by level, or `items` that the source ties to no level."""

    number: int
    levels: tuple[LevelGuide, ...] = ()
    items: tuple[GuideItem, ...] = ()
    agencies: tuple[SupervisingAgency, ...] = ()

    def level(self, level: int) -> LevelGuide:
        """Return what the guide says of one level; an empty guide where it says nothing."""
        return next((each for each in self.levels if each.level == level), LevelGuide(level))


@dataclass(frozen=True, eq=False, slots=True)
class EvidenceGuide:
    """The evidence guide of one instrument. Compared by identity: each file is read once."""

    instrument: str
    source: CriteriaSource
    by_number: Mapping[int, IndicatorGuide]

    def __iter__(self) -> Iterator[IndicatorGuide]:
        return iter(self.by_number.values())

    def indicator(self, number: int) -> IndicatorGuide:
        """Return what the guide says of one indicator; an empty guide where it says nothing."""
        return self.by_number.get(number, IndicatorGuide(number))
