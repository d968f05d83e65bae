"""The evaluation report as one value: what the PDF and the Word document both say.

Names and texts are in the language the report is made in; figures are exact, formats come later.
Monitoring has no recommendations (PermenPANRB 59/2020; Pedoman MenPANRB 3/2024).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from livinglab.evaluations.domain.stages import RoundKind, Stage


@dataclass(frozen=True, slots=True)
class Part:
    """The value of the whole, a domain or an aspect beside last time and the published means, where they compare."""

    code: str
    name: str
    weight: Decimal  # in percent
    value: Decimal
    previous: Decimal | None = None
    nation: Decimal | None = None
    kind_mean: Decimal | None = None

    @property
    def change(self) -> Decimal | None:
        """This time minus last time."""
        return None if self.previous is None else self.value - self.previous


@dataclass(frozen=True, slots=True)
class YearValue:
    """A published index of one year, or a mean."""

    year: int
    instrument: str
    value: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class EraYears:
    """The years of one instrument among those shown; between two eras figures do not compare."""

    name: str
    first_year: int
    last_year: int


@dataclass(frozen=True, slots=True)
class ReportBand:
    """A predicate and the indices that earn it."""

    name: str
    start: Decimal
    end: Decimal


@dataclass(frozen=True, slots=True)
class StageEntry:
    """The level at one stage. `inherited_from`: nobody scored here, the value is of that stage."""

    stage: Stage
    level: Decimal
    inherited_from: Stage | None = None
    facts: str = ""
    analysis: str = ""
    justification: str = ""
    is_valid: bool | None = None


@dataclass(frozen=True, slots=True)
class ReportObjection:
    """What the region said against a level, and what became of it (`outcome` empty: open)."""

    stage: Stage
    requested: Decimal
    reason: str
    outcome: str = ""
    outcome_reason: str = ""


@dataclass(frozen=True, slots=True)
class ReportEvidence:
    """A piece of evidence by letter. `title` is empty for an exempt one, which a report does not name."""

    letter: str
    level: int
    title: str
    reference: str
    classification: str


@dataclass(frozen=True, slots=True)
class IndicatorReport:
    """One indicator with its way through the stages."""

    key: str
    name: str
    aspect: str
    weight: Decimal
    own: Decimal | None
    standing: Decimal
    previous: Decimal | None
    agency: str
    external_source: str
    stages: tuple[StageEntry, ...]
    objections: tuple[ReportObjection, ...]
    evidence: tuple[ReportEvidence, ...]

    @property
    def change(self) -> Decimal | None:
        """This time minus last time."""
        return None if self.previous is None else self.standing - self.previous


@dataclass(frozen=True, slots=True)
class RatedName:
    """An indicator as a strength or weakness."""

    key: str
    name: str
    level: Decimal


@dataclass(frozen=True, slots=True)
class AspectReport:
    """An aspect: its strengths (levels 4-5) and weaknesses (1-2), and what the assessor wrote about them."""

    code: str
    name: str
    domain: str
    value: Decimal
    strengths: tuple[RatedName, ...]
    weaknesses: tuple[RatedName, ...]
    fulfilment: str = ""
    strengths_text: str = ""
    weaknesses_text: str = ""


@dataclass(frozen=True, slots=True)
class Advice:
    """The external assessor's closing words (Pedoman 3/2024, F.2)."""

    summary: str
    excellence: str
    weakness: str
    advice: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a report says, in one language."""

    language: str
    region_code: str
    region_name: str
    round_title: str
    kind: RoundKind
    year: int
    instrument: str
    instrument_title: str
    index_name: str
    regulation: str
    stage: Stage
    is_official: bool
    decision_number: str
    decision_date: date | None
    minutes_number: str
    minutes_date: date | None
    is_synthetic: bool
    made_at: datetime
    zone: str
    whole: Part
    predicate: str
    predicate_rule: str
    previous_year: int | None
    means_year: int | None
    kind_mean_name: str
    history: tuple[YearValue, ...]
    nation: tuple[YearValue, ...]
    eras: tuple[EraYears, ...]
    bands: tuple[ReportBand, ...]
    domains: tuple[Part, ...]
    aspects: tuple[AspectReport, ...]
    aspect_parts: tuple[Part, ...]
    indicators: tuple[IndicatorReport, ...]
    advice: Advice | None
    sources: tuple[str, ...]

    @property
    def is_broken(self) -> bool:
        """Whether an earlier result exists that does not compare, since it was of another instrument."""
        return self.previous_year is None and bool(self.history)

    @property
    def raised(self) -> tuple[IndicatorReport, ...]:
        """Indicators above last time, the largest change first."""
        rising = (one for one in self.indicators if one.change is not None and one.change > 0)
        return tuple(sorted(rising, key=_by_change))

    @property
    def lowered(self) -> tuple[IndicatorReport, ...]:
        """Indicators below last time, the largest change first."""
        falling = (one for one in self.indicators if one.change is not None and one.change < 0)
        return tuple(sorted(falling, key=_by_change))

    @property
    def answered(self) -> int:
        """How many indicators have an own level."""
        return sum(one.own is not None for one in self.indicators)


def _by_change(one: IndicatorReport) -> Decimal:
    change = one.change
    return -abs(change) if change is not None else Decimal(0)
