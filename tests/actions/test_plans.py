"""A plan becomes the region's own: actions with days, figures, one plan for a year."""

import math
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from importlib import import_module
from itertools import pairwise

import pytest
from django.db import connection

from livinglab.accounts.models import User
from livinglab.actions.domain.states import ActionState, ActionStep
from livinglab.actions.models import Action, ActionFigure, ActionPlan, Contribution, Milestone
from livinglab.actions.operations import commitments, ledger, milestones, moves, plans
from livinglab.actions.queries.figures import figures_of
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.planning.queries.starts import Origin, Start
from tests.actions.kit import AT, DUE, Region, accept, accepted_region, bring, plan_document, start
from tests.organizations.people import trail

pytestmark = pytest.mark.django_db


@pytest.fixture
def region() -> Region:
    return accepted_region()


def test_every_step_becomes_an_action_in_the_plan_s_order(region: Region) -> None:
    steps = region.plan.document["steps"]
    actions = region.actions()
    assert [(one.number, one.indicator, one.to_level) for one in actions] == [
        (number, str(step["indicator"]), step["to"]) for number, step in enumerate(steps, start=1)
    ]
    assert actions[0].starts_on == date(2026, 11, 22)
    assert actions[-1].due_on == DUE
    assert {one.state for one in actions} == {ActionState.PLANNED}
    pairs = pairwise(actions)
    assert all(
        later.starts_on and later.starts_on - earlier.due_on <= timedelta(days=1) for earlier, later in pairs
    )


def test_the_plan_keeps_what_it_was_made_from(region: Region) -> None:
    assert (str(region.plan.start_index), region.plan.instrument, region.plan.origin) == (
        "2.00",
        "spbe-2020",
        "own",
    )
    assert region.plan.levels["21"] == "2"
    assert region.plan.document["status"] == "optimal"
    assert region.plan.document["certificate"]["checked"] is True


def test_accepting_is_one_entry_of_the_trail_and_a_figure_for_each_action(region: Region) -> None:
    entry = next(one for one in trail("14.08") if one.action == "actions.plan_accepted")
    assert (entry.subject, entry.facts["count"]) == (str(region.plan.id), len(region.actions()))
    shown = {(one.id, one.indicator, one.to_level, one.state) for one in figures_of(region.organization.id)}
    assert shown == {(one.id, one.indicator, one.to_level, one.state) for one in region.actions()}


def test_officers_and_those_of_other_roles_accept_nothing(region: Region) -> None:
    for user in (region.responsible, region.planner, region.officer, region.assessor):
        with pytest.raises(Refused) as refused:
            accept(region.as_(user))
        assert refused.value.refusal.code == "not_an_accepter"
    with tenancy(region.organization.id):
        assert ActionPlan.objects.filter(organization_id=region.organization.id).count() == 1


def test_the_head_of_the_region_accepts_too(region: Region) -> None:
    assert accept(region.as_(region.head)).accepted_by == region.head.id


