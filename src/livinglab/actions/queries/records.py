"""Reads of a region's plans and actions. Call them inside the region's transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from livinglab.actions.domain.states import ActionState
from livinglab.actions.models import Action, ActionComment, ActionMove, ActionPlan, Milestone


def plans(organization_id: UUID) -> "QuerySet[ActionPlan]":
    """This function will return the plans of a region: those in force first, then the newest."""
    found = ActionPlan.objects.filter(organization_id=organization_id)
    return found.order_by(F("closed_at").desc(nulls_first=True), "-accepted_at", "id")


def plan_in_force(organization_id: UUID) -> ActionPlan | None:
    """This function will return the newest plan that no other took the place of, None without one."""
    return plans(organization_id).filter(closed_at__isnull=True).first()


@dataclass(frozen=True, slots=True)
class PlanCounts:
    """How many actions of a plan go on or are done, without those that were given up; `done` counts the confirmed."""

    actions: int = 0
    done: int = 0


def counts_by_plan(organization_id: UUID) -> Mapping[UUID, PlanCounts]:
    """This function will return how far each plan of a region is. One query."""
    alive = Action.objects.filter(organization_id=organization_id).exclude(state=ActionState.DROPPED)
    done = Q(state__in=[ActionState.DONE, ActionState.CONFIRMED])
    rows = alive.values("plan_id").annotate(actions=Count("id"), done=Count("id", filter=done))
    return {row["plan_id"]: PlanCounts(row["actions"], row["done"]) for row in rows}


def find_plan(organization_id: UUID, plan_id: UUID) -> ActionPlan | None:
    """This function will return a plan of a region, None where it has no such plan."""
    return plans(organization_id).filter(id=plan_id).first()


def actions_of(organization_id: UUID, plan_id: UUID) -> "QuerySet[Action]":
    """This function will return the actions of a plan with their agencies, by number."""
    found = Action.objects.filter(organization_id=organization_id, plan_id=plan_id)
    return found.select_related("agency").order_by("number")


def find_action(organization_id: UUID, action_id: UUID) -> Action | None:
    """This function will return an action of a region with its plan and its agency, None where there is none."""
    found = Action.objects.filter(organization_id=organization_id, id=action_id)
    return found.select_related("plan", "agency").first()


def milestones_of(organization_id: UUID, action_id: UUID) -> "QuerySet[Milestone]":
    """This function will return the milestones of an action by day."""
    found = Milestone.objects.filter(organization_id=organization_id, action_id=action_id)
    return found.order_by("due_on", "id")


def milestones_in(organization_id: UUID, plan_id: UUID) -> "QuerySet[Milestone]":
    """This function will return the milestones of every action of a plan, by day."""
    found = Milestone.objects.filter(organization_id=organization_id, action__plan_id=plan_id)
    return found.order_by("due_on", "id")


def moves_of(organization_id: UUID, action_id: UUID) -> "QuerySet[ActionMove]":
    """This function will return the steps that an action took, newest first."""
    return ActionMove.objects.filter(organization_id=organization_id, action_id=action_id).order_by(
        "-at", "-id"
    )


def comments_of(organization_id: UUID, action_id: UUID) -> "QuerySet[ActionComment]":
    """This function will return what was said about an action, oldest first."""
    return ActionComment.objects.filter(organization_id=organization_id, action_id=action_id).order_by(
        "at", "id"
    )


def newer_of(organization_id: UUID, action_id: UUID) -> Action | None:
    """This function will return the action of a newer plan that goes on with this one, None without one."""
    return Action.objects.filter(organization_id=organization_id, continues_id=action_id).first()
