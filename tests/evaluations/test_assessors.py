"""Who assesses whom: no conflict of interest passes, neither through an operation nor past it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from livinglab.accounts.models import User
from livinglab.evaluations.domain.answers import AnswerState
from livinglab.evaluations.models import (
    Answer,
    AnswerMove,
    AssessorProfile,
    Assignment,
    DeclaredConflict,
    UniversityPartner,
)
from livinglab.evaluations.operations import assessors
from livinglab.evaluations.queries import assessors as queries
from livinglab.kernel.events import handle, to_payload
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.events import MembershipGranted
from livinglab.organizations.models import University
from livinglab.organizations.operations import grant_membership
from livinglab.organizations.queries import Role
from tests.evaluations.external import rows_of, score, sent
from tests.evaluations.kit import AT, MINISTRY, SIAK, Region, answer, at_home, open_round
from tests.organizations.people import make_member, make_person, organization, trail

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(days=1)


@pytest.fixture
def siak() -> Region:
    return open_round()


@pytest.fixture
def person() -> User:
    found = make_member("asesor.baru", Role.EXTERNAL_ASSESSOR, MINISTRY)
    at_home(found)
    return found


def assign(region: Region, person: User, *, by: User | None = None) -> Assignment:
    return assessors.assign(
        participation=region.participation, assessor=person, by=by or region.ministry, at=AT
    )


def present(person: User) -> list[Assignment]:
    return list(Assignment.objects.filter(assessor=person, ended_at__isnull=True))


def riau() -> University:
    return University.objects.get(code="universitas-riau")


def member_of_siak(region: Region, person: User) -> None:
    grant_membership(user=person, organization=region.organization, role=Role.AGENCY_OFFICER, by=None, at=AT)


def comes_from_siak(region: Region, person: User) -> None:
    at_home(person, region.organization.code)


def declared(region: Region, person: User) -> None:
    DeclaredConflict.objects.create(
        assessor=person,
        organization=region.organization,
        reason="Uji.",
        declared_at=AT,
        declared_by=person.id,
    )


def teaches_at_a_partner(region: Region, person: User) -> None:
    AssessorProfile.objects.filter(assessor=person).update(university=riau())
    UniversityPartner.objects.create(
        university=riau(), organization=region.organization, declared_at=AT, declared_by=person.id
    )


CONFLICTS = pytest.mark.parametrize(
    ("make", "name"),
    [
        (member_of_siak, "an_assessor_is_no_member"),
        (comes_from_siak, "an_assessor_is_not_from_there"),
        (declared, "an_assessor_has_no_conflict"),
        (teaches_at_a_partner, "an_assessors_university_is_no_partner"),
    ],
)


def test_a_ministry_assigns_an_assessor_and_the_region_reads_it_in_its_trail(
    siak: Region, person: User
) -> None:
    row = assign(siak, person)
    assert [one.id for one in present(person)] == [row.id]
    newest = trail("14.08")[0]
    assert (newest.action, newest.by, newest.facts) == (
        "evaluations.assessor_assigned",
        siak.ministry.id,
        {"user": str(person.id), "year": 2025},
    )
    assert siak.as_(person).actor.is_assigned


@CONFLICTS
def test_a_conflict_of_interest_is_refused_with_its_reason(
    siak: Region, person: User, make: object, name: str
) -> None:
    make(siak, person)  # type: ignore[operator]
    with pytest.raises(Refused) as refused:
        assign(siak, person)
    assert refused.value.refusal.code == name
    assert present(person) == []


@CONFLICTS
def test_the_database_refuses_the_row_when_the_policy_is_passed_by(
    siak: Region, person: User, make: object, name: str
) -> None:
    make(siak, person)  # type: ignore[operator]
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        Assignment.objects.create(
            participation=siak.participation, assessor=person, assigned_at=AT, assigned_by=siak.ministry.id
        )
    assert error.value.__cause__.diag.constraint_name == name  # type: ignore[union-attr]
    assert present(person) == []


@CONFLICTS
def test_who_cannot_be_assigned_is_shown_before_it_is_tried(
    siak: Region, person: User, make: object, name: str
) -> None:
    round_id = siak.participation.round_id
    assert [one.conflict for one in queries.candidates(person.id, round_id)] == [""]
    make(siak, person)  # type: ignore[operator]
    assert [one.conflict for one in queries.candidates(person.id, round_id)] == [name]


@pytest.mark.parametrize("who", ["coordinator", "external", "internal"])
def test_only_a_ministry_assigns(siak: Region, person: User, who: str) -> None:
    with pytest.raises(Refused) as refused:
        assign(siak, person, by=getattr(siak, who))
    assert refused.value.refusal.code == "not_the_ministry"
    assert present(person) == []


def test_only_external_assessors_are_assigned_and_only_once(siak: Region, person: User) -> None:
    with pytest.raises(Refused) as refused:
        assign(siak, make_person("siapa"))
    assert refused.value.refusal.code == "not_an_assessor"
    assign(siak, person)
    with pytest.raises(Refused) as refused:
        assign(siak, person)
    assert refused.value.refusal.code == "assigned_already"
    assert len(present(person)) == 1


def test_of_many_regions_those_in_conflict_are_named_and_the_others_assigned(person: User) -> None:
    siak, sumedang = open_round(), open_round(code="32.11")
    declared(siak, person)
    done = assessors.assign_many(
        participations=[siak.participation, sumedang.participation],
        assessor=person,
        by=siak.ministry,
        at=AT,
    )
    assert done.added == 1
    assert [(one.id, why.code) for one, why in done.refused] == [
        (siak.participation.id, "an_assessor_has_no_conflict")
    ]
    assert [one.participation_id for one in present(person)] == [sumedang.participation.id]


def test_an_assignment_ends_once_and_the_assessor_is_out(siak: Region, person: User) -> None:
    row = assign(siak, person)
    assessors.unassign(assignment=row, by=siak.ministry, at=LATER)
    assessors.unassign(assignment=row, by=siak.ministry, at=LATER + timedelta(days=1))
    assert Assignment.objects.get(id=row.id).ended_at == LATER
    assert not siak.as_(person).actor.is_assigned
    assert [entry.action for entry in trail("14.08")].count("evaluations.assessor_unassigned") == 1


def test_a_declared_conflict_ends_the_assignments_to_that_region_only(person: User) -> None:
    siak, sumedang = open_round(), open_round(code="32.11")
    assign(siak, person)
    assign(sumedang, person)
    assessors.declare_conflict(
        assessor=person, organization=siak.organization, reason="Saudara kandung.", by=person, at=LATER
    )
    assert [one.participation_id for one in present(person)] == [sumedang.participation.id]
    ended = [entry for entry in trail("14.08") if entry.action == "evaluations.assessor_unassigned"]
    assert [entry.facts["reason"] for entry in ended] == ["an_assessor_has_no_conflict"]


def test_somebody_else_declares_no_conflict_for_an_assessor(siak: Region, person: User) -> None:
    with pytest.raises(Refused):
        assessors.declare_conflict(
            assessor=person, organization=siak.organization, reason="Uji.", by=siak.coordinator, at=AT
        )
    assert not DeclaredConflict.objects.exists()


def test_a_new_home_ends_the_assignment_there(siak: Region, person: User) -> None:
    assign(siak, person)
    assessors.set_profile(
        assessor=person, home=siak.organization, university=None, by=siak.ministry, at=LATER
    )
    assert present(person) == []


def test_a_partner_university_ends_its_assessors_assignments(siak: Region, person: User) -> None:
    home = organization("61.71")
    assessors.set_profile(assessor=person, home=home, university=riau(), by=siak.ministry, at=AT)
    assign(siak, person)
    shared = {"university": riau(), "organization": siak.organization, "by": siak.ministry}
    declared_first = assessors.declare_partner(**shared, at=LATER)  # type: ignore[arg-type]
    assert assessors.declare_partner(**shared, at=LATER) == declared_first  # type: ignore[arg-type]
    assert present(person) == []
    assessors.end_partner(partner=UniversityPartner.objects.get(), by=siak.ministry, at=LATER)
    assign(siak, person)
    assert len(present(person)) == 1


def test_nobody_is_assigned_before_the_home_is_known(siak: Region) -> None:
    person = make_member("asesor.tanpa.rumah", Role.EXTERNAL_ASSESSOR, MINISTRY)
    for attempt in (
        lambda: assign(siak, person),
        lambda: assessors.assign_many(
            participations=[siak.participation], assessor=person, by=siak.ministry, at=AT
        ),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.refusal.code == "an_assessors_home_is_known"
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        Assignment.objects.create(
            participation=siak.participation, assessor=person, assigned_at=AT, assigned_by=siak.ministry.id
        )
    name = error.value.__cause__.diag.constraint_name  # type: ignore[union-attr]
    assert name == "an_assessors_home_is_known"
    assert present(person) == []


def test_an_assessor_enters_the_own_home_once_and_the_ministry_corrects_it(siak: Region) -> None:
    person = make_member("asesor.tanpa.rumah", Role.EXTERNAL_ASSESSOR, MINISTRY)
    shared = {"assessor": person, "university": None, "at": AT}
    for home in (None, organization(MINISTRY)):  # nobody is at home in a ministry
        with pytest.raises(Refused) as refused:
            assessors.set_profile(home=home, by=person, **shared)  # type: ignore[arg-type]
        assert refused.value.refusal.code == "home_missing"
    assessors.set_profile(home=siak.organization, by=person, **shared)  # type: ignore[arg-type]
    elsewhere = organization("61.71")
    for by, code in ((person, "home_is_kept"), (siak.coordinator, "not_the_ministry")):
        with pytest.raises(Refused) as refused:
            assessors.set_profile(home=elsewhere, by=by, **shared)  # type: ignore[arg-type]
        assert refused.value.refusal.code == code
    assert AssessorProfile.objects.get(assessor=person).home_id == siak.organization.id
    assessors.set_profile(home=elsewhere, by=siak.ministry, **shared)  # type: ignore[arg-type]
    assert AssessorProfile.objects.get(assessor=person).home_id == elsewhere.id


def test_a_role_in_the_region_ends_the_assignment_there_and_no_other(siak: Region, person: User) -> None:
    assign(siak, person)
    elsewhere = open_round(code="32.11")
    assign(elsewhere, person)
    member_of_siak(siak, person)
    granted = MembershipGranted(organization_id=siak.organization.id, user_id=person.id)
    for _again in range(2):
        handle("evaluations.end_conflicting_assignments", to_payload(granted))
    assert [one.participation for one in present(person)] == [elsewhere.participation]
    ended = [one for one in trail(SIAK) if one.action == "evaluations.assessor_unassigned"]
    assert [one.facts["reason"] for one in ended] == ["an_assessor_is_no_member"]


def test_a_granted_role_is_told(siak: Region, person: User) -> None:
    member_of_siak(siak, person)
    told = [job.args["payload"] for job in ProcrastinateJob.objects.filter(args__has_key="subscription")]
    assert {"organization_id": str(siak.organization.id), "user_id": str(person.id)} in told


def test_an_assignment_to_a_region_that_became_the_own_takes_no_score(person: User) -> None:
    siak = sent()
    assign(siak, person)
    member_of_siak(siak, person)
    with pytest.raises(Refused) as refused:
        score(siak, by=person)
    assert refused.value.refusal.code == "not_an_assessor"
    assert rows_of(siak) == []


def test_the_database_refuses_that_an_internal_assessor_accepts_the_own_agencys_answer(siak: Region) -> None:
    insider = make_person("asesor.opd")
    grant_membership(
        user=insider,
        organization=siak.organization,
        role=Role.INTERNAL_ASSESSOR,
        agency_id=siak.agency.id,
        by=None,
        at=AT,
    )
    answer(siak, "21", 3)
    with tenancy(siak.organization.id):
        row = Answer.objects.get(indicator="21")
        Answer.objects.filter(id=row.id).update(agency=siak.agency)
    with pytest.raises(IntegrityError) as error, transaction.atomic(), tenancy(siak.organization.id):
        AnswerMove.objects.create(
            organization_id=siak.organization.id,
            answer=row,
            step="accept",
            from_state=AnswerState.ANSWERED,
            to_state=AnswerState.ACCEPTED,
            at=AT,
            by=insider.id,
        )
    name = error.value.__cause__.diag.constraint_name  # type: ignore[union-attr]
    assert name == "an_internal_assessor_never_scores_the_own_agency"
    with tenancy(siak.organization.id):
        assert not AnswerMove.objects.filter(step="accept").exists()


def test_the_list_of_assessors_reads_a_fixed_number_of_queries(
    siak: Region, person: User, django_assert_num_queries: object
) -> None:
    assign(siak, person)
    with django_assert_num_queries(4):  # type: ignore[operator]
        found = {one.id: one for one in queries.assessors()}
    assert (found[person.id].assigned, found[siak.external.id].assigned) == (1, 1)
    assert organization(MINISTRY).name == found[person.id].sent_by
