"""The minutes (Berita Acara) of a self-assessment as values: index, levels, what changed, what stops it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.urls import reverse

from livinglab.accounts.queries import names_of
from livinglab.assessments.queries import Score
from livinglab.evaluations import policies
from livinglab.evaluations.domain.answers import AnswerState
from livinglab.evaluations.domain.checks import Remark, Severity, blocking, check_sheet
from livinglab.evaluations.domain.process import State, Step, steps_from
from livinglab.evaluations.domain.sheet import Sheet
from livinglab.evaluations.domain.team_seats import SEATS
from livinglab.evaluations.models import Evaluation
from livinglab.evaluations.queries.checks import said_by_no_state
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.records import score_of
from livinglab.evaluations.rulebooks import rulebook_of
from livinglab.evaluations.web import findings, words
from livinglab.evaluations.web.frame import stepper
from livinglab.evaluations.web.remark_lines import RemarkLine, remark_lines
from livinglab.evaluations.web.sheet_page import OWN_STEPS, keys_by_aspect, refusal_by_content


@dataclass(frozen=True, slots=True)
class PartLine:
    """A domain or aspect with its weight and value."""

    code: str
    name: str
    is_domain: bool
    value: Decimal


@dataclass(frozen=True, slots=True)
class LevelLine:
    """An indicator with its level, and last year's where it is known."""

    key: str
    name: str
    level: str
    before: str
    change: Decimal | None


@dataclass(frozen=True, slots=True)
class StepForm:
    """A step of the whole sheet, or why it is not possible now."""

    step: str
    label: str
    refusal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesPage:
    """Everything the page of the minutes shows, and the printed minutes too."""

    heading: str
    steps: tuple[str, ...]
    current: int
    index: Decimal | None
    predicate: str
    parts: tuple[PartLine, ...]
    levels: tuple[tuple[str, str, tuple[LevelLine, ...]], ...]
    has_before: bool
    unvalidated: int
    errors: tuple[RemarkLine, ...]
    error_count: int
    warnings: tuple[RemarkLine, ...]
    warning_count: int
    forms: tuple[StepForm, ...]
    approved_by: str
    approved_at: datetime | None
    signed_by: str
    signed_at: datetime | None
    minutes_number: str
    minutes_date: date | None
    has_consent: bool
    sent_at: datetime | None
    decree_number: str
    decree_date: date | None
    team: tuple[tuple[str, str], ...]
    pdf_url: str


def build(place: Place, sheet: Sheet, evaluation: Evaluation | None) -> MinutesPage:
    """This function will return the minutes of a sheet as it stands."""
    state = State(place.participation.state)
    found = check_sheet(sheet, rulebook_of(place.instrument))
    stopping = said_by_no_state(blocking(found, _due(state)))
    warnings = [one for one in found if one.check.severity is Severity.WARNING]
    unvalidated = sum(line.state is not AnswerState.VALIDATED for line in sheet.answers.values())
    score = _score(place, sheet)
    steps, current = stepper(place)
    names = _names(evaluation)
    return MinutesPage(
        heading=findings.minutes_heading(state, score.index if score else None, unvalidated),
        steps=steps,
        current=current,
        index=score.index if score else None,
        predicate=words.said(score.predicate.name) if score else "",
        parts=tuple(_parts(place, score)) if score else (),
        levels=tuple(_levels(place, sheet)),
        has_before=bool(sheet.previous_levels),
        unvalidated=unvalidated,
        errors=_lines(place, stopping),
        error_count=len(stopping),
        warnings=_lines(place, warnings),
        warning_count=len(warnings),
        forms=tuple(_forms(place, found, unvalidated)),
        approved_by=names.get("approved_by", ""),
        approved_at=evaluation.approved_at if evaluation else None,
        signed_by=names.get("signed_by", ""),
        signed_at=evaluation.signed_at if evaluation else None,
        minutes_number=sheet.minutes_number,
        minutes_date=sheet.minutes_date,
        has_consent=sheet.has_consent,
        sent_at=evaluation.sent_at if evaluation else None,
        decree_number=sheet.decree_number,
        decree_date=sheet.decree_date,
        team=tuple(_team(sheet)),
        pdf_url=reverse("evaluations:minutes-pdf", args=[place.organization.code, place.participation.year]),
    )


def _lines(place: Place, found: Iterable[Remark]) -> tuple[RemarkLine, ...]:
    return remark_lines(place, found, page="evaluations:answer", whole="evaluations:team")


def _due(state: State) -> Step:
    """Return the next step of the region, whose checks are shown."""
    return {State.SELF: Step.APPROVE, State.APPROVED: Step.SIGN, State.SIGNED: Step.SEND}.get(
        state, Step.REOPEN
    )


def _score(place: Place, sheet: Sheet) -> Score | None:
    if all(line.level is None for line in sheet.answers.values()):
        return None
    lowest = Decimal(place.instrument.scale.minimum)
    levels = {key: lowest if line.level is None else line.level for key, line in sheet.answers.items()}
    return score_of(place.instrument, levels, sheet.year)


def _parts(place: Place, score: Score) -> Iterator[PartLine]:
    for domain in place.instrument.domains:
        yield PartLine(domain.code, words.said(domain.name), True, score.domains[domain.code].rounded)
        for aspect in domain.aspects:
            yield PartLine(aspect.code, words.said(aspect.name), False, score.aspects[aspect.code].rounded)
    if not place.instrument.domains:
        for aspect in place.instrument.aspects:
            yield PartLine(aspect.code, words.said(aspect.name), True, score.aspects[aspect.code].rounded)


def _levels(place: Place, sheet: Sheet) -> Iterator[tuple[str, str, tuple[LevelLine, ...]]]:
    keys = keys_by_aspect(place, tuple(sheet.answers))
    for aspect in place.instrument.aspects:
        lines = tuple(_level(place, sheet, key) for key in keys[aspect.code])
        yield aspect.code, words.said(aspect.name), lines


def _level(place: Place, sheet: Sheet, key: str) -> LevelLine:
    now, before = sheet.answers[key].level, sheet.previous_levels.get(key)
    lowest = Decimal(place.instrument.scale.minimum)
    return LevelLine(
        key=key,
        name=words.short_name(place.instrument, key),
        level=words.level(now),
        before=words.level(before),
        change=None if before is None else (lowest if now is None else now) - before,
    )


def _forms(place: Place, found: tuple[Remark, ...], unvalidated: int) -> Iterator[StepForm]:
    state = State(place.participation.state)
    for step in steps_from(state, place.kind):
        if step not in OWN_STEPS:
            continue
        refusal = policies.may_take_step(place.actor, step, state=state, kind=place.kind)
        refusal = policies.joined(refusal, refusal_by_content(step, found, unvalidated=unvalidated))
        yield StepForm(step.value, str(words.STEPS[step]), str(refusal.reason) if refusal else "")


def _names(evaluation: Evaluation | None) -> dict[str, str]:
    if evaluation is None:
        return {}
    ids = {name: getattr(evaluation, name) for name in ("approved_by", "signed_by")}
    known = names_of({one for one in ids.values() if one is not None})
    return {name: known.get(one, "") for name, one in ids.items()}


def _team(sheet: Sheet) -> Iterator[tuple[str, str]]:
    order = {seat: place for place, seat in enumerate(SEATS)}
    for member in sorted(sheet.team, key=lambda one: (order.get(one.function, len(order)), one.name)):
        yield str(words.SEATS.get(member.function, member.function)), member.name
