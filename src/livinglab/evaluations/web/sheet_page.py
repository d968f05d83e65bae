"""The working sheet as values in the reader's language."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from livinglab.assessments.queries import Aspect, Domain
from livinglab.evaluations import policies
from livinglab.evaluations.domain.answers import AnswerState, AnswerStep
from livinglab.evaluations.domain.checks import Remark, blocking
from livinglab.evaluations.domain.process import OPEN_TO_THE_REGION, STAGE_OF, State, steps_from
from livinglab.evaluations.domain.process import Step as ProcessStep
from livinglab.evaluations.domain.stages import Stage
from livinglab.evaluations.models import Answer
from livinglab.evaluations.queries.checks import said_by_no_state
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.worksheet import Overview, Progress
from livinglab.evaluations.web import findings, words
from livinglab.evaluations.web.frame import stepper, url_if_any
from livinglab.evaluations.web.identifiers import read_id
from livinglab.evaluations.web.sheet_markup import SheetRow, answer_rows
from livinglab.kernel.refusals import Refusal

MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows the address asks for; empty means every row."""

    agency: str = ""
    state: str = ""
    only: str = ""  # "mine" or "missing"

    @property
    def is_narrow(self) -> bool:
        """Whether some rows are left out."""
        return bool(self.agency or self.state or self.only)


def read_wanted(given: Mapping[str, str]) -> Wanted:
    """This function will return which rows the address asks for; what it does not know is left out."""
    state, only = given.get("state", ""), given.get("only", "")
    return Wanted(
        agency=str(read_id(given.get("agency", "")) or ""),
        state=state if state in {one.value for one in AnswerState} else "",
        only=only if only in {"mine", MISSING} else "",
    )


