"""What a portrait says in words: which domains are strong or weak, and where the index can still rise.

Every threshold stands here by name and is printed on the page. Means are taken as printed, with two decimals,
so that a reader can check each judgement by hand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

from livinglab.comparisons.domain.numbers import half_up

HIGHEST: Final = Decimal("5.00")

STRONG_FROM: Final = Decimal("4.20")  # where SPBE's highest band begins
WEAK_BELOW: Final = Decimal("2.60")  # where "Baik" begins, the national goal
STRONG_ABOVE_KIND: Final = Decimal("0.50")
WEAK_BELOW_KIND: Final = Decimal("0.25")
ROOM_FROM: Final = Decimal("0.10")  # index points


class Verdict(StrEnum):
    """How a domain is doing."""

    STRONG = "strong"
    BETWEEN = "between"
    WEAK = "weak"


class Ground(StrEnum):
    """Why: the first of these rules that holds decides, so that no domain is strong and weak at once."""

    HIGHEST_BAND = "highest-band"  # at least STRONG_FROM
    LOW_VALUE = "low-value"  # below WEAK_BELOW
    AHEAD_OF_KIND = "ahead-of-kind"  # at least STRONG_ABOVE_KIND above the mean of its kind
    BEHIND_KIND = "behind-kind"  # at least WEAK_BELOW_KIND below it
    NONE = "none"


_VERDICTS: Final = {
    Ground.HIGHEST_BAND: Verdict.STRONG,
    Ground.AHEAD_OF_KIND: Verdict.STRONG,
    Ground.LOW_VALUE: Verdict.WEAK,
    Ground.BEHIND_KIND: Verdict.WEAK,
    Ground.NONE: Verdict.BETWEEN,
}


@dataclass(frozen=True, slots=True)
class Domain:
    """What is weighed: a domain's code, its weight as a share of one, its indicators' weights likewise.

    Where the indicators of a domain weigh differently, ``indicator_weights`` has each weight once.
    """

    code: str
    weight: Fraction
    indicator_weights: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """One domain of one result: its value, how it stands to its kind, and what it could still add.

    ``over_kind`` is None when there is no mean; ``room`` is weight × (5 − value), in index points, exact.
    """

    domain: Domain
    value: Decimal
    over_kind: Decimal | None
    ground: Ground
    room: Fraction

    @property
    def verdict(self) -> Verdict:
        return _VERDICTS[self.ground]

    @property
    def can_rise(self) -> bool:
        """Whether raising this domain to 5 would add at least ROOM_FROM to the index."""
        return self.room >= Fraction(ROOM_FROM)

    @property
    def is_full(self) -> bool:
        return self.value == HIGHEST


@dataclass(frozen=True, slots=True)
class Assessments:
    """All domains of one result, in the order of the instrument."""

    domains: tuple[Assessment, ...]

    @property
    def strong(self) -> tuple[Assessment, ...]:
        """The strong domains, the highest value first."""
        return self._having(Verdict.STRONG, descending=True)

    @property
    def weak(self) -> tuple[Assessment, ...]:
        """The weak domains, the lowest value first."""
        return self._having(Verdict.WEAK, descending=False)

    @property
    def risers(self) -> tuple[Assessment, ...]:
        """The domains that can still lift the index, the largest room first."""
        return tuple(sorted((one for one in self.domains if one.can_rise), key=lambda one: -one.room))

    def _having(self, verdict: Verdict, *, descending: bool) -> tuple[Assessment, ...]:
        found = [one for one in self.domains if one.verdict is verdict]
        return tuple(sorted(found, key=lambda one: one.value, reverse=descending))


def assess(
    domains: Sequence[Domain], values: Mapping[str, Decimal], kind_means: Mapping[str, Fraction]
) -> Assessments:
    """Return what each domain's published value says; a domain without a published value is left out."""
    return Assessments(
        tuple(
            _assessment(domain, values[domain.code], kind_means.get(domain.code))
            for domain in domains
            if domain.code in values
        )
    )


def _assessment(domain: Domain, value: Decimal, kind_mean: Fraction | None) -> Assessment:
    over_kind = None if kind_mean is None else value - half_up(kind_mean)
    room = domain.weight * Fraction(HIGHEST - value)
    return Assessment(domain, value, over_kind, _ground(value, over_kind), room)


def _ground(value: Decimal, over_kind: Decimal | None) -> Ground:
    if value >= STRONG_FROM:
        return Ground.HIGHEST_BAND
    if value < WEAK_BELOW:
        return Ground.LOW_VALUE
    if over_kind is not None and over_kind >= STRONG_ABOVE_KIND:
        return Ground.AHEAD_OF_KIND
    if over_kind is not None and over_kind <= -WEAK_BELOW_KIND:
        return Ground.BEHIND_KIND
    return Ground.NONE


class Against(StrEnum):
    """How the domains of one result stand to a mean, taken together."""

    ALL_ABOVE = "all-above"
    ALL_BELOW = "all-below"
    MIXED = "mixed"
    EQUAL = "equal"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The finding of a comparison by domain: where the result leads most, and where it trails most.

    ``lead`` and ``lag`` are pairs of domain code and difference, None where there is no lead or no lag.
    """

    against: Against
    lead: tuple[str, Decimal] | None
    lag: tuple[str, Decimal] | None
    above: int
    of: int


def compare_domains(values: Mapping[str, Decimal], means: Mapping[str, Fraction]) -> Comparison:
    """Return how published domain values stand to the means, as printed; ties fall to the first domain."""
    gaps = {code: value - half_up(means[code]) for code, value in values.items() if code in means}
    if not gaps:
        return Comparison(Against.UNKNOWN, None, None, 0, 0)
    above = sum(gap > 0 for gap in gaps.values())
    below = sum(gap < 0 for gap in gaps.values())
    highest = max(gaps, key=lambda code: gaps[code])
    lowest = min(gaps, key=lambda code: gaps[code])
    return Comparison(
        _against(above, below, len(gaps)),
        lead=(highest, gaps[highest]) if gaps[highest] > 0 else None,
        lag=(lowest, gaps[lowest]) if gaps[lowest] < 0 else None,
        above=above,
        of=len(gaps),
    )


def _against(above: int, below: int, of: int) -> Against:
    if above == of:
        return Against.ALL_ABOVE
    if below == of:
        return Against.ALL_BELOW
    return Against.MIXED if above or below else Against.EQUAL
