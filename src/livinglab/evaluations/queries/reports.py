"""Everything an evaluation report says, read at once. Call these inside the organisation's transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from livinglab.assessments import queries as results
from livinglab.assessments.queries import Aspect, Average, Instrument, Result, Scope
from livinglab.evaluations.domain.process import STAGE_OF, State
from livinglab.evaluations.domain.ratings import strengths, weaknesses
from livinglab.evaluations.domain.report import (
    Advice,
    AspectReport,
    EraYears,
    IndicatorReport,
    Part,
    RatedName,
    Report,
    ReportBand,
    ReportEvidence,
    ReportObjection,
    StageEntry,
    YearValue,
)
from livinglab.evaluations.domain.sheet import AnswerLine, EvidenceItem, Sheet, StageScore
from livinglab.evaluations.domain.stages import ORDER, STAGES, RoundKind, Stage
from livinglab.evaluations.models import AspectFinding, Objection, Recommendation, ReportJob
from livinglab.evaluations.queries import records
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.raters import objections, visible_stages
from livinglab.evaluations.queries.records import Standing
from livinglab.evaluations.queries.sheets import sheet_of
from livinglab.evidence.queries import Classification, pieces_by_id
from livinglab.kernel.clock import ZONES, day_of
from livinglab.organizations.queries import Kind, Organization

_SCOPES: Mapping[str, Scope] = {
    Kind.REGENCY: Scope.REGENCY,
    Kind.CITY: Scope.CITY,
    Kind.PROVINCE: Scope.PROVINCE,
}


def reports(organization_id: UUID, evaluation_id: UUID, audience: str) -> list[ReportJob]:
    """This function will return the reports asked for, newest first, without their files. One query."""
    rows = ReportJob.objects.filter(organization_id=organization_id, evaluation_id=evaluation_id)
    return list(rows.filter(audience=audience).defer("content"))


def find_report(organization_id: UUID, evaluation_id: UUID, audience: str, job_id: UUID) -> ReportJob | None:
    """This function will return one report with its file, None for an unknown id. One query."""
    rows = ReportJob.objects.filter(organization_id=organization_id, evaluation_id=evaluation_id)
    return rows.filter(audience=audience, id=job_id).first()


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the reader of the report may see: the stages up to the newest that is shown."""

    sheet: Sheet
    stages: tuple[Stage, ...]
    own: Standing
    now: Standing
    by_stage: Mapping[Stage, Standing]


def report_of(place: Place, *, language: str, at: datetime) -> Report:
    """This function will return the report as it stands now, with what its reader may see.

    About sixteen queries, however many indicators. Texts are in `language`, which must be active.
    """
    seen = _seen(place, at)
    known = _results(place)
    previous = _previous(place, known)
    means = _means(place)
    whole, domains, aspect_parts = _parts(place, seen.now, previous, means, language)
    one = place.participation
    rule = place.instrument.predicate_rule(one.year)
    return Report(
        language=language,
        region_code=place.organization.code,
        region_name=place.organization.name,
        round_title=one.round.title,
        kind=place.kind,
        year=one.year,
        instrument=place.instrument.short.in_language(language),
        instrument_title=place.instrument.title.in_language(language),
        index_name=place.instrument.index_name.in_language(language),
        regulation=place.instrument.regulation.name,
        stage=seen.now.stage,
        is_official=one.state == State.DECIDED,
        decision_number=one.decision_number,
        decision_date=one.decision_date,
        minutes_number=seen.sheet.minutes_number,
        minutes_date=seen.sheet.minutes_date,
        is_synthetic=one.round.is_synthetic or place.organization.is_synthetic,
        made_at=at,
        zone=ZONES[place.organization.zone],
        whole=whole,
        predicate=seen.now.score.predicate.name.in_language(language),
        predicate_rule=rule.source.in_language(language),
        previous_year=previous.year if previous else None,
        means_year=means.year if means else None,
        kind_mean_name=_kind_mean_name(place.organization),
        history=tuple(_year_value(result) for result in known if result.index is not None),
        nation=_nation(place),
        eras=_eras(place, known),
        bands=tuple(
            ReportBand(one.name.in_language(language), one.lower, one.upper) for one in place.instrument.bands
        ),
        domains=domains,
        aspects=tuple(_aspects(place, seen, language)),
        aspect_parts=aspect_parts,
        indicators=tuple(_indicators(place, seen, language)),
        advice=_advice(place) if _are_words_shown(place, seen.now.stage) else None,
        sources=_sources(place, known, previous, means, language),
    )


