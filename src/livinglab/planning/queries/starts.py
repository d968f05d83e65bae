"""Where a plan begins: a region's own levels, those it published, or made-up ones that give its published result."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache, partial
from itertools import groupby
from types import MappingProxyType
from typing import Final
from uuid import UUID

from livinglab.assessments import queries as assessments
from livinglab.assessments.queries import Instrument, Level
from livinglab.evaluations.queries.levels import own_levels
from livinglab.evaluations.queries.published import published_evaluation
from livinglab.planning.domain.reproduced import Group, reproduce

#: the only instrument with published results of domains
_PUBLISHED: Final = "spbe-2020"


class Origin(StrEnum):
    """Where the levels at the start come from."""

    OWN = "own"  # the region's own evaluation, as its members see it
    PUBLISHED = "published"  # of an evaluation that the region lets everybody see
    SYNTHETIC = "synthetic"  # made up, so that they give the published result


@dataclass(frozen=True, slots=True)
class Start:
    """The levels that a plan begins with. `missing` indicators have no level yet and stand at the lowest."""

    instrument: Instrument
    year: int
    levels: Mapping[str, Level]
    origin: Origin
    missing: frozenset[str] = frozenset()
    is_synthetic: bool = False  # made-up levels, or an evaluation for demonstration

    @property
    def index(self) -> Decimal:
        """The index of these levels, rounded."""
        return assessments.score(self.instrument, self.levels).index


def start_of(organization_id: UUID, *, is_member: bool) -> Start | None:
    """Return where a plan of an organisation begins; None where nothing was published and nothing is its own.

    A member's own levels come first: call this inside the organisation's transaction then. At most three queries.
    """
    if is_member:
        own = own_levels(organization_id)
        if own is not None and own.levels:
            return _filled(own.instrument, own.year, own.levels, Origin.OWN, is_synthetic=own.is_synthetic)
    published = published_evaluation(organization_id)
    if published is not None:
        return _filled(
            published.instrument,
            published.year,
            published.levels,
            Origin.PUBLISHED,
            is_synthetic=published.is_synthetic,
        )
    return synthetic_start(organization_id)


def synthetic_start(organization_id: UUID) -> Start | None:
    """Return made-up levels that give the newest published result of an organisation, None without one. One query."""
    for result in reversed(assessments.results_of(organization_id)):
        if not result.is_leading or result.instrument != _PUBLISHED or not result.domains:
            continue
        instrument = assessments.get_instrument(result.instrument)
        levels = _reproduced(instrument, tuple(sorted(result.domains.items())), result.index)
        if levels is not None:
            return Start(instrument, result.year, levels, Origin.SYNTHETIC, is_synthetic=True)
    return None


def _filled(
    instrument: Instrument, year: int, levels: Mapping[str, Level], origin: Origin, *, is_synthetic: bool
) -> Start:
    keys = assessments.level_keys(instrument, levels)
    missing = frozenset(key for key in keys if key not in levels)
    whole = {key: _level(instrument, levels.get(key, instrument.scale.minimum)) for key in keys}
    return Start(instrument, year, whole, origin, missing, is_synthetic)


def _level(instrument: Instrument, level: Level) -> Level:
    """Return a level in the type of its scale: stored ones are decimals, also of a scale without any."""
    return level if instrument.scale.decimals else int(level)


@lru_cache(maxsize=1024)  # half a thousand regions; looking for the levels takes 20 ms
def _reproduced(
    instrument: Instrument, values: tuple[tuple[str, Decimal], ...], index: Decimal | None
) -> Mapping[str, Level] | None:
    domains = dict(values)
    groups = {domain.code: _groups(domain) for domain in instrument.domains}
    if not groups.keys() <= domains.keys():
        return None
    rounded = partial(_rounded, places=instrument.places)
    scale = instrument.scale
    found = reproduce(
        groups, domains, index, lowest=scale.minimum, highest=scale.maximum, rounded=rounded
    ) or reproduce(groups, domains, None, lowest=scale.minimum, highest=scale.maximum, rounded=rounded)
    return MappingProxyType(found) if found else None


def _groups(domain: assessments.Domain) -> list[Group]:
    indicators = sorted(
        (each for aspect in domain.aspects for each in aspect.indicators), key=lambda each: each.weight
    )
    return [
        Group(weight, tuple(each.key for each in same))
        for weight, same in groupby(indicators, key=lambda each: each.weight)
    ]


def _rounded(exact: Fraction, places: int) -> Decimal:
    return assessments.round_half_up(exact, places)
