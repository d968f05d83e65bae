"""A plan becomes the region's own: one action for each of its steps."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Final, Self
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from livinglab.accounts.queries import User
from livinglab.actions import policies
from livinglab.actions.domain.schedule import Load, Span, parts_of, spread
from livinglab.actions.domain.states import ActionState
from livinglab.actions.models import Action, ActionPlan, Contribution, Milestone
from livinglab.actions.operations.projection import forget, project
from livinglab.actions.queries.places import Place
from livinglab.audit import operations as audit
from livinglab.kernel.clock import day_of
from livinglab.kernel.refusals import Refusal, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.kernel.texts import storable
from livinglab.organizations.queries import Organization
from livinglab.planning.queries.starts import Start

LONGEST_TITLE: Final = 160
_PLACES: Final = Decimal("0.000001")
#: what an action of a closed plan hands to the action that goes on with it
_HANDED_ON: Final = (
    "title",
    "state",
    "agency_id",
    "assignee_id",
    "helping_agencies",
    "helping_people",
    "starts_on",
    "due_on",
    "done_on",
    "lever",
    "evidence_wanted",
    "evidence_pieces",
    "sub_activity",
    "planning_year",
    "document",
    "document_number",
    "document_date",
    "document_year",
    "cost",
    "blocker",
    "commitment_id",
)
#: of these, what a step that was given up leaves behind
_OF_THE_WAY: Final = frozenset(
    {"state", "starts_on", "due_on", "done_on", "blocker", "planning_year"}
    | {"document", "document_number", "document_date", "document_year"}
)
#: how far an action is, where two plans have the same step
_FURTHER: Final[Mapping[ActionState, int]] = {
    ActionState.DROPPED: 0,
    ActionState.PLANNED: 1,
    ActionState.BLOCKED: 2,
    ActionState.STARTED: 2,
    ActionState.DONE: 3,
    ActionState.CONFIRMED: 4,
}


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One row of a plan document's steps, read."""

    indicator: str
    to_level: int
    effort: Fraction
    year: int | None

    @classmethod
    def read(cls, row: Mapping[str, object]) -> Self:
        """This function will read a row of `steps` as `planning.queries.document` writes it."""
        year = row.get("year")
        return cls(
            indicator=str(row["indicator"]),
            to_level=int(str(row["to"])),
            effort=Fraction(str(row["effort"])),
            year=None if year is None else int(str(year)),
        )


def steps_of(document: Mapping[str, object]) -> tuple[PlanStep, ...]:
    """This function will return the steps of a plan document in the order to take them."""
    rows = document["steps"]
    assert isinstance(rows, list), "a plan document lists its steps"
    return tuple(PlanStep.read(row) for row in rows)


def spans_of(
    steps: Sequence[PlanStep], *, first: date, last: date, first_year: int | None = None
) -> tuple[Span, ...]:
    """This function will return the days of each step between two days, within the plan's years where it has them."""
    has_years = any(step.year is not None for step in steps)
    parts = parts_of(first, last, (first_year or first.year) if has_years else None)
    return spread([Load(step.effort, step.year) for step in steps], parts)