def _seen(place: Place, at: datetime) -> _Seen:
    one = place.participation
    sheet = sheet_of(place.organization, one, place.instrument, day=day_of(at, place.organization.zone))
    evaluation = records.find_evaluation(place.organization.id, one.id)
    state = State(evaluation.state) if evaluation else State.SELF
    visible = visible_stages(place, evaluation) if evaluation else (Stage.SELF,)
    stages = tuple(stage for stage in STAGES[place.kind] if stage in visible and _is_reached(stage, state))
    levels: dict[Stage, dict[str, Decimal]] = {}
    for score in sheet.scores:
        if score.stage in visible:
            levels.setdefault(score.stage, {})[score.indicator] = score.level
    if STAGE_OF[state] is Stage.SELF:
        levels[Stage.SELF] = {
            key: line.level for key, line in sheet.answers.items() if line.level is not None
        }
    standing = {stage: records.standing_at(place.instrument, one.year, levels, stage) for stage in stages}
    return _Seen(sheet, stages, standing[Stage.SELF], standing[stages[-1]], standing)


def _is_reached(stage: Stage, state: State) -> bool:
    return ORDER.index(stage) <= ORDER.index(STAGE_OF[state])


# --- what was published -------------------------------------------------------------------------------


def _results(place: Place) -> list[Result]:
    """The leading published results of earlier years, oldest first."""
    found = results.leading_results(organization_ids=[place.organization.id])
    return sorted((one for one in found if one.year < place.participation.year), key=lambda one: one.year)


def _previous(place: Place, known: Sequence[Result]) -> Result | None:
    """The newest earlier result, if it is of the same instrument and so compares."""
    if known and known[-1].instrument == place.instrument.code and known[-1].index is not None:
        return known[-1]
    return None


@dataclass(frozen=True, slots=True)
class _Means:
    year: int
    nation: Average | None
    kind: Average | None


def _means(place: Place) -> _Means | None:
    """The newest published means of the same instrument, of this year or an earlier one, best with their parts."""
    scopes = [Scope.NATIONAL, *_kind_scope(place.organization)]
    found = [
        one
        for one in results.averages(scopes=scopes)
        if one.instrument == place.instrument.code and one.year <= place.participation.year
    ]
    if not found:
        return None
    year = max((one for one in found), key=lambda one: (bool(one.domains), one.year)).year
    of_year = {one.scope: one for one in found if one.year == year}
    kind = next((of_year[scope] for scope in scopes[1:] if scope in of_year), None)
    return _Means(year, of_year.get(Scope.NATIONAL), kind)


def _kind_scope(organization: Organization) -> tuple[Scope, ...]:
    scope = _SCOPES.get(organization.kind)
    return (scope,) if scope else ()


def _kind_mean_name(organization: Organization) -> str:
    names = {
        Kind.REGENCY: _("Mean of regencies"),
        Kind.CITY: _("Mean of cities"),
        Kind.PROVINCE: _("Mean of provinces"),
    }
    return names.get(Kind(organization.kind), "")


def _nation(place: Place) -> tuple[YearValue, ...]:
    found = results.averages(scopes=[Scope.NATIONAL])
    upto = (one for one in found if one.year <= place.participation.year)
    return tuple(YearValue(one.year, one.instrument, one.index, one.source) for one in upto)


