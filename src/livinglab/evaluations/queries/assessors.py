"""External assessors: who they are, what bears on a conflict of interest, and who cannot be assigned where."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import CharField, Count, Exists, F, Func, OuterRef, Q, QuerySet, Value

from livinglab.accounts.queries import User
from livinglab.evaluations.models import (
    AssessorProfile,
    Assignment,
    DeclaredConflict,
    Participation,
    UniversityPartner,
)
from livinglab.evaluations.queries.participations import participations
from livinglab.organizations.queries import Organization, Role, holders


@dataclass(frozen=True, slots=True)
class Assessor:
    """A person who may be assigned: home, university, declared conflicts, regions assessed now."""

    id: UUID
    name: str
    email: str
    sent_by: str  # the institution that gave the role
    home: Organization | None
    university: str
    university_code: str
    conflicts: int
    assigned: int


def assessors() -> list[Assessor]:
    """This function will return everybody with the role of external assessor, by name. Four queries."""
    people = {held.user_id: held for held in reversed(list(holders(Role.EXTERNAL_ASSESSOR)))}
    profiles = profiles_of(people)
    conflicts = _counts(DeclaredConflict.objects.filter(assessor_id__in=people))
    assigned = _counts(Assignment.objects.filter(assessor_id__in=people, ended_at__isnull=True))
    return [
        Assessor(
            id=key,
            name=str(held.user),
            email=held.user.email,
            sent_by=held.organization.name,
            home=profiles[key].home if key in profiles else None,
            university=_university(profiles.get(key), "name"),
            university_code=_university(profiles.get(key), "code"),
            conflicts=conflicts.get(key, 0),
            assigned=assigned.get(key, 0),
        )
        for key, held in reversed(people.items())
    ]


def find_assessor(assessor_id: UUID) -> User | None:
    """This function will return the person if they are an external assessor now. One query."""
    held = holders(Role.EXTERNAL_ASSESSOR).filter(user_id=assessor_id).first()
    return held.user if held else None


def profiles_of(ids: Iterable[UUID]) -> dict[UUID, AssessorProfile]:
    """This function will return what is known of assessors that bears on conflicts, by person. One query."""
    rows = AssessorProfile.objects.filter(assessor_id__in=list(ids)).select_related("home", "university")
    return {row.assessor_id: row for row in rows}


def conflicts_of(assessor_id: UUID) -> list[DeclaredConflict]:
    """This function will return the declared conflicts of an assessor, newest first. One query."""
    rows = DeclaredConflict.objects.filter(assessor_id=assessor_id).select_related("organization")
    return list(rows.order_by("-declared_at"))


def partners() -> list[UniversityPartner]:
    """This function will return every declared partnership, by university and region. One query."""
    rows = UniversityPartner.objects.select_related("organization", "university")
    return list(rows.order_by("university__name", "organization__code"))


def find_partner(partner_id: UUID) -> UniversityPartner | None:
    """This function will return a declared partnership, None for any other id. One query."""
    rows = UniversityPartner.objects.select_related("organization", "university")
    return rows.filter(id=partner_id).first()


def is_home_known(assessor_id: UUID) -> bool:
    """This function will say whether an assessor's home is entered: before, nobody is assigned. One query."""
    return AssessorProfile.objects.filter(assessor_id=assessor_id, home__isnull=False).exists()


def _conflict_of(assessor: Value | F, organization: str) -> Func:
    """The name of the rule that forbids it, as the database itself says it when it refuses a row."""
    function = "evaluations_conflict_of"
    return Func(assessor, F(organization), function=function, output_field=CharField(null=True))


def in_conflict(rows: "QuerySet[Assignment]") -> list[tuple[Assignment, str]]:
    """This function will return the present assignments among these that a rule forbids, and which rule. One query."""
    conflict = _conflict_of(F("assessor_id"), "participation__organization_id")
    found = rows.filter(ended_at__isnull=True).annotate(conflict=conflict).filter(conflict__isnull=False)
    return [(one, str(one.conflict)) for one in found.select_related("participation")]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A region in a round as it stands before one assessor: assigned already, or why it cannot be."""

    participation: Participation
    is_assigned: bool
    conflict: str
    colleagues: int  # other assessors assigned there


def candidates(assessor_id: UUID, round_id: UUID, *, province: str = "") -> list[Candidate]:
    """This function will return the regions of a round, of one province or all, before an assessor. One query."""
    rows = participations().filter(round_id=round_id)
    if province:
        rows = rows.filter(organization__code__startswith=f"{province}.")
    mine = Assignment.objects.filter(
        participation_id=OuterRef("id"), assessor_id=assessor_id, ended_at__isnull=True
    )
    others = Q(assignments__ended_at__isnull=True) & ~Q(assignments__assessor_id=assessor_id)
    found = rows.annotate(
        conflict=_conflict_of(Value(assessor_id), "organization_id"),
        mine=Exists(mine),
        others=Count("assignments", filter=others),
    )
    return [
        Candidate(row, row.mine, row.conflict or "", row.others)
        for row in found.order_by("organization__code")
    ]


def provinces_of(round_id: UUID) -> list[str]:
    """This function will return the two-digit codes of the provinces that have regions in a round. One query."""
    codes = Participation.objects.filter(round_id=round_id).values_list("organization__code", flat=True)
    return sorted({code[:2] for code in codes if code[:2].isdigit()})


def assessor_names(participation_id: UUID) -> list[str]:
    """This function will return the names of those who assess this participation now. One query."""
    rows = Assignment.objects.filter(participation_id=participation_id, ended_at__isnull=True)
    return sorted(str(row.assessor) for row in rows.select_related("assessor"))


def _counts(rows: "QuerySet[DeclaredConflict] | QuerySet[Assignment]") -> Mapping[UUID, int]:
    return dict(rows.values("assessor_id").annotate(count=Count("id")).values_list("assessor_id", "count"))


def _university(profile: AssessorProfile | None, field: str) -> str:
    """Where an assessor teaches, empty where none is entered."""
    return str(getattr(profile.university, field)) if profile and profile.university else ""
