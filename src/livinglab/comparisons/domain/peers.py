"""Who to compare with: five ways to choose peers, each with the numbers that made the choice.

``similar``       same kind, nearest in population, area and density: what the place is, not how it performs
``province``      the same province, highest index first
``neighbours``    nearest by great circle
``role-models``   began where this region began, and rose most since
``best``          highest index of the same kind

Every list is ordered and cut the same way for everybody: ties fall to the lower Kemendagri code.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import log10, sqrt
from statistics import pstdev
from types import MappingProxyType
from typing import Final

from livinglab.comparisons.domain.geography import Point, distance_km
from livinglab.comparisons.domain.numbers import half_up

LIMIT: Final = 12
SIMILAR_START: Final = Decimal("0.25")  # index points
UNKNOWN_APART: Final = 1.0  # standard deviations put between two places when a trait of one is unknown


class Strategy(StrEnum):
    """A way to choose peers; the value is what stands in the address of a page."""

    SIMILAR = "similar"
    PROVINCE = "province"
    NEIGHBOURS = "neighbours"
    ROLE_MODELS = "role-models"
    BEST = "best"


class Trait(StrEnum):
    """What describes a place for ``similar``. All three are compared on a logarithmic scale."""

    POPULATION = "population"
    AREA = "area"
    DENSITY = "density"


@dataclass(frozen=True, slots=True)
class Region:
    """What choosing peers needs to know. ``start`` is the previous year's index, ``index`` this year's.

    ``is_doubtful`` says that one of the two rows cannot be right: no rise is read from it.
    """

    code: str
    kind: str
    province_code: str
    point: Point | None
    population: int | None
    area_km2: Decimal | None
    start: Decimal | None = None
    index: Decimal | None = None
    is_doubtful: bool = False

    @property
    def rise(self) -> Decimal | None:
        if self.start is None or self.index is None:
            return None
        return self.index - self.start

    def trait(self, trait: Trait) -> Fraction | None:
        """Return people, square kilometres or people per square kilometre; None when it is not known."""
        if trait is Trait.POPULATION:
            return Fraction(self.population) if self.population else None
        if trait is Trait.AREA:
            return Fraction(self.area_km2) if self.area_km2 else None
        if not self.population or not self.area_km2:
            return None
        return Fraction(self.population) / Fraction(self.area_km2)


@dataclass(frozen=True, slots=True)
class Likeness:
    """Why a place is similar: its distance in standard deviations (0 is alike), and what is unknown."""

    apart: Decimal
    unknown: tuple[Trait, ...]


@dataclass(frozen=True, slots=True)
class Nearness:
    """Why a region is a neighbour: kilometres between the two centres, to one decimal."""

    kilometres: Decimal


@dataclass(frozen=True, slots=True)
class Attainment:
    """Why a region comes first among the best or in its province: its index, None when it has no result."""

    index: Decimal | None


@dataclass(frozen=True, slots=True)
class Rise:
    """Why a region is a role model: where it began, how far from the subject, and what it gained."""

    start: Decimal
    start_apart: Decimal
    rise: Decimal


Why = Likeness | Nearness | Attainment | Rise


@dataclass(frozen=True, slots=True)
class Peer:
    """A region to compare with, its place in the list from 1, and why it is there."""

    code: str
    rank: int
    why: Why


def choose_peers(
    strategy: Strategy, subject: Region, regions: Iterable[Region], *, limit: int = LIMIT
) -> tuple[Peer, ...]:
    """Return at most ``limit`` peers of ``subject``, the most fitting first; never the subject itself.

    Empty when the subject lacks what the strategy asks for: ``neighbours`` a place, ``similar`` a
    population, ``role-models`` a believable start.
    """
    others = [region for region in regions if region.code != subject.code]
    ranked = sorted(_STRATEGIES[strategy](subject, others), key=lambda found: (found[0], found[1]))
    return tuple(Peer(code, rank, why) for rank, (_, code, why) in enumerate(ranked[:limit], start=1))


# What a strategy answers: the key to order by (smallest first), the code that breaks ties, the reason.
Found = tuple[Decimal, str, Why]


def _similar(subject: Region, others: Sequence[Region]) -> list[Found]:
    if subject.trait(Trait.POPULATION) is None:
        return []
    alike = [region for region in others if region.kind == subject.kind]
    spreads = {trait: _spread([subject, *alike], trait) for trait in Trait}
    found: list[Found] = []
    for region in alike:
        likeness = _likeness(subject, region, spreads)
        found.append((likeness.apart, region.code, likeness))
    return found


def _spread(regions: Sequence[Region], trait: Trait) -> float:
    """Return the standard deviation of the trait's logarithm; 1 where all are alike, so that 0 / 0 is 0."""
    logs = [log10(value) for region in regions if (value := region.trait(trait)) is not None]
    return (pstdev(logs) if len(logs) > 1 else 0.0) or 1.0


def _likeness(subject: Region, region: Region, spreads: Mapping[Trait, float]) -> Likeness:
    squares, unknown = [], []
    for trait, spread in spreads.items():
        here, there = subject.trait(trait), region.trait(trait)
        if here is None or there is None:
            unknown.append(trait)
            squares.append(UNKNOWN_APART**2)
        else:
            squares.append(((log10(here) - log10(there)) / spread) ** 2)
    apart = sqrt(sum(squares) / len(squares))
    return Likeness(Decimal(f"{apart:.4f}"), tuple(unknown))


def _province(subject: Region, others: Sequence[Region]) -> list[Found]:
    inside = [region for region in others if region.province_code == subject.province_code]
    return [(_highest_first(region.index), region.code, Attainment(region.index)) for region in inside]


def _best(subject: Region, others: Sequence[Region]) -> list[Found]:
    return [
        (_highest_first(region.index), region.code, Attainment(region.index))
        for region in others
        if region.kind == subject.kind and region.index is not None
    ]


def _highest_first(index: Decimal | None) -> Decimal:
    return Decimal(1) if index is None else -index  # an index is never negative: without one comes last


def _neighbours(subject: Region, others: Sequence[Region]) -> list[Found]:
    if subject.point is None:
        return []
    found: list[Found] = []
    for region in others:
        if region.point is not None:
            kilometres = Decimal(f"{distance_km(subject.point, region.point):.1f}")
            found.append((kilometres, region.code, Nearness(kilometres)))
    return found


def _role_models(subject: Region, others: Sequence[Region]) -> list[Found]:
    if subject.start is None or subject.is_doubtful:
        return []
    found: list[Found] = []
    for region in others:
        if region.start is None or region.rise is None or region.is_doubtful:
            continue
        apart = abs(region.start - subject.start)
        if apart <= SIMILAR_START and region.rise > max(subject.rise or Decimal(0), Decimal(0)):
            found.append((-region.rise, region.code, Rise(region.start, apart, half_up(region.rise))))
    return found


_STRATEGIES: Final[Mapping[Strategy, Callable[[Region, Sequence[Region]], list[Found]]]] = MappingProxyType(
    {
        Strategy.SIMILAR: _similar,
        Strategy.PROVINCE: _province,
        Strategy.NEIGHBOURS: _neighbours,
        Strategy.ROLE_MODELS: _role_models,
        Strategy.BEST: _best,
    }
)
