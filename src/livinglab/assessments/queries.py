"""Reads of instruments and published results for anyone else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from livinglab.assessments.adapters.evidence_files import load_evidence_guide
from livinglab.assessments.adapters.instrument_files import load_instruments
from livinglab.assessments.adapters.level_files import LevelFileError, parse_levels
from livinglab.assessments.adapters.precedence_files import load_precedence
from livinglab.assessments.adapters.scaffold_files import load_scaffolds
from livinglab.assessments.domain.checks import Figures, Finding, FindingKind, check_figures
from livinglab.assessments.domain.claims import Reliability, Scope
from livinglab.assessments.domain.evidence_guide import (
    AgeLimit,
    Coverage,
    EvidenceGuide,
    EvidenceKind,
    FollowUpLimit,
    GuideItem,
    IndicatorGuide,
    LevelGuide,
)
from livinglab.assessments.domain.instruments import (
    Aspect,
    Band,
    Comparison,
    Domain,
    Indicator,
    Instrument,
    PredicateRule,
    Text,
)
from livinglab.assessments.domain.levels import Level, LevelErrors, clean_levels
from livinglab.assessments.domain.precedence import Precedence, PrecedenceRule, PrecedenceStatus
from livinglab.assessments.domain.reachable import exact_values
from livinglab.assessments.domain.scaffolds import PLACEHOLDER, Scaffold, Scaffolds, Subject
from livinglab.assessments.domain.scoring import (
    Score,
    band_of,
    gains,
    indices,
    level_keys,
    predicate_of,
    round_half_up,
    score,
)
from livinglab.assessments.models import PublishedAverage, PublishedResult
from livinglab.assessments.remarks import in_words
from livinglab.kernel.unknown import Known, UnknownValue

__all__ = [
    "PLACEHOLDER",
    "AgeLimit",
    "Aspect",
    "Average",
    "Band",
    "Comparison",
    "Coverage",
    "Domain",
    "EvidenceGuide",
    "EvidenceKind",
    "Finding",
    "FindingKind",
    "FollowUpLimit",
    "GuideItem",
    "Indicator",
    "IndicatorGuide",
    "Instrument",
    "Level",
    "LevelErrors",
    "LevelFileError",
    "LevelGuide",
    "Precedence",
    "PrecedenceRule",
    "PrecedenceStatus",
    "PredicateRule",
    "Reliability",
    "Result",
    "ResultFinding",
    "Scaffold",
    "Scaffolds",
    "Scope",
    "Score",
    "Subject",
    "Text",
    "all_claims",
    "averages",
    "band_of",
    "check_findings",
    "evidence_guide",
    "exact_values",
    "findings_in",
    "gains",
    "get_instrument",
    "in_words",
    "indices",
    "instrument_for_year",
    "instrument_in_force",
    "instruments",
    "leading_results",
    "level_keys",
    "precedence",
    "predicate_of",
    "read_levels",
    "result_years",
    "results_of",
    "round_half_up",
    "scaffold",
    "scaffolds",
    "score",
    "to_result",
]


def instruments() -> tuple[Instrument, ...]:
    """Return all instruments, newest first. Read once per process; raises InstrumentErrors for a bad file."""
    return _instruments(settings.INSTRUMENTS_DIR)


@lru_cache(maxsize=8)
def _instruments(directory: Path) -> tuple[Instrument, ...]:
    return load_instruments(directory)


def get_instrument(code: str) -> Instrument:
    """Return the instrument with this code. Raises UnknownValue (404) naming those that exist."""
    for instrument in instruments():
        if instrument.code == code:
            return instrument
    known = [Known(each.code, each.short.en) for each in instruments()]
    raise UnknownValue(gettext_lazy("instrument"), code, known, status=404)


def evidence_guide(code: str) -> EvidenceGuide | None:
    """Return which evidence an instrument's guide asks for; None for an instrument without a guide (spbe-2018).

    Read once per process. Raises UnknownValue (404) for an unknown instrument, InstrumentErrors for a bad file.
    """
    return _evidence_guide(Path(settings.INSTRUMENTS_DIR), get_instrument(code))


@lru_cache(maxsize=32)
def _evidence_guide(directory: Path, instrument: Instrument) -> EvidenceGuide | None:
    return load_evidence_guide(directory / f"{instrument.code}.yaml", instrument)


def scaffold(instrument: Instrument, indicator: Indicator) -> Scaffold | None:
    """Return the sentences to begin an indicator's explanation with; None where the instrument has none."""
    found = scaffolds(instrument.code)
    return found.of(instrument, indicator) if found else None


def scaffolds(code: str) -> Scaffolds | None:
    """Return all scaffolds of an instrument with what they rest on; None where it has none. Read once."""
    return _scaffolds(Path(settings.INSTRUMENTS_DIR), get_instrument(code))


@lru_cache(maxsize=32)
def _scaffolds(directory: Path, instrument: Instrument) -> Scaffolds | None:
    return load_scaffolds(directory / f"{instrument.code}.yaml", instrument)


def precedence(code: str) -> Precedence | None:
    """Return the declared precedence of an instrument's steps; None where nothing is declared. Read once."""
    return _precedence(Path(settings.INSTRUMENTS_DIR), get_instrument(code))


@lru_cache(maxsize=32)
def _precedence(directory: Path, instrument: Instrument) -> Precedence | None:
    return load_precedence(directory / f"{instrument.code}.yaml", instrument)


