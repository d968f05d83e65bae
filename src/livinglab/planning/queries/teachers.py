"""From whom to learn a step: everybody who took it, best fit first, with what the asker can give back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Final

from livinglab.assessments import queries as assessments
from livinglab.assessments.queries import Indicator, Instrument
from livinglab.catalogue import queries as catalogue
from livinglab.catalogue.queries.helpful import Helpful, helpful_entries
from livinglab.comparisons import queries as comparisons
from livinglab.evaluations.queries.participations import decided_levels
from livinglab.kernel import clock
from livinglab.kernel.freshness import Versions, versions_of
from livinglab.organizations.queries import REGIONAL, Kind, Organization, organizations
from livinglab.planning.domain.problems import StepKey
from livinglab.planning.domain.teaching import (
    MOST,
    PERFECT,
    Criterion,
    Evidence,
    Nearness,
    Part,
    Place,
    Record,
    Taken,
    Teacher,
    gives_back,
    held,
    holds,
    nearness,
    ranked,
    steps_taken,
    teacher,
)
from livinglab.planning.queries import Basis, parts_of

__all__ = [
    "MOST",
    "PERFECT",
    "PUBLISHED",
    "TOPICS",
    "Country",
    "Criterion",
    "Evidence",
    "Learning",
    "Offered",
    "Taken",
    "Teacher",
    "country",
    "first_teachers",
    "forget",
    "held",
    "holds",
    "learning",
]

#: what is shown is as fresh as these topics
TOPICS: Final = ("standings", "results", "organizations", "evaluations", "services")
PUBLISHED: Final = "spbe-2020"  # the instrument whose results of domains were published
FIRST: Final = 3


@dataclass(frozen=True)
class Country:
    """All regions and provinces with what was published of them: who took which step, and where each stands now."""

    places: Mapping[str, Organization]
    taken: Mapping[tuple[Part, int], tuple[Taken, ...]]
    #: the newest values by code, of an instrument and kind of evidence
    newest: Mapping[tuple[str, Evidence], Mapping[str, Record]]

    def standing(self, instrument: str, evidence: Evidence, code: str) -> Mapping[str, Decimal]:
        """Return the newest values of a region, nothing where none were published."""
        record = self.newest.get((instrument, evidence), {}).get(code)
        return record.values if record else {}

    def nearness(self, asker: str, host: str) -> Nearness:
        """Return what two regions have in common, and their distance."""
        here, there = self._points[asker], self._points[host]
        apart = None if here is None or there is None else comparisons.distance_km(here, there)
        return nearness(self._likeness[asker], self._likeness[host], apart)

    @cached_property
    def _points(self) -> Mapping[str, comparisons.Point | None]:
        return {code: _point(one) for code, one in self.places.items()}

    @cached_property
    def _likeness(self) -> Mapping[str, Place]:
        return {code: Place(code, one.kind, one.population) for code, one in self.places.items()}

    @cached_property
    def has_synthetic(self) -> bool:
        """Whether any of it was invented for demonstration."""
        return any(record.is_synthetic for records in self.newest.values() for record in records.values())

    def may_teach(self, host: str, asker: str) -> bool:
        """Say whether a region is asked at all: nobody learns from itself, nor a real region from a fictitious one."""
        is_real = not self.places[asker].is_synthetic
        return host != asker and not (is_real and self.places[host].is_synthetic)

    def candidates(self, instrument: Instrument, step: StepKey) -> Iterator[tuple[Part, Taken]]:
        """Yield who took a step, with the part that shows it: the indicator itself, and its domains."""
        key, level = step
        own = (instrument.code, Evidence.INDICATOR, key)
        yield from ((own, taken) for taken in self.taken.get((own, level), ()))
        indicator = _indicator(instrument, key)
        names, basis = parts_of(instrument, indicator)
        if basis is Basis.INDEX:
            return
        evidence = Evidence.DOMAIN if basis is Basis.DOMAIN else Evidence.CROSSWALK
        for name in dict.fromkeys(names):
            part = (PUBLISHED, Evidence.DOMAIN, name)
            for taken in self.taken.get((part, level), ()):
                yield part, replace(taken, evidence=evidence)


@dataclass(frozen=True, slots=True)
class Offered:
    """A service on record that a teacher runs for the indicator."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Learning:
    """One step of one region: from whom to learn it, the best fit first; nobody means no evidence yet."""

    asker: Organization
    instrument: Instrument
    step: StepKey
    teachers: tuple[Teacher, ...]
    country: Country
    services: Mapping[str, tuple[Offered, ...]]
    helpful: Mapping[str, tuple[Helpful, ...]]

    def standing(self, one: Teacher) -> Decimal | None:
        """Return where the asker stands in what shows this teacher's step, None where it was not published."""
        return self._values(one, self.asker.code).get(one.taken.part)

    def gives_back(self, one: Teacher) -> tuple[tuple[str, int], ...]:
        """Return the (indicator or domain, level) that the asker holds and this teacher does not."""
        evidence = Evidence.INDICATOR if one.taken.evidence is Evidence.INDICATOR else Evidence.DOMAIN
        return gives_back(evidence, self._values(one, self.asker.code), self._values(one, one.code))

    def _values(self, one: Teacher, code: str) -> Mapping[str, Decimal]:
        """Return the newest values of a region of the kind that shows this teacher's step."""
        if one.taken.evidence is Evidence.INDICATOR:
            return self.country.standing(self.instrument.code, Evidence.INDICATOR, code)
        return self.country.standing(PUBLISHED, Evidence.DOMAIN, code)


