"""Whether the team, the minutes and the consent are there, and the work is given out and on time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from livinglab.evaluations.domain.answers import AnswerState
from livinglab.evaluations.domain.checks.kinds import (
    OWN,
    PEMDI,
    PEMDI_2026,
    PROCEDURE,
    Case,
    Check,
    Found,
    Severity,
    View,
    found,
    gettext_noop,
)
from livinglab.evaluations.domain.process import Step
from livinglab.evaluations.domain.rulebook import whole
from livinglab.evaluations.domain.team import TeamFunction

_YEAR: Final = re.compile(r"(?<!\d)20\d\d(?!\d)")
#: with the region's writers: nobody else can be late
_WITH_WRITERS: Final = frozenset({AnswerState.OPEN, AnswerState.RETURNED})


def decree_missing(case: Case) -> Iterator[Found]:
    """This function will find that the decree on the assessor team is not on file."""
    if not case.sheet.decree_number.strip() or case.sheet.decree_date is None:
        yield found()


def decree_in_future(case: Case) -> Iterator[Found]:
    """This function will find a decree that bears a day which has not come."""
    if case.sheet.decree_date is not None and case.sheet.decree_date > case.sheet.day:
        yield found(date=case.sheet.decree_date)


def functions_missing(case: Case) -> Iterator[Found]:
    """This function will find functions that the team does not have."""
    there = {member.function for member in case.sheet.team if member.name.strip()}
    missing = [function.value for function in TeamFunction if function.value not in there]
    if missing:
        yield found(count=len(missing), functions=", ".join(missing))


def minutes_missing(case: Case) -> Iterator[Found]:
    """This function will find that the minutes have no number or no date."""
    if not case.sheet.minutes_number.strip() or case.sheet.minutes_date is None:
        yield found()


def minutes_at_the_wrong_time(case: Case) -> Iterator[Found]:
    """This function will find minutes dated before the year of the evaluation or in the future."""
    day = case.sheet.minutes_date
    if day is not None and not date(case.sheet.year, 1, 1) <= day <= case.sheet.day:
        yield found(date=day, year=case.sheet.year)


def minutes_before_decree(case: Case) -> Iterator[Found]:
    """This function will find minutes older than the decree of the team that signed them."""
    minutes, decree = case.sheet.minutes_date, case.sheet.decree_date
    if minutes is not None and decree is not None and minutes < decree:
        yield found(minutes=minutes, decree=decree)


def consent_missing(case: Case) -> Iterator[Found]:
    """This function will find that the consent to publish is missing."""
    if not case.sheet.has_consent:
        yield found()


def not_assigned(view: View) -> Iterator[Found]:
    """This function will find an open indicator that was given to nobody."""
    line = view.line
    if line.state in _WITH_WRITERS and not line.agency and not line.assignee:
        yield found()


def no_due_date(view: View) -> Iterator[Found]:
    """This function will find an open indicator that was given out without a day."""
    line = view.line
    if line.state in _WITH_WRITERS and (line.agency or line.assignee) and line.due_on is None:
        yield found(agency=line.agency or line.assignee)


def overdue(view: View) -> Iterator[Found]:
    """This function will find an open indicator whose day has passed."""
    line = view.line
    if line.state in _WITH_WRITERS and line.due_on is not None and line.due_on < view.day:
        yield found(due_on=line.due_on, agency=line.agency or line.assignee or "–")


def returned_without_reason(view: View) -> Iterator[Found]:
    """This function will find an answer that was returned without saying why."""
    if view.line.state is AnswerState.RETURNED and not view.line.returned_reason.strip():
        yield found()


def index_without_source(view: View) -> Iterator[Found]:
    """This function will find a value that rests on another agency's index without saying where it was taken from."""
    index, line = view.rules.external_index, view.line
    if index and line.level is not None and not line.external_source.strip():
        yield found(index=index)


def index_without_year(view: View) -> Iterator[Found]:
    """This function will find the source of another agency's index without its year."""
    source = view.line.external_source.strip()
    if view.rules.external_index and source and not _YEAR.search(source):
        yield found(index=view.rules.external_index)


def decimals_of_own(view: View) -> Iterator[Found]:
    """This function will find decimals in a value that rests on no other agency's index."""
    level = view.line.level
    if level is not None and not view.rules.external_index and level != whole(level):
        yield found(level=level)


