"""The way of one region through a round: each step, who may take it, and what the index is after it."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from livinglab.evaluations.domain.answers import AnswerStep
from livinglab.evaluations.domain.process import State, Step
from livinglab.evaluations.domain.stages import Stage
from livinglab.evaluations.models import Answer, Evaluation, Participation, Score
from livinglab.evaluations.operations import answer_steps, answers, delegation, process, rounds
from livinglab.evaluations.operations.answers import AnswerRefused, EditConflict
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.operations import grant_membership
from livinglab.organizations.queries import Role
from tests.evaluations.kit import (
    AT,
    SPBE,
    Region,
    accept_and_validate,
    answer,
    answer_everything,
    draft,
    open_round,
    send,
)
from tests.organizations.people import organization, trail

pytestmark = pytest.mark.django_db


@pytest.fixture
def siak() -> Region:
    return open_round()


def present(region: Region) -> Participation:
    return region.as_(region.coordinator).participation


def test_an_answer_goes_from_the_agency_over_the_internal_assessor_to_the_responsible_officer(
    siak: Region,
) -> None:
    delegation.assign(
        place=siak.as_(siak.coordinator),
        indicators=["21"],
        agency_id=siak.agency.id,
        assignee_id=None,
        due_on=date(2025, 6, 30),
        at=AT,
    )
    saved = answers.save(place=siak.as_(siak.officer), indicator="21", draft=draft(3), base_version=0, at=AT)
    assert saved.standing.score.index == Decimal("1.03")  # 1 everywhere, 1.5 % raised by two levels
    officer = siak.as_(siak.officer)
    answer_steps.take_step(place=officer, indicator="21", step=AnswerStep.HAND_IN, at=AT)
    internal = siak.as_(siak.internal)
    answer_steps.take_step(
        place=internal, indicator="21", step=AnswerStep.RETURN, reason="Bukti reviu belum ada.", at=AT
    )
    answers.save(place=officer, indicator="21", draft=draft(2), base_version=1, at=AT)
    answer_steps.take_step(place=officer, indicator="21", step=AnswerStep.HAND_IN, at=AT)
    accept_and_validate(siak, "21")
    found = present(siak)
    assert (found.answered, found.handed_in, found.accepted, found.validated) == (1, 1, 1, 1)
    assert (found.self_index, found.state) == (Decimal("1.02"), State.SELF)
    actions = [entry.action.removeprefix("evaluations.") for entry in trail("14.08")][:8]
    assert actions == [
        "answer_validated",
        "answer_accepted",
        "answer_handed_in",
        "answer_saved",
        "answer_returned",
        "answer_handed_in",
        "answer_saved",
        "indicators_assigned",
    ]


def test_an_agency_writes_only_what_was_given_to_it(siak: Region) -> None:
    with pytest.raises(Refused) as refused:
        answers.save(place=siak.as_(siak.officer), indicator="21", draft=draft(3), base_version=0, at=AT)
    assert refused.value.refusal.code == "not_your_step"
    with tenancy(siak.organization.id):
        assert not Answer.objects.filter(level__isnull=False).exists()


def test_an_internal_assessor_does_not_accept_what_was_given_to_them(siak: Region) -> None:
    place = siak.as_(siak.coordinator)
    delegation.assign(
        place=place, indicators=["21"], agency_id=None, assignee_id=siak.internal.id, due_on=None, at=AT
    )
    answer(siak, "21", 2)
    with pytest.raises(Refused) as refused:
        answer_steps.take_step(place=siak.as_(siak.internal), indicator="21", step=AnswerStep.ACCEPT, at=AT)
    assert refused.value.refusal.code == "not_your_step"


@pytest.mark.usefixtures("in_english")
def test_an_accepted_answer_is_not_given_to_the_agency_of_who_accepted_it(siak: Region) -> None:
    grant_membership(
        user=siak.internal,
        organization=siak.organization,
        role=Role.AGENCY_OFFICER,
        agency_id=siak.agency.id,
        by=None,
        at=AT,
    )
    answer(siak, "21", 2)
    accept_and_validate(siak, "21")
    for agency_id, assignee_id in ((siak.agency.id, None), (None, siak.internal.id)):
        with pytest.raises(Refused) as refused:
            delegation.assign(
                place=siak.as_(siak.coordinator),
                indicators=["20", "21"],
                agency_id=agency_id,
                assignee_id=assignee_id,
                due_on=None,
                at=AT,
            )
        assert refused.value.refusal.code == "own_agency"
        assert "indicator 21" in str(refused.value.refusal.reason)
    with tenancy(siak.organization.id):  # nothing half-done: indicator 20 was in the same wish
        assert not Answer.objects.filter(agency_id__isnull=False).exists()
        assert not Answer.objects.filter(assignee_id__isnull=False).exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (draft(4).__class__(Decimal(4), frozenset({1, 2, 4})), "level"),  # level 3 is not met
        (draft(4).__class__(Decimal(6), frozenset({1, 2, 3, 4, 5})), "level"),
        (draft(4).__class__(Decimal("2.5"), frozenset({1, 2})), "level"),
        (draft(4).__class__(Decimal(1), frozenset({9})), "met"),
        (draft(1, facts="a" * 20_001), "facts"),
        (draft(1, analysis="\x00"), "analysis"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_with_its_field(siak: Region, given: object, field: str) -> None:
    with pytest.raises(AnswerRefused) as refused:
        answers.save(
            place=siak.as_(siak.entry),
            indicator="21",
            draft=given,
            base_version=0,
            at=AT,  # type: ignore[arg-type]
        )
    assert [one.field for one in refused.value.problems] == [field]
    with tenancy(siak.organization.id):
        assert not Answer.objects.exists()


def test_two_people_on_one_answer_are_merged_field_by_field_and_asked_only_where_both_wrote(
    siak: Region,
) -> None:
    place = siak.as_(siak.entry)
    answers.save(place=place, indicator="21", draft=draft(2, "F", "A"), base_version=0, at=AT)
    answers.save(place=place, indicator="21", draft=draft(2, "F von A", "A"), base_version=1, at=AT)
    other = answers.save(place=place, indicator="21", draft=draft(2, "F", "A von B"), base_version=1, at=AT)
    assert other.merged
    assert (other.answer.facts, other.answer.analysis) == ("F von A", "A von B")
    with pytest.raises(EditConflict) as conflict:
        answers.save(place=place, indicator="21", draft=draft(2, "F von C", "A"), base_version=1, at=AT)
    assert conflict.value.found.conflicts == ("facts",)
    assert (conflict.value.ours.facts, conflict.value.stored.facts) == ("F von C", "F von A")
    with tenancy(siak.organization.id):
        assert Answer.objects.get().facts == "F von A"


def test_nothing_is_approved_before_every_answer_is_validated(siak: Region) -> None:
    answer(siak, "21", 2)
    accept_and_validate(siak, "21")
    with pytest.raises(Refused) as refused:
        process.approve(place=siak.as_(siak.responsible), at=AT)
    assert refused.value.refusal.code == "answers_missing"
    assert "46" in str(refused.value.refusal.reason)
    assert present(siak).state == State.SELF


@pytest.fixture
def in_english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.mark.usefixtures("in_english")
def test_who_approves_or_signs_too_early_learns_what_is_missing_and_who_is_next(siak: Region) -> None:
    coordinator = siak.as_(siak.coordinator)
    with pytest.raises(Refused) as refused:
        process.approve(place=coordinator, at=AT)
    words = str(refused.value.refusal.reason)
    assert refused.value.refusal.code == "not_your_step"
    assert "This step is taken by: the responsible officer." in words
    assert "47 indicators are not validated yet. Validate each answer first." in words
    with pytest.raises(Refused) as refused:
        process.sign(
            place=coordinator, minutes_number="BA/1", minutes_date=AT.date(), has_consent=True, at=AT
        )
    assert refused.value.refusal.code == "not_in_this_state"
    wanted = "Next: approving the self-assessment (the responsible officer)."
    assert wanted in str(refused.value.refusal.reason)
    with tenancy(siak.organization.id):
        assert not Evaluation.objects.exclude(state="self").exists()


def test_a_whole_round_from_the_first_answer_to_the_decision(siak: Region) -> None:
    answer_everything(siak, 3, i21=4)
    send(siak)
    found = present(siak)
    assert (found.state, found.self_index, found.standing_index) == (
        State.DOCUMENT,
        Decimal("3.02"),
        Decimal("3.02"),
    )
    assert found.published_levels["21"] == "4"
    with tenancy(siak.organization.id):
        assert Score.objects.filter(stage=Stage.SELF).count() == 47
    external = siak.as_(siak.external)
    for step in (Step.INTERVIEW, Step.VISIT, Step.CONSOLIDATE):
        process.advance(place=external, step=step, at=AT)
    process.decide(place=siak.as_(siak.ministry), number="Kepmen 1/2025", day=date(2025, 6, 1), at=AT)
    assert (present(siak).state, present(siak).decision_number) == (State.DECIDED, "Kepmen 1/2025")


def test_sending_twice_is_refused_and_changes_nothing(siak: Region) -> None:
    answer_everything(siak)
    send(siak)
    with pytest.raises(Refused):
        process.send(place=siak.as_(siak.coordinator), at=AT)
    with tenancy(siak.organization.id):
        assert Score.objects.count() == 47


def test_nobody_takes_part_twice_in_a_year(siak: Region) -> None:
    with pytest.raises(Refused) as refused:
        rounds.open_round(
            wanted=SPBE,
            opened_by=organization("kementerian-panrb"),
            participants=[siak.organization.id],
            by=siak.ministry,
            at=AT,
        )
    assert refused.value.refusal.code == "nobody_takes_part"
