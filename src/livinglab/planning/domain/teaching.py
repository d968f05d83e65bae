"""From whom to learn a step: who took it, and how well that fits the one who asks.

Evidence is a step that shows in two decided or published years: of the very indicator, or of its domain where levels
of single indicators were not published. A fit is a sum of whole points, each from the two places and the step alone,
so that another place never changes it. The points are ours; docs/planning.md says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from math import log10
from types import MappingProxyType
from typing import Final


class Evidence(StrEnum):
    """What shows that a place took a step, the firmest first."""

    INDICATOR = "indicator"  # decided levels of the indicator itself
    DOMAIN = "domain"  # published results of the indicator's domain
    CROSSWALK = "crosswalk"  # published results of a domain of the older instrument


class Criterion(StrEnum):
    """What a fit is made of."""

    EVIDENCE = "evidence"
    KIND = "kind"  # regency or city, as the one who asks
    SIZE = "size"  # people
    START = "start"  # where it stood before the step, and where the one who asks stands now
    RECENCY = "recency"
    DISTANCE = "distance"


#: the most points of each criterion; together 1,000
MOST: Final[Mapping[Criterion, int]] = MappingProxyType(
    {
        Criterion.EVIDENCE: 300,
        Criterion.KIND: 100,
        Criterion.SIZE: 150,
        Criterion.START: 150,
        Criterion.RECENCY: 150,
        Criterion.DISTANCE: 150,
    }
)
PERFECT: Final = sum(MOST.values())
_STRENGTH: Final = MappingProxyType({Evidence.INDICATOR: 1.0, Evidence.DOMAIN: 0.4, Evidence.CROSSWALK: 0.2})
_FAR_KM: Final = 1_000  # from here on, being near counts nothing
_OLD_YEARS: Final = 5
_APART_LEVELS: Final = 2  # so far from where the asker stands, the start counts nothing

#: an instrument's indicator or domain, and the level reached
Part = tuple[str, Evidence, str]


@dataclass(frozen=True, slots=True)
class Place:
    """What likeness needs to know of a region; what is not known is None and earns nothing."""

    code: str
    kind: str
    population: int | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """The values of one place and year that stand for themselves: levels by indicator, or results by domain."""

    code: str
    instrument: str
    year: int
    evidence: Evidence
    values: Mapping[str, Decimal]
    source: str
    is_synthetic: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that a place took: `part` was below the level in one year and at it in the next known one."""

    code: str
    evidence: Evidence
    part: str
    from_year: int
    to_year: int
    before: Decimal
    after: Decimal
    source: str
    is_synthetic: bool = False


@dataclass(frozen=True, slots=True)
class Nearness:
    """The points that two places have with each other whatever the step, and their distance."""

    kind: int
    size: int
    distance: int
    times: Decimal | None  # the people there to one here
    kilometres: int | None


@dataclass(frozen=True, slots=True)
class Teacher:
    """A place to learn from, the evidence, and the points of each criterion."""

    taken: Taken
    nearness: Nearness
    points: Mapping[Criterion, int]

    @property
    def code(self) -> str:
        """The code of the place."""
        return self.taken.code

    @property
    def fit(self) -> int:
        """All points, 0 to 1,000."""
        return sum(self.points.values())


def held(value: Decimal) -> int:
    """Return the level that a domain's value is nearest to; a half counts as the upper one."""
    return int(value + Decimal("0.5"))


def holds(evidence: Evidence, value: Decimal, level: int) -> bool:
    """Say whether a value holds a level: an indicator's from the level on, a domain's from half a level below."""
    return (value if evidence is Evidence.INDICATOR else held(value)) >= level


def steps_taken(
    records: Iterable[Record], levels: Callable[[str], range]
) -> dict[tuple[Part, int], tuple[Taken, ...]]:
    """Return who took each step, by part and level, ordered by code; the newest time of each place counts.

    `levels` gives the levels of an instrument.
    """
    histories: dict[tuple[str, str, Evidence], list[Record]] = {}
    for record in records:
        histories.setdefault((record.code, record.instrument, record.evidence), []).append(record)
    found: dict[tuple[Part, int], dict[str, Taken]] = {}
    for (code, instrument, evidence), history in histories.items():
        history.sort(key=lambda record: record.year)
        for before, after in pairwise(history):
            for part, level in _crossed(before, after, levels(instrument)):
                taken = _taken(before, after, part)
                found.setdefault(((instrument, evidence, part), level), {})[code] = taken
    return {key: tuple(by_code[code] for code in sorted(by_code)) for key, by_code in found.items()}


