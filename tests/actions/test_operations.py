"""Writes of actions: steps, milestones, evidence, comments, the ledger, and who may do what."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from livinglab.actions.domain.kinds import PaperKind, Payer
from livinglab.actions.domain.ledger import Gift, Given, given_by, total
from livinglab.actions.domain.states import ActionState, ActionStep
from livinglab.actions.models import Action, ActionFigure, ActionMove, Contribution, Milestone
from livinglab.actions.operations import comments, commitments, evidence, ledger, milestones, moves
from livinglab.actions.operations.actions import ActionRefused
from livinglab.actions.operations.ledger import GiftDraft, Paper
from livinglab.actions.operations.records import UnknownAction
from livinglab.actions.queries import records
from livinglab.actions.queries.figures import Counts, counts_by_commitment, figures_of
from livinglab.actions.queries.ledger import ledger_of
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from tests.actions.kit import AT, DUE, Region, accept, accepted_region, bring
from tests.organizations.people import trail

pytestmark = pytest.mark.django_db
GIFT = GiftDraft("province", "Pemerintah Provinsi (uji)", "money", 1_250_000)
PAPER = Paper(PaperKind.GRANT, "900/12/2026", date(2026, 11, 1))


@pytest.fixture
def region() -> Region:
    return accepted_region()


def figure(action: Action) -> ActionFigure:
    return figures_of(action.organization_id).get(id=action.id)


def test_a_step_moves_the_action_its_figure_its_history_and_the_trail(region: Region) -> None:
    first = region.action(1)
    moves.take(place=region.as_(region.officer), action_id=first.id, step=ActionStep.START, at=AT)
    moves.take(
        place=region.as_(region.officer), action_id=first.id, step=ActionStep.BLOCK, reason="Anggaran", at=AT
    )
    now = region.action(1)
    assert (now.state, now.blocker, now.version, now.changed_by) == (
        "blocked",
        "Anggaran",
        2,
        region.officer.id,
    )
    assert figure(first).state == "blocked"
    with tenancy(region.organization.id):
        found = list(records.moves_of(region.organization.id, first.id))
    assert [(one.step, one.reason) for one in found] == [("block", "Anggaran"), ("start", "")]
    names = [one.action for one in trail("14.08")][:2]
    assert names == ["actions.blocked", "actions.started"]
    assert "Anggaran" not in str(trail("14.08")[0].facts)


def test_done_has_its_day_and_opening_again_takes_it_away(region: Region) -> None:
    done = bring(region, 1, ActionState.DONE)
    assert (done.done_on, figure(done).done_on) == (date(2026, 11, 22), date(2026, 11, 22))
    again = moves.take(
        place=region.as_(region.officer),
        action_id=done.id,
        step=ActionStep.REOPEN,
        reason="Belum lengkap",
        at=AT,
    )
    assert (again.state, again.done_on, figure(again).done_on) == ("started", None, None)


@pytest.mark.parametrize("step", [ActionStep.BLOCK, ActionStep.DROP])
def test_a_step_that_needs_words_is_refused_without(region: Region, step: ActionStep) -> None:
    first = bring(region, 1, ActionState.STARTED)
    with pytest.raises(Refused) as refused:
        moves.take(
            place=region.as_(region.coordinator), action_id=first.id, step=step, reason=" \x00 ", at=AT
        )
    assert refused.value.refusal.code == "reason_missing"
    assert region.action(1).version == first.version


def test_a_step_that_does_not_follow_is_refused(region: Region) -> None:
    first = region.action(1)
    for step in (ActionStep.UNBLOCK, ActionStep.REOPEN, ActionStep.TAKE_UP, ActionStep.CONFIRM):
        with pytest.raises(Refused):
            moves.take(place=region.as_(region.coordinator), action_id=first.id, step=step, reason="x", at=AT)
    assert region.action(1).state == ActionState.PLANNED


def test_an_agency_works_on_its_own_actions_only(region: Region) -> None:
    place = region.as_(region.officer)
    own, other = region.action(1), region.action(2)
    milestones.add(place=region.as_(region.planner), action_id=other.id, title="Titik", due_on=DUE, at=AT)
    with tenancy(region.organization.id):
        point = Milestone.objects.get(organization_id=region.organization.id)
    moves.take(place=place, action_id=own.id, step=ActionStep.START, at=AT)
    comments.say(place=place, action_id=own.id, text="Mulai.", at=AT)
    refused: list[Callable[[], object]] = [
        lambda: moves.take(place=place, action_id=other.id, step=ActionStep.START, at=AT),
        lambda: comments.say(place=place, action_id=other.id, text="x", at=AT),
        lambda: evidence.name(place=place, action_id=other.id, piece_id=new_id(), at=AT),
        lambda: milestones.change(place=place, milestone_id=point.id, due_on=DUE, done_on=None, at=AT),
        lambda: milestones.add(place=place, action_id=own.id, title="x", due_on=DUE, at=AT),
        lambda: milestones.remove(place=place, milestone_id=point.id, at=AT),
        lambda: ledger.enter(place=place, action_id=own.id, draft=GIFT, at=AT),
        lambda: commitments.link(place=place, action_id=own.id, commitment_id=new_id(), at=AT),
    ]
    for write in refused:
        with pytest.raises(Refused):
            write()
    assert region.action(2).version == 0
    with tenancy(region.organization.id):
        assert not Contribution.objects.filter(organization_id=region.organization.id).exists()


def test_who_is_given_an_action_works_on_it(region: Region) -> None:
    with tenancy(region.organization.id):
        Action.objects.filter(organization_id=region.organization.id, number=2).update(
            assignee_id=region.assessor.id
        )
    second = region.action(2)
    moves.take(place=region.as_(region.assessor), action_id=second.id, step=ActionStep.START, at=AT)
    assert region.action(2).state == ActionState.STARTED


def test_the_head_of_the_region_comments_but_changes_nothing(region: Region) -> None:
    place = region.as_(region.head)
    comments.say(place=place, action_id=region.action(2).id, text="Tolong dipercepat.", at=AT)
    with pytest.raises(Refused):
        moves.take(place=place, action_id=region.action(2).id, step=ActionStep.START, at=AT)


def test_a_closed_plan_stays_as_it_was(region: Region) -> None:
    place, first = region.as_(region.coordinator), region.action(1)
    accept(place, target="2.30")
    writes: list[Callable[[], object]] = [
        lambda: moves.take(place=place, action_id=first.id, step=ActionStep.START, at=AT),
        lambda: comments.say(place=place, action_id=first.id, text="x", at=AT),
        lambda: ledger.enter(place=place, action_id=first.id, draft=GIFT, at=AT),
        lambda: milestones.add(place=place, action_id=first.id, title="x", due_on=DUE, at=AT),
    ]
    for write in writes:
        with pytest.raises(Refused) as refused:
            write()
        assert refused.value.refusal.code == "plan_closed"


def test_a_row_of_another_region_is_unknown(region: Region) -> None:
    other = accepted_region("32.11")
    place = region.as_(region.coordinator)
    with pytest.raises(UnknownAction):
        moves.take(place=place, action_id=other.action(1).id, step=ActionStep.START, at=AT)
    with pytest.raises(UnknownAction):
        milestones.remove(place=place, milestone_id=new_id(), at=AT)
    assert other.action(1).state == ActionState.PLANNED
    with tenancy(region.organization.id):
        assert not Action.objects.filter(organization_id=other.organization.id).exists()


def test_a_piece_that_the_library_does_not_have_is_refused(region: Region) -> None:
    with pytest.raises(Refused) as refused:
        evidence.name(
            place=region.as_(region.officer), action_id=region.action(1).id, piece_id=new_id(), at=AT
        )
    assert refused.value.refusal.code == "piece_unknown"
    assert region.action(1).evidence_pieces == []


def test_a_milestone_is_not_reached_tomorrow(region: Region) -> None:
    place = region.as_(region.coordinator)
    row = milestones.add(place=place, action_id=region.action(1).id, title="Titik", due_on=DUE, at=AT)
    with pytest.raises(Refused) as refused:
        milestones.change(place=place, milestone_id=row.id, due_on=DUE, done_on=date(2026, 11, 23), at=AT)
    assert refused.value.refusal.code == "done_in_future"
    by_officer = region.as_(region.officer)
    milestones.change(place=by_officer, milestone_id=row.id, due_on=DUE, done_on=date(2026, 11, 22), at=AT)
    with tenancy(region.organization.id):
        assert Milestone.objects.get(organization_id=region.organization.id).done_on == date(2026, 11, 22)


def test_a_commitment_counts_its_actions(region: Region) -> None:
    commitment, other = new_id(), new_id()
    place = region.as_(region.coordinator)
    for number in (1, 2):
        commitments.link(place=place, action_id=region.action(number).id, commitment_id=commitment, at=AT)
    bring(region, 1, ActionState.DONE)
    assert counts_by_commitment([commitment, other]) == {commitment: Counts(actions=2, begun=1, done=1)}


def test_a_decision_confirms_what_it_found_once(region: Region) -> None:
    actions = region.actions()
    dropped = bring(region, 2, ActionState.DROPPED)
    levels = {one.indicator: one.to_level for one in actions[:3]} | {actions[3].indicator: 1}
    expected = [
        one.number for one in actions if levels.get(one.indicator, 0) >= one.to_level and one.id != dropped.id
    ]
    assert len(expected) >= 2

    def confirm() -> list[int]:
        found = moves.confirm(
            organization_id=region.organization.id,
            instrument="spbe-2020",
            levels=levels,
            decided_on=date(2027, 12, 1),
            at=AT + timedelta(days=400),
        )
        return [one.number for one in found]

    assert confirm() == expected
    now = region.action(1)
    assert (now.state, now.confirmed_on, now.changed_by) == ("confirmed", date(2027, 12, 1), None)
    assert (figure(now).state, figure(now).confirmed_on) == ("confirmed", date(2027, 12, 1))
    with tenancy(region.organization.id):
        assert ActionMove.objects.get(organization_id=region.organization.id, action_id=now.id).by is None
    assert confirm() == []
    assert region.action(2).state == ActionState.DROPPED


def test_a_decision_by_another_instrument_confirms_nothing(region: Region) -> None:
    levels = {one.indicator: 5 for one in region.actions()}
    found = moves.confirm(
        organization_id=region.organization.id, instrument="pemdi-2026", levels=levels, decided_on=DUE, at=AT
    )
    assert found == ()


def test_a_contribution_counts_with_its_paper_and_not_before(region: Region) -> None:
    place, first = region.as_(region.planner), region.action(1)
    row = ledger.enter(place=place, action_id=first.id, draft=GIFT, at=AT)
    assert whole(region) == Given(0, 1_250_000)
    ledger.give_paper(place=place, contribution_id=row.id, paper=PAPER, at=AT)
    assert whole(region) == Given(1_250_000, 0)
    with pytest.raises(Refused):
        ledger.give_paper(place=place, contribution_id=row.id, paper=PAPER, at=AT)


@pytest.mark.parametrize(
    ("paper", "fields"),
    [
        (Paper("grant"), {"paper_number", "paper_date"}),
        (Paper("", "1", date(2026, 1, 1)), {"paper"}),
        (Paper("grant", "1", date(2026, 11, 23)), {"paper_date"}),
        (Paper("bon", "1", date(2026, 1, 1)), {"paper"}),
    ],
)
def test_half_a_paper_is_refused_whole(region: Region, paper: Paper, fields: set[str]) -> None:
    draft = GiftDraft(GIFT.payer, GIFT.giver, GIFT.kind, GIFT.rupiah, paper=paper)
    with pytest.raises(ActionRefused) as refused:
        ledger.enter(place=region.as_(region.planner), action_id=region.action(1).id, draft=draft, at=AT)
    assert {one.field for one in refused.value.problems} == fields
    assert whole(region) == Given()


def test_a_gift_of_nothing_by_nobody_names_every_problem(region: Region) -> None:
    with pytest.raises(ActionRefused) as refused:
        ledger.enter(
            place=region.as_(region.planner),
            action_id=region.action(1).id,
            draft=GiftDraft("nobody", "", "in_kind", 0),
            at=AT,
        )
    assert [one.field for one in refused.value.problems] == ["payer", "giver", "rupiah", "what"]


def test_a_withdrawn_contribution_keeps_its_row_and_leaves_the_sums(region: Region) -> None:
    place = region.as_(region.planner)
    row = ledger.enter(place=place, action_id=region.action(1).id, draft=GIFT, at=AT)
    with pytest.raises(Refused):
        ledger.withdraw(place=place, contribution_id=row.id, reason=" ", at=AT)
    ledger.withdraw(place=place, contribution_id=row.id, reason="Dialihkan", at=AT)
    assert whole(region) == Given()
    with tenancy(region.organization.id):
        kept = Contribution.objects.get(organization_id=region.organization.id)
        assert (kept.rupiah, kept.withdrawn_on, kept.withdrawn_reason) == (
            1_250_000,
            date(2026, 11, 22),
            "Dialihkan",
        )
    with pytest.raises(Refused):
        ledger.give_paper(place=place, contribution_id=row.id, paper=PAPER, at=AT)


def whole(region: Region) -> Given:
    with tenancy(region.organization.id):
        return ledger_of(region.organization.id, region.plan.id).whole.given


entries = st.lists(
    st.tuples(
        st.integers(min_value=0, max_value=2),  # the action
        st.sampled_from(Payer),
        st.integers(min_value=1, max_value=10**16),
        st.booleans(),  # with its paper
        st.booleans(),  # withdrawn
    ),
    max_size=12,
)


class TestTheLedgerAddsUp(TestCase):
    """What the database adds up is what the domain adds up, by action, by payer and for the plan."""

    @settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
    @given(rows=entries, cost=st.integers(min_value=0, max_value=10**16), dropped=st.booleans())
    def test_by_action_by_payer_and_for_the_plan(
        self, rows: list[tuple[int, Payer, int, bool, bool]], cost: int, dropped: bool
    ) -> None:
        region = accepted_region()
        here, actions = region.organization.id, region.actions()
        with tenancy(here):
            Contribution.objects.bulk_create(_row(here, actions[row[0]], row) for row in rows)
            chosen = Action.objects.filter(organization_id=here, plan_id=region.plan.id)
            chosen.filter(number=1).update(cost=cost)
            chosen.filter(number=3).update(state="dropped" if dropped else "planned")
            found = ledger_of(here, region.plan.id)
        gifts = Counter(number for number, *_rest in rows)
        by_action = {number: total(given_by(_gifts(rows, {number})).values()) for number in gifts}
        alive = {0, 1} if dropped else {0, 1, 2}
        assert dict(found.by_action) == {
            actions[number].id: summed for number, summed in by_action.items() if summed.whole
        }
        assert found.by_payer == given_by(_gifts(rows, alive))
        assert found.whole.given == total(found.by_payer.values())
        assert found.whole.given + found.to_dropped == total(found.by_action.values())
        assert found.whole.cost == cost
        assert found.whole.given.whole + found.whole.gap == cost + found.whole.excess
        assert found.unpriced == found.actions - 1


def _gifts(rows: list[tuple[int, Payer, int, bool, bool]], numbers: set[int]) -> list[Gift]:
    return [Gift(payer, rupiah, *flags) for number, payer, rupiah, *flags in rows if number in numbers]


def _row(here: UUID, action: Action, row: tuple[int, Payer, int, bool, bool]) -> Contribution:
    _number, payer, rupiah, has_paper, is_withdrawn = row
    paper = {"paper": "grant", "paper_number": "1", "paper_date": DUE} if has_paper else {}
    gone = {"withdrawn_on": DUE, "withdrawn_reason": "uji"} if is_withdrawn else {}
    return Contribution(
        organization_id=here,
        action=action,
        payer=payer,
        giver="Pemberi uji",
        kind="money",
        rupiah=rupiah,
        entered_at=AT,
        entered_by=new_id(),
        **paper,
        **gone,
    )
