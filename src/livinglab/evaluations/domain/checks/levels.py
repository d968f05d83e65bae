"""Whether a level can be what it says: on the scale, allowed by its checklist, plausible beside last year's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from livinglab.evaluations.domain.answers import AnswerState, highest_level, is_allowed
from livinglab.evaluations.domain.checks.kinds import (
    OWN,
    PROCEDURE,
    REGULATION,
    Case,
    Check,
    Found,
    Severity,
    View,
    found,
    gettext_noop,
)

JUMP: Final = 3  # levels in one year that an assessor will ask about
_REASON: Final = re.compile(
    r"\b(turun|menurun|penurunan|tahun lalu|sebelumnya|semula|last year|lower|fell|previous)\b", re.I
)


def unknown_indicator(case: Case) -> Iterator[Found]:
    """This function will find answers to indicators that the instrument does not have."""
    for key in case.sheet.answers:
        if key not in case.rules.indicators:
            yield found(at=key, key=key)


def off_the_scale(view: View) -> Iterator[Found]:
    """This function will find a level outside the instrument's scale."""
    rules, level = view.case.rules, view.line.level
    if level is not None and not rules.fits(level):
        yield found(level=level, low=rules.lowest, high=rules.highest)


def too_fine(view: View) -> Iterator[Found]:
    """This function will find a level with more decimals than the instrument allows."""
    rules, level = view.case.rules, view.line.level
    if level is not None and not rules.is_fine_enough(level):
        yield found(level=level, decimals=rules.decimals)


def not_offered(view: View) -> Iterator[Found]:
    """This function will find a level that the checklist does not allow, unless another agency's index gives it."""
    rules, line = view.case.rules, view.line
    if (
        line.level is None
        or not rules.fits(line.level)
        or view.rules.is_given_elsewhere(line.external_source)
    ):
        return
    if not is_allowed(line.level, line.met, lowest=rules.lowest, highest=rules.highest):
        allowed = highest_level(line.met, lowest=rules.lowest, highest=rules.highest)
        yield found(of_level=view.level, level=line.level, allowed=allowed)


def unanswered(view: View) -> Iterator[Found]:
    """This function will find an indicator without a level."""
    if view.line.level is None:
        yield found(lowest=view.case.rules.lowest)


def not_validated(view: View) -> Iterator[Found]:
    """This function will find an answer that the responsible officer has not validated."""
    if view.line.level is not None and view.line.state is not AnswerState.VALIDATED:
        yield found()


def gap_in_checklist(view: View) -> Iterator[Found]:
    """This function will find a level that is ticked although one below it is not."""
    rules, met = view.case.rules, view.line.met
    reached = highest_level(met, lowest=rules.lowest, highest=rules.highest)
    above = [level for level in met if reached + 1 < level <= rules.highest]
    if above:
        yield found(of_level=reached + 1, missing=reached + 1, ticked=max(above))


def below_checklist(view: View) -> Iterator[Found]:
    """This function will find a level lower than the checklist allows."""
    rules, line = view.case.rules, view.line
    allowed = highest_level(line.met, lowest=rules.lowest, highest=rules.highest)
    if line.level is not None and line.level < allowed:
        yield found(of_level=allowed, level=line.level, allowed=allowed)


def lower_without_reason(view: View) -> Iterator[Found]:
    """This function will find a level below last year's where Analisis says nothing of it."""
    level, before = view.line.level, view.case.sheet.previous_levels.get(view.line.indicator)
    if level is None or before is None or level >= before:
        return
    words = view.line.analysis
    if not _REASON.search(words) and str(view.case.sheet.year - 1) not in words:
        yield found(level=level, before=before)


def jump(view: View) -> Iterator[Found]:
    """This function will find a level that rose by three or more in one year."""
    level, before = view.line.level, view.case.sheet.previous_levels.get(view.line.indicator)
    if level is not None and before is not None and level - before >= Decimal(JUMP):
        yield found(level=level, before=before)


CHECKS: Final = (
    Check(
        id="A001",
        severity=Severity.ERROR,
        title=gettext_noop("Unknown indicator"),
        message=gettext_noop("The instrument has no indicator %(key)s. Remove the answer."),
        source=OWN,
        sheet=unknown_indicator,
    ),
    Check(
        id="A002",
        severity=Severity.ERROR,
        title=gettext_noop("Level outside the scale"),
        message=gettext_noop("Level %(level)s lies outside the scale. Choose one from %(low)s to %(high)s."),
        source=REGULATION,
        answer=off_the_scale,
    ),
    Check(
        id="A003",
        severity=Severity.ERROR,
        title=gettext_noop("Too many decimals"),
        message=gettext_noop(
            "Level %(level)s has too many decimals. This instrument allows %(decimals)s of them."
        ),
        source=OWN,
        answer=too_fine,
    ),
    Check(
        id="A004",
        severity=Severity.ERROR,
        title=gettext_noop("Level not reached by the checklist"),
        message=gettext_noop(
            "Level %(level)s is chosen, but the checklist reaches level %(allowed)s. "
            "Tick what is met, or lower the level."
        ),
        source=REGULATION,
        answer=not_offered,
    ),
    Check(
        id="A005",
        severity=Severity.ERROR,
        title=gettext_noop("No answer"),
        message=gettext_noop(
            "No level is chosen yet. Choose one; without an answer the indicator counts as level %(lowest)s."
        ),
        source=PROCEDURE,
        answer=unanswered,
    ),
    Check(
        id="A006",
        severity=Severity.ERROR,
        title=gettext_noop("Answer not validated"),
        message=gettext_noop("The responsible officer has not validated this answer yet."),
        source=PROCEDURE,
        answer=not_validated,
    ),
    Check(
        id="A007",
        severity=Severity.WARNING,
        title=gettext_noop("Gap in the checklist"),
        message=gettext_noop(
            "Level %(ticked)s is ticked, but level %(missing)s is not. "
            "A level counts only with all those below it."
        ),
        source=REGULATION,
        answer=gap_in_checklist,
    ),
    Check(
        id="A008",
        severity=Severity.INFO,
        title=gettext_noop("Checklist reaches a higher level"),
        message=gettext_noop(
            "The checklist reaches level %(allowed)s, but level %(level)s is chosen. Is that meant?"
        ),
        source=OWN,
        answer=below_checklist,
    ),
    Check(
        id="A009",
        severity=Severity.WARNING,
        title=gettext_noop("Lower than last year without a reason"),
        message=gettext_noop("The level fell from %(before)s to %(level)s. Say in Analisis why."),
        source=OWN,
        answer=lower_without_reason,
    ),
    Check(
        id="A010",
        severity=Severity.WARNING,
        title=gettext_noop("Large jump in one year"),
        message=gettext_noop(
            "The level rose from %(before)s to %(level)s in one year. "
            "Make sure the evidence shows every level in between."
        ),
        source=OWN,
        answer=jump,
    ),
)