def read_levels(instrument: Instrument, content: bytes) -> dict[str, Level]:
    """Return the levels in a JSON or CSV file by indicator, checked. Raises LevelFileError or LevelErrors."""
    raw = parse_levels(content)
    return clean_levels(raw, level_keys(instrument, raw), instrument.scale)


def instrument_in_force(day: date) -> Instrument | None:
    """Return the instrument that was law on `day`, None before the first."""
    return next((each for each in instruments() if each.in_force.covers(day)), None)


def instrument_for_year(year: int) -> Instrument | None:
    """Return the instrument with which the evaluation of `year` was done, None before the first."""
    return next((each for each in instruments() if each.years.covers(year)), None)


@dataclass(frozen=True, slots=True)
class Result:
    """What one source printed about one organisation and year, with two decimals.

    `domains` is keyed by domain code ("D1"), by aspect code where the instrument has none; what was not
    printed is not in it. `predicate` is the printed Indonesian name, empty where none was printed.
    """

    organization_id: UUID
    organization_code: str
    year: int
    instrument: str
    index: Decimal | None
    predicate: str
    domains: Mapping[str, Decimal]
    source: str
    decision: str
    reliability: Reliability
    note: str
    is_leading: bool


@dataclass(frozen=True, slots=True)
class Average:
    """An average that a source printed for a group and year."""

    scope: Scope
    year: int
    instrument: str
    index: Decimal
    domains: Mapping[str, Decimal]
    source: str
    decision: str
    reliability: Reliability
    note: str
    is_leading: bool


@dataclass(frozen=True, slots=True)
class ResultFinding:
    """A published row, and one thing in it that no set of levels gives."""

    result: Result
    finding: Finding


def leading_results(
    years: Iterable[int] | None = None, organization_ids: Iterable[UUID] | None = None
) -> list[Result]:
    """Return the leading claims by organisation code and year; of some years or organisations, or all.

    One query. Where nothing was published there is no claim: absent is absent, never zero.
    """
    found = PublishedResult.objects.filter(is_leading=True)
    if years is not None:
        found = found.filter(year__in=list(years))
    if organization_ids is not None:
        found = found.filter(organization_id__in=list(organization_ids))
    return [_result(one) for one in _ordered(found)]


def results_of(organization_id: UUID) -> list[Result]:
    """Return all claims about one organisation, by year, the leading one of each year first. One query."""
    found = PublishedResult.objects.filter(organization_id=organization_id)
    return [_result(one) for one in _ordered(found)]


def all_claims(year: int | None = None) -> QuerySet[PublishedResult]:
    """Return the claims of a year, or of all, to be filtered and paged; `to_result` makes values of them."""
    found = PublishedResult.objects.all()
    return _ordered(found if year is None else found.filter(year=year))


def to_result(one: PublishedResult) -> Result:
    """Return a stored claim, fetched with its source and organisation, as a value."""
    return _result(one)


def result_years() -> list[int]:
    """Return the years for which there is any leading claim, newest first. One query."""
    years = PublishedResult.objects.filter(is_leading=True).order_by("-year").values_list("year", flat=True)
    return list(years.distinct())


def averages(
    *, years: Iterable[int] | None = None, scopes: Iterable[Scope] | None = None, leading: bool = True
) -> list[Average]:
    """Return published averages by year and scope; with `leading=False` all claims. One query."""
    found = PublishedAverage.objects.select_related("source").order_by("year", "scope", "-is_leading", "id")
    if leading:
        found = found.filter(is_leading=True)
    if years is not None:
        found = found.filter(year__in=list(years))
    if scopes is not None:
        found = found.filter(scope__in=list(scopes))
    return [_average(one) for one in found]


def check_findings(year: int | None = None) -> list[ResultFinding]:
    """Return what cannot be true in the published results of a year, or of all: no set of levels gives it."""
    return list(_findings(_result(one) for one in all_claims(year)))


def findings_in(results: Iterable[Result]) -> list[ResultFinding]:
    """Return what cannot be true in these results."""
    return list(_findings(results))


def _findings(results: Iterable[Result]) -> Iterator[ResultFinding]:
    for result in results:
        figures = Figures(result.index, result.predicate, result.domains)
        for finding in check_figures(get_instrument(result.instrument), result.year, figures):
            yield ResultFinding(result, finding)


def _ordered(found: QuerySet[PublishedResult]) -> QuerySet[PublishedResult]:
    return found.select_related("source", "organization").order_by(
        "organization__code", "year", "-is_leading", "id"
    )


def _result(one: PublishedResult) -> Result:
    return Result(
        organization_id=one.organization_id,
        organization_code=one.organization.code,
        year=one.year,
        instrument=one.instrument,
        index=one.index,
        predicate=one.predicate,
        domains=_decimals(one.domains),
        source=one.source.title,
        decision=one.source.decision,
        reliability=Reliability(one.source.reliability),
        note=one.note,
        is_leading=one.is_leading,
    )


def _average(one: PublishedAverage) -> Average:
    return Average(
        scope=Scope(one.scope),
        year=one.year,
        instrument=one.instrument,
        index=one.index,
        domains=_decimals(one.domains),
        source=one.source.title,
        decision=one.source.decision,
        reliability=Reliability(one.source.reliability),
        note=one.note,
        is_leading=one.is_leading,
    )


def _decimals(stored: Mapping[str, str]) -> dict[str, Decimal]:
    return {code: Decimal(value) for code, value in stored.items()}
