"""An assessment instrument as values: what a YAML file under `instruments/` becomes once it has been read.

Weights are exact fractions in percent; an aspect weighs what its indicators weigh, the whole weighs 100.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache


class Confidence(StrEnum):
    """How well a part of an instrument is attested."""

    CONFIRMED = "confirmed"
    SINGLE_SOURCE = "single_source"
    UNVERIFIED = "unverified"
    DRAFT = "draft"


class Comparison(StrEnum):
    """Which index a predicate band is compared with."""

    ROUNDED = "rounded"
    UNROUNDED = "unrounded"


class RuleStatus(StrEnum):
    """Whether published rows prove a year's predicate rule, or we assume it."""

    KNOWN = "known"
    ASSUMPTION = "assumption"


class EvidenceReuse(StrEnum):
    """What a crosswalk says of the evidence of the older indicators."""

    REUSE = "reuse"
    UPDATE = "update"
    NEW = "new"


class CriteriaStatus(StrEnum):
    """What our own wording of the criteria rests on."""

    PUBLISHED_OWN_WORDS = "published-own-words"
    DRAFT_OWN_WORDS = "draft-own-words"


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in both languages of the product."""

    id: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the words in `language`: English for "en" and its variants, else Indonesian."""
        return self.en if language.split("-")[0] == "en" else self.id


@dataclass(frozen=True, slots=True)
class Regulation:
    """The rule an instrument comes from, and how far its structure and its texts are attested."""

    name: str
    citation: Text
    structure: Confidence
    texts: Confidence
    sources: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class InForce:
    """The days on which an instrument is law, both included; without `until` it still is."""

    from_date: date
    until: date | None

    def covers(self, day: date) -> bool:
        """Say whether `day` lies within."""
        return self.from_date <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Years:
    """Evaluation years, both included; without `last` they go on."""

    first: int
    last: int | None

    def covers(self, year: int) -> bool:
        """Say whether `year` lies within."""
        return self.first <= year and (self.last is None or year <= self.last)

    def __str__(self) -> str:
        if self.last is None:
            return f"{self.first}–"
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


@dataclass(frozen=True, slots=True)
class Scale:
    """The levels an indicator can be given: `minimum` to `maximum` with at most `decimals` places."""

    minimum: int
    maximum: int
    decimals: int

    @property
    def levels(self) -> range:
        """The whole levels, for which criteria are written."""
        return range(self.minimum, self.maximum + 1)


@dataclass(frozen=True, slots=True)
class Band:
    """A predicate and the indices that earn it: `lower` to `upper`, itself included only if `closed`."""

    code: str
    name: Text
    label: Text | None
    lower: Decimal
    upper: Decimal
    closed: bool

    def holds(self, index: Fraction) -> bool:
        """Say whether `index` falls into this band."""
        below = index <= self.upper if self.closed else index < self.upper
        return self.lower <= index and below


@dataclass(frozen=True, slots=True)
class PredicateRule:
    """For which years the band is taken from the rounded or the unrounded index, and how we know."""

    years: Years
    compares: Comparison
    status: RuleStatus
    source: Text


@dataclass(frozen=True, slots=True)
class CapabilityLevel:
    """One step of a capability: its published name, its meaning in our own words."""

    level: int
    name: Text
    meaning: Text


@dataclass(frozen=True, slots=True)
class Capability:
    """A ladder of levels that a group of indicators shares (process, service, …)."""

    code: str
    name: Text
    status: Confidence
    levels: tuple[CapabilityLevel, ...]


@dataclass(frozen=True, slots=True)
class Criterion:
    """What an institution must show for one level of one indicator, in our own words.

    `text` is None where no criterion was published; `changed_in` is the year a guide changed its substance.
    """

    level: int
    text: Text | None
    changed_in: int | None = None


@dataclass(frozen=True, slots=True)
class IndicatorOrigin:
    """The older indicators whose evidence carries over to this one (unofficial)."""

    evidence: EvidenceReuse
    indicators: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ExternalIndex:
    """The index of another agency on which an indicator's value rests."""

    abbreviation: str
    name: Text
    steward: str
    status: Confidence


