"""The region against an assessor's level: what it may ask for, when, and what a settlement changes."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livinglab.accounts.models import User
from livinglab.evaluations.domain.process import State, Step
from livinglab.evaluations.domain.ratings import is_shown, may_be_requested
from livinglab.evaluations.domain.stages import RoundKind, Stage
from livinglab.evaluations.models import Objection
from livinglab.evaluations.operations import objections, process, scores
from livinglab.evaluations.operations.objections import Outcome, Settled
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from tests.evaluations.external import advance, rows_of, score, seen, sent
from tests.evaluations.kit import AT, SPBE, Region
from tests.organizations.people import trail


@pytest.fixture
def siak(db: None) -> Region:
    """Own level 5, the assessor finds 2, and the interview is open."""
    region = sent(level=3, i21=5)
    score(region, 2)
    advance(region, Step.INTERVIEW)
    return region


def object_to(
    region: Region, level: int | None = 4, reason: str = "Pasal 7, halaman 3.", *, by: User | None = None
) -> Objection:
    return objections.raise_objection(
        place=region.as_(by or region.coordinator),
        indicator="21",
        requested_level=None if level is None else Decimal(level),
        reason=reason,
        at=AT,
    )


def settle(
    region: Region, row: Objection, outcome: Outcome, level: int | None = None, reason: str = "Sesuai bukti."
) -> Settled:
    return objections.settle(
        place=region.as_(region.external),
        objection_id=row.id,
        outcome=outcome,
        reason=reason,
        level=None if level is None else Decimal(level),
        at=AT,
    )


def kept(region: Region) -> list[Objection]:
    with tenancy(region.organization.id):
        return list(Objection.objects.all())


def test_an_objection_is_kept_with_the_stage_of_its_level_and_counted(siak: Region) -> None:
    row = object_to(siak)
    assert (row.stage, row.requested_level, row.outcome) == (Stage.DOCUMENT, Decimal(4), "")
    assert siak.as_(siak.coordinator).participation.objections == 1
    newest = trail("14.08")[0]
    assert (newest.action, newest.facts["level"], newest.facts["requested"]) == (
        "evaluations.objection_raised",
        "2.00",
        "4",
    )


@pytest.mark.parametrize(
    ("level", "reason", "code"),
    [
        (6, "Alasan.", "level_not_to_be_requested"),
        (2, "Alasan.", "level_not_to_be_requested"),  # the assessor's own
        (1, "Alasan.", "level_not_to_be_requested"),
        (None, "Alasan.", "level_not_to_be_requested"),
        (4, "  ", "reason_missing"),
        (4, "a" * 20_001, "reason_too_long"),
    ],
)
def test_what_cannot_be_asked_for_is_refused(siak: Region, level: int | None, reason: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        object_to(siak, level, reason)
    assert refused.value.refusal.code == code
    assert kept(siak) == []


@pytest.mark.parametrize("who", ["entry", "internal", "officer", "external", "ministry"])
def test_only_coordinator_and_responsible_officer_object(siak: Region, who: str) -> None:
    with pytest.raises(Refused) as refused:
        object_to(siak, by=getattr(siak, who))
    assert refused.value.refusal.code == "not_the_region"
    assert kept(siak) == []


def test_there_is_nothing_to_object_to_where_both_agree_or_nothing_is_shown(db: None) -> None:
    region = sent(level=3, i21=5)
    score(region, 2)
    with pytest.raises(Refused) as refused:
        object_to(region)  # the document stage is not over, and not shown
    assert refused.value.refusal.code == "nothing_to_object_to"
    with pytest.raises(Refused) as refused:
        objections.raise_objection(
            place=region.as_(region.coordinator),
            indicator="20",
            requested_level=Decimal(3),
            reason="Alasan.",
            at=AT,
        )
    assert refused.value.refusal.code == "nothing_to_object_to"


def test_a_level_is_objected_to_once_and_a_new_level_again(siak: Region) -> None:
    row = object_to(siak)
    with pytest.raises(Refused) as refused:
        object_to(siak, 5)
    assert refused.value.refusal.code == "objected_already"
    settle(siak, row, Outcome.PARTLY, 3)
    advance(siak, Step.VISIT)  # now the level of the interview is shown
    again = object_to(siak, 5)
    assert (again.stage, len(kept(siak))) == (Stage.INTERVIEW, 2)


def test_what_was_withdrawn_may_be_objected_to_again(siak: Region) -> None:
    row = object_to(siak)
    objections.withdraw(place=siak.as_(siak.coordinator), objection_id=row.id, reason="Keliru.", at=AT)
    again = object_to(siak, 5)
    assert [
        (one.requested_level, one.outcome) for one in sorted(kept(siak), key=lambda one: one.requested_level)
    ] == [
        (Decimal(4), "withdrawn"),
        (Decimal(5), ""),
    ]
    assert settle(siak, again, Outcome.UPHELD).standing.levels["21"] == Decimal(5)


@pytest.mark.parametrize(
    ("outcome", "level", "stands", "index"),
    [
        (Outcome.UPHELD, None, Decimal(4), "3.02"),
        (Outcome.PARTLY, 3, Decimal(3), "3.00"),
        (Outcome.DISMISSED, None, Decimal(2), "2.99"),
    ],
)
def test_a_settlement_sets_the_level_of_the_present_stage_and_the_index(
    siak: Region, outcome: Outcome, level: int | None, stands: Decimal, index: str
) -> None:
    row = object_to(siak)
    settled = settle(siak, row, outcome, level)
    assert (settled.standing.levels["21"], settled.standing.score.index) == (stands, Decimal(index))
    assert [one.level for one in rows_of(siak, Stage.DOCUMENT)] == [Decimal(2)]
    found = siak.as_(siak.coordinator).participation
    assert (found.objections, found.standing_index) == (0, Decimal(index))
    (kept_row,) = kept(siak)
    assert (kept_row.outcome, kept_row.outcome_reason, kept_row.settled_by) == (
        outcome,
        "Sesuai bukti.",
        siak.external.id,
    )


def test_the_reason_of_a_settlement_justifies_the_new_level(siak: Region) -> None:
    settle(siak, object_to(siak), Outcome.UPHELD, reason="Pasal 7 memang memuatnya.")
    (new,) = rows_of(siak, Stage.INTERVIEW)
    assert (new.facts, new.analysis, new.justification) == (
        "Fakta asesor.",
        "Analisis asesor.",
        "Pasal 7 memang memuatnya.",
    )


@pytest.mark.parametrize("level", [None, 2, 4, 5])
def test_upheld_in_part_is_a_level_between_the_two(siak: Region, level: int | None) -> None:
    row = object_to(siak)
    with pytest.raises(Refused) as refused:
        settle(siak, row, Outcome.PARTLY, level)
    assert refused.value.refusal.code == "no_middle_way"
    assert kept(siak)[0].outcome == ""
    assert rows_of(siak, Stage.INTERVIEW) == []


def test_a_settlement_has_a_reason_and_happens_once(siak: Region) -> None:
    row = object_to(siak)
    with pytest.raises(Refused) as refused:
        settle(siak, row, Outcome.DISMISSED, reason=" ")
    assert refused.value.refusal.code == "reason_missing"
    settle(siak, row, Outcome.DISMISSED)
    with pytest.raises(Refused) as refused:
        settle(siak, row, Outcome.UPHELD)
    assert refused.value.refusal.code == "settled_already"
    assert rows_of(siak, Stage.INTERVIEW) == []


def test_the_region_does_not_settle_its_own_objection(siak: Region) -> None:
    row = object_to(siak)
    with pytest.raises(Refused) as refused:
        objections.settle(
            place=siak.as_(siak.coordinator), objection_id=row.id, outcome=Outcome.UPHELD, reason="Ya.", at=AT
        )
    assert refused.value.refusal.code == "not_an_assessor"


def test_nothing_is_consolidated_while_an_objection_is_open(siak: Region) -> None:
    row = object_to(siak)
    with pytest.raises(Refused) as refused:
        process.advance(place=siak.as_(siak.external), step=Step.CONSOLIDATE, at=AT)
    assert refused.value.refusal.code == "objections_open"
    assert siak.as_(siak.external).participation.state == State.INTERVIEW
    objections.withdraw(place=siak.as_(siak.coordinator), objection_id=row.id, reason="Jelas.", at=AT)
    process.advance(place=siak.as_(siak.external), step=Step.CONSOLIDATE, at=AT)
    assert siak.as_(siak.external).participation.state == State.CONSOLIDATED


def test_after_consolidation_nothing_is_objected_to(siak: Region) -> None:
    advance(siak, Step.CONSOLIDATE)
    with pytest.raises(Refused) as refused:
        object_to(siak)
    assert refused.value.refusal.code == "no_objection_now"


@pytest.mark.django_db
def test_a_monitored_region_objects_to_what_its_assessors_show_before_the_end() -> None:
    wanted = replace(SPBE, kind=RoundKind.MONITORING, interview_until=None)
    region = sent(wanted, level=3, i21=5)
    score(region, 2)
    scores.show(place=region.as_(region.external), at=AT)
    settle(region, object_to(region), Outcome.UPHELD)
    line = seen(region, region.coordinator).line("21")
    assert line is not None
    assert line.standing == Decimal(4)


LEVELS = st.integers(1, 5).map(Decimal)


@given(requested=LEVELS, own=LEVELS, external=LEVELS)
def test_an_objection_asks_for_something_between_both_and_never_for_the_assessors_level(
    requested: Decimal, own: Decimal, external: Decimal
) -> None:
    allowed = may_be_requested(requested, own=own, external=external, decimals=0)
    assert allowed == (requested != external and min(own, external) <= requested <= max(own, external))


@pytest.mark.parametrize("state", [State.DOCUMENT, State.INTERVIEW, State.VISIT])
def test_the_stage_under_way_is_hidden_until_it_is_shown_and_those_before_are_seen(state: State) -> None:
    stages = list(Stage)
    present = stages.index(Stage(state.value))
    seen_now = [stage for stage in Stage if is_shown(stage, state=state, shown_stage="")]
    assert seen_now == stages[:present]
    assert is_shown(stages[present], state=state, shown_stage=stages[present])
