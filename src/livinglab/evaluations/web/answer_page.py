"""One answer as its page shows it: the ladder of levels, what is missing, its evidence, what happened to it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from livinglab.assessments import queries as assessments
from livinglab.assessments.queries import Indicator
from livinglab.evaluations.domain.answers import AnswerState, AnswerStep
from livinglab.evaluations.operations.answer_steps import refusal_of_step
from livinglab.evaluations.queries.histories import Happening
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.readings import Reading
from livinglab.evaluations.rulebooks import rulebook_of
from livinglab.evaluations.web import findings, guide_words, words
from livinglab.evaluations.web.answer_form import Typed, draft_key, typed_of
from livinglab.evaluations.web.level_form import LevelLine, Live, Problems, level_lines, live
from livinglab.ui import formats
from livinglab.ui.languages import language


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """A piece of evidence under this indicator."""

    letter: str
    title: str
    href: str | None
    level: int
    reference: str
    facts: tuple[str, ...]
    review: str
    is_refused: bool
    is_exempt: bool
    also_under: tuple[str, ...]
    detach_url: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """Something that happened to the answer."""

    at: datetime
    by: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class StepButton:
    """A step that hands the answer on, or why it is not possible."""

    step: str
    label: str
    refusal: str
    needs_reason: bool = False
    kind: str = "quiet"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPage:
    """Everything the page of one answer shows."""

    key: str
    heading: str
    eyebrow: str
    question: str
    state: str
    facts: tuple[tuple[str, str], ...]
    returned_reason: str
    levels: tuple[LevelLine, ...]
    is_draft_criteria: bool
    has_decimals: bool
    external: tuple[tuple[str, str], ...]
    typed: Typed
    save_refusal: str
    hand_in_refusal: str
    steps: tuple[StepButton, ...]
    scaffolds: Mapping[str, str]
    scaffold_note: str
    evidence: tuple[EvidenceLine, ...]
    history: tuple[HistoryLine, ...]
    live: Live
    before: tuple[str, str] | None
    after: tuple[str, str] | None
    lowest: int
    highest: int
    draft_key: str


def build(
    place: Place,
    read: Reading,
    history: Sequence[Happening],
    *,
    typed: Typed | None = None,
    problems: Problems = (),
) -> AnswerPage:
    """This function will return the page of an answer; `typed` is what a refused form brought, kept as it came."""
    key = read.indicator
    indicator = words.indicator_of(place.instrument, key)
    assert indicator is not None, "the view answers 404 for unknown keys"
    line = read.line
    shown = typed or typed_of(read.stored, read.version)
    book = rulebook_of(place.instrument)
    scale = place.instrument.scale
    before, after = _neighbours(place, read)
    save_refusal = refusal_of_step(place, read.evaluation, read.answer, AnswerStep.SAVE)
    hand_in_refusal = refusal_of_step(place, read.evaluation, read.answer, AnswerStep.HAND_IN)
    return AnswerPage(
        key=key,
        heading=findings.answer_heading(words.said(indicator.short), line.level),
        eyebrow=_eyebrow(place, indicator, key),
        question=words.said(indicator.name),
        state=_state(line.state, line.level),
        facts=tuple(_facts(line.agency, line.assignee, line.due_on, line.state, line.level)),
        returned_reason=line.returned_reason,
        levels=tuple(level_lines(place, indicator, key, shown.met)),
        is_draft_criteria=book.is_draft,
        has_decimals=scale.decimals > 0,
        external=_external(indicator),
        typed=shown,
        save_refusal=str(save_refusal.reason) if save_refusal else "",
        hand_in_refusal=str(hand_in_refusal.reason) if hand_in_refusal else "",
        steps=tuple(_steps(place, read)),
        scaffolds=scaffolds(place, key),
        scaffold_note=scaffold_note(),
        evidence=tuple(_evidence(place, read)),
        history=tuple(_history(one) for one in history),
        live=live(place, read, problems=problems),
        before=before,
        after=after,
        lowest=scale.minimum,
        highest=scale.maximum,
        draft_key=draft_key(place, key),
    )


def _eyebrow(place: Place, indicator: Indicator, key: str) -> str:
    aspect = place.instrument.aspect_of(indicator)
    domain = place.instrument.domain_of(aspect)
    parts = [_("Indicator %(number)s") % {"number": key}]
    parts += [f"{part.code} {words.said(part.name)}" for part in (domain, aspect) if part]
    weight = formats.decimal2(
        Decimal(indicator.weight.numerator) / indicator.weight.denominator, language=language()
    )
    return " · ".join([*parts, _("weight %(weight)s%%") % {"weight": weight}])  # fmt: skip


def _state(state: AnswerState, level: Decimal | None) -> str:
    if state is AnswerState.OPEN and level is None:
        return _("Not begun")
    return str(words.ANSWER_STATES[state])


def _facts(
    agency: str, assignee: str, due_on: date | None, state: AnswerState, level: Decimal | None
) -> Iterator[tuple[str, str]]:
    yield _("State"), _state(state, level)
    yield _("Given to"), " · ".join(filter(None, (agency, assignee))) or _("nobody yet")
    if due_on:
        yield _("Due"), formats.day(due_on, language=language())


def _external(indicator: Indicator) -> tuple[tuple[str, str], ...]:
    external = indicator.external_index
    if external is None:
        return ()
    return (
        (_("Index"), f"{external.abbreviation}, {words.said(external.name)}"),
        (_("Kept by"), external.steward),
    )


def scaffolds(place: Place, key: str) -> dict[str, str]:
    """This function will return the sentences to begin each text of an indicator with, by field."""
    indicator = words.indicator_of(place.instrument, key)
    found = assessments.scaffold(place.instrument, indicator) if indicator else None
    if found is None:
        return {}
    return {"facts": words.said(found.facts), "analysis": words.said(found.analysis)}


def scaffold_note() -> str:
    """This function will return how the sentences to begin with are used."""
    return _("What stands between << and >> is yours to fill in.")


def _steps(place: Place, read: Reading) -> Iterator[StepButton]:
    for step, needs_reason, kind in (
        (AnswerStep.TAKE_BACK, False, "quiet"),
        (AnswerStep.ACCEPT, False, ""),
        (AnswerStep.VALIDATE, False, ""),
        (AnswerStep.RETURN, True, "grave"),
    ):
        refusal = refusal_of_step(place, read.evaluation, read.answer, step)
        if refusal is not None and refusal.code == "evaluation_closed":
            return
        text = str(refusal.reason) if refusal else ""
        yield StepButton(step.value, str(words.ANSWER_STEPS[step]), text, needs_reason, kind)


def _evidence(place: Place, read: Reading) -> Iterator[EvidenceLine]:
    code, year = place.organization.code, place.participation.year
    for item in read.line.evidence:
        yield EvidenceLine(
            letter=item.letter,
            title=item.title,
            href=reverse("evidence:piece", args=[code, item.id]),
            level=item.level,
            reference=item.reference,
            facts=tuple(guide_words.facts_of(item)),
            review=guide_words.review_of(item),
            is_refused=item.is_accepted is False,
            is_exempt=item.is_exempt,
            also_under=item.also_under,
            detach_url=reverse(
                "evaluations:detach", args=[code, year, read.indicator, read.uses[item.letter].id]
            ),
        )


def _history(one: Happening) -> HistoryLine:
    if one.step:
        text = str(words.ANSWER_MOVES.get(one.step, one.step))
        if one.level is not None:
            text = _("%(what)s at level %(level)s") % {"what": text, "level": words.level(one.level)}
        return HistoryLine(one.at, one.by, text, one.reason)
    fields = formats.listing(
        [str(guide_words.FIELD_NAMES[name]) for name in one.changed], language=language()
    )
    return HistoryLine(one.at, one.by, _("wrote: %(fields)s") % {"fields": fields}, "")


def _neighbours(place: Place, read: Reading) -> tuple[tuple[str, str] | None, tuple[str, str] | None]:
    position = read.keys.index(read.indicator)
    around = []
    for other in (position - 1, position + 1):
        key = read.keys[other] if 0 <= other < len(read.keys) else None
        around.append((key, words.short_name(place.instrument, key)) if key else None)
    return around[0], around[1]
