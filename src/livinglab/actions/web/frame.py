"""What every page of a region's action plans has in common: the way there, and the views of one plan."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.http import Http404
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from livinglab.actions.models import Action, ActionPlan
from livinglab.actions.queries import records
from livinglab.actions.queries.places import Place
from livinglab.actions.web import words
from livinglab.assessments.queries import get_instrument
from livinglab.planning.queries.starts import Origin
from livinglab.ui.languages import language

Crumb = tuple[str, str | None]
_VIEWS: Final[tuple[tuple[str, Promise], ...]] = (
    ("plan", gettext_lazy("Table")),
    ("board", gettext_lazy("Board")),
    ("timeline", gettext_lazy("Timeline")),
    ("ledger", gettext_lazy("Many hands")),
)


@dataclass(frozen=True, slots=True)
class View:
    """A view of a plan, as the macro `tabs` takes it."""

    url: str
    label: str
    current: bool


def frame(place: Place, *way: Crumb) -> dict[str, object]:
    """This function will return what the layout of these pages needs; `way` leads on from the list of plans."""
    code = place.organization.code
    return {
        "place": place,
        "code": code,
        "region": place.organization,
        "breadcrumbs": (
            (place.organization.short_name, url_if_any("comparisons:portrait", code)),
            (_("Action plans"), reverse("actions:list", args=[code]) if way else None),
            *way,
        ),
    }


def plan_frame(place: Place, plan: ActionPlan, view: str) -> dict[str, object]:
    """This function will return what every view of one plan needs."""
    code = place.organization.code
    return {
        **frame(place, (plan.title, None)),
        "plan": plan,
        "instrument": get_instrument(plan.instrument).short.in_language(language()),
        "origin": str(words.ORIGINS[Origin(plan.origin)]),
        "views": [
            View(reverse(f"actions:{name}", args=[code, plan.id]), str(label), name == view)
            for name, label in _VIEWS
        ],
    }


def plan_part_frame(place: Place, plan: ActionPlan, name: str) -> dict[str, object]:
    """This function will return what a page about one side of a plan needs, such as its forecast."""
    here = reverse("actions:plan", args=[place.organization.code, plan.id])
    return {
        **frame(place, (plan.title, here), (name, None)),
        "plan": plan,
        "is_synthetic": plan.is_synthetic,
    }


def action_way(place: Place, plan: ActionPlan, action: Action) -> tuple[Crumb, ...]:
    """This function will return the way from the list of plans to one action."""
    here = reverse("actions:plan", args=[place.organization.code, plan.id])
    return (plan.title, here), (_("Action %(number)s") % {"number": action.number}, None)


def find_plan_or_404(place: Place, plan_id: UUID) -> ActionPlan:
    """This function will return a plan of the region in the address. Errors: Http404."""
    plan = records.find_plan(place.organization.id, plan_id)
    if plan is None:
        raise Http404(str(plan_id))
    return plan


def find_action_or_404(place: Place, plan_id: UUID, action_id: UUID) -> Action:
    """This function will return an action of the plan in the address, with its plan. Errors: Http404."""
    action = records.find_action(place.organization.id, action_id)
    if action is None or action.plan_id != plan_id:
        raise Http404(str(action_id))
    return action


def url_if_any(name: str, *args: object) -> str | None:
    """This function will return the address of a page, None where this installation does not have it."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return None