def _year_value(one: Result) -> YearValue:
    assert one.index is not None
    return YearValue(one.year, one.instrument, one.index, one.source)


def _eras(place: Place, known: Iterable[Result]) -> tuple[EraYears, ...]:
    """The instruments of the years shown, in order."""
    years = {one.year: one.instrument for one in known} | {place.participation.year: place.instrument.code}
    found: dict[str, list[int]] = {}
    for year in sorted(years):
        found.setdefault(years[year], []).append(year)
    return tuple(
        EraYears(results.get_instrument(code).short.id, min(of), max(of)) for code, of in found.items()
    )


# --- the whole and its parts --------------------------------------------------------------------------


def _parts(
    place: Place, now: Standing, previous: Result | None, means: _Means | None, language: str
) -> tuple[Part, tuple[Part, ...], tuple[Part, ...]]:
    instrument, score = place.instrument, now.score
    nation, kind = (means.nation, means.kind) if means else (None, None)

    def part(code: str, name: str, weight: Fraction, value: Decimal) -> Part:
        earlier = previous.domains.get(code) if previous else None
        return Part(
            code,
            name,
            _percent(weight),
            value,
            earlier,
            nation.domains.get(code) if nation else None,
            kind.domains.get(code) if kind else None,
        )

    whole = Part(
        "",
        instrument.index_name.in_language(language),
        Decimal(100),
        score.index,
        previous.index if previous else None,
        nation.index if nation else None,
        kind.index if kind else None,
    )
    domains = tuple(
        part(one.code, one.name.in_language(language), one.weight, score.domains[one.code].rounded)
        for one in instrument.domains
    )
    aspects = tuple(
        part(one.code, one.name.in_language(language), one.weight, score.aspects[one.code].rounded)
        for one in instrument.aspects
    )
    return whole, domains, aspects


def _percent(weight: Fraction) -> Decimal:
    return (Decimal(weight.numerator) / Decimal(weight.denominator)).quantize(Decimal("0.01"))


# --- aspects and indicators ---------------------------------------------------------------------------


def _aspects(place: Place, seen: _Seen, language: str) -> Iterable[AspectReport]:
    rows = AspectFinding.objects.filter(
        organization_id=place.organization.id, evaluation_id=place.participation.id
    )
    texts = {row.aspect: row for row in rows} if _are_words_shown(place, seen.now.stage) else {}
    for aspect in place.instrument.aspects:
        levels = [
            (key, level)
            for key, level in seen.now.levels.items()
            if _aspect_of(place.instrument, key) is aspect
        ]
        domain = place.instrument.domain_of(aspect)
        text = texts.get(aspect.code)
        yield AspectReport(
            code=aspect.code,
            name=aspect.name.in_language(language),
            domain=domain.code if domain else "",
            value=seen.now.score.aspects[aspect.code].rounded,
            strengths=_rated(place.instrument, strengths(levels), language),
            weaknesses=_rated(place.instrument, weaknesses(levels), language),
            fulfilment=text.fulfilment if text else "",
            strengths_text=text.strengths if text else "",
            weaknesses_text=text.weaknesses if text else "",
        )


def _aspect_of(instrument: Instrument, key: str) -> Aspect:
    number = int(key.partition("-")[0])
    return next(
        aspect for aspect in instrument.aspects if any(one.number == number for one in aspect.indicators)
    )


def _name(instrument: Instrument, key: str, language: str) -> str:
    found = instrument.indicator(int(key.partition("-")[0]))
    assert found is not None, "the keys are the instrument's"
    return found.name.in_language(language)


def _rated(
    instrument: Instrument, levels: Iterable[tuple[str, Decimal]], language: str
) -> tuple[RatedName, ...]:
    return tuple(RatedName(key, _name(instrument, key, language), level) for key, level in levels)