CHECKS: Final = (
    Check(
        id="A060",
        severity=Severity.ERROR,
        title=gettext_noop("Decree on the team missing"),
        message=gettext_noop("Enter number and date of the decree on the internal assessor team."),
        source=PROCEDURE,
        by=Step.SEND,
        sheet=decree_missing,
    ),
    Check(
        id="A061",
        severity=Severity.ERROR,
        title=gettext_noop("Decree dated in the future"),
        message=gettext_noop("The decree on the team is dated %(date)s, a day that has not come."),
        source=OWN,
        by=Step.SEND,
        sheet=decree_in_future,
    ),
    Check(
        id="A062",
        severity=Severity.WARNING,
        title=gettext_noop("Functions missing in the team"),
        message=gettext_noop("%(count)s of the fifteen functions have no member in the team: %(functions)s."),
        source=PROCEDURE,
        by=Step.SEND,
        sheet=functions_missing,
    ),
    Check(
        id="A063",
        severity=Severity.ERROR,
        title=gettext_noop("Minutes missing"),
        message=gettext_noop(
            "Enter number and date of the minutes (Berita Acara); the coordinator signs them."
        ),
        source=PROCEDURE,
        by=Step.SEND,
        sheet=minutes_missing,
    ),
    Check(
        id="A064",
        severity=Severity.ERROR,
        title=gettext_noop("Minutes dated outside the evaluation"),
        message=gettext_noop(
            "The minutes are dated %(date)s; they belong between the beginning of %(year)s and today."
        ),
        source=OWN,
        by=Step.SEND,
        sheet=minutes_at_the_wrong_time,
    ),
    Check(
        id="A065",
        severity=Severity.WARNING,
        title=gettext_noop("Minutes older than the team"),
        message=gettext_noop(
            "The minutes of %(minutes)s are older than the decree on the team of %(decree)s."
        ),
        source=OWN,
        by=Step.SEND,
        sheet=minutes_before_decree,
    ),
    Check(
        id="A066",
        severity=Severity.ERROR,
        title=gettext_noop("Consent to publish missing"),
        message=gettext_noop("The coordinator has not signed the consent to publish."),
        source=PROCEDURE,
        by=Step.SEND,
        sheet=consent_missing,
    ),
    Check(
        id="A067",
        severity=Severity.WARNING,
        title=gettext_noop("Given to nobody"),
        message=gettext_noop("No agency or person answers this indicator yet. Assign it."),
        source=PROCEDURE,
        answer=not_assigned,
    ),
    Check(
        id="A068",
        severity=Severity.INFO,
        title=gettext_noop("Assigned without a due date"),
        message=gettext_noop("Assigned to %(agency)s without a due date."),
        source=OWN,
        answer=no_due_date,
    ),
    Check(
        id="A069",
        severity=Severity.WARNING,
        title=gettext_noop("Past its due date"),
        message=gettext_noop("%(agency)s was to answer by %(due_on)s."),
        source=OWN,
        answer=overdue,
    ),
    Check(
        id="A070",
        severity=Severity.WARNING,
        title=gettext_noop("Returned without a reason"),
        message=gettext_noop("The answer was returned without a reason. Ask what is to be put right."),
        source=PROCEDURE,
        answer=returned_without_reason,
    ),
    Check(
        id="A071",
        severity=Severity.ERROR,
        title=gettext_noop("Index of another agency without a source"),
        message=gettext_noop("The value rests on the %(index)s index. Enter who published it, and when."),
        source=PEMDI,
        instruments=PEMDI_2026,
        answer=index_without_source,
    ),
    Check(
        id="A072",
        severity=Severity.WARNING,
        title=gettext_noop("Index of another agency without its year"),
        message=gettext_noop("Name the year of the %(index)s index in its source."),
        source=PEMDI,
        instruments=PEMDI_2026,
        answer=index_without_year,
    ),
    Check(
        id="A073",
        severity=Severity.INFO,
        title=gettext_noop("Decimals without another agency's index"),
        message=gettext_noop(
            "The value %(level)s has decimals, but the indicator rests on no other agency's index. "
            "Say in Analisis how it was found."
        ),
        source=OWN,
        instruments=PEMDI_2026,
        answer=decimals_of_own,
    ),
)
