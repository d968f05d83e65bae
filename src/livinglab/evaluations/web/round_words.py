"""What rounds, waits and colours are called, and the sentences that head a round's page."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy, pgettext_lazy

from livinglab.assessments.queries import get_instrument
from livinglab.evaluations.domain.process import State
from livinglab.evaluations.domain.stages import RoundKind
from livinglab.evaluations.domain.waiting import Wait
from livinglab.evaluations.models import Round
from livinglab.evaluations.queries.overview import Totals
from livinglab.evaluations.queries.participants import Order
from livinglab.evaluations.queries.round_map import Colour
from livinglab.evaluations.web import words
from livinglab.ui import formats
from livinglab.ui.languages import language

WAITS: Final[Mapping[Wait, Promise]] = {
    Wait.OVERDUE: gettext_lazy("Overdue"),
    Wait.UNTOUCHED: gettext_lazy("Self-assessment untouched"),
    Wait.UNACCEPTED: gettext_lazy("Handed in, not accepted"),
    Wait.UNSIGNED: gettext_lazy("Approved, not signed"),
    Wait.OBJECTIONS: gettext_lazy("Open objections"),
}
WAIT_RULES: Final[Mapping[Wait, Promise]] = {
    Wait.OVERDUE: gettext_lazy("The last day of the present stage is over."),
    Wait.UNTOUCHED: gettext_lazy("Nothing changed for 7 days, and the self-assessment ends within 14 days."),
    Wait.UNACCEPTED: gettext_lazy("Answers have been with the internal assessors for 7 days or more."),
    Wait.UNSIGNED: gettext_lazy("The minutes and the consent to publish are not signed."),
    Wait.OBJECTIONS: gettext_lazy("The assessors have not settled what the region objects to."),
}
COUNTED_WAITS: Final = {
    Wait.OVERDUE: ngettext_lazy("%(count)s is overdue", "%(count)s are overdue", "count"),
    Wait.UNTOUCHED: ngettext_lazy(
        "%(count)s has not touched the self-assessment",
        "%(count)s have not touched the self-assessment",
        "count",
    ),
    Wait.UNACCEPTED: ngettext_lazy(
        "%(count)s waits for its internal assessor", "%(count)s wait for their internal assessors", "count"
    ),
    Wait.UNSIGNED: ngettext_lazy(
        "%(count)s is approved and not signed", "%(count)s are approved and not signed", "count"
    ),
    Wait.OBJECTIONS: ngettext_lazy(
        "%(count)s has open objections", "%(count)s have open objections", "count"
    ),
}
COLOURS: Final[Mapping[Colour, Promise]] = {
    Colour.STATE: gettext_lazy("State"),
    Colour.PROGRESS: gettext_lazy("Progress"),
    Colour.INDEX: gettext_lazy("Present index"),
}
ORDERS: Final[Mapping[Order, Promise]] = {
    Order.CODE: gettext_lazy("Code"),
    Order.PROGRESS: gettext_lazy("Least progress first"),
    Order.INDEX: gettext_lazy("Highest index first"),
    Order.QUIET: gettext_lazy("Longest without a change first"),
}
SHORT_STATES: Final[Mapping[State, Promise]] = {
    State.SELF: pgettext_lazy("count of regions", "in self-assessment"),
    State.APPROVED: pgettext_lazy("count of regions", "approved"),
    State.SIGNED: pgettext_lazy("count of regions", "signed"),
    State.DOCUMENT: pgettext_lazy("count of regions", "in document assessment"),
    State.INTERVIEW: pgettext_lazy("count of regions", "in interviews"),
    State.VISIT: pgettext_lazy("count of regions", "in visits"),
    State.CONSOLIDATED: pgettext_lazy("count of regions", "consolidated"),
    State.DECIDED: pgettext_lazy("count of regions", "decided"),
}


def count(value: int) -> str:
    """This function will return a whole number as the reader writes it."""
    return formats.count(value, language=language())


def subtitle(row: Round) -> str:
    """This function will return what stands small above the heading: kind, instrument and year of a round."""
    instrument = words.said(get_instrument(row.instrument).short)
    return f"{row.title} · {instrument} · {words.KINDS[RoundKind(row.kind)]} {row.year}"


def heading(found: Totals, row: Round, today: date) -> str:
    """This function will return the finding of a round: what is overdue, else how far most are."""
    total = found.participants
    facts = {"total": count(total)}
    if total == 0:
        return _("Nobody takes part here")
    if found.states[State.DECIDED] == total:
        return ngettext("The one result is decided", "All %(total)s results are decided", total) % facts
    if late := found.waiting[Wait.OVERDUE]:
        text = ngettext("%(count)s of %(total)s is overdue", "%(count)s of %(total)s are overdue", late)
        return text % {**facts, "count": count(late)}
    sent = total - sum(found.states[one] for one in (State.SELF, State.APPROVED, State.SIGNED))
    if sent:
        text = ngettext(
            "%(count)s of %(total)s has sent its self-assessment",
            "%(count)s of %(total)s have sent their self-assessments",
            sent,
        )
        return text % {**facts, "count": count(sent)}
    if found.begun == 0:
        return _("Nobody has begun: %(total)s have until %(day)s") % {
            **facts,
            "day": words.day(row.self_until),
        }
    text = ngettext("%(count)s of %(total)s has begun", "%(count)s of %(total)s have begun", found.begun)
    return text % {**facts, "count": count(found.begun)}


def standing(found: Totals) -> str:
    """This function will return what the figures of a round are called: official only when every one is decided."""
    if found.participants and found.states[State.DECIDED] == found.participants:
        return _("Every figure here is the official result of its decision.")
    if found.states[State.DECIDED]:
        return _("Pre-assessment, not an official result, except where a decision is entered.")
    return _("Pre-assessment, not an official result.")


def stuck(found: Totals) -> str:
    """This function will return how many wait for something, in one sentence."""
    if found.stuck == 0:
        return _("Nobody waits too long for anything")
    text = ngettext("%(count)s of %(total)s is stuck", "%(count)s of %(total)s are stuck", found.stuck)
    return text % {"count": count(found.stuck), "total": count(found.participants)}