def country(state: Versions | None = None) -> Country:
    """Return what was published of all regions; `state` is the state of the data that a page's ETag names.

    Kept per state: at the first call after a change one query for each ranked year and four more; without `state` one.
    """
    return _country(versions_of(TOPICS) if state is None else state)


def forget() -> None:
    """Drop what is kept, as tests must after rolling their changes back."""
    _country.cache_clear()


@lru_cache(maxsize=2)
def _country(state: Versions) -> Country:
    del state
    rows = organizations().filter(kind__in=(*REGIONAL, Kind.PROVINCE)).select_related("province")
    places = {one.code: one for one in rows}
    records = [one for one in (*_decided(), *_published()) if one.code in places]
    newest: dict[tuple[str, Evidence], dict[str, Record]] = {}
    for record in sorted(records, key=lambda one: one.year):
        newest.setdefault((record.instrument, record.evidence), {})[record.code] = record
    return Country(MappingProxyType(places), MappingProxyType(steps_taken(records, _levels)), newest)


def _levels(instrument: str) -> range:
    return assessments.get_instrument(instrument).scale.levels


def _decided() -> Iterator[Record]:
    """Yield the levels of decided evaluations that everybody may see."""
    for row in decided_levels():
        yield Record(
            code=row.organization.code,
            instrument=row.round.instrument,
            year=row.year,
            evidence=Evidence.INDICATOR,
            values={key: Decimal(level) for key, level in row.published_levels.items()},
            source=row.decision_number,
            is_synthetic=row.round.is_synthetic or row.organization.is_synthetic,
        )


def _published() -> Iterator[Record]:
    """Yield the official results of domains, without the values that no set of levels gives."""
    doubts = {
        (one.code, one.year): one.doubts
        for year in comparisons.ranked_years()
        for one in comparisons.region_standings(year)
        if one.doubts
    }
    for result in assessments.leading_results():
        is_official = result.reliability is assessments.Reliability.OFFICIAL
        if result.instrument != PUBLISHED or not result.domains or not is_official:
            continue
        doubtful = doubts.get((result.organization_code, result.year), ())
        yield Record(
            code=result.organization_code,
            instrument=result.instrument,
            year=result.year,
            evidence=Evidence.DOMAIN,
            values={part: value for part, value in result.domains.items() if part not in doubtful},
            source=result.decision or result.source,
        )


def learning(code: str, instrument: Instrument, step: StepKey, *, state: Versions | None = None) -> Learning:
    """Return from whom a region can learn a step, the best fit first. Raises KeyError for an unknown region.

    Two queries beside those of `country`: the services on record for the indicator; packages and practices for it.
    """
    known = country(state)
    found = _teachers(
        known, code, instrument, step, clock.today().year, lambda host: known.nearness(code, host)
    )
    codes = {one.code for one in found}
    services = _services(instrument, step[0], codes)
    helpful = helpful_entries(instrument.code, _indicator(instrument, step[0]).key, regions=codes)
    return Learning(known.places[code], instrument, step, found, known, services, helpful)


def first_teachers(
    code: str, instrument: Instrument, steps: Iterable[StepKey], *, count: int = FIRST
) -> dict[StepKey, tuple[Teacher, ...]]:
    """Return the first teachers of each step, in the order of `steps`; none where there is no evidence yet.

    Raises KeyError for an unknown region. No query beside those of `country`.
    """
    known, year = country(), clock.today().year
    near = lru_cache(maxsize=None)(lambda host: known.nearness(code, host))
    return {step: _teachers(known, code, instrument, step, year, near)[:count] for step in steps}


def _teachers(
    known: Country,
    code: str,
    instrument: Instrument,
    step: StepKey,
    year: int,
    near: Callable[[str], Nearness],
) -> tuple[Teacher, ...]:
    return ranked(
        teacher(near(taken.code), taken, known.standing(part[0], part[1], code).get(part[2]), year)
        for part, taken in known.candidates(instrument, step)
        if known.may_teach(taken.code, code)
    )


def _services(instrument: Instrument, key: str, codes: set[str]) -> Mapping[str, tuple[Offered, ...]]:
    """Return the services on record of some regions for an indicator of SPBE, or for those a newer one comes from."""
    indicator = _indicator(instrument, key)
    crosswalk = instrument.crosswalk
    if instrument.code == PUBLISHED:
        numbers: tuple[int, ...] = (indicator.number,)
    elif crosswalk is not None and crosswalk.instrument == PUBLISHED and indicator.origin is not None:
        numbers = indicator.origin.indicators
    else:
        numbers = ()
    found: dict[str, list[Offered]] = {}
    for one in catalogue.services_for_indicators(numbers) if numbers and codes else ():
        if one.region_code in codes:
            found.setdefault(one.region_code, []).append(Offered(one.key, one.name))
    return {code: tuple(services) for code, services in found.items()}


def _indicator(instrument: Instrument, key: str) -> Indicator:
    """Return the indicator of a key; the extra keys of a variant ("20-a") belong to the one they split."""
    return next(each for each in instrument.indicators() if each.key == key.split("-")[0])


def _point(one: Organization) -> comparisons.Point | None:
    if one.latitude is None or one.longitude is None:
        return None
    return comparisons.Point(float(one.latitude), float(one.longitude))
