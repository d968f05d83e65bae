"""Whether the applicant of a case may have it opened again, by when, and which office has it then."""

from dataclasses import dataclass
from datetime import date, datetime

from livinglab.casework.domain.reopening import last_day
from livinglab.casework.models import Case, Reopening, Step
from livinglab.packages.domain.running.reopening import safe_step, was_open_to_objection
from livinglab.packages.domain.running.state import Entry, Happened
from livinglab.packages.queries.cases import Runner


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What decides whether a case may be opened again, for `policies.may_reopen`.

    `could_object`: its process had an objection of its own, which a refused case has gone through or let pass.
    `until` is the last day, None while it is open; `step` the office's step where it would go back to, "" for none.
    """

    outcome: str
    was_opened: bool
    is_forgotten: bool
    could_object: bool
    is_in_time: bool
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


def outlook(case: Case, runs: Runner, history: tuple[Entry, ...], *, at: datetime) -> Outlook:
    """This function will return what decides whether a case may be opened again at a moment. No query."""
    until = last_day(runs.days.local(case.ended_at).date(), runs.days) if case.ended_at else None
    return Outlook(
        outcome=case.outcome,
        was_opened=any(one.what is Happened.REOPENED for one in history),
        is_forgotten=case.forgotten_at is not None,
        could_object=was_open_to_objection(runs.package, history),
        is_in_time=until is not None and runs.days.local(at).date() <= until,
        until=until,
        step=safe_step(runs.package, history),
    )
