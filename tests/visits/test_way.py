"""The way of a visit: every step of the table by its side only, nothing half-done, a trail with both parties."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from livinglab.accounts.models import User
from livinglab.kernel.refusals import Refused
from livinglab.visits import policies
from livinglab.visits.domain.kinds import VisitorKind
from livinglab.visits.domain.parties import Actor, Parties, sides_of
from livinglab.visits.domain.process import (
    DAYS_TO_COMMIT,
    STEPS,
    TAKEN_BY,
    Side,
    VisitState,
    VisitStepTaken,
    steps_from,
)
from livinglab.visits.domain.promises import StepKey
from livinglab.visits.models import Visit, VisitMove
from livinglab.visits.operations import visits
from livinglab.visits.operations.records import UnknownVisit
from livinglab.visits.queries.alternatives import other_hosts
from livinglab.visits.queries.visits import find_visit
from tests.organizations.people import trail
from tests.visits import kit
from tests.visits.kit import AT, HELD_ON, HOST, TODAY, VISITOR, Scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def who() -> Scene:
    return kit.scene()


def refusal(call: Callable[[], Any]) -> tuple[str, str]:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.refusal.code, str(refused.value.refusal.reason)


def stored(visit: Visit) -> tuple[Any, ...]:
    row = Visit.objects.get(id=visit.id)
    return (row.state, row.agreed_on, row.held_on, row.minutes, row.reason, row.changed_at)


def test_every_step_has_a_side_and_leads_somewhere() -> None:
    assert set(TAKEN_BY) == set(VisitStepTaken) == {step for _, step in STEPS}
    assert set(STEPS.values()) | {VisitState.REQUESTED} == set(VisitState)
    assert steps_from(VisitState.REQUESTED, Side.HOST) == (
        VisitStepTaken.AGREE,
        VisitStepTaken.DECLINE,
        VisitStepTaken.WITHDRAW,
    )


@pytest.mark.parametrize("state", VisitState)
def test_the_kit_brings_a_visit_to_each_state(who: Scene, state: VisitState) -> None:
    visit = kit.AT_STATE[state](who)
    assert Visit.objects.get(id=visit.id).state == state


def test_the_moves_tell_the_whole_way(who: Scene) -> None:
    visit = kit.visit_of(kit.committed(who))
    moves = VisitMove.objects.filter(visit=visit).order_by("at", "id")
    assert [(one.step, one.state) for one in moves] == [
        ("agree", "agreed"),
        ("hold", "held"),
        ("minute", "minuted"),
        ("commit", "committed"),
    ]


def test_both_parties_have_each_step_in_their_trail(who: Scene) -> None:
    kit.held(who)
    wanted = ["visits.visit_held", "visits.visit_agreed", "visits.visit_requested"]
    for code in (HOST, VISITOR):
        assert [one.action for one in trail(code) if one.action.startswith("visits.")] == wanted
        assert all("uji" not in str(one.facts) for one in trail(code))


def test_a_visit_between_real_regions_is_not_marked_unless_somebody_made_up_enters_it(who: Scene) -> None:
    assert kit.requested(who).is_synthetic is False
    User.objects.filter(id=who.host_coordinator.id).update(is_synthetic=True)
    who.host_coordinator.refresh_from_db()
    assert kit.guest(who).is_synthetic is True


@pytest.mark.parametrize(
    ("wanted", "code", "said"),
    [
        (kit.wanted(steps=()), "steps_missing", ""),
        (kit.wanted(steps=(StepKey("99", 3),)), "indicator_unknown", "99"),
        (kit.wanted(steps=(StepKey("21", 9),)), "level_unknown", "5"),
        (kit.wanted(steps=(StepKey("21", 1),)), "level_unknown", "2"),
        (kit.wanted(purpose=" \x00 "), "purpose_missing", ""),
        (kit.wanted(purpose="x" * 1001), "purpose_too_long", "1000"),
        (kit.wanted(people=0), "people_wrong", "1"),
        (kit.wanted(people=501), "people_wrong", "500"),
        (kit.wanted(first=None), "days_missing", ""),
        (kit.wanted(first=TODAY - timedelta(days=1)), "first_day_past", "2 Maret 2026"),
        (kit.wanted(last=TODAY + timedelta(days=6)), "days_out_of_order", "9 Maret 2026"),
    ],
)
def test_a_request_that_cannot_be_taken_names_the_nearest_that_can(
    who: Scene, wanted: visits.Wanted, code: str, said: str
) -> None:
    found, reason = refusal(
        lambda: visits.ask(
            host=who.host, visitor=who.visitor, wanted=wanted, by=who.visitor_coordinator, at=AT
        )
    )
    assert found == code
    assert said in reason
    assert not Visit.objects.exists()


def test_only_those_who_act_for_the_visitor_ask_and_nobody_asks_itself(who: Scene) -> None:
    for by in (who.visitor_entry, who.citizen, who.third_coordinator, who.ministry, who.mentor):
        ask = partial(visits.ask, host=who.host, visitor=who.visitor, wanted=kit.wanted(), by=by, at=AT)
        assert refusal(ask)[0] == "not_for_the_visitor"
    code, _ = refusal(
        lambda: visits.ask(
            host=who.visitor, visitor=who.visitor, wanted=kit.wanted(), by=who.visitor_head, at=AT
        )
    )
    assert code == "own_region"
    assert not Visit.objects.exists()


def test_the_same_step_is_not_asked_twice_of_one_host_while_the_first_is_open(who: Scene) -> None:
    first = kit.requested(who)
    code, reason = refusal(lambda: kit.requested(who))
    assert (code, "21" in reason) == ("asked_already", True)
    visits.decline(visit_id=first.id, reason="Penuh (uji).", by=who.host_coordinator, at=AT)
    assert kit.requested(who).state == VisitState.REQUESTED


def test_a_host_agrees_to_a_day_that_the_visitor_wished(who: Scene) -> None:
    visit = kit.requested(who)
    before = stored(visit)
    for day, code, said in (
        (None, "day_missing", ""),
        (TODAY + timedelta(days=6), "day_not_wished", "adalah 9 Maret 2026"),
        (TODAY + timedelta(days=22), "day_not_wished", "adalah 23 Maret 2026"),
    ):
        found, reason = refusal(
            partial(visits.agree, visit_id=visit.id, day=day, by=who.host_coordinator, at=AT)
        )
        assert (found, said in reason) == (code, True), reason
    assert stored(visit) == before
    visits.agree(visit_id=visit.id, day=HELD_ON, by=who.host_coordinator, at=AT)
    assert stored(visit)[:2] == ("agreed", HELD_ON)


def test_after_every_wished_day_any_day_to_come_will_do(who: Scene) -> None:
    visit = kit.requested(who)
    late = kit.on(TODAY + timedelta(days=40))
    code, reason = refusal(
        lambda: visits.agree(visit_id=visit.id, day=HELD_ON, by=who.host_coordinator, at=late)
    )
    assert (code, "11 April 2026" in reason) == ("day_past", True)
    visits.agree(visit_id=visit.id, day=TODAY + timedelta(days=60), by=who.host_coordinator, at=late)


def test_a_visit_is_not_held_before_its_day(who: Scene) -> None:
    visit = kit.agreed(who)
    code, reason = refusal(
        lambda: visits.hold(visit_id=visit.id, day=HELD_ON, by=who.host_coordinator, at=AT)
    )
    assert (code, "2 Maret 2026" in reason) == ("day_to_come", True)
    code, _ = refusal(lambda: visits.hold(visit_id=visit.id, day=None, by=who.host_coordinator, at=AT))
    assert code == "day_missing"
    assert stored(visit)[0] == "agreed"


def test_a_visit_is_not_held_before_it_was_asked_for_but_a_guest_is_entered_late(who: Scene) -> None:
    visit, before = kit.agreed(who), TODAY - timedelta(days=1)
    code, reason = refusal(lambda: visits.hold(visit_id=visit.id, day=before, by=who.host_coordinator, at=AT))
    assert (code, "2 Maret 2026" in reason) == ("day_before_request", True)
    assert stored(visit)[0] == "agreed"
    guest = kit.guest(who, day=before)
    visits.hold(visit_id=guest.id, day=before, by=who.host_coordinator, at=AT)
    assert stored(guest)[0] == "held"


@pytest.mark.parametrize(
    ("state", "step", "by"),
    [(state, step, by) for state in VisitState for step in VisitStepTaken for by in ("host", "visitor")],
)
def test_a_step_is_allowed_exactly_where_the_table_has_it_and_to_its_side(
    state: VisitState, step: VisitStepTaken, by: str
) -> None:
    host, visitor = UUID(int=1), UUID(int=2)
    actor = Actor(UUID(int=9), acts_for=frozenset({host if by == "host" else visitor}))
    found = policies.may_take_step(actor, Parties(host, visitor), step, state=state, has_minutes=False)
    assert (found is None) == ((state, step) in STEPS and Side(by) in TAKEN_BY[step])


def test_a_host_acts_for_a_guest_that_is_not_on_the_platform(who: Scene) -> None:
    visit = kit.guest(who)
    assert (visit.state, visit.visitor_id, visit.visitor_name) == ("agreed", None, "Lembaga uji")
    parties = Parties(visit.host_id, None)
    actor = Actor(who.host_coordinator.id, acts_for=frozenset({visit.host_id}))
    assert sides_of(actor, parties) == {Side.HOST, Side.VISITOR}
    assert [one.action for one in trail(HOST)][:1] == ["visits.guest_received"]


def test_a_region_is_no_guest(who: Scene) -> None:
    assert refusal(lambda: kit.guest(who, VisitorKind.REGION))[0] == "guest_on_platform"
    code, _ = refusal(
        lambda: visits.receive(
            host=who.host,
            name="Lembaga uji",
            kind=VisitorKind.NGO,
            wanted=kit.wanted(),
            day=TODAY,
            by=who.visitor_coordinator,
            at=AT,
        )
    )
    assert code == "not_for_the_host"
    assert not Visit.objects.exists()


def test_minutes_are_written_once(who: Scene) -> None:
    visit = kit.minuted(who)
    code, _ = refusal(lambda: visits.minute(visit_id=visit.id, text="Lain.", by=who.host_coordinator, at=AT))
    assert code == "not_in_this_state"
    assert stored(visit)[3] == "Catatan uji."


def test_a_visit_without_a_commitment_is_shown_as_not_followed_up_after_its_days_once(who: Scene) -> None:
    visit = kit.minuted(who)
    last = HELD_ON + timedelta(days=DAYS_TO_COMMIT)
    assert visits.close_late(at=kit.on(last)) == 0
    assert visits.close_late(at=kit.on(last + timedelta(days=1))) == 1
    assert stored(visit)[0] == "no_follow_up"
    entries = len(trail(HOST))
    assert visits.close_late(at=kit.on(last + timedelta(days=2))) == 0
    assert len(trail(HOST)) == entries
    assert VisitMove.objects.filter(visit=visit, step="close", by=None).count() == 1


def test_late_minutes_are_taken_and_leave_the_visit_without_follow_up(who: Scene) -> None:
    visit = kit.held(who)
    late = kit.on(HELD_ON + timedelta(days=DAYS_TO_COMMIT + 1))
    assert visits.close_late(at=late) == 1
    visits.minute(visit_id=visit.id, text="Terlambat (uji).", by=who.visitor_coordinator, at=late)
    assert (stored(visit)[0], stored(visit)[3]) == ("no_follow_up", "Terlambat (uji).")
    code, _ = refusal(
        lambda: visits.minute(visit_id=visit.id, text="Lagi.", by=who.visitor_coordinator, at=late)
    )
    assert code == "minuted_already"


def test_who_withdraws_or_declines_says_why(who: Scene) -> None:
    visit = kit.agreed(who)
    code, _ = refusal(lambda: visits.withdraw(visit_id=visit.id, reason="  ", by=who.host_coordinator, at=AT))
    assert code == "reason_missing"
    assert stored(visit)[0] == "agreed"


def test_a_visit_that_a_host_withdrew_names_other_hosts_for_its_steps(who: Scene) -> None:
    visit = find_visit(kit.withdrawn(who).id)
    assert visit is not None
    others = other_hosts(visit)
    assert 1 <= len(others) <= 3
    codes = [one.organization.code for one in others]
    assert HOST not in codes
    assert VISITOR not in codes
    assert all(set(one.steps) <= set(kit.STEPS) and one.steps for one in others)


def test_an_unknown_visit_is_said_to_be_one(who: Scene) -> None:
    with pytest.raises(UnknownVisit):
        visits.decline(visit_id=who.host.id, reason="x", by=who.host_coordinator, at=AT)
