"""Whether a level has the evidence it needs, and whether anybody accepted it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from livinglab.evaluations.domain import coverage
from livinglab.evaluations.domain.checks.kinds import (
    GUIDE,
    OWN,
    REGULATION,
    SPBE_2020,
    Check,
    Found,
    Severity,
    View,
    found,
    gettext_noop,
)


def without_evidence(view: View) -> Iterator[Found]:
    """This function will find a level above the lowest without any evidence."""
    if view.is_above_lowest and not view.line.evidence:
        yield found(of_level=view.level, level=view.level)


def refused(view: View) -> Iterator[Found]:
    """This function will find evidence that was refused and is still used."""
    for item in view.line.evidence:
        if item.is_accepted is False:
            yield found(of_level=item.level, letter=item.letter, title=item.title)


def not_reviewed(view: View) -> Iterator[Found]:
    """This function will find evidence that nobody has reviewed yet, once per answer."""
    waiting = [item.letter for item in view.line.evidence if item.is_accepted is None]
    if waiting:
        yield found(count=len(waiting), letters=", ".join(waiting))


def only_exempt(view: View) -> Iterator[Found]:
    """This function will find an answer whose only proof is exempt from disclosure."""
    if view.usable and all(item.is_exempt for item in view.usable):
        yield found(count=len(view.usable))


def levels_without_own(view: View) -> Iterator[Found]:
    """This function will find levels up to the chosen one that no evidence was added for."""
    if not view.line.evidence or not view.is_above_lowest:
        return
    shown = {item.level for item in view.usable}
    bare = [level for level in range(view.case.rules.lowest + 1, view.level + 1) if level not in shown]
    if bare:
        yield found(of_level=bare[0], levels=", ".join(str(level) for level in bare))


def above_the_level(view: View) -> Iterator[Found]:
    """This function will find evidence for a level that the answer does not claim."""
    if view.line.level is None:
        return
    for item in view.usable:
        if item.level > view.level:
            yield found(of_level=item.level, letter=item.letter, of=item.level, level=view.level)


def items_not_covered(view: View) -> Iterator[Found]:
    """This function will find what the guide names for the chosen level and no evidence covers."""
    if not view.is_above_lowest or not view.line.evidence:
        return
    open_items = coverage.open_items(view.rules.level(view.level), view.usable, on=view.day)
    if open_items:
        yield found(of_level=view.level, level=view.level, count=len(open_items))


def expected_type_missing(view: View) -> Iterator[Found]:
    """This function will find levels below the chosen one whose items in the guide nothing covers."""
    if not view.line.evidence:
        return
    bare = [
        rules.level
        for rules in view.rules.up_to(view.level - 1)
        if rules.level > view.case.rules.lowest and coverage.open_items(rules, view.usable, on=view.day)
    ]
    if bare:
        yield found(of_level=bare[0], levels=", ".join(str(level) for level in bare))


CHECKS: Final = (
    Check(
        id="A011",
        severity=Severity.ERROR,
        title=gettext_noop("Level without evidence"),
        message=gettext_noop("Level %(level)s has no evidence. Add a file or a link, or lower the level."),
        source=GUIDE,
        answer=without_evidence,
    ),
    Check(
        id="A021",
        severity=Severity.ERROR,
        title=gettext_noop("Refused evidence in use"),
        message=gettext_noop(
            "Evidence %(letter)s, “%(title)s”, was refused and proves nothing. Replace it, or remove it."
        ),
        source=REGULATION,
        answer=refused,
    ),
    Check(
        id="A022",
        severity=Severity.WARNING,
        title=gettext_noop("Evidence not reviewed"),
        message=gettext_noop("Nobody has reviewed %(count)s pieces of evidence yet: %(letters)s."),
        source=OWN,
        answer=not_reviewed,
    ),
    Check(
        id="A023",
        severity=Severity.WARNING,
        title=gettext_noop("Only exempt evidence"),
        message=gettext_noop(
            "All evidence is exempt from disclosure (%(count)s). "
            "Add a piece that may be shown, if there is one."
        ),
        source=gettext_noop("UU 14/2008 article 17; own rule"),
        answer=only_exempt,
    ),
    Check(
        id="A024",
        severity=Severity.WARNING,
        title=gettext_noop("Levels without evidence of their own"),
        message=gettext_noop(
            "No evidence was added for level %(levels)s. "
            "Levels are cumulative: each one up to the chosen level needs its own."
        ),
        source=REGULATION,
        answer=levels_without_own,
    ),
    Check(
        id="A025",
        severity=Severity.INFO,
        title=gettext_noop("Evidence above the chosen level"),
        message=gettext_noop("Evidence %(letter)s is for level %(of)s, but the answer is level %(level)s."),
        source=OWN,
        answer=above_the_level,
    ),
    Check(
        id="A026",
        severity=Severity.WARNING,
        title=gettext_noop("Typical evidence missing"),
        message=gettext_noop(
            "%(count)s kinds of evidence that the guide names for level %(level)s are not there yet."
        ),
        source=GUIDE,
        instruments=SPBE_2020,
        answer=items_not_covered,
    ),
    Check(
        id="A027",
        severity=Severity.INFO,
        title=gettext_noop("Typical evidence of lower levels missing"),
        message=gettext_noop("What the guide names for level %(levels)s is not all there yet."),
        source=GUIDE,
        instruments=SPBE_2020,
        answer=expected_type_missing,
    ),
)
