"""Who may do what with action plans. Each policy returns None or a Refusal: for the button and for the write."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from livinglab.actions.domain.actors import ACCEPTS, COMMENTS, Actor
from livinglab.actions.domain.states import ActionState, ActionStep, next_state
from livinglab.actions.models import Action, ActionPlan
from livinglab.kernel.refusals import Refusal

_NOT_NOW: Final[Mapping[ActionState, Promise]] = {
    ActionState.PLANNED: _("The action has not begun."),
    ActionState.STARTED: _("The action is under way."),
    ActionState.BLOCKED: _("The action is held up: lift what holds it up first."),
    ActionState.DONE: _("The action is done: open it again first."),
    ActionState.CONFIRMED: _("An assessor confirmed this level: nothing changes it any more."),
    ActionState.DROPPED: _("The action was given up: take it up again first."),
}


def may_accept(actor: Actor) -> Refusal | None:
    """This function will return why this person may not make a plan the region's own."""
    if actor.roles & ACCEPTS:
        return None
    return Refusal("not_an_accepter", _("Only the coordinator and the head of the region accept a plan."))


def may_change_plan(actor: Actor, plan: ActionPlan) -> Refusal | None:
    """This function will return why this person may not change a plan and everything in it."""
    if not actor.is_keeper:
        words = _("Only the coordinator, the responsible officer and the planning agency change this.")
        return Refusal("not_a_keeper", words)
    return is_open(plan)


def may_work_on(actor: Actor, action: Action, plan: ActionPlan) -> Refusal | None:
    """This function will return why this person may not change an action's state, days of milestones and evidence."""
    if not actor.works_on(agencies=action.agencies, people=action.people):
        words = _(
            "Only the agencies and people that this action was given to, and those who keep the plan, do this."
        )
        return Refusal("not_your_action", words)
    return is_open(plan)


def may_comment(actor: Actor, action: Action, plan: ActionPlan) -> Refusal | None:
    """This function will return why this person may not say something about an action."""
    if actor.roles & COMMENTS:
        return is_open(plan)
    return may_work_on(actor, action, plan)


def may_take_step(actor: Actor, step: ActionStep, action: Action, plan: ActionPlan) -> Refusal | None:
    """This function will return why this person may not take this step with this action now.

    To confirm a level is nobody's: the decision on an evaluation does it.
    """
    if step is ActionStep.CONFIRM:
        words = _("A level is confirmed by the decision on an evaluation, never by hand.")
        return Refusal("never_by_hand", words)
    refusal = may_work_on(actor, action, plan)
    if refusal is not None:
        return refusal
    state = ActionState(action.state)
    return Refusal("not_in_this_state", _NOT_NOW[state]) if next_state(state, step) is None else None


def is_open(plan: ActionPlan) -> Refusal | None:
    """This function will return why nothing in a plan changes any more: a newer one took its place."""
    if plan.closed_at is None:
        return None
    return Refusal("plan_closed", _("A newer plan took the place of this one: it stays as it was."))


def may_read_scorecard(actor: Actor) -> Refusal | None:
    """This function will return why this person may not see how well each agency keeps its word."""
    if actor.roles & ACCEPTS:
        return None
    words = _("Only the head of the region and the coordinator see how agencies keep their word.")
    return Refusal("not_a_leader", words)
