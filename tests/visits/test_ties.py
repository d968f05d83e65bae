"""A commitment in the region's action plan: who ties its actions, to which commitment, and what the page says of it."""

import pytest
from django.test import Client

from livinglab.actions.models import Action, ActionFigure, ActionPlan
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role
from livinglab.visits.domain.promises import Promised, StepKey
from livinglab.visits.models import Commitment
from livinglab.visits.operations import commitments
from tests.organizations.people import make_member, signed_in
from tests.visits import kit
from tests.visits.kit import VISITOR, Scene

pytestmark = pytest.mark.django_db

NO_ACTION = "belum ada aksi dalam rencana"


@pytest.fixture
def who() -> Scene:
    return kit.scene()


def body(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.content[:400]
    return answer.content.decode()


def plan_with_an_action(who: Scene) -> ActionPlan:
    """The visitor's plan in force, with an action for the first promised step."""
    here = who.visitor.id
    with tenancy(here):
        plan = ActionPlan.objects.create(
            organization_id=here, title="Rencana uji", instrument=kit.SPBE, origin="synthetic", levels={},
            start_index="2.60", target_index="3.50", due_on=kit.ENDS_ON, document={}, asked={},
            accepted_at=kit.AT, accepted_by=who.visitor_head.id,
        )  # fmt: skip
        Action.objects.create(
            organization_id=here, plan=plan, number=1, indicator="21", to_level=4, due_on=kit.ENDS_ON,
            changed_at=kit.AT,
        )  # fmt: skip
    return plan


def test_a_commitment_is_tied_to_the_actions_of_the_plan_in_force(who: Scene) -> None:
    commitment = kit.committed(who)
    path = f"/commitments/{commitment.id}/actions/"
    coordinator = signed_in(who.visitor_coordinator)
    answer = coordinator.post(path)
    assert (answer.status_code, "Belum ada rencana aksi" in answer.content.decode()) == (422, True)
    here = plan_with_an_action(who).organization_id
    assert body(coordinator, f"/commitments/{commitment.id}/").count(NO_ACTION) == 2
    assert signed_in(who.third_coordinator).post(path).status_code == 422
    assert coordinator.post(path).status_code == 302
    with tenancy(here):
        assert Action.objects.get(organization_id=here).commitment_id == commitment.id
    assert ActionFigure.objects.get(commitment_id=commitment.id).indicator == "21"
    page = body(coordinator, f"/commitments/{commitment.id}/")
    assert "1 aksi dalam rencana Anda menepati komitmen ini." in page
    assert "Tidak ada dalam rencana yang berlaku: 22:3" in page
    assert page.count(NO_ACTION) == 1


def test_the_button_is_shown_to_exactly_those_who_may_tie_actions(who: Scene) -> None:
    commitment = kit.committed(who)
    plan_with_an_action(who)
    path, button = f"/commitments/{commitment.id}/", "Masukkan ke rencana aksi"
    officer = make_member(f"bappeda.{VISITOR}", Role.PLANNING_AGENCY, VISITOR)
    for reader, may in (
        (who.visitor_coordinator, True),
        (officer, True),
        (who.visitor_head, False),
        (who.visitor_entry, False),
        (who.host_coordinator, False),
        (who.ministry, False),
    ):
        client = signed_in(reader)
        assert (button in body(client, path)) is may
        assert client.post(f"{path}actions/").status_code == (302 if may else 422)
    assert button not in body(Client(), path)
    Commitment.objects.update(state="ended")
    assert button in body(signed_in(officer), path)
    Commitment.objects.update(state="withdrawn", withdrawn_reason="Uji")
    coordinator = signed_in(who.visitor_coordinator)
    assert button not in body(coordinator, path)
    answer = coordinator.post(f"{path}actions/")
    assert answer.status_code == 422
    assert "Komitmen ini sudah ditarik" in answer.content.decode()


@pytest.mark.parametrize("state", ["withdrawn", "ended"])
def test_an_action_of_a_commitment_not_in_force_is_free_for_another(who: Scene, state: str) -> None:
    first = kit.committed(who)
    here = plan_with_an_action(who).organization_id
    coordinator = signed_in(who.visitor_coordinator)
    assert coordinator.post(f"/commitments/{first.id}/actions/").status_code == 302
    visit = kit.minuted(who)
    paper = kit.paper((Promised(StepKey("30", 3), kit.ENDS_ON),), number="800/2/2026")
    second = commitments.sign(visit_id=visit.id, paper=paper, by=who.visitor_head, at=kit.on(kit.HELD_ON))
    second.steps.update(indicator="21", to_level=4)
    again = f"/commitments/{second.id}/actions/"
    coordinator.post(again)
    with tenancy(here):
        assert Action.objects.get(organization_id=here).commitment_id == first.id
    Commitment.objects.filter(id=first.id).update(state=state, withdrawn_reason="Uji")
    coordinator.post(again)
    with tenancy(here):
        assert Action.objects.get(organization_id=here).commitment_id == second.id


def test_a_plan_by_another_instrument_is_not_offered_for_the_promised_steps(who: Scene) -> None:
    commitment = kit.committed(who)
    coordinator, path = signed_in(who.visitor_coordinator), f"/commitments/{commitment.id}/"
    offered = "Rencana dengan langkah yang dijanjikan ini"
    assert offered in body(coordinator, path)
    commitment.steps.update(instrument="pemdi-2026")
    assert offered not in body(coordinator, path)
