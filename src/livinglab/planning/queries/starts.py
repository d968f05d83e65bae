"""Where a plan begins: a region's own levels, those it published, or made-up ones that give its published result.

Asked for under a newer instrument of which a region has no levels yet, the plan begins with an estimate from the older.
"""

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

from django.utils.translation import gettext as _

from livinglab.assessments import queries as assessments
from livinglab.assessments.queries import Instrument, Level
from livinglab.evaluations.queries.levels import own_levels
from livinglab.evaluations.queries.published import published_evaluation
from livinglab.kernel.unknown import Known, UnknownValue
from livinglab.planning.domain.reproduced import Group, reproduce

#: the only instrument with published results of domains
_PUBLISHED: Final = "spbe-2020"


class Origin(StrEnum):
    """Where the levels at the start come from."""

    OWN = "own"  # the region's own evaluation, as its members see it
    PUBLISHED = "published"  # of an evaluation that the region lets everybody see
    SYNTHETIC = "synthetic"  # made up, so that they give the published result
    CARRIED = "carried"  # carried over from an older instrument by the unofficial crosswalk


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
    def is_made_up(self) -> bool:
        """Whether no evaluation stands behind the single levels."""
        return self.origin in (Origin.SYNTHETIC, Origin.CARRIED)

    @property
    def index(self) -> Decimal:
        """The index of these levels, rounded."""
        return assessments.score(self.instrument, self.levels).index


def plannable() -> tuple[Instrument, ...]:
    """Return the instruments that a plan can begin with, newest first: that of the published results and newer ones."""
    found = assessments.instruments()
    return found[: [each.code for each in found].index(_PUBLISHED) + 1]


def read_instrument(code: str) -> Instrument | None:
    """Return the instrument that an address names; None where it names none. Raises UnknownValue."""
    if not code:
        return None
    for each in plannable():
        if each.code == code:
            return each
    raise UnknownValue(_("instrument"), code, [Known(each.code, each.short.en) for each in plannable()])


def start_of(organization_id: UUID, *, is_member: bool, instrument: Instrument | None = None) -> Start | None:
    """Return where a plan of an organisation begins; None where nothing was published and nothing is its own.

    Without an `instrument` the newest evaluation there is decides, so one under the instrument in force comes first.
    A member's own levels come first: call this inside the organisation's transaction then. At most three queries,
    three more where levels are carried over from the older instrument.
    """
    code = instrument.code if instrument else ""
    if is_member:
        own = own_levels(organization_id, code)
        if own is not None and own.levels:
            return _filled(own.instrument, own.year, own.levels, Origin.OWN, is_synthetic=own.is_synthetic)
    published = published_evaluation(organization_id, code)
    if published is not None:
        return _filled(
            published.instrument,
            published.year,
            published.levels,
            Origin.PUBLISHED,
            is_synthetic=published.is_synthetic,
        )
    if instrument is not None and instrument.code != _PUBLISHED:
        return _carried(organization_id, instrument, is_member=is_member)
    return synthetic_start(organization_id)


def _carried(organization_id: UUID, instrument: Instrument, *, is_member: bool) -> Start | None:
    """Return levels estimated from the older instrument: the mean of the indicators that come before, cut to a whole.

    Nothing looks better than it is: what has no predecessor, and another agency's index, stands at the lowest level.
    """
    crosswalk = instrument.crosswalk
    if crosswalk is None:
        return None
    older = start_of(
        organization_id, is_member=is_member, instrument=assessments.get_instrument(crosswalk.instrument)
    )
    if older is None:
        return None
    carried: dict[str, Level] = {}
    for each in instrument.indicators():
        former = [str(number) for number in each.origin.indicators] if each.origin else []
        held = [Fraction(older.levels[key]) for key in former if key in older.levels]
        if held and each.external_index is None:
            carried[each.key] = int(sum(held) / len(held))
    return _filled(instrument, older.year, carried, Origin.CARRIED, is_synthetic=True)


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
