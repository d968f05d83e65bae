"""What states, points, kinds and law are called."""

import re
from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from livinglab.packages.domain import faults
from livinglab.packages.queries.choosing import Choice
from livinglab.releases.domain.states import AdvisoryKind, Point, ReleaseState, Severity

STATES: Final[Mapping[ReleaseState, Promise | str]] = {
    ReleaseState.IN_REVIEW: _("waits for review"),
    ReleaseState.RETURNED: pgettext_lazy("package", "returned"),
    ReleaseState.LISTED: _("offered"),
    ReleaseState.WITHDRAWN: pgettext_lazy("package", "withdrawn"),
}
POINTS: Final[Mapping[Point, Promise | str]] = {
    Point.LAW: _("Law: the legal basis exists and covers what is asked and decided"),
    Point.PRIVACY: _("Privacy: only what is needed is asked, with ground, purpose and time of keeping"),
    Point.SECURITY: _(
        "Security: four eyes where money or rights are at stake, nothing reaches outside undeclared"
    ),
    Point.ACCESSIBILITY: _(
        "Accessibility: plain words, usable on a cheap phone, a way for people without one"
    ),
}
KINDS: Final[Mapping[AdvisoryKind, Promise | str]] = {
    AdvisoryKind.VULNERABLE: _("vulnerable"),
    AdvisoryKind.WITHDRAWN: pgettext_lazy("package", "withdrawn"),
    AdvisoryKind.FAULTY: _("faulty"),
}
SEVERITIES: Final[Mapping[Severity, Promise | str]] = {
    Severity.LOW: _("act when you next change the service"),
    Severity.HIGH: _("act this week"),
    Severity.CRITICAL: _("act today"),
}
CHOICES: Final[Mapping[Choice, Promise | str]] = {
    Choice.EXISTING: _("Leave it as it is published"),
    Choice.REPLACE: _("Take the imported one"),
    Choice.BOTH: _("Keep both: the imported one under a new id"),
}
MATURITIES: Final[Mapping[str, Promise | str]] = {
    "drafted": _("drafted, not yet run"),
    "piloted": _("piloted by its publisher"),
    "in_use": _("in use at its publisher"),
}
#: UU 25/2009 article 21, letters a to n
COMPONENTS: Final[Mapping[str, Promise | str]] = {
    "legal_basis": _("Legal basis"),
    "requirements": _("Requirements"),
    "procedure": _("Procedure"),
    "duration": _("Time"),
    "fee": _("Fee"),
    "product": _("Product"),
    "facilities": _("Facilities"),
    "competence": _("Competence of the staff"),
    "supervision": _("Internal supervision"),
    "complaints": _("Complaints and suggestions"),
    "staffing": _("Number of staff"),
    "service_guarantee": _("Guarantee of service"),
    "safety_guarantee": _("Guarantee of safety"),
    "evaluation": _("Evaluation of the staff's performance"),
}

_DURATION: Final = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?")


def findings(severity: faults.Severity, number: int) -> str:
    """This function will say how many findings of a severity the checks have of a package, and what they mean."""
    if severity is faults.Severity.ERROR:
        words = ngettext(
            "%(num)s error, by a check that came after the version was sent",
            "%(num)s errors, by checks that came after the version was sent",
            number,
        )
    elif severity is faults.Severity.HINT:
        words = ngettext(
            "%(num)s hint, which changes nothing",
            "%(num)s hints, which change nothing",
            number,
        )
    elif number:
        words = ngettext(
            "%(num)s warning, which makes it less ready",
            "%(num)s warnings, which make it less ready",
            number,
        )
    else:
        return gettext("No warning")
    return words % {"num": number}


def within(duration: str, calendar: str) -> str:
    """This function will return an ISO 8601 duration of a step in words: "2 working days"; empty for none."""
    found = _DURATION.fullmatch(duration)
    if not duration or found is None:
        return ""
    days, hours, minutes = (int(part or 0) for part in found.groups())
    parts = []
    if days and calendar == "working":
        parts.append(ngettext("%(num)s working day", "%(num)s working days", days) % {"num": days})
    elif days:
        parts.append(ngettext("%(num)s day", "%(num)s days", days) % {"num": days})
    if hours:
        parts.append(ngettext("%(num)s hour", "%(num)s hours", hours) % {"num": hours})
    if minutes:
        parts.append(ngettext("%(num)s minute", "%(num)s minutes", minutes) % {"num": minutes})
    return " ".join(parts)
