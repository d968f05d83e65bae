"""Two raters side by side as values in the reader's language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from livinglab.evaluations import policies
from livinglab.evaluations.domain.checks import Remark
from livinglab.evaluations.domain.process import State, Step, steps_from
from livinglab.evaluations.domain.stages import RoundKind, Stage
from livinglab.evaluations.models import Objection, Participation
from livinglab.evaluations.operations.objections import refusal_to_object
from livinglab.evaluations.operations.process import errors_at
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.raters import RatedLine, Raters
from livinglab.evaluations.queries.rows import Rows
from livinglab.evaluations.web import words
from livinglab.evaluations.web.external import OUTCOMES, SHORT_STAGES, VALIDITY
from livinglab.evaluations.web.frame import stepper
from livinglab.evaluations.web.remark_lines import RemarkLine, remark_lines
from livinglab.evaluations.web.sheet_page import keys_by_aspect
from livinglab.kernel import clock
from livinglab.kernel.clock import day_of
from livinglab.ui import formats
from livinglab.ui.languages import language

#: what assessors and the ministry do with the whole sheet
EXTERNAL_STEPS = frozenset({Step.INTERVIEW, Step.VISIT, Step.CONSOLIDATE, Step.DECIDE})
FILTERS = ("", "different", "objections", "unscored", "not-valid")


@dataclass(frozen=True, slots=True)
class StageCell:
    """The entry of one stage: a level, or that the stage inherits."""

    level: str
    by: str
    is_valid: str


@dataclass(frozen=True, slots=True)
class RatedRow:
    """One indicator with both raters."""

    key: str
    name: str
    href: str
    own: str
    cells: tuple[StageCell, ...]
    standing: str
    difference: str
    is_different: bool
    review: str
    objection: str
    objection_href: str
    evidence: int


@dataclass(frozen=True, slots=True)
class RatedGroup:
    """The rows of one aspect."""

    code: str
    name: str
    rows: tuple[RatedRow, ...]


@dataclass(frozen=True, slots=True)
class StepForm:
    """A step of the whole evaluation that is taken from outside, or why it is not possible."""

    step: str
    label: str
    href: str
    refusal: str
    errors: tuple[RemarkLine, ...] = ()  # what the checks find that stops this step
    error_count: int = 0


@dataclass(frozen=True, slots=True)
class Switch:
    """One choice of rows."""

    url: str
    label: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StagesPage:
    """Everything the page of both raters shows."""

    heading: str
    eyebrow: str
    steps: tuple[str, ...]
    current: int
    figures: tuple[tuple[str, str, str], ...]
    columns: tuple[str, ...]
    groups: tuple[RatedGroup, ...]
    shown: int
    total: int
    switches: tuple[Switch, ...]
    forms: tuple[StepForm, ...]
    show_refusal: str
    may_show: bool
    is_external: bool
    hidden_note: str


def build(place: Place, found: Raters, rows: Rows, wanted: str) -> StagesPage:
    """This function will return the page of both raters, narrowed to the wanted rows."""
    steps, current = stepper(place)
    lines = [line for line in found.lines if _is_wanted(line, wanted)]
    show = policies.may_show_scores(place.actor, state=found.state, shown_stage=found.evaluation.shown_stage)
    return StagesPage(
        heading=heading(place, found),
        eyebrow=f"{place.participation.round.title} · {words.said(place.instrument.short)}",
        steps=steps,
        current=current,
        figures=tuple(_figures(found)),
        columns=tuple(str(SHORT_STAGES[stage]) for stage in _columns(found)),
        groups=tuple(_groups(place, found, lines)),
        shown=len(lines),
        total=len(found.lines),
        switches=tuple(_switches(place, found, wanted)),
        forms=tuple(_forms(place, found, rows)),
        show_refusal=str(show.reason) if show else "",
        may_show=place.actor.is_external and (show is None or show.code == "shown_already"),
        is_external=place.actor.is_external,
        hidden_note=_hidden_note(place, found),
    )


def heading(place: Place, found: Raters) -> str:
    """This function will return what both raters come to: true with these figures, false with others."""
    index = words.index(found.now.score.index)
    if len(found.stages) == 1:
        return _("Own index %(index)s; no assessor's level is shown yet") % {"index": index}
    if not found.differing:
        facts = {"index": index, "total": len(found.lines)}
        return _("Index %(index)s: all %(total)s levels are those of the region") % facts
    facts = {"index": index, "count": found.differing, "total": len(found.lines)}
    return (
        ngettext(
            "Index %(index)s: %(count)s of %(total)s levels differs from the region's own",
            "Index %(index)s: %(count)s of %(total)s levels differ from the region's own",
            found.differing,
        )
        % facts
    )


def progress_of(participation: Participation) -> str:
    """This function will return how far the assessors of a region are, in words."""
    return _("%(count)s of %(total)s indicators scored") % {
        "count": participation.scored,
        "total": participation.indicators,
    }


def signed(value: Decimal) -> str:
    """This function will return a difference of levels with its sign: "+2", "−1", "0"."""
    if value == 0:
        return "0"
    plain = words.level(abs(value))
    return f"+{plain}" if value > 0 else f"−{plain}"


def _columns(found: Raters) -> tuple[Stage, ...]:
    return tuple(stage for stage in found.stages if stage is not Stage.SELF)


def _is_wanted(line: RatedLine, wanted: str) -> bool:
    return {
        "different": line.difference != 0,
        "objections": bool(line.objections),
        "unscored": line.newest is None,
        "not-valid": any(row.is_valid is False for row in line.entries.values()),
    }.get(wanted, True)


def _figures(found: Raters) -> Iterator[tuple[str, str, str]]:
    own, now = found.own.score, found.now.score
    yield _("Own index"), words.index(own.index), words.said(own.predicate.name)
    if len(found.stages) > 1:
        moved = formats.change(now.index - own.index, language=language())
        label = _("Index with the assessors' levels")
        yield label, words.index(now.index), f"{words.said(now.predicate.name)} · {moved}"
    total = len(found.lines)
    yield (
        _("Scored"),
        _("%(part)s of %(whole)s") % {"part": found.scored, "whole": total},
        _("the rest inherits"),
    )
    yield _("Open objections"), str(found.open_objections), ""


def _groups(place: Place, found: Raters, lines: list[RatedLine]) -> Iterator[RatedGroup]:
    by_key = {line.indicator: line for line in lines}
    keys = keys_by_aspect(place, [line.indicator for line in found.lines])
    for aspect in place.instrument.aspects:
        rows = tuple(_row(place, found, by_key[key]) for key in keys[aspect.code] if key in by_key)
        if rows:
            yield RatedGroup(aspect.code, words.said(aspect.name), rows)


def _row(place: Place, found: Raters, line: RatedLine) -> RatedRow:
    code, year = place.organization.code, place.participation.year
    name = "evaluations:score" if place.actor.is_external else "evaluations:answer"
    newest = line.newest
    last = line.objections[-1] if line.objections else None
    return RatedRow(
        key=line.indicator,
        name=words.short_name(place.instrument, line.indicator),
        href=reverse(name, args=[code, year, line.indicator]),
        own=words.level(line.own),
        cells=tuple(_cell(found, line, stage) for stage in _columns(found)),
        standing=words.level(line.standing),
        difference=signed(line.difference),
        is_different=line.difference != 0,
        review=str(VALIDITY[newest.is_valid]) if newest and newest.is_valid is not None else "",
        objection=_objection(place, last),
        objection_href=_objection_href(place, found, line),
        evidence=line.evidence,
    )


def _cell(found: Raters, line: RatedLine, stage: Stage) -> StageCell:
    row = line.entries.get(stage)
    if row is None:
        return StageCell("", "", "")
    by = found.names.get(row.scored_by, "") if row.scored_by else ""
    return StageCell(words.level(row.level), by, str(VALIDITY[row.is_valid]))


def _objection(place: Place, last: Objection | None) -> str:
    if last is None:
        return ""
    facts = {"level": words.level(last.requested_level), "outcome": str(OUTCOMES[last.outcome])}
    return _("level %(level)s asked for: %(outcome)s") % facts


def _objection_href(place: Place, found: Raters, line: RatedLine) -> str:
    code, year = place.organization.code, place.participation.year
    is_open = refusal_to_object(place, line, state=found.state) is None
    if is_open or line.objections:
        return reverse("evaluations:objection", args=[code, year, line.indicator])
    return ""


def _switches(place: Place, found: Raters, wanted: str) -> Iterator[Switch]:
    base = reverse("evaluations:stages", args=[place.organization.code, place.participation.year])
    labels: Mapping[str, str] = {
        "": _("all indicators"),
        "different": _("different levels"),
        "objections": _("with an objection"),
        "unscored": _("not scored yet"),
        "not-valid": _("marked not valid"),
    }
    for key in FILTERS:
        count = sum(_is_wanted(line, key) for line in found.lines)
        url = f"{base}?show={key}" if key else base
        yield Switch(url, f"{labels[key]} ({count})", key == wanted)


def _forms(place: Place, found: Raters, rows: Rows) -> Iterator[StepForm]:
    code, year = place.organization.code, place.participation.year
    for step in steps_from(found.state, place.kind):
        if step not in EXTERNAL_STEPS or not place.actor.is_external:
            continue
        name = "evaluations:decide" if step is Step.DECIDE else "evaluations:advance"
        refusal = policies.may_take_step(place.actor, step, state=found.state, kind=place.kind)
        stopping = () if refusal else stopping_errors(place, step, rows)
        if refusal is None:
            waiting = found.open_objections if step is Step.CONSOLIDATE else 0
            refusal = policies.joined(
                policies.may_consolidate(open_objections=waiting),
                policies.may_pass_checks(errors=len(stopping)),
            )
        yield StepForm(
            step.value,
            str(words.STEPS[step]),
            reverse(name, args=[code, year]),
            str(refusal.reason) if refusal else "",
            lines_of(place, stopping),
            len(stopping),
        )


def stopping_errors(place: Place, step: Step, rows: Rows | None = None) -> tuple[Remark, ...]:
    """This function will return the errors of the checks that stop a step from outside, as its operation finds them."""
    if step not in (Step.CONSOLIDATE, Step.DECIDE):
        return ()
    return errors_at(place, step, day=day_of(clock.now(), place.organization.zone), rows=rows)


def lines_of(place: Place, found: tuple[Remark, ...]) -> tuple[RemarkLine, ...]:
    """This function will return errors as lines that lead to the assessor's pages."""
    return remark_lines(place, found, page="evaluations:score", whole="evaluations:conclusions")


def _hidden_note(place: Place, found: Raters) -> str:
    """Tell the region that the assessors are at work on what it does not see."""
    if place.actor.is_external or found.present in found.stages:
        return ""
    if found.state is State.DOCUMENT and place.kind is RoundKind.EVALUATION:
        return _(
            "The assessors read the documents. You see their levels when the interview opens, or before."
        )
    return _("You see the levels of the stage under way when it is over, or when the assessors show them.")