@dataclass(frozen=True, slots=True)
class Indicator:
    """One question of the instrument; `weight` in percent of the whole index."""

    number: int
    name: Text
    short: Text
    weight: Fraction
    capability: str
    origin: IndicatorOrigin | None = None
    external_index: ExternalIndex | None = None
    criteria: tuple[Criterion, ...] = ()

    @property
    def key(self) -> str:
        """The indicator's key in a set of levels."""
        return str(self.number)


@dataclass(frozen=True, slots=True)
class Aspect:
    """A group of indicators; `weight` in percent of the whole index."""

    code: str
    name: Text
    weight: Fraction
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Domain:
    """A group of aspects; `weight` in percent of the whole index."""

    code: str
    name: Text
    short: Text
    weight: Fraction
    aspects: tuple[Aspect, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """One indicator scored under several keys; all scores of its aspect then share its weight equally."""

    code: str
    name: Text
    aspect: str
    splits: int
    keys: tuple[str, ...]
    source: Text


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """Which older instrument the indicators' origins refer to, and who says so. Never official."""

    instrument: str
    source: Text


@dataclass(frozen=True, slots=True)
class CriteriaSource:
    """What our wording of the criteria rests on."""

    status: CriteriaStatus
    source: str


@dataclass(frozen=True, eq=False, slots=True)
class Instrument:
    """A whole instrument. Compared by identity: it is large, and each file is read once."""

    code: str
    title: Text
    short: Text
    index_name: Text
    regulation: Regulation
    replaces: str | None
    in_force: InForce
    years: Years
    scale: Scale
    places: int
    bands: tuple[Band, ...]
    predicate_rules: tuple[PredicateRule, ...]
    capabilities: tuple[Capability, ...]
    domains: tuple[Domain, ...]
    aspects: tuple[Aspect, ...]
    variants: tuple[Variant, ...]
    crosswalk: Crosswalk | None
    criteria: CriteriaSource | None

    def indicators(self) -> Iterator[Indicator]:
        """Yield the indicators in the order of the regulation."""
        for aspect in self.aspects:
            yield from aspect.indicators

    def indicator(self, number: int) -> Indicator | None:
        """Return the indicator with this number, or None."""
        return _by_number(self).get(number)

    def aspect_of(self, indicator: Indicator) -> Aspect:
        """Return the aspect that holds `indicator`."""
        return next(aspect for aspect in self.aspects if indicator in aspect.indicators)

    def domain_of(self, aspect: Aspect) -> Domain | None:
        """Return the domain that holds `aspect`; None where the instrument has no domains."""
        return next((domain for domain in self.domains if aspect in domain.aspects), None)

    def capability(self, code: str) -> Capability:
        """Return the capability with this code."""
        return next(each for each in self.capabilities if each.code == code)

    def predicate_rule(self, year: int | None) -> PredicateRule:
        """Return the rule of `year`; without a year the newest rule that is known, else the newest.

        Raises UnknownYear for a year this instrument was not used in.
        """
        if year is None:
            known = [rule for rule in self.predicate_rules if rule.status is RuleStatus.KNOWN]
            return (known or list(self.predicate_rules))[-1]
        for rule in self.predicate_rules:
            if rule.years.covers(year):
                return rule
        raise UnknownYear(self.code, year, self.years)


@lru_cache(maxsize=64)
def _by_number(instrument: Instrument) -> dict[int, Indicator]:
    """The indicators by number; the first of each, as the file has them. A page of a sheet asks for each of them."""
    return {each.number: each for each in reversed(tuple(instrument.indicators()))}


class UnknownYear(ValueError):
    """A year for which an instrument was not used."""

    def __init__(self, code: str, year: int, years: Years) -> None:
        self.code, self.year, self.years = code, year, years
        super().__init__(f"year: {year} is not an evaluation year of {code}, which covers {years}")