@pytest.mark.parametrize(
    ("title", "due_on", "code"),
    [
        ("  ", DUE, "title_missing"),
        ("x" * 161, DUE, "title_too_long"),
        ("Rencana", date(2026, 11, 22), "due_in_past"),
    ],
)
def test_a_plan_without_name_or_future_is_refused_whole(
    region: Region, title: str, due_on: date, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        plans.accept(
            place=region.as_(region.coordinator),
            start=start(),
            document=plan_document(start()),
            asked={},
            title=title,
            due_on=due_on,
            at=AT,
        )
    assert refused.value.refusal.code == code
    with tenancy(region.organization.id):
        assert ActionPlan.objects.get(organization_id=region.organization.id).closed_at is None


def test_a_plan_that_needs_no_step_is_refused(region: Region) -> None:
    document = {**plan_document(start()), "steps": []}
    with pytest.raises(Refused) as refused:
        plans.accept(
            place=region.as_(region.coordinator),
            start=start(),
            document=document,
            asked={},
            title="Rencana",
            due_on=DUE,
            at=AT,
        )
    assert refused.value.refusal.code == "no_steps"


def test_a_plan_with_years_keeps_each_step_in_its_year(region: Region) -> None:
    begin = start()
    whole = Fraction(str(plan_document(begin, "2.40")["effort"]))
    document = plan_document(begin, "2.40", capacity=(math.ceil(whole / 2),) * 3)
    plan = plans.accept(
        place=region.as_(region.coordinator),
        start=begin,
        document=document,
        asked={},
        title="Tiga tahun",
        due_on=date(2029, 6, 30),
        first_year=2027,
        at=AT,
    )
    with tenancy(region.organization.id):
        actions = list(
            Action.objects.filter(organization_id=region.organization.id, plan=plan).order_by("number")
        )
    years = [step["year"] for step in document["steps"]]  # type: ignore[attr-defined]
    assert [one.due_on.year - 2026 for one in actions] == years
    assert max(years) > 1


def test_a_new_plan_for_the_year_goes_on_with_what_was_begun(region: Region) -> None:
    place = region.as_(region.coordinator)
    commitment = new_id()
    begun = bring(region, 1, ActionState.STARTED)
    commitments.link(place=place, action_id=begun.id, commitment_id=commitment, at=AT)
    milestones.add(place=place, action_id=begun.id, title="Rancangan selesai", due_on=DUE, at=AT)
    gift = ledger.GiftDraft("apbd", "Dinas Kominfo (uji)", "money", 1_000)
    kept = ledger.enter(place=place, action_id=begun.id, draft=gift, at=AT)
    gone = ledger.enter(place=place, action_id=begun.id, draft=replace(gift, rupiah=5), at=AT)
    ledger.withdraw(place=place, contribution_id=gone.id, reason="Batal", at=AT)
    later = AT + timedelta(days=30)

    newer = accept(place, target="2.30", at=later)

    with tenancy(region.organization.id):
        here = {"organization_id": region.organization.id}
        assert ActionPlan.objects.get(id=region.plan.id, **here).closed_at == later
        going_on = Action.objects.get(plan=newer, indicator=begun.indicator, to_level=begun.to_level, **here)
        assert going_on.continues_id == begun.id
        assert (going_on.state, going_on.agency_id) == (ActionState.STARTED, region.agency.id)
        assert going_on.commitment_id == commitment
        assert Milestone.objects.get(action=going_on, **here).title == "Rancangan selesai"
        assert [one.rupiah for one in Contribution.objects.filter(action=going_on, **here)] == [kept.rupiah]
        assert Contribution.objects.filter(action_id=begun.id, **here).count() == 2
        old = Action.objects.get(id=begun.id, **here)
        assert (old.state, old.plan_id) == (ActionState.STARTED, region.plan.id)
    shown = {one.id for one in figures_of(region.organization.id)}
    assert going_on.id in shown
    assert begun.id not in shown


def test_a_plan_for_another_year_closes_the_one_in_force_too_and_counts_no_step_twice(region: Region) -> None:
    bring(region, 1, ActionState.STARTED)
    newer = accept(region.as_(region.coordinator), target="2.30", due_on=date(2028, 12, 31))
    with tenancy(region.organization.id):
        found = ActionPlan.objects.filter(organization_id=region.organization.id, closed_at__isnull=True)
        assert [one.id for one in found] == [newer.id]
    shown = [(one.indicator, one.to_level) for one in figures_of(region.organization.id)]
    assert len(shown) == len(set(shown))


def test_of_two_plans_in_force_the_step_that_is_furthest_goes_on_and_keeps_its_commitment(
    region: Region,
) -> None:
    place = region.as_(region.coordinator)
    commitment = new_id()
    commitments.link(place=place, action_id=region.action(1).id, commitment_id=commitment, at=AT)
    second = accept(place, due_on=date(2028, 12, 31))
    here = {"organization_id": region.organization.id}
    with tenancy(region.organization.id):  # as they could stand side by side before
        ActionPlan.objects.filter(id=region.plan.id, **here).update(closed_at=None)
        Action.objects.filter(plan=second, **here).update(commitment_id=None)
        begun = Action.objects.get(plan=second, number=1, **here)
    moves.take(place=place, action_id=begun.id, step=ActionStep.START, reason="", at=AT)
    newer = accept(place, target="2.30")
    with tenancy(region.organization.id):
        going_on = Action.objects.get(plan=newer, continues_id=begun.id, **here)
        assert ActionPlan.objects.get(closed_at__isnull=True, **here).id == newer.id
    assert (going_on.state, going_on.commitment_id) == (ActionState.STARTED, commitment)
    shown = [(one.indicator, one.to_level) for one in figures_of(region.organization.id)]
    assert len(shown) == len(set(shown))


def test_a_step_that_was_given_up_is_planned_again_in_the_days_of_the_new_plan(region: Region) -> None:
    dropped = bring(region, 1, ActionState.DROPPED)
    newer = accept(region.as_(region.coordinator), target="2.30", at=AT + timedelta(days=60))
    with tenancy(region.organization.id):
        here = {"organization_id": region.organization.id}
        again = Action.objects.get(plan=newer, continues_id=dropped.id, **here)
        assert Action.objects.get(id=dropped.id, **here).state == ActionState.DROPPED
    assert (again.state, again.agency_id, again.blocker) == (ActionState.PLANNED, region.agency.id, "")
    assert again.starts_on is not None
    assert again.starts_on >= date(2027, 1, 21)
    assert (again.starts_on, again.due_on) != (dropped.starts_on, dropped.due_on)


def made_up_start(origin: Origin = Origin.SYNTHETIC) -> Start:
    return replace(start(is_synthetic=True), origin=origin)


def test_work_on_made_up_levels_is_real_but_not_that_of_a_demonstration(region: Region) -> None:
    place = region.as_(region.coordinator)
    assert not accept(place, made_up_start()).is_synthetic
    assert not accept(place, made_up_start(Origin.CARRIED)).is_synthetic
    assert not any(one.is_synthetic for one in figures_of(region.organization.id))
    assert accept(place, start(is_synthetic=True)).is_synthetic  # its own evaluation, for demonstration
    User.objects.filter(id=region.coordinator.id).update(is_synthetic=True)
    assert accept(place, made_up_start()).is_synthetic


def test_the_migration_corrects_plans_of_real_people_only(region: Region) -> None:
    migration = import_module("livinglab.actions.migrations.0006_real_work")
    place = region.as_(region.coordinator)
    here = {"organization_id": region.organization.id}
    plan = accept(place, made_up_start())
    of_a_demo_person = accept(region.as_(region.head), made_up_start())
    of_its_own = accept(place, start(is_synthetic=True))
    User.objects.filter(id=region.head.id).update(is_synthetic=True)
    with tenancy(region.organization.id):
        ActionPlan.objects.filter(**here).update(is_synthetic=True)
        ActionFigure.objects.filter(**here).update(is_synthetic=True, plan_id=plan.id)
        ActionFigure.objects.filter(id=Action.objects.get(plan=of_its_own, number=1, **here).id).update(
            plan_id=of_its_own.id
        )
        with connection.cursor() as cursor:
            cursor.execute(migration.PLANS)
            cursor.execute(migration.FIGURES)
        real = set(ActionPlan.objects.filter(is_synthetic=False, **here).values_list("id", flat=True))
    assert real == {plan.id}
    assert of_a_demo_person.id not in real
    marked = {(one.plan_id, one.is_synthetic) for one in figures_of(region.organization.id)}
    assert marked == {(plan.id, False), (of_its_own.id, True)}


def test_steps_that_the_newer_plan_leaves_out_stay_in_the_figures(region: Region) -> None:
    before = {(one.indicator, one.to_level): one.id for one in region.actions()}
    taken = region.action(1)
    begin = start()
    begin = replace(begin, levels={**begin.levels, taken.indicator: taken.to_level})
    newer = accept(region.as_(region.coordinator), begin, target="2.30")
    with tenancy(region.organization.id):
        kept = Action.objects.filter(organization_id=region.organization.id, plan=newer)
        both = set(kept.values_list("indicator", "to_level")) & before.keys()
    left_out = {before[step] for step in before.keys() - both}
    assert taken.id in left_out
    assert left_out <= {one.id for one in figures_of(region.organization.id)}
