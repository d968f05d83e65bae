"""Whether the applicant of a case may have it opened again, by when, and which office has it then."""

from dataclasses import dataclass
from datetime import date, datetime

from livinglab.casework import policies
from livinglab.casework.domain.reopening import last_day
from livinglab.casework.models import Case, Reopening, Step
from livinglab.kernel.refusals import Refusal
from livinglab.packages.domain.running.reopening import safe_step, was_open_to_objection
from livinglab.packages.domain.running.state import Entry, Happened
from livinglab.packages.queries.cases import Runner


@dataclass(frozen=True, slots=True)
class Outlook:
    """What stands in the way of opening a case again; `until` the last day, `step` where it would go back to."""

    refusal: Refusal | None
    until: date | None
    step: str


def reopening_of(case: Case) -> Reopening | None:
    """This function will return that a case was opened again, None where it never was. One query."""
    return Reopening.objects.filter(organization_id=case.organization_id, case_id=case.id).first()


def entries_of(case: Case) -> tuple[Entry, ...]:
    """This function will return what happened to a case, in order, as the runtime knows it. One query."""
    rows = Step.objects.filter(organization_id=case.organization_id, case_id=case.id).order_by("place")
    return tuple(
        Entry(what=Happened(one.what), at=one.at, on=one.on, role=one.role, by=one.by) for one in rows
    )


def outlook(
    case: Case, runs: Runner, history: tuple[Entry, ...], opened: Reopening | None, *, at: datetime
) -> Outlook:
    """This function will return whether a case may be opened again at a moment. No query."""
    until = last_day(runs.days.local(case.ended_at).date(), runs.days) if case.ended_at else None
    step = safe_step(runs.package, history)
    refusal = policies.may_reopen(
        outcome=case.outcome,
        was_opened=opened is not None,
        is_forgotten=case.forgotten_at is not None,
        could_object=was_open_to_objection(runs.package, history),
        is_in_time=until is not None and runs.days.local(at).date() <= until,
        has_office=bool(step),
    )
    return Outlook(refusal, until, step)