def _indicators(place: Place, seen: _Seen, language: str) -> Iterable[IndicatorReport]:
    scores = {(one.stage, one.indicator): one for one in seen.sheet.scores if one.stage in seen.stages}
    objected = _objections(place)
    classes = _classes(place, seen.sheet)
    for key, level in seen.now.levels.items():
        line = seen.sheet.answers[key]
        indicator = place.instrument.indicator(int(key.partition("-")[0]))
        assert indicator is not None
        yield IndicatorReport(
            key=key,
            name=indicator.name.in_language(language),
            aspect=_aspect_of(place.instrument, key).code,
            weight=_percent(indicator.weight),
            own=line.level,
            standing=level,
            previous=seen.sheet.previous_levels.get(key),
            agency=line.agency,
            external_source=line.external_source,
            stages=tuple(_stage_entries(seen, key, line, scores)),
            objections=objected.get(key, ()),
            evidence=tuple(_evidence(item, classes) for item in line.evidence),
        )


def _stage_entries(
    seen: _Seen, key: str, line: AnswerLine, scores: Mapping[tuple[Stage, str], StageScore]
) -> Iterable[StageEntry]:
    last = Stage.SELF
    for stage in seen.stages:
        level = seen.by_stage[stage].levels[key]
        score = scores.get((stage, key))
        if score is not None:
            last = stage
            yield StageEntry(
                stage, level, None, score.facts, score.analysis, score.justification, score.is_valid
            )
        elif stage is Stage.SELF:
            yield StageEntry(stage, level, None, line.facts, line.analysis)
        else:
            yield StageEntry(stage, level, inherited_from=last)


def _objections(place: Place) -> dict[str, tuple[ReportObjection, ...]]:
    found: dict[str, list[Objection]] = {}
    for one in objections(place.organization.id, place.participation.id):
        found.setdefault(one.indicator, []).append(one)
    return {
        key: tuple(
            ReportObjection(
                Stage(one.stage), one.requested_level, one.reason, one.outcome, one.outcome_reason
            )
            for one in rows
        )
        for key, rows in found.items()
    }


def _classes(place: Place, sheet: Sheet) -> dict[str, str]:
    ids = {UUID(item.id) for line in sheet.answers.values() for item in line.evidence}
    found = pieces_by_id(place.organization.id, ids) if ids else {}
    return {str(key): piece.classification for key, piece in found.items()}


def _evidence(item: EvidenceItem, classes: Mapping[str, str]) -> ReportEvidence:
    names = {
        Classification.OPEN: pgettext("evidence", "open"),
        Classification.LIMITED: pgettext("evidence", "limited"),
        Classification.EXEMPT: pgettext("evidence", "exempt"),
    }
    if item.is_exempt:
        return ReportEvidence(item.letter, item.level, "", "", names[Classification.EXEMPT])
    held = Classification(classes.get(item.id, Classification.OPEN))
    return ReportEvidence(item.letter, item.level, item.title, item.reference, names[held])


def _are_words_shown(place: Place, stage: Stage) -> bool:
    """The assessors' closing words are read from outside at any time, by the region once scores are consolidated."""
    return stage is Stage.CONSOLIDATED or place.actor.is_external


def _advice(place: Place) -> Advice | None:
    """Monitoring ends without recommendations."""
    if place.kind is RoundKind.MONITORING:
        return None
    row = Recommendation.objects.filter(
        organization_id=place.organization.id, evaluation_id=place.participation.id
    ).first()
    return Advice(row.summary, row.excellence, row.weakness, row.advice) if row else None


def _sources(
    place: Place, known: Sequence[Result], previous: Result | None, means: _Means | None, language: str
) -> tuple[str, ...]:
    found = [
        f"{place.instrument.regulation.name}, {place.instrument.regulation.citation.in_language(language)}"
    ]
    found += [one.in_language(language) for one in place.instrument.regulation.sources]
    found += [one.source for one in known]
    found += [one.source for one in (means.nation, means.kind) if one] if means else []
    return tuple(dict.fromkeys(found))