@dataclass(frozen=True, slots=True)
class PartLine:
    """A domain or aspect: what it weighs, what it is worth now, and how far it is."""

    code: str
    name: str
    is_domain: bool
    weight: str
    value: Decimal | None
    progress: Progress


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one aspect."""

    code: str
    name: str
    count: int
    rows: Markup


@dataclass(frozen=True, slots=True)
class NextStep:
    """A step of the whole sheet: where it is taken, or why it is not possible now."""

    label: str
    href: str
    refusal: str


@dataclass(frozen=True, slots=True)
class SheetPage:
    """Everything the working sheet shows."""

    heading: str
    eyebrow: str
    steps: tuple[str, ...]
    current: int
    index: Decimal | None
    predicate: str
    progress: Progress
    until: date | None
    parts: tuple[PartLine, ...]
    groups: tuple[Group, ...]
    shown: int
    wanted: Wanted
    agencies: tuple[tuple[str, str], ...]
    states: tuple[tuple[str, str], ...]
    onlys: tuple[tuple[str, str], ...]
    next_steps: tuple[NextStep, ...]
    links: tuple[tuple[str, str], ...]
    levels: tuple[int, int]


def build(place: Place, found: Overview, wanted: Wanted) -> SheetPage:
    """This function will return the working sheet of a place, narrowed to the wanted rows."""
    participation = place.participation
    steps, current = stepper(place)
    score = found.standing.score if found.standing else None
    groups = tuple(_groups(place, found, wanted))
    scale = place.instrument.scale
    is_self = STAGE_OF[State(participation.state)] is Stage.SELF
    return SheetPage(
        heading=findings.sheet_heading(
            participation, score.index if score else None, found.standing.stage if found.standing else Stage.SELF
        ),
        eyebrow=f"{participation.round.title} · {words.said(place.instrument.short)} · {words.KINDS[place.kind]}",
        steps=steps,
        current=current,
        index=score.index if score else None,
        predicate=words.said(score.predicate.name) if score else "",
        progress=found.progress(found.keys),
        until=participation.round.self_until if is_self else None,
        parts=tuple(_parts(place, found)),
        groups=groups,
        shown=sum(group.count for group in groups),
        wanted=wanted,
        agencies=_agencies(found),
        states=(("", _("any state")), *((one.value, str(words.ANSWER_STATES[one])) for one in AnswerState)),
        onlys=(("", _("all indicators")), ("mine", _("given to me or my agency")), (MISSING, _("without an answer"))),
        next_steps=(*_own_work(place, found), *_next_steps(place, found)),
        links=tuple(_links(place)),
        levels=(scale.minimum, scale.maximum),
    )  # fmt: skip


def _agencies(found: Overview) -> tuple[tuple[str, str], ...]:
    named = {str(row.agency.id): row.agency.name for row in found.answers.values() if row.agency}
    return (("", _("any agency")), *sorted(named.items(), key=lambda pair: pair[1]))


def _parts(place: Place, found: Overview) -> Iterator[PartLine]:
    keys = keys_by_aspect(place, found.keys)
    score = found.standing.score if found.standing else None
    for domain, aspects in _by_domain(place):
        if domain is not None:
            inside = [key for aspect in aspects for key in keys[aspect.code]]
            value = score.domains[domain.code].rounded if score else None
            yield _part(domain, value, found.progress(inside), is_domain=True)
        for aspect in aspects:
            if domain is not None and len(aspects) == 1:
                continue  # an only aspect says nothing that its domain does not
            value = score.aspects[aspect.code].rounded if score else None
            yield _part(aspect, value, found.progress(keys[aspect.code]), is_domain=domain is None)


def _part(part: Domain | Aspect, value: Decimal | None, progress: Progress, *, is_domain: bool) -> PartLine:
    weight = words.index(Decimal(part.weight.numerator) / part.weight.denominator)
    return PartLine(part.code, words.said(part.name), is_domain, f"{weight}%", value, progress)


def _by_domain(place: Place) -> Iterator[tuple[Domain | None, tuple[Aspect, ...]]]:
    instrument = place.instrument
    if not instrument.domains:
        yield None, instrument.aspects
    for domain in instrument.domains:
        yield domain, domain.aspects


def keys_by_aspect(place: Place, keys: Sequence[str]) -> dict[str, list[str]]:
    """This function will return the keys of each aspect, in the order of the regulation."""
    aspect_of = {one.key: aspect.code for aspect in place.instrument.aspects for one in aspect.indicators}
    ordered = [(aspect_of[key.split("-")[0]], key) for key in keys]
    found: dict[str, list[str]] = {aspect.code: [] for aspect in place.instrument.aspects}
    for code, pairs in groupby(ordered, key=lambda pair: pair[0]):
        found[code].extend(key for _code, key in pairs)
    return found


def _groups(place: Place, found: Overview, wanted: Wanted) -> Iterator[Group]:
    base = reverse("evaluations:sheet", args=[place.organization.code, place.participation.year])
    keys = keys_by_aspect(place, found.keys)
    for aspect in place.instrument.aspects:
        rows = [_row(place, found, key, base) for key in keys[aspect.code]]
        shown = [row for row in rows if _is_wanted(row, found.answers.get(row.key), wanted)]
        if shown:
            markup = answer_rows(shown, high=place.instrument.scale.maximum)
            yield Group(aspect.code, words.said(aspect.name), len(shown), markup)


def _row(place: Place, found: Overview, key: str, base: str) -> SheetRow:
    answer = found.answers.get(key)
    agency = answer.agency.name if answer and answer.agency else ""
    person = found.people.get(answer.assignee_id, "") if answer and answer.assignee_id else ""
    return SheetRow(
        key=key,
        name=words.short_name(place.instrument, key),
        href=f"{base}{key}/",
        level=found.levels.get(key),
        state=AnswerState(answer.state) if answer else AnswerState.OPEN,
        is_begun=answer is not None and answer.level is not None,
        given_to=" · ".join(filter(None, (agency, person))),
        due_on=answer.due_on if answer else None,
        is_mine=_is_mine(place, answer),
        remarks=found.counted.get(key),
    )


def _is_mine(place: Place, answer: Answer | None) -> bool:
    if answer is None:
        return False
    actor = place.actor
    return answer.assignee_id == actor.user_id or answer.agency_id in actor.agency_ids


def _is_wanted(row: SheetRow, answer: Answer | None, wanted: Wanted) -> bool:
    if wanted.agency and (answer is None or str(answer.agency_id) != wanted.agency):
        return False
    if wanted.state and row.state.value != wanted.state:
        return False
    if wanted.only == "mine":
        return row.is_mine
    return wanted.only != MISSING or not row.is_begun


def _own_work(place: Place, found: Overview) -> Iterator[NextStep]:
    """What the reader can do before the sheet as a whole moves: give indicators away, answer the own ones."""
    code, year = place.organization.code, place.participation.year
    state = State(place.participation.state)
    if state not in OPEN_TO_THE_REGION:
        return
    given = {key: row for key, row in found.answers.items() if row.agency_id or row.assignee_id}
    if not given and policies.may_assign(place.actor, state=state) is None:
        yield NextStep(_("Assign indicators"), reverse("evaluations:assign", args=[code, year]), "")
    mine = [key for key, row in given.items() if _is_mine(place, row) and row.state in _WITH_THE_WRITER]
    if mine:
        said = ngettext(
            "Answer the %(count)s indicator given to you",
            "Answer the %(count)s indicators given to you",
            len(mine),
        )
        yield NextStep(said % {"count": len(mine)}, _mine_address(code, year, mine), "")
    sheet = reverse("evaluations:sheet", args=[code, year])
    if waiting := _waiting(place, found, AnswerStep.ACCEPT):
        said = ngettext("Review %(count)s answer handed in", "Review %(count)s answers handed in", waiting)
        yield NextStep(said % {"count": waiting}, f"{sheet}?state={AnswerState.ANSWERED}#indicators", "")
    if waiting := _waiting(place, found, AnswerStep.VALIDATE):
        said = ngettext("Validate %(count)s accepted answer", "Validate %(count)s accepted answers", waiting)
        yield NextStep(said % {"count": waiting}, f"{sheet}?state={AnswerState.ACCEPTED}#indicators", "")


def _waiting(place: Place, found: Overview, step: AnswerStep) -> int:
    """How many answers the reader may take this step with now."""
    state = State(place.participation.state)
    return sum(
        policies.may_take_answer_step(
            place.actor,
            step,
            evaluation_state=state,
            answer_state=AnswerState(row.state),
            agency_id=row.agency_id,
            assignee_id=row.assignee_id,
        )
        is None
        for row in found.answers.values()
    )


def _mine_address(code: str, year: int, mine: Sequence[str]) -> str:
    if len(mine) == 1:
        return reverse("evaluations:answer", args=[code, year, mine[0]])
    return reverse("evaluations:sheet", args=[code, year]) + "?only=mine#indicators"


#: where an answer lies with whoever writes it
_WITH_THE_WRITER = frozenset({AnswerState.OPEN, AnswerState.RETURNED})


def _next_steps(place: Place, found: Overview) -> Iterator[NextStep]:
    state = State(place.participation.state)
    minutes = reverse("evaluations:minutes", args=[place.organization.code, place.participation.year])
    for step in steps_from(state, place.kind):
        if step not in OWN_STEPS:
            continue
        refusal = policies.may_take_step(place.actor, step, state=state, kind=place.kind)
        progress = found.progress(found.keys)
        unvalidated = progress.total - progress.validated
        refusal = policies.joined(refusal, refusal_by_content(step, found.remarks, unvalidated=unvalidated))
        yield NextStep(str(words.STEPS[step]), minutes, str(refusal.reason) if refusal else "")


def refusal_by_content(step: ProcessStep, found: Iterable[Remark], *, unvalidated: int) -> Refusal | None:
    """This function will return why a step cannot be taken with the sheet as it is, as its operation finds it.

    All that blocks is counted: answers that are not validated, and each error, of an answer or of the whole sheet.
    """
    errors = len(said_by_no_state(blocking(found, step)))
    if step is ProcessStep.APPROVE:
        return policies.may_approve(unvalidated=unvalidated, errors=errors)
    return policies.may_pass_checks(errors=errors)


#: what the region does with the whole sheet; the rest is done by assessors and the ministry
OWN_STEPS = frozenset({ProcessStep.APPROVE, ProcessStep.REOPEN, ProcessStep.SIGN, ProcessStep.SEND})


def _links(place: Place) -> Iterator[tuple[str, str]]:
    """The other pages of this evaluation, those that this installation has and that hold something for the reader."""
    state = State(place.participation.state)
    is_open = state in OPEN_TO_THE_REGION
    for name, label, is_shown in (
        ("crosswalk", _("From the earlier instrument"), place.instrument.crosswalk is not None and is_open),
        ("assign", _("Assign indicators"), policies.may_assign(place.actor, state=state) is None),
        ("team", _("Assessor team"), True),
        ("minutes", _("Minutes and sending"), True),
        ("stages", _("Assessors' levels"), STAGE_OF[state] is not Stage.SELF),
        ("workbook", _("Working sheet as spreadsheet"), True),
        ("report", _("Report"), True),
    ):
        url = url_if_any(f"evaluations:{name}", place.organization.code, place.participation.year)
        if url and is_shown:
            yield label, url
    evidence = url_if_any("evidence:library", place.organization.code)
    if evidence and place.actor.roles:  # whoever is outside opens evidence under its indicator
        yield _("Evidence library"), evidence
