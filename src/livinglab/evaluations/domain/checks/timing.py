"""Whether the evidence is young enough, followed up in time, still valid, and dated at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from livinglab.evaluations.domain import age_gaps, ages
from livinglab.evaluations.domain.checks.kinds import (
    GUIDE,
    OWN,
    Check,
    Found,
    Severity,
    View,
    found,
    gettext_noop,
)
from livinglab.evaluations.domain.evidence import EvidenceType

#: kinds of evidence that the guide dates
_DATED: Final = frozenset({EvidenceType.REVIEW, EvidenceType.AUDIT})


def review_too_old(view: View) -> Iterator[Found]:
    """This function will find a level that asks for a young review where there is none."""
    if not view.is_above_lowest:
        return
    for level, rule in age_gaps.unmet_ages(view.rules.up_to(view.level), view.usable, on=view.day):
        if rule.of is not EvidenceType.AUDIT:
            after = ages.oldest_day(rule.months, on=view.day)
            yield found(of_level=level, level=level, months=rule.months, after=after)


def audit_too_old(view: View) -> Iterator[Found]:
    """This function will find a level above the lowest that asks for a young audit where there is none."""
    if not view.is_above_lowest:
        return
    for level, rule in age_gaps.unmet_ages((view.rules.level(view.level),), view.usable, on=view.day):
        if rule.of is EvidenceType.AUDIT:
            after = ages.oldest_day(rule.months, on=view.day)
            yield found(of_level=level, level=level, months=rule.months, after=after)


def follow_up_late(view: View) -> Iterator[Found]:
    """This function will find a level that asks for an answer to a review within a term, where none came in time."""
    for level, rule in age_gaps.late_follow_ups(view.rules.up_to(view.level), view.usable):
        yield found(of_level=level, level=level, months=rule.months)


def _recurs_within(view: View) -> int | None:
    terms = [rules.recurs_within_months for rules in view.rules.up_to(view.level)]
    return min((term for term in terms if term is not None), default=None)


def audits_too_far_apart(view: View) -> Iterator[Found]:
    """This function will find audits that lie further apart than the guide allows."""
    months = _recurs_within(view)
    if months is None:
        return
    gap = ages.longest_gap(age_gaps.days_of(view.usable, EvidenceType.AUDIT), months=months)
    if gap:
        yield found(of_level=view.level, months=months, earlier=gap[0], later=gap[1])


def single_audit(view: View) -> Iterator[Found]:
    """This function will find a single audit where the guide asks that audits recur."""
    months = _recurs_within(view)
    days = set(age_gaps.days_of(view.usable, EvidenceType.AUDIT))
    if months is not None and len(days) == 1:
        yield found(of_level=view.level, months=months)


def years_not_covered(view: View) -> Iterator[Found]:
    """This function will find a level that asks for documents of several years where some are missing."""
    year = view.case.sheet.year
    for level, rule in age_gaps.uncovered_years(view.rules.up_to(view.level), view.usable, year=year):
        shown = sorted(age_gaps.years_shown(view.usable, rule.of))
        listed = ", ".join(str(each) for each in shown) or "–"
        yield found(of_level=level, level=level, years=rule.years, shown=listed)


def dated_in_future(view: View) -> Iterator[Found]:
    """This function will find evidence that bears a day which has not come yet."""
    for item in view.line.evidence:
        if item.issued_on is not None and ages.is_in_future(item.issued_on, on=view.day):
            yield found(of_level=item.level, letter=item.letter, title=item.title, issued_on=item.issued_on)


def not_dated(view: View) -> Iterator[Found]:
    """This function will find a review or an audit without its day."""
    for item in view.line.evidence:
        if item.type in _DATED and item.issued_on is None:
            yield found(of_level=item.level, letter=item.letter, title=item.title)


def expired(view: View) -> Iterator[Found]:
    """This function will find evidence that has lapsed."""
    for item in view.usable:
        if item.expires_on is not None and ages.is_expired(item.expires_on, on=view.day):
            yield found(of_level=item.level, letter=item.letter, title=item.title, expires_on=item.expires_on)


CHECKS: Final = (
    Check(
        id="A012",
        severity=Severity.ERROR,
        title=gettext_noop("Review missing or too old"),
        message=gettext_noop(
            "Level %(level)s without a review dated %(after)s or later. "
            "It must be less than %(months)s months old; add it with its date, or lower the level."
        ),
        source=GUIDE,
        answer=review_too_old,
    ),
    Check(
        id="A013",
        severity=Severity.ERROR,
        title=gettext_noop("Follow-up not within its term"),
        message=gettext_noop(
            "Level %(level)s needs a new or derived rule within %(months)s months after the review. "
            "Add it with its date, and the review with its own."
        ),
        source=GUIDE,
        answer=follow_up_late,
    ),
    Check(
        id="A014",
        severity=Severity.ERROR,
        title=gettext_noop("Audit missing or too old"),
        message=gettext_noop(
            "Level %(level)s without an audit dated %(after)s or later. "
            "It must be less than %(months)s months old."
        ),
        source=GUIDE,
        answer=audit_too_old,
    ),
    Check(
        id="A015",
        severity=Severity.WARNING,
        title=gettext_noop("Audits too far apart"),
        message=gettext_noop(
            "Between the audits of %(earlier)s and %(later)s lie more than %(months)s months. "
            "Add the one in between if there was one."
        ),
        source=GUIDE,
        answer=audits_too_far_apart,
    ),
    Check(
        id="A016",
        severity=Severity.INFO,
        title=gettext_noop("Only one audit shown"),
        message=gettext_noop(
            "Audits recur at least every %(months)s months. Add the one before, so that this can be seen."
        ),
        source=GUIDE,
        answer=single_audit,
    ),
    Check(
        id="A017",
        severity=Severity.ERROR,
        title=gettext_noop("Budget years missing"),
        message=gettext_noop(
            "Level %(level)s asks for work plans and budgets of the last %(years)s years. Shown: %(shown)s."
        ),
        source=GUIDE,
        answer=years_not_covered,
    ),
    Check(
        id="A018",
        severity=Severity.ERROR,
        title=gettext_noop("Dated in the future"),
        message=gettext_noop(
            "Evidence %(letter)s, “%(title)s”, is dated %(issued_on)s, a day that has not come."
        ),
        source=OWN,
        answer=dated_in_future,
    ),
    Check(
        id="A019",
        severity=Severity.WARNING,
        title=gettext_noop("Review or audit without a date"),
        message=gettext_noop(
            "Evidence %(letter)s, “%(title)s”, has no date, so its age cannot be judged. Enter it."
        ),
        source=GUIDE,
        answer=not_dated,
    ),
    Check(
        id="A020",
        severity=Severity.ERROR,
        title=gettext_noop("Evidence has expired"),
        message=gettext_noop(
            "Evidence %(letter)s, “%(title)s”, expired on %(expires_on)s. Replace it, or remove it."
        ),
        source=OWN,
        answer=expired,
    ),
)