def _crossed(before: Record, after: Record, levels: range) -> Iterator[tuple[str, int]]:
    for part, value in before.values.items():
        reached = after.values.get(part)
        if reached is None or reached <= value:
            continue
        for level in levels:
            if holds(after.evidence, reached, level) and not holds(before.evidence, value, level):
                yield part, level


def _taken(before: Record, after: Record, part: str) -> Taken:
    return Taken(
        code=after.code,
        evidence=after.evidence,
        part=part,
        from_year=before.year,
        to_year=after.year,
        before=before.values[part],
        after=after.values[part],
        source=after.source,
        is_synthetic=before.is_synthetic or after.is_synthetic,
    )


def nearness(asker: Place, host: Place, kilometres: float | None) -> Nearness:
    """Return what two places have in common; `kilometres` between them, None where one has no known position."""
    ratio = host.population / asker.population if asker.population and host.population else None
    return Nearness(
        kind=MOST[Criterion.KIND] if asker.kind == host.kind else 0,
        size=0 if ratio is None else _share(Criterion.SIZE, 1 - abs(log10(ratio))),
        distance=0 if kilometres is None else _share(Criterion.DISTANCE, 1 - kilometres / _FAR_KM),
        times=None if ratio is None else Decimal(f"{ratio:.2f}"),
        kilometres=None if kilometres is None else round(kilometres),
    )


def teacher(near: Nearness, taken: Taken, standing: Decimal | None, year: int) -> Teacher:
    """Return how well a place that took a step fits one whose same part stands at `standing`, in `year`."""
    apart = None if standing is None else abs(standing - taken.before)
    return Teacher(
        taken,
        near,
        MappingProxyType(
            {
                Criterion.EVIDENCE: _share(Criterion.EVIDENCE, _STRENGTH[taken.evidence]),
                Criterion.KIND: near.kind,
                Criterion.SIZE: near.size,
                Criterion.START: 0
                if apart is None
                else _share(Criterion.START, 1 - float(apart) / _APART_LEVELS),
                Criterion.RECENCY: _share(Criterion.RECENCY, 1 - (year - taken.to_year) / _OLD_YEARS),
                Criterion.DISTANCE: near.distance,
            }
        ),
    )


def _share(criterion: Criterion, share: float) -> int:
    """Return a share of the most points of a criterion, in whole points; nothing below 0, all above 1."""
    return round(MOST[criterion] * min(max(share, 0.0), 1.0))


def ranked(teachers: Iterable[Teacher], *, limit: int | None = None) -> tuple[Teacher, ...]:
    """Return each place once, with what fits best, the best fit first; ties fall to the lower code."""
    best: dict[str, Teacher] = {}
    for one in sorted(teachers, key=_order):
        best.setdefault(one.code, one)
    return tuple(best.values())[:limit]


def _order(one: Teacher) -> tuple[object, ...]:
    """Return a key that tells any two apart that differ, so that the order of the rows changes nothing."""
    taken, near = one.taken, one.nearness
    step = (-taken.to_year, taken.evidence, taken.part, -taken.from_year, -taken.after, -taken.before)
    told = (taken.source, taken.is_synthetic, *one.points.values())
    place = (near.kind, near.size, near.distance, near.times or 0, near.kilometres or 0)
    return (-one.fit, one.code, *step, *told, *place)


def gives_back(
    evidence: Evidence, asker: Mapping[str, Decimal], host: Mapping[str, Decimal]
) -> tuple[tuple[str, int], ...]:
    """Return the (part, level) that the asker holds and the host does not, each part once, its highest level.

    Both mappings hold values of the same kind: levels by indicator, or results by domain.
    """
    found = []
    for part, value in asker.items():
        level = int(value) if evidence is Evidence.INDICATOR else held(value)
        if part in host and not holds(evidence, host[part], level):
            found.append((part, level))
    return tuple(found)
