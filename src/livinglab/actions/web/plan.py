"""A plan as a table: every action with its agency, days, state, lever and cost; several can be given away at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from livinglab.accounts.queries import names_of
from livinglab.actions import policies
from livinglab.actions.access import actions_page
from livinglab.actions.domain import levers
from livinglab.actions.domain.actors import ASSIGNABLE
from livinglab.actions.domain.kinds import Lever
from livinglab.actions.domain.states import ActionState
from livinglab.actions.models import Action, ActionPlan
from livinglab.actions.operations import actions as operations
from livinglab.actions.operations.records import UnknownAction
from livinglab.actions.queries import records
from livinglab.actions.queries.forecast import forecast_of
from livinglab.actions.queries.places import Place
from livinglab.actions.web import findings, words
from livinglab.actions.web.frame import find_plan_or_404, plan_frame
from livinglab.actions.web.reading import read_id
from livinglab.assessments.queries import get_instrument
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.organizations.queries import agencies, members

Problems = tuple[tuple[str, str], ...]
NOBODY: Final = ""
SHOWN: Final = ("all", "open", "late", "mine")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    action: Action
    name: str
    state: str
    person: str
    helpers: int
    lever: str
    cost: str
    is_late: bool


@require_http_methods(["GET", "HEAD", "POST"])
@actions_page
def plan(request: HttpRequest, place: Place, plan_id: UUID) -> HttpResponse:
    """This function will show the actions of a plan, and give ticked ones to an agency or a person."""
    found = find_plan_or_404(place, plan_id)
    actions = list(records.actions_of(place.organization.id, found.id))
    if request.method != "POST":
        return _page(request, place, found, actions)
    chosen = [one.id for one in actions if str(one.id) in set(request.POST.getlist("action"))]
    if not chosen:
        return _page(request, place, found, actions, (("", _("Tick the actions to give away.")),))
    try:
        changed = operations.assign(
            place=place,
            action_ids=chosen,
            agency_id=read_id(request.POST.get("agency_id", "")),
            assignee_id=read_id(request.POST.get("assignee_id", "")),
            at=clock.now(),
        )
    except Refused as refused:
        return _page(request, place, found, actions, (("", str(refused.refusal.reason)),))
    except operations.ActionRefused as refused:
        problems = tuple((one.field, str(one.message)) for one in refused.problems)
        return _page(request, place, found, actions, problems)
    except UnknownAction as unknown:
        raise Http404 from unknown
    text = ngettext("%(count)s action was changed.", "%(count)s actions were changed.", changed)
    messages.success(request, text % {"count": changed})
    return redirect("actions:plan", place.organization.code, found.id)


def _page(
    request: HttpRequest, place: Place, found: ActionPlan, actions: list[Action], problems: Problems = ()
) -> HttpResponse:
    today = clock.today(place.organization.zone)
    refusal = policies.may_change_plan(place.actor, found)
    shown = request.GET.get("show", "all")
    shown = shown if shown in SHOWN else "all"
    balance = levers.balance(one.lever for one in actions if one.state != ActionState.DROPPED)
    context = {
        **plan_frame(place, found, "plan"),
        "heading": findings.plan_heading(actions, today),
        "forecast": forecast_of(found, actions, today=today, zone=place.organization.zone),
        "rows": list(rows_of(place, found, _narrowed(place, actions, shown, today), today)),
        "shown": shown,
        "show_options": show_options(),
        "lever_finding": findings.lever_finding(balance),
        "lever_shares": lever_shares(balance),
        "unsaid": balance.unsaid,
        "may_lead": policies.may_read_scorecard(place.actor) is None,
        "agencies": agency_options(place),
        "people": people_options(place),
        "chosen": frozenset(request.POST.getlist("action")),
        "given": request.POST,
        "refusal": str(refusal.reason) if refusal else "",
        "problems": problems,
        "errors": dict(reversed(problems)),
    }
    return render(request, "actions/plan.html", context, status=422 if problems else 200)


def rows_of(place: Place, found: ActionPlan, actions: list[Action], today: date) -> Iterable[Row]:
    """This function will return the lines of a table of actions. One query for the people's names."""
    people = names_of({one.assignee_id for one in actions if one.assignee_id is not None})
    instrument = get_instrument(found.instrument)
    return [
        Row(
            action=one,
            name=words.name(instrument, one),
            state=str(words.STATES[ActionState(one.state)]),
            person=people.get(one.assignee_id, "") if one.assignee_id else "",
            helpers=len(one.helping_agencies) + len(one.helping_people),
            lever=str(words.LEVERS[Lever(one.lever)]) if one.lever else "",
            cost="" if one.cost is None else words.rupiah(one.cost),
            is_late=findings.is_late(one, today),
        )
        for one in actions
    ]


def show_options() -> tuple[tuple[str, str], ...]:
    """This function will return which actions the table can show."""
    return (
        ("all", _("all actions")),
        ("open", _("those not done")),
        ("late", _("those that are late")),
        ("mine", _("those of my agency, and mine")),
    )


def _narrowed(place: Place, actions: list[Action], shown: str, today: date) -> list[Action]:
    if shown == "open":
        return [one for one in actions if one.state in _OPEN]
    if shown == "late":
        return [one for one in actions if findings.is_late(one, today)]
    if shown == "mine":
        mine = place.actor
        return [one for one in actions if mine.is_among(agencies=one.agencies, people=one.people)]
    return actions


_OPEN: Final = frozenset({ActionState.PLANNED, ActionState.STARTED, ActionState.BLOCKED})


@dataclass(frozen=True, slots=True)
class LeverShare:
    """One lever's part of the bar: where it begins and how wide it is, in per cent of the actions that name one."""

    css: str
    label: str
    count: int
    start: str
    width: str


def lever_shares(balance: levers.LeverBalance) -> list[LeverShare]:
    """This function will return the parts of the bar of levers, in their order."""
    found, before = [], 0
    for lever, number in balance.counts.items():
        start = 100 * before / balance.said if balance.said else 0
        width = 100 * number / balance.said if balance.said else 0
        label = str(words.LEVERS[lever])
        found.append(LeverShare(f"lever-{lever}", label, number, f"{start:.2f}%", f"{width:.2f}%"))
        before += number
    return found


def agency_options(place: Place) -> list[tuple[str, str]]:
    """This function will return the open agencies as choices."""
    found = agencies(place.organization.id).order_by("name")
    return [(NOBODY, _("no agency")), *((str(one.id), one.name) for one in found)]


def people_options(place: Place) -> list[tuple[str, str]]:
    """This function will return the people to whom actions can be given as choices."""
    found = members(place.organization.id).filter(role__in=ASSIGNABLE)
    people = {str(one.user_id): str(one.user) for one in found}
    return [(NOBODY, _("nobody in particular")), *people.items()]
