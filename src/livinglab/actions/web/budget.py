"""How a plan's actions stand to the budget year: what missed which document, and from where money can come."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from livinglab.actions.access import actions_page
from livinglab.actions.domain.cutoffs import (
    Certainty,
    Cutoff,
    Placed,
    Slot,
    Stage,
    Standing,
    planning_year_for,
)
from livinglab.actions.domain.states import ENDED
from livinglab.actions.models import Action
from livinglab.actions.queries.budget import budget_year, placed
from livinglab.actions.queries.places import Place
from livinglab.actions.queries.records import actions_of
from livinglab.actions.web import words
from livinglab.actions.web.frame import find_plan_or_404, plan_part_frame
from livinglab.assessments.queries import Instrument, get_instrument
from livinglab.kernel import clock
from livinglab.ui.languages import language

_SHORT: dict[Stage, str] = {
    Stage.RKPD: "RKPD",
    Stage.KUA_PPAS: "KUA-PPAS",
    Stage.APBD: "APBD",
    Stage.CHANGED_RKPD: "RKPD-P",
    Stage.CHANGED_APBD: "APBD-P",
}


@dataclass(frozen=True, slots=True)
class CutoffRow:
    """One document with its last day, and where that day is from."""

    name: str
    last_day: date
    is_past: bool
    is_law: bool
    law: str
    source: str
    url: str


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action that costs something, in words."""

    number: int
    name: str
    url: str
    cost: str
    said: str
    warning: str


@require_safe
@actions_page
def budget(request: HttpRequest, place: Place, plan_id: UUID) -> HttpResponse:
    """This function will show which actions missed the budget year that they want."""
    plan = find_plan_or_404(place, plan_id)
    today = clock.today(place.organization.zone)
    instrument = get_instrument(plan.instrument)
    found = [
        (one, placed(one, today))
        for one in actions_of(place.organization.id, plan_id)
        if one.state not in ENDED
    ]
    costly = [pair for pair in found if pair[1].standing is not Standing.NO_MONEY]
    year = planning_year_for(today, budget_year())
    context = {
        **plan_part_frame(place, plan, _("Budget year")),
        "heading": _heading(costly, len(found)),
        "rows": [_row(place, instrument, one, where) for one, where in costly],
        "cutoffs": [_cutoff_row(one, year, today) for one in budget_year().cutoffs.values()],
        "year": year,
    }
    return render(request, "actions/budget.html", context)


def _heading(costly: list[tuple[Action, Placed]], number: int) -> str:
    missed = sum(where.standing is Standing.MISSED for _action, where in costly)
    if missed:
        return ngettext(
            "%(num)s action missed a document of its budget year",
            "%(num)s actions missed a document of their budget year",
            missed,
        ) % {"num": missed}
    if not costly:
        return _("No open action says what it costs")
    return _("No action is known to have missed a document of its budget year")


def budget_words(where: Placed) -> str:
    """This function will say where an action stands to the budget; empty when it needs no money."""
    values: dict[str, object] = {"year": where.wanted_year, "slots": _slots(where.slots)}
    values["documents"] = ", ".join(_SHORT[stage] for stage in where.closed)
    values["document"] = _SHORT[where.stands_in] if where.stands_in else ""
    match where.standing:
        case Standing.NO_MONEY:
            return ""
        case Standing.NAMED if where.closed:
            return (
                _(
                    "Sub-activity named for %(year)s, and the day of %(documents)s is past: enter in which it stands. "
                    "If in none, money at the earliest in %(slots)s"
                )
                % values
            )
        case Standing.NAMED:
            return _("Sub-activity named for RKPD %(year)s") % values
        case Standing.STANDS:
            return _("Stands in %(document)s %(year)s") % values
        case Standing.MISSED if where.stands_in:
            return (
                _(
                    "Stands in %(document)s %(year)s but missed %(documents)s: money at the earliest in %(slots)s"
                )
                % values
            )
        case Standing.OPEN:
            values["day"] = words.day(where.slots[0].closes_on)
            return _("Not yet in RKPD %(year)s: enter its sub-activity by %(day)s") % values
        case Standing.MISSED:
            return _("Missed %(documents)s %(year)s: money at the earliest in %(slots)s") % values


def budget_warning(action: Action, where: Placed) -> str:
    """This function will warn of an action that is due before its money can be there; empty where it is not."""
    if not where.is_due_before_money or where.money_from is None:
        return ""
    return _("Due on %(due)s, before there can be money on %(day)s") % {
        "due": words.day(action.due_on),
        "day": words.day(where.money_from),
    }


def budget_notes(action: Action, today: date) -> tuple[str, str]:
    """This function will say where an action stands to the budget and warn of it; both empty when nothing is to say."""
    if action.state in ENDED:
        return "", ""
    where = placed(action, today)
    return budget_words(where), budget_warning(action, where)


def _slots(slots: tuple[Slot, ...]) -> str:
    return " / ".join(f"APBD{'-P' if one.is_change else ''} {one.planning_year}" for one in slots)


def _row(place: Place, instrument: Instrument, action: Action, where: Placed) -> ActionRow:
    return ActionRow(
        number=action.number,
        name=words.name(instrument, action),
        url=reverse("actions:action", args=[place.organization.code, action.plan_id, action.id]),
        cost=words.rupiah(action.cost or 0),
        said=budget_words(where),
        warning=budget_warning(action, where),
    )


def _cutoff_row(cutoff: Cutoff, year: int, today: date) -> CutoffRow:
    last_day = cutoff.in_year(year)
    return CutoffRow(
        name=str(words.STAGES[cutoff.stage]),
        last_day=last_day,
        is_past=last_day < today,
        is_law=cutoff.certainty is Certainty.LAW,
        law=cutoff.law,
        source=cutoff.source[language()],
        url=cutoff.url,
    )
