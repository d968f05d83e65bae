"""Outside demo mode, the work of a real region counts, though its plan begins with made-up levels."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings

from livinglab.actions.access import actor_before
from livinglab.actions.domain.states import ActionStep
from livinglab.actions.models import Action
from livinglab.actions.operations import commitments, moves
from livinglab.actions.queries.places import Place
from livinglab.kernel.tenancy import tenancy
from livinglab.planning.queries.starts import Origin
from livinglab.visits.domain.kinds import VisitorKind
from livinglab.visits.queries.funnel import Asked, funnel
from tests.actions.kit import accept, start
from tests.visits.kit import HELD_ON, committed, on, scene

pytestmark = pytest.mark.django_db


def test_an_action_of_a_plan_from_made_up_levels_is_counted() -> None:
    who = scene()
    commitment = committed(who)
    place = Place(who.visitor, actor_before(who.visitor_coordinator, who.visitor.id))
    at = on(HELD_ON + timedelta(days=1))
    plan = accept(place, replace(start(is_synthetic=True), origin=Origin.SYNTHETIC), at=at)
    with tenancy(who.visitor.id):
        action = Action.objects.get(organization_id=who.visitor.id, plan=plan, number=1)
    commitments.link(place=place, action_id=action.id, commitment_id=commitment.id, at=at)

    asked = Asked(today=HELD_ON + timedelta(days=30), with_synthetic=settings.DEMO)
    assert asked.with_synthetic is False
    assert (funnel(asked).of(VisitorKind.REGION).committed, funnel(asked).of(VisitorKind.REGION).acted) == (
        1,
        0,
    )
    moves.take(place=place, action_id=action.id, step=ActionStep.START, reason="", at=at)
    assert funnel(asked).of(VisitorKind.REGION).acted == 1
