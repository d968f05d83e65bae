"""Who assesses which region from outside, and what would be a conflict of interest. A ministry decides.

Source: Pedoman Menteri PANRB 3/2024, Bab IV (an assessor has no conflict of interest). The rules stand in the
database (`evaluations_conflict_of`): a row that breaks one is refused whoever writes it; here they get their words.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from livinglab.accounts.queries import User
from livinglab.audit import operations as audit
from livinglab.evaluations import policies
from livinglab.evaluations.events import (
    AssessorAssigned,
    AssessorProfileChanged,
    AssessorUnassigned,
    ConflictDeclared,
    PartnershipChanged,
)
from livinglab.evaluations.models import (
    AssessorProfile,
    Assignment,
    DeclaredConflict,
    Participation,
    UniversityPartner,
)
from livinglab.evaluations.queries import assessors as queries
from livinglab.kernel.events import publish
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.kernel.texts import storable
from livinglab.organizations.queries import REGIONAL, Kind, Organization, Role, University, posts

LONGEST_REASON: Final = 300
#: where people are at home; a ministry is nobody's home
_HOMES: Final = frozenset({*REGIONAL, Kind.PROVINCE})
#: the rule's name in the database -> why somebody cannot assess there
CONFLICTS: Final[dict[str, Promise]] = {
    "an_assessor_is_no_member": _("The assessor holds a role in this region."),
    "an_assessor_is_not_from_there": _("The assessor comes from this region."),
    "an_assessor_has_no_conflict": _("A conflict of interest with this region is declared."),
    "an_assessors_university_is_no_partner": _("The assessor's university is a partner of this region."),
    "an_assessor_is_assigned": _("The assessor is not assigned to this region."),
    "an_assessors_home_is_known": _("The assessor's home region is not entered yet. Enter it first."),
}
#: refusals that are about the assessor and the same for every region
_OF_THE_PERSON: Final = frozenset({"not_an_assessor", "an_assessors_home_is_known"})


@dataclass(frozen=True, slots=True)
class Assigned:
    """What became of an assignment of many regions: how many are new, and which were refused and why."""

    added: int
    refused: tuple[tuple[Participation, Refusal], ...]


def refusal_of_conflict(name: str) -> Refusal | None:
    """This function will return the refusal of a rule by its name in the database, None for no rule."""
    words = CONFLICTS.get(name)
    return None if words is None else Refusal(name, words)


def refused_by_database(error: IntegrityError) -> Refused | None:
    """This function will return what the database refused in plain words, None for an error that is no conflict."""
    name = str(getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or "")
    refusal = refusal_of_conflict(name)
    return None if refusal is None else Refused(refusal)


def assign(*, participation: Participation, assessor: User, by: User, at: datetime) -> Assignment:
    """This function will assign an external assessor to a region in a round.

    Errors: `Refused` for somebody who is no ministry, for a person without the role or a known home, for one
    assigned already, and for each conflict of interest, as the database refuses it.
    """
    ensure(may_keep_assessors(by))
    ensure(refusal_of_assessor(assessor.id))
    with tenancy(participation.organization_id):
        return _assign(participation, assessor, by=by, at=at)


@transaction.atomic
def assign_many(
    *, participations: Iterable[Participation], assessor: User, by: User, at: datetime
) -> Assigned:
    """This function will assign an assessor to many regions in one action; those refused are named, the rest stay.

    Errors: `Refused` for somebody who is no ministry and for a person without the role or a known home.
    """
    ensure(may_keep_assessors(by))
    ensure(refusal_of_assessor(assessor.id))
    added, refused = 0, []
    for one in participations:
        try:
            assign(participation=one, assessor=assessor, by=by, at=at)
            added += 1
        except Refused as reason:
            if reason.refusal.code in _OF_THE_PERSON:
                raise
            refused.append((one, reason.refusal))
    return Assigned(added, tuple(refused))


def unassign(*, assignment: Assignment, by: User, at: datetime) -> Assignment:
    """This function will end an assignment; the scores stay. Ended twice: the first end stands."""
    ensure(may_keep_assessors(by))
    with tenancy(assignment.participation.organization_id):
        _end(assignment, by=by.id, at=at, reason="unassigned")
    return assignment


def refusal_of_assessor(assessor_id: UUID) -> Refusal | None:
    """This function will return why somebody can be assigned nowhere: no external assessor, or no known home."""
    return policies.may_be_assigned(
        is_assessor=queries.find_assessor(assessor_id) is not None,
        has_home=queries.is_home_known(assessor_id),
    )


def set_profile(
    *, assessor: User, home: Organization | None, university: University | None, by: User, at: datetime
) -> AssessorProfile:
    """This function will keep where an assessor comes from and teaches; assignments now in conflict end.

    Assessors enter it once, before their first assignment; the ministry enters and corrects it. Errors: `Refused`
    for anybody else, for an assessor whose home is kept already, and without a province, regency or city as home.
    """
    ensure(_refusal_of_profile(assessor, by))
    if home is None or home.kind not in _HOMES:
        words = _("Write the code of the region where the assessor is at home, such as 14.08.")
        raise Refused(Refusal("home_missing", words))
    with transaction.atomic():
        old = (
            AssessorProfile.objects.select_for_update(of=("self",))
            .select_related("home", "university")
            .filter(assessor=assessor)
            .first()
        )
        before = _profile_facts(old.home, old.university) if old else {}
        after = _profile_facts(home, university)
        profile, _new = AssessorProfile.objects.update_or_create(
            assessor=assessor, defaults={"home": home, "university": university}
        )
        if before != after:
            audit.record(
                by=by.id,
                at=at,
                action="evaluations.assessor_profile_set",
                subject=str(assessor.id),
                facts={"user": str(assessor.id), **after, "before": before},
            )
            publish(AssessorProfileChanged(assessor_id=assessor.id, at=at))
        _end_conflicting(Assignment.objects.filter(assessor=assessor), by=by.id, at=at)
    return profile


def _refusal_of_profile(assessor: User, by: User) -> Refusal | None:
    if by.id != assessor.id:
        return may_keep_assessors(by)
    return policies.may_enter_own_profile(
        is_ministry=may_keep_assessors(by) is None,
        is_assessor=queries.find_assessor(assessor.id) is not None,
        is_home_known=queries.is_home_known(assessor.id),
    )


def _profile_facts(home: Organization | None, university: University | None) -> dict[str, str]:
    return {"home": home.code if home else "", "university": university.name if university else ""}


def declare_partner(
    *, university: University, organization: Organization, by: User, at: datetime
) -> UniversityPartner:
    """This function will keep that a university works for a region; its assessors' assignments there end.

    Declared twice: the first stands. Errors: `Refused` for somebody who is no ministry.
    """
    ensure(may_keep_assessors(by))
    with tenancy(organization.id):
        row, is_new = UniversityPartner.objects.get_or_create(
            university=university,
            organization=organization,
            defaults={"declared_at": at, "declared_by": by.id},
        )
        if is_new:
            _record(organization.id, "partner_declared", by, at, {"university": university.name})
            _tell_partnership(row, "declared", at)
        _end_conflicting(_present(organization), by=by.id, at=at)
    return row


def end_partner(*, partner: UniversityPartner, by: User, at: datetime) -> None:
    """This function will take a partnership back that no longer holds. Errors: `Refused` for no ministry."""
    ensure(may_keep_assessors(by))
    with tenancy(partner.organization_id):
        _record(partner.organization_id, "partner_ended", by, at, {"university": partner.university.name})
        _tell_partnership(partner, "ended", at)
        partner.delete()


def _tell_partnership(partner: UniversityPartner, change: str, at: datetime) -> None:
    publish(
        PartnershipChanged(
            organization_id=partner.organization_id, university_id=partner.university_id, change=change, at=at
        )
    )


def declare_conflict(
    *, assessor: User, organization: Organization, reason: str, by: User, at: datetime
) -> DeclaredConflict:
    """This function will keep a conflict of interest; present assignments of the assessor to the region end.

    The ministry declares it, or the assessor. Errors: `Refused` for others, and without a reason.
    """
    ensure(may_keep_assessors(by) if by.id != assessor.id else None)
    reason = storable(reason)
    if not reason:
        raise Refused(Refusal("reason_missing", _("Say in a sentence what the conflict is.")))
    if len(reason) > LONGEST_REASON:
        raise Refused(Refusal("reason_too_long", _("The reason is too long: at most 300 characters.")))
    with tenancy(organization.id):
        row, is_new = DeclaredConflict.objects.get_or_create(
            assessor=assessor,
            organization=organization,
            defaults={"reason": reason, "declared_at": at, "declared_by": by.id},
        )
        if is_new:
            kept = audit.keep_text(organization_id=organization.id, text=reason, at=at)
            facts: dict[str, object] = {"user": str(assessor.id), "reason": kept}
            _record(organization.id, "conflict_declared", by, at, facts)
            publish(ConflictDeclared(organization_id=organization.id, assessor_id=assessor.id, at=at))
        _end_conflicting(_present(organization).filter(assessor=assessor), by=by.id, at=at)
    return row


def end_conflicting(*, assessor_id: UUID, organization_id: UUID, at: datetime) -> None:
    """This function will end an assessor's present assignments to an organisation that a rule forbids now.

    For what happened elsewhere, such as a role that was granted there; safe to repeat.
    """
    rows = Assignment.objects.filter(assessor_id=assessor_id, participation__organization_id=organization_id)
    _end_conflicting(rows, by=None, at=at)


def may_keep_assessors(by: User) -> Refusal | None:
    """This function will return why somebody may not assign assessors: for the page and for the write."""
    return policies.may_keep_assessors(is_ministry=any(post.role is Role.MINISTRY for post in posts(by.id)))


def _assign(participation: Participation, assessor: User, *, by: User, at: datetime) -> Assignment:
    try:
        with transaction.atomic():
            row = Assignment.objects.create(
                participation=participation, assessor=assessor, assigned_at=at, assigned_by=by.id
            )
    except IntegrityError as error:
        if (refused := refused_by_database(error)) is not None:
            raise refused from error
        words = _("The assessor is assigned to this region already.")
        raise Refused(Refusal("assigned_already", words)) from error
    facts = {"user": str(assessor.id), "year": participation.year}
    _record(participation.organization_id, "assessor_assigned", by, at, facts)
    publish(
        AssessorAssigned(
            organization_id=participation.organization_id,
            evaluation_id=participation.id,
            assessor_id=assessor.id,
            at=at,
        )
    )
    return row


def _end(assignment: Assignment, *, by: UUID | None, at: datetime, reason: str) -> None:
    ended = Assignment.objects.filter(id=assignment.id, ended_at__isnull=True).update(ended_at=at)
    if ended:
        audit.record(
            organization_id=assignment.participation.organization_id,
            by=by,
            at=at,
            action="evaluations.assessor_unassigned",
            subject=str(assignment.participation_id),
            facts={
                "user": str(assignment.assessor_id),
                "year": assignment.participation.year,
                "reason": reason,
            },
        )
        publish(
            AssessorUnassigned(
                organization_id=assignment.participation.organization_id,
                evaluation_id=assignment.participation_id,
                assessor_id=assignment.assessor_id,
                reason=reason,
                at=at,
            )
        )


def _end_conflicting(rows: "QuerySet[Assignment]", *, by: UUID | None, at: datetime) -> None:
    """End those present assignments that a rule forbids now; `by` is nobody where the platform does it."""
    for one, conflict in queries.in_conflict(rows):
        with tenancy(one.participation.organization_id):
            _end(one, by=by, at=at, reason=conflict)


def _present(organization: Organization) -> "QuerySet[Assignment]":
    return Assignment.objects.filter(participation__organization=organization)


def _record(organization_id: UUID, what: str, by: User, at: datetime, facts: dict[str, object]) -> None:
    audit.record(
        organization_id=organization_id,
        by=by.id,
        at=at,
        action=f"evaluations.{what}",
        subject=str(organization_id),
        facts=facts,
    )
