"""The matching of the whole country: which region learns which of its next steps from whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final

from livinglab.assessments import queries as assessments
from livinglab.assessments.queries import Instrument
from livinglab.kernel.freshness import Versions
from livinglab.organizations.queries import REGIONAL, Organization
from livinglab.planning.domain.matching import Match, Request, match
from livinglab.planning.domain.problems import StepKey
from livinglab.planning.domain.teaching import Evidence, Nearness, Part, held, teacher
from livinglab.planning.queries import default_efforts, fixed_inputs
from livinglab.planning.queries.teachers import PUBLISHED, Country, country

__all__ = [
    "CAPACITY",
    "MOST_CAPACITY",
    "MOST_STEPS",
    "STEPS",
    "Match",
    "Proposal",
    "Wish",
    "forget",
    "matching",
]

CAPACITY: Final = 6  # steps that one host teaches a year: one every two months. Ours
MOST_CAPACITY: Final = 52
STEPS: Final = 2  # that each region asks for
MOST_STEPS: Final = 4


@dataclass(frozen=True, slots=True)
class Wish:
    """A step that a region would take next: of an indicator, or of a domain where levels were not published."""

    instrument: str
    evidence: Evidence
    part: str
    level: int

    @property
    def key(self) -> str:
        """What tells the wishes of one region apart."""
        return f"{self.instrument}:{self.part}:{self.level}"


@dataclass(frozen=True)
class Proposal:
    """A host for each wish; only a proposal. `first_loads` is what each host would get if all went to their first."""

    country: Country
    capacity: int
    wishes: Mapping[tuple[str, str], Wish]
    matches: tuple[Match, ...]
    loads: Mapping[str, int]
    first_loads: Mapping[str, int]
    without_results: tuple[
        str, ...
    ]  # regions of which nothing was published (under the instrument asked for)

    @property
    def served(self) -> int:
        """How many wishes have a host."""
        return sum(one.host is not None for one in self.matches)

    @property
    def full(self) -> int:
        """How many hosts are full."""
        return sum(load >= self.capacity for load in self.loads.values())

    def wish(self, one: Match) -> Wish:
        """Return the wish of a match."""
        return self.wishes[one.asker, one.wish]

    def place(self, code: str) -> Organization:
        """Return the region with this code."""
        return self.country.places[code]


def matching(
    state: Versions, *, year: int, capacity: int = CAPACITY, steps: int = STEPS, instrument: str = ""
) -> Proposal:
    """Return the proposal for all regions: each asks for at most `steps`, each host teaches at most `capacity`.

    `instrument` is the code of the one whose steps are asked for; if empty, that of the newest levels or results of
    each region. Kept for a state of the data; seconds at the first call after a change. Raises Unproven.
    """
    return _matching(state, year, capacity, steps, instrument)


def forget() -> None:
    """Drop what is kept, as tests must after rolling their changes back."""
    _matching.cache_clear()


@lru_cache(maxsize=8)
def _matching(state: Versions, year: int, capacity: int, steps: int, instrument: str) -> Proposal:
    known = country(state)
    askers = [code for code, one in known.places.items() if one.kind in REGIONAL and not one.is_synthetic]
    wishes = {code: tuple(_wishes(known, code, instrument))[:steps] for code in sorted(askers)}
    near = lru_cache(maxsize=None)(known.nearness)
    requests = [
        Request(code, wish.key, _fits(known, code, wish, year, near))
        for code, wanted in wishes.items()
        for wish in wanted
    ]
    hosts = {host for one in requests for host in one.fits}
    found = match(requests, dict.fromkeys(hosts, capacity))
    return Proposal(
        country=known,
        capacity=capacity,
        wishes={(code, wish.key): wish for code, wanted in wishes.items() for wish in wanted},
        matches=found.matches,
        loads=found.loads,
        first_loads=Counter(one.first for one in found.matches if one.first is not None),
        without_results=tuple(code for code, wanted in wishes.items() if not wanted),
    )


def _fits(
    known: Country, code: str, wish: Wish, year: int, near: Callable[[str, str], Nearness]
) -> dict[str, int]:
    """Return how well each place fits a wish: that of its best evidence."""
    if wish.evidence is Evidence.INDICATOR:
        instrument = assessments.get_instrument(wish.instrument)
        candidates = known.candidates(instrument, (wish.part, wish.level))
    else:
        domain: Part = (wish.instrument, wish.evidence, wish.part)
        candidates = ((domain, taken) for taken in known.taken.get((domain, wish.level), ()))
    fits: dict[str, int] = {}
    for part, taken in candidates:
        if known.may_teach(taken.code, code):
            standing = known.standing(part[0], part[1], code).get(part[2])
            fit = teacher(near(code, taken.code), taken, standing, year).fit
            fits[taken.code] = max(fit, fits.get(taken.code, 0))
    return fits


def _wishes(known: Country, code: str, asked: str) -> Iterator[Wish]:
    """Yield the next steps of a region, those that gain most per effort first: of indicators, else of domains."""
    decided = [
        (record.year, instrument, record.values)
        for (instrument, evidence), records in known.newest.items()
        if evidence is Evidence.INDICATOR
        and asked in ("", instrument)
        and (record := records.get(code)) is not None
    ]
    if decided:
        _year, instrument, values = max(decided, key=lambda one: one[:2])
        yield from _indicator_wishes(assessments.get_instrument(instrument), values)
        return
    if asked not in ("", PUBLISHED):
        return
    values = known.standing(PUBLISHED, Evidence.DOMAIN, code)
    yield from _domain_wishes(assessments.get_instrument(PUBLISHED), values)


def _indicator_wishes(instrument: Instrument, values: Mapping[str, Decimal]) -> Iterator[Wish]:
    efforts, fixed = default_efforts(instrument), fixed_inputs(instrument)
    worth: dict[StepKey, Fraction] = {}
    for indicator in instrument.indicators():
        level = int(values.get(indicator.key, Decimal(instrument.scale.minimum))) + 1
        if indicator.key not in fixed and level in instrument.scale.levels:
            step = (indicator.key, level)
            worth[step] = indicator.weight / Fraction(efforts[step].likely)
    for key, level in sorted(
        worth, key=lambda step: -worth[step]
    ):  # ties stay in the order of the instrument
        yield Wish(instrument.code, Evidence.INDICATOR, key, level)


def _domain_wishes(instrument: Instrument, values: Mapping[str, Decimal]) -> Iterator[Wish]:
    efforts = default_efforts(instrument)
    worth: dict[StepKey, Fraction] = {}
    for domain in instrument.domains:
        if domain.code not in values:
            continue
        level = held(values[domain.code]) + 1
        if level in instrument.scale.levels:
            indicator = domain.aspects[0].indicators[0]  # the default effort is the same all over a domain
            effort = Fraction(efforts[indicator.key, level].likely)
            worth[domain.code, level] = domain.weight / effort
    for key, level in sorted(worth, key=lambda step: -worth[step]):
        yield Wish(instrument.code, Evidence.DOMAIN, key, level)
