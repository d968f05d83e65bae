"""Commitments: what the paper must say, promises that cannot hold, how each stands, and its way to the end."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from livinglab.actions.models import ActionFigure
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.refusals import Refused
from livinglab.visits.domain.keeping import Keeping, keeping
from livinglab.visits.domain.kinds import Manner, VisitorKind
from livinglab.visits.domain.promises import (
    Clash,
    Fault,
    Promised,
    StepKey,
    StepUnread,
    first_clash,
    read_steps,
    write_steps,
)
from livinglab.visits.models import Commitment, CommitmentStep, Visit
from livinglab.visits.operations import commitments, visits
from livinglab.visits.queries.commitments import find_commitment, missed, standings
from livinglab.visits.queries.funnel import Asked, funnel
from livinglab.visits.queries.owing import Wanted, owing
from tests.organizations.people import trail
from tests.visits import kit
from tests.visits.kit import ENDS_ON, HELD_ON, STEPS, VISITOR, Scene

LATER = ENDS_ON - timedelta(days=1)


@pytest.fixture
def who() -> Scene:
    return kit.scene()


def refusal(call: Callable[[], Any]) -> tuple[str, str]:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.refusal.code, str(refused.value.refusal.reason)


def figure(commitment: Commitment, step: StepKey, state: str, *, done_on: date | None = None) -> None:
    """The projection of an action that keeps a promise, as its owner writes it."""
    ActionFigure.objects.create(
        id=new_id(),
        organization_id=kit.owner_of(commitment),
        plan_id=new_id(),
        commitment_id=commitment.id,
        instrument=kit.SPBE,
        indicator=step.indicator,
        to_level=step.to_level,
        state=state,
        due_on=ENDS_ON,
        done_on=done_on,
        changed_at=kit.AT,
    )


keys = st.builds(StepKey, st.integers(1, 47).map(str), st.integers(2, 5))
days = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@given(st.lists(keys, unique=True, max_size=12))
def test_steps_are_read_as_they_are_written(steps: list[StepKey]) -> None:
    assert list(read_steps(write_steps(steps))) == steps


@pytest.mark.parametrize("text", ["21", "21:x", "a b:3", "21:44", "21→4"])
def test_what_is_no_step_is_named(text: str) -> None:
    with pytest.raises(StepUnread, match=text.split()[0][:2]):
        read_steps(f"21:4, {text}")


@given(
    st.lists(st.builds(Promised, keys, days, st.sampled_from([None, *Manner])), min_size=1, max_size=6),
    days,
    days,
)
def test_promises_without_a_clash_hold_together(promises: list[Promised], today: date, end: date) -> None:
    clash = first_clash(promises, today=today, ends_on=end, held={})
    steps = [one.step for one in promises]
    holds = (
        len(set(steps)) == len(steps)
        and all(today <= one.due_on <= end for one in promises)
        and all(
            low.due_on <= high.due_on
            for low in promises
            for high in promises
            if low.step.indicator == high.step.indicator and low.step.to_level < high.step.to_level
        )
    )
    assert (clash is None) == holds


def test_each_fault_names_the_nearest_choice() -> None:
    today, end = date(2026, 3, 1), date(2026, 12, 31)
    four, five = StepKey("21", 4), StepKey("21", 5)

    def clash(*promises: Promised, held: dict[str, int | Decimal] | None = None) -> Clash | None:
        return first_clash(promises, today=today, ends_on=end, held=held or {})

    assert clash() == Clash(Fault.NONE_NAMED)
    assert clash(Promised(four, end), Promised(four, end)) == Clash(Fault.TWICE, four)
    assert clash(Promised(four, date(2026, 2, 28))) == Clash(Fault.PAST, four, today)
    assert clash(Promised(four, date(2027, 1, 1))) == Clash(Fault.AFTER_END, four, end)
    assert clash(Promised(four, date(2026, 9, 1)), Promised(five, date(2026, 8, 1))) == Clash(
        Fault.BEFORE_LOWER, five, date(2026, 9, 1), 4
    )
    assert clash(Promised(four, end), held={"21": Decimal("4.2")}) == Clash(Fault.HELD, four, level=5)
    assert clash(Promised(five, end), held={"21": Decimal("4.2")}) is None


def test_a_promise_is_missed_only_after_its_day_and_only_while_not_done() -> None:
    due = date(2026, 6, 30)
    before, after = due, due + timedelta(days=1)
    cases: list[tuple[str | None, date | None, date, Keeping]] = [
        (None, None, before, Keeping.OPEN),
        ("planned", None, before, Keeping.OPEN),
        ("started", None, before, Keeping.UNDER_WAY),
        ("blocked", None, before, Keeping.UNDER_WAY),
        ("started", None, after, Keeping.MISSED),
        ("dropped", None, after, Keeping.MISSED),
        (None, None, after, Keeping.MISSED),
        ("done", due, after, Keeping.KEPT),
        ("confirmed", None, after, Keeping.KEPT),
        ("done", after, after, Keeping.KEPT_LATE),
    ]
    for state, done_on, today, wanted in cases:
        assert keeping(due_on=due, state=state, done_on=done_on, today=today) is wanted


@pytest.mark.django_db
def test_a_signed_paper_moves_the_visit_and_keeps_every_promise(who: Scene) -> None:
    commitment = kit.committed(who)
    visit = Visit.objects.get(id=kit.visit_of(commitment).id)
    assert (visit.state, commitment.organization_id) == ("committed", who.visitor.id)
    rows = CommitmentStep.objects.filter(commitment=commitment).order_by("indicator")
    assert [(one.indicator, one.to_level, one.manner) for one in rows] == [("21", 4, "atm"), ("22", 3, "")]
    assert trail(VISITOR)[0].facts == {"number": "800/1/2026", "steps": 2}


@pytest.mark.django_db
def test_only_the_visitors_head_or_coordinator_commits_and_only_after_minutes(who: Scene) -> None:
    visit = kit.held(who)

    def sign(by: Any) -> Callable[[], Any]:
        return lambda: commitments.sign(visit_id=visit.id, paper=kit.paper(), by=by, at=kit.on(HELD_ON))

    assert refusal(sign(who.visitor_head))[0] == "minutes_first"
    visits.minute(visit_id=visit.id, text="Catatan.", by=who.host_coordinator, at=kit.on(HELD_ON))
    for by in (who.host_coordinator, who.visitor_entry, who.ministry, who.third_coordinator):
        assert refusal(sign(by))[0] == "not_a_signer"
    assert not Commitment.objects.exists()
    sign(who.visitor_coordinator)()
    assert refusal(sign(who.visitor_head))[0] == "minutes_first"
    assert Commitment.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given_paper", "code", "said"),
    [
        (kit.paper(number=" "), "number_missing", ""),
        (kit.paper(number="9" * 81), "number_too_long", "80"),
        (kit.paper(signed_on=None), "days_of_paper_missing", ""),
        (kit.paper(signed_on=HELD_ON + timedelta(days=1)), "signed_to_come", "12 Maret 2026"),
        (kit.paper(signed_on=HELD_ON - timedelta(days=1)), "signed_before_visit", "12 Maret 2026"),
        (kit.paper(ends_on=HELD_ON - timedelta(days=1)), "end_past", "12 Maret 2026"),
        (kit.paper(()), "none_named", ""),
        (kit.paper((Promised(StepKey("99", 3), LATER),)), "indicator_unknown", "99"),
        (kit.paper((Promised(StepKey("21", 6), LATER),)), "level_unknown", "5"),
        (kit.paper((Promised(STEPS[0], HELD_ON - timedelta(days=1)),)), "past", "12 Maret 2026"),
        (kit.paper((Promised(STEPS[0], ENDS_ON + timedelta(days=1)),)), "after_end", "2 Maret 2027"),
        (kit.paper((Promised(STEPS[0], LATER), Promised(STEPS[0], LATER))), "twice", "21"),
        (
            kit.paper((Promised(STEPS[0], LATER), Promised(StepKey("21", 5), HELD_ON))),
            "before_lower",
            "1 Maret 2027",
        ),
    ],
)
def test_a_paper_that_cannot_hold_is_refused_with_the_nearest_choice(
    who: Scene, given_paper: commitments.Paper, code: str, said: str
) -> None:
    visit = kit.minuted(who)
    found, reason = refusal(
        lambda: commitments.sign(
            visit_id=visit.id, paper=given_paper, by=who.visitor_head, at=kit.on(HELD_ON)
        )
    )
    assert (found, said in reason) == (code, True), reason
    assert not Commitment.objects.exists()
    assert Visit.objects.get(id=visit.id).state == "minuted"


@pytest.mark.django_db
def test_a_step_is_promised_by_one_commitment_in_force_at_a_time(who: Scene) -> None:
    first = kit.committed(who)
    with pytest.raises(Refused) as refused:
        kit.committed(who, kit.paper(number="800/2/2026"))
    assert refused.value.refusal.code == "promised_already"
    assert "800/1/2026" in str(refused.value.refusal.reason)
    commitments.withdraw(
        commitment_id=first.id, reason="Diganti (uji).", by=who.visitor_head, at=kit.on(HELD_ON)
    )
    visit = Visit.objects.filter(state="minuted").get()
    commitments.sign(
        visit_id=visit.id, paper=kit.paper(number="800/2/2026"), by=who.visitor_head, at=kit.on(HELD_ON)
    )


@pytest.mark.django_db
def test_a_commitment_may_come_after_the_visit_was_shown_as_not_followed_up(who: Scene) -> None:
    visit = kit.not_followed_up(who)
    late = HELD_ON + timedelta(days=100)
    commitments.sign(visit_id=visit.id, paper=kit.paper(signed_on=late), by=who.visitor_head, at=kit.on(late))
    assert Visit.objects.get(id=visit.id).state == "committed"


@pytest.mark.django_db
def test_how_promises_stand_is_read_from_the_actions_that_keep_them(who: Scene) -> None:
    commitment = find_commitment(kit.committed(who).id)
    assert commitment is not None
    figure(commitment, STEPS[0], "done", done_on=HELD_ON)
    after = ENDS_ON + timedelta(days=1)
    found = standings([commitment], today=after)[commitment.id]
    assert [(one.step.indicator, one.keeping, one.has_action) for one in found] == [
        ("21", Keeping.KEPT, True),
        ("22", Keeping.MISSED, False),
    ]
    (row,) = missed(today=after)
    assert (row[0].id, [one.step.indicator for one in row[1]]) == (commitment.id, ["22"])
    assert missed(today=HELD_ON) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "counts"),
    [
        ({}, True),
        ({"state": "done", "confirmed_on": None, "done_on": HELD_ON}, False),
        ({"confirmed_on": None, "done_on": HELD_ON}, True),
        ({"to_level": 5}, True),
        ({"to_level": 3}, False),
        ({"indicator": "23"}, False),
        ({"instrument": "spbe-2018"}, False),
        ({"state": "started"}, False),
        ({"confirmed_on": HELD_ON - timedelta(days=1)}, False),
    ],
)
def test_a_level_reached_after_signing_keeps_a_promise_that_nobody_tied(
    who: Scene, change: dict[str, Any], counts: bool
) -> None:
    commitment = find_commitment(kit.committed(who).id)
    assert commitment is not None
    figure(commitment, STEPS[0], "confirmed", done_on=HELD_ON - timedelta(days=30))
    after = ENDS_ON + timedelta(days=1)
    for owner, fits in ((who.host.id, False), (who.visitor.id, counts)):
        given = {"commitment_id": None, "confirmed_on": LATER, "organization_id": owner}
        ActionFigure.objects.update(**given | change)
        (first, second) = standings([commitment], today=after)[commitment.id]
        assert (first.is_kept, first.has_action) == (fits, fits)
        assert second.keeping is Keeping.MISSED
        (owed,) = owing(Wanted(today=after)).rows
        assert (owed.done, owed.missed) == (int(fits), 2 - fits)
        counted = funnel(Asked(today=after)).of(VisitorKind.REGION)
        assert (counted.acted, counted.missed) == (int(fits), 1)
        assert counted.confirmed == int(fits)


@pytest.mark.django_db
def test_a_withdrawn_commitment_misses_nothing(who: Scene) -> None:
    commitment = kit.committed(who)
    code, _ = refusal(
        lambda: commitments.withdraw(
            commitment_id=commitment.id, reason=" ", by=who.visitor_head, at=kit.on(HELD_ON)
        )
    )
    assert code == "reason_missing"
    commitments.withdraw(
        commitment_id=commitment.id, reason="Anggaran (uji).", by=who.visitor_head, at=kit.on(HELD_ON)
    )
    assert missed(today=ENDS_ON + timedelta(days=9)) == []
    code, _ = refusal(
        lambda: commitments.withdraw(
            commitment_id=commitment.id, reason="Lagi.", by=who.visitor_head, at=kit.on(HELD_ON)
        )
    )
    assert code == "not_in_force"


@pytest.mark.django_db
def test_a_commitment_ends_after_its_last_day_or_when_every_promise_is_kept_once(who: Scene) -> None:
    commitment = kit.committed(who)
    assert commitments.end_over(at=kit.on(ENDS_ON)) == 0
    figure(commitment, STEPS[0], "done", done_on=HELD_ON)
    assert commitments.end_over(at=kit.on(HELD_ON)) == 0
    figure(commitment, STEPS[1], "confirmed")
    assert commitments.end_over(at=kit.on(HELD_ON)) == 1
    assert commitments.end_over(at=kit.on(ENDS_ON + timedelta(days=1))) == 0
    commitment.refresh_from_db()
    assert commitment.state == "ended"


@pytest.mark.django_db
def test_the_database_keeps_one_commitment_for_a_visit(who: Scene) -> None:
    commitment = kit.committed(who)
    twin = Commitment.objects.get(id=commitment.id)
    twin.pk = new_id()
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)
