"""A decided evaluation confirms the actions whose level it found, and nothing else does."""

import pytest

from livinglab.actions.domain.states import ActionState
from livinglab.actions.models import ActionFigure
from livinglab.evaluations.domain.stages import Stage
from livinglab.evaluations.events import EvaluationMoved
from livinglab.evaluations.models import Evaluation, Participation, Score
from livinglab.evaluations.operations import rounds
from livinglab.evaluations.queries.levels import decided_levels
from livinglab.evaluations.queries.participations import find_participation
from livinglab.kernel.events import handle, subscriptions, to_payload
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role
from tests.actions.kit import AT, SIAK, Region, accepted_region, bring
from tests.evaluations.kit import MINISTRY, SPBE
from tests.organizations.people import make_member, organization, trail

pytestmark = pytest.mark.django_db
S = ActionState


@pytest.fixture
def siak() -> Region:
    return accepted_region()


def assessed(region: Region, *, state: str = "decided", **levels: int) -> EvaluationMoved:
    """This function will plant an evaluation with these consolidated levels (as i21=3), and say that it moved."""
    here = region.organization.id
    ministry = make_member("kementerian", Role.MINISTRY, MINISTRY)
    rounds.open_round(wanted=SPBE, opened_by=organization(MINISTRY), participants=[here], by=ministry, at=AT)
    found = find_participation(here, SPBE.year)
    assert found is not None
    with tenancy(here):
        Evaluation.objects.create(id=found.id, organization_id=here, started_at=AT)
        Score.objects.bulk_create(
            Score(
                organization_id=here,
                evaluation_id=found.id,
                stage=Stage.CONSOLIDATED,
                indicator=key.removeprefix("i"),
                level=level,
                scored_at=AT,
                scored_by=ministry.id,
                justification="Alasan uji.",
            )
            for key, level in levels.items()
        )
    number, day = ("KEP 1/2026 (uji)", AT.date()) if state == "decided" else ("", None)
    Participation.objects.filter(id=found.id).update(state=state, decision_number=number, decision_date=day)
    return EvaluationMoved(organization_id=here, evaluation_id=found.id, step="decide", at=AT)


def deliver(event: EvaluationMoved) -> None:
    """This function will hand the event to the subscriber as the job does."""
    handle("actions.confirm_reached", to_payload(event))


def states(region: Region) -> dict[int, str]:
    return {one.number: one.state for one in region.actions()}


def test_the_decision_confirms_what_it_found_and_only_that(siak: Region) -> None:
    first, second = siak.action(1), siak.action(2)
    bring(siak, 1, S.DONE)
    deliver(
        assessed(siak, **{f"i{first.indicator}": first.to_level, f"i{second.indicator}": second.to_level - 1})
    )
    assert siak.action(1).state == S.CONFIRMED
    assert siak.action(1).confirmed_on == AT.date()
    assert set(states(siak).values()) == {S.CONFIRMED, S.PLANNED}
    assert siak.action(2).state == S.PLANNED
    assert ActionFigure.objects.get(id=first.id).state == S.CONFIRMED


def test_a_second_delivery_changes_nothing(siak: Region) -> None:
    first = siak.action(1)
    event = assessed(siak, **{f"i{first.indicator}": first.to_level})
    deliver(event)
    version, entries = siak.action(1).version, len(trail(SIAK))
    deliver(event)
    assert siak.action(1).version == version
    assert len(trail(SIAK)) == entries


def test_what_was_given_up_stays_given_up(siak: Region) -> None:
    first = bring(siak, 1, S.DROPPED)
    deliver(assessed(siak, **{f"i{first.indicator}": 5}))
    assert siak.action(1).state == S.DROPPED


def test_nothing_is_confirmed_before_the_decision_or_by_another_step(siak: Region) -> None:
    first = siak.action(1)
    event = assessed(siak, state="consolidated", **{f"i{first.indicator}": first.to_level})
    deliver(event)
    assert siak.action(1).state == S.PLANNED
    with tenancy(siak.organization.id):
        assert decided_levels(siak.organization.id, event.evaluation_id) is None
    Participation.objects.filter(id=event.evaluation_id).update(
        state="decided", decision_number="KEP 1/2026 (uji)", decision_date=AT.date()
    )
    consolidated = EvaluationMoved(
        organization_id=event.organization_id, evaluation_id=event.evaluation_id, step="consolidate", at=AT
    )
    deliver(consolidated)
    assert siak.action(1).state == S.PLANNED
    deliver(event)
    assert siak.action(1).state == S.CONFIRMED


def test_an_evaluation_of_another_region_confirms_nothing_here(siak: Region) -> None:
    other = accepted_region("32.11")
    first = siak.action(1)
    deliver(assessed(other, **{f"i{first.indicator}": 5}))
    assert siak.action(1).state == S.PLANNED
    assert other.action(1).state == S.CONFIRMED


def test_the_handler_is_subscribed() -> None:
    assert [one.event for one in subscriptions() if one.name == "actions.confirm_reached"] == [
        EvaluationMoved
    ]