def target_of(document: Mapping[str, object]) -> Decimal:
    """This function will return the index that a plan document aims at, with two places, cut and not rounded.

    Where it names no target, or an unreachable one, it is the index that the plan reaches: cut, so that doing the plan
    reaches what is stored.
    """
    names_target = document["status"] == "optimal" and document["target"] is not None
    exact = Fraction(str(document["target"] if names_target else document["index_exact"]))
    return Decimal(exact.numerator * 100 // exact.denominator) / 100


def accept(
    *,
    place: Place,
    start: Start,
    document: Mapping[str, object],
    asked: Mapping[str, object],
    title: str,
    due_on: date,
    at: datetime,
    first_year: int | None = None,
) -> ActionPlan:
    """This function will make a plan the region's own, with one action for each of its steps.

    `document` is the plan as `planning.queries.document` returns it, `asked` what was wished for. The steps are spread
    over the days up to `due_on`, within the plan's years, of which `first_year` is the first. The plan in force of the
    same instrument is closed, whatever year it ends in: it stays as it was, and what was begun, agreed and given for a
    step that both have goes on in the new plan; what the old one gave up begins anew. It is marked as made up only
    where the work is: a plan that begins with made-up levels is followed through in earnest. Errors: `Refused` by the
    policy, without a title, for a day that is past, for a plan without steps.
    """
    title = " ".join(storable(title).split())
    steps = steps_of(document)
    today = day_of(at, place.organization.zone)
    with tenancy(place.organization.id):
        _lock(place.organization)
        ensure(policies.may_accept(place.actor))
        ensure(_refusal_of_plan(title, steps, due_on, today))
        plan = ActionPlan.objects.create(
            organization_id=place.organization.id,
            title=title,
            instrument=start.instrument.code,
            origin=start.origin,
            levels={key: str(level) for key, level in start.levels.items()},
            start_index=start.index,
            target_index=target_of(document),
            due_on=due_on,
            document=dict(document),
            asked=dict(asked),
            is_synthetic=is_demonstration(place, start),
            accepted_at=at,
            accepted_by=place.actor.user_id,
        )
        spans = spans_of(steps, first=today, last=due_on, first_year=first_year)
        actions = _actions(plan, steps, spans, by=place.actor.user_id)
        closed, replaced = _close_former(plan, actions, at=at)
        Action.objects.bulk_create(actions)
        _hand_on(actions)
        audit.record(
            organization_id=place.organization.id,
            by=place.actor.user_id,
            at=at,
            action="actions.plan_accepted",
            subject=str(plan.id),
            facts={
                "instrument": plan.instrument,
                "index": str(plan.target_index),
                "date": due_on.isoformat(),
                "count": len(actions),
                "closed": [str(one) for one in closed],
            },
        )
        forget(place.organization.id, replaced)  # after the trail: its locks come first everywhere
        project(plan, actions, at=at)
    return plan


def former_plans(organization_id: UUID, instrument: str) -> "list[ActionPlan]":
    """This function will return the plans in force that a new one of this instrument would close, oldest first."""
    found = ActionPlan.objects.filter(
        organization_id=organization_id, instrument=instrument, closed_at__isnull=True
    )
    return list(found.order_by("accepted_at", "id"))


def is_demonstration(place: Place, start: Start) -> bool:
    """This function will say whether the work of a plan is a demonstration: of a fictitious region, of a demo person,
    or begun with levels of an evaluation for demonstration. Made-up levels alone make no work up. One query.
    """
    if place.organization.is_synthetic or (start.is_synthetic and not start.is_made_up):
        return True
    return User.objects.filter(id=place.actor.user_id, is_synthetic=True).exists()


def _lock(organization: Organization) -> None:
    """Two who accept at once wait for each other: both would close the same plan."""
    Organization.objects.select_for_update().filter(id=organization.id).first()


def _refusal_of_plan(title: str, steps: Sequence[PlanStep], due_on: date, today: date) -> Refusal | None:
    if not title:
        return Refusal("title_missing", _("Give the plan a name."))
    if len(title) > LONGEST_TITLE:
        return Refusal("title_too_long", _("The name is too long: at most 160 characters."))
    if due_on <= today:
        words = _("The plan has to end after today. The nearest day is tomorrow.")
        return Refusal("due_in_past", words)
    if not steps:
        words = _("This plan has no steps: the target is reached already. Choose a higher one.")
        return Refusal("no_steps", words)
    return None


def _actions(plan: ActionPlan, steps: Sequence[PlanStep], spans: Sequence[Span], *, by: UUID) -> list[Action]:
    return [
        Action(
            organization_id=plan.organization_id,
            plan=plan,
            number=number,
            indicator=step.indicator,
            to_level=step.to_level,
            title="",
            starts_on=span.starts_on,
            due_on=span.due_on,
            planning_year=span.due_on.year,
            effort=_decimal(step.effort),
            changed_at=plan.accepted_at,
            changed_by=by,
        )
        for number, (step, span) in enumerate(zip(steps, spans, strict=True), start=1)
    ]


def _decimal(effort: Fraction) -> Decimal:
    return (Decimal(effort.numerator) / Decimal(effort.denominator)).quantize(_PLACES)


def _close_former(
    plan: ActionPlan, actions: Iterable[Action], *, at: datetime
) -> tuple[list[UUID], list[UUID]]:
    """Close the plans of the same instrument, and let the new actions go on with theirs; old rows stay as they are.

    Returns the plans, and their actions that go on.
    """
    found = former_plans(plan.organization_id, plan.instrument)
    former = [one.id for one in found if one.id != plan.id]
    if not former:
        return [], []
    rows = ActionPlan.objects.filter(organization_id=plan.organization_id, id__in=former)
    rows.update(closed_at=at)
    steps: dict[tuple[str, int], list[Action]] = {}
    old_actions = Action.objects.filter(organization_id=plan.organization_id, plan_id__in=former)
    for old in old_actions.order_by("plan__accepted_at", "plan_id"):
        steps.setdefault((old.indicator, old.to_level), []).append(old)
    replaced: list[UUID] = []
    for action in actions:
        same = steps.get((action.indicator, action.to_level), [])
        if same:
            _go_on(action, same)
            replaced += [one.id for one in same]
    return former, replaced


def _go_on(action: Action, same: Sequence[Action]) -> None:
    """Let a new action go on with the one of its step that is furthest, of equal ones the newest, the last of `same`.

    What was given up comes back as work to do, in the days of the new plan.
    """
    old = max(reversed(same), key=lambda one: _FURTHER[ActionState(one.state)])
    begins_anew = old.state == ActionState.DROPPED
    action.continues_id = old.id
    for name in _HANDED_ON:
        if not (begins_anew and name in _OF_THE_WAY):
            setattr(action, name, getattr(old, name))
    if action.commitment_id is None:
        action.commitment_id = next((one.commitment_id for one in same if one.commitment_id), None)


def _hand_on(actions: Iterable[Action]) -> None:
    """Copy milestones and contributions that hold to the actions that go on; the old ones keep theirs."""
    new = {action.continues_id: action for action in actions if action.continues_id is not None}
    if not new:
        return
    organization_id = next(iter(new.values())).organization_id
    milestones = Milestone.objects.filter(organization_id=organization_id, action_id__in=new)
    Milestone.objects.bulk_create(
        Milestone(
            organization_id=organization_id,
            action=new[old.action_id],
            title=old.title,
            due_on=old.due_on,
            done_on=old.done_on,
        )
        for old in milestones
    )
    given = Contribution.objects.filter(
        organization_id=organization_id, action_id__in=new, withdrawn_on__isnull=True
    )
    Contribution.objects.bulk_create(
        Contribution(
            organization_id=organization_id,
            action=new[old.action_id],
            **{name: getattr(old, name) for name in _GIVEN},
        )
        for old in given
    )


_GIVEN: Final = (
    "payer",
    "giver",
    "kind",
    "rupiah",
    "what",
    "paper",
    "paper_number",
    "paper_date",
    "entered_at",
    "entered_by",
)
