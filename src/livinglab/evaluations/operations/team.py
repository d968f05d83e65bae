"""The internal assessor team: the decree that sets it up, and who holds which seat."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from livinglab.audit import operations as audit
from livinglab.evaluations import policies
from livinglab.evaluations.domain.process import State
from livinglab.evaluations.domain.team_seats import SEATS
from livinglab.evaluations.events import TeamChanged
from livinglab.evaluations.models import Evaluation, TeamSeat
from livinglab.evaluations.operations.records import lock_evaluation
from livinglab.evaluations.queries.places import Place
from livinglab.evidence.queries import pieces_by_id
from livinglab.kernel.clock import day_of
from livinglab.kernel.events import publish
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.kernel.texts import storable

LONGEST_NUMBER: Final = 80
LONGEST_NAME: Final = 160


class UnknownSeat(Exception):
    """There is no such seat in this team."""


def enter_decree(
    *, place: Place, number: str, day: date | None, evidence_id: UUID | None = None, at: datetime
) -> Evaluation:
    """This function will put the decree on the assessor team on file: its number, its day, its piece of evidence.

    Errors: `Refused` by the policy, without number or day, for a day to come, and for an unknown piece of evidence.
    """
    number = " ".join(storable(number).split())
    with tenancy(place.organization.id):
        evaluation = _open(place, at)
        ensure(_refusal_of_decree(place, number, day, evidence_id, at))
        before = _decree_facts(evaluation)
        evaluation.decree_number, evaluation.decree_date = number, day
        evaluation.decree_evidence_id = evidence_id
        evaluation.save(update_fields=["decree_number", "decree_date", "decree_evidence_id"])
        facts = {**_decree_facts(evaluation), "before": before}
        _record(place, evaluation.id, "evaluations.team_decree_entered", at, facts)
        _tell(place, "decree", at)
    return evaluation


def _decree_facts(evaluation: Evaluation) -> dict[str, str]:
    return {
        "number": evaluation.decree_number,
        "date": str(evaluation.decree_date or ""),
        "piece": str(evaluation.decree_evidence_id or ""),
    }


def seat(*, place: Place, function: str, holder: str, at: datetime) -> TeamSeat:
    """This function will give a seat of the team to somebody; a function may have several holders.

    Errors: `Refused` by the policy, for an unknown function, without a name, and for somebody who holds it already.
    """
    holder = " ".join(storable(holder).split())
    with tenancy(place.organization.id):
        evaluation = _open(place, at)
        rows = TeamSeat.objects.filter(
            organization_id=place.organization.id, evaluation_id=evaluation.id, function=function
        )
        ensure(_refusal_of_seat(function, holder))
        if rows.filter(holder__iexact=holder).exists():
            raise Refused(
                Refusal("seated_already", _("This person is in the team with this function already."))
            )
        row = TeamSeat.objects.create(
            organization_id=place.organization.id,
            evaluation_id=evaluation.id,
            function=function,
            holder=holder,
        )
        facts = {"kind": function, "after": _held_by(place, holder, at)}
        _record(place, row.id, "evaluations.team_member_added", at, facts)
        _tell(place, "seated", at)
    return row


def unseat(*, place: Place, seat_id: UUID, at: datetime) -> None:
    """This function will take somebody out of the team. Errors: `Refused` by the policy, `UnknownSeat`."""
    with tenancy(place.organization.id):
        evaluation = _open(place, at)
        row = TeamSeat.objects.filter(
            organization_id=place.organization.id, evaluation_id=evaluation.id, id=seat_id
        ).first()
        if row is None:
            raise UnknownSeat(seat_id)
        facts = {"kind": row.function, "before": _held_by(place, row.holder, at)}
        row.delete()
        _record(place, seat_id, "evaluations.team_member_removed", at, facts)
        _tell(place, "unseated", at)


def _held_by(place: Place, holder: str, at: datetime) -> dict[str, str]:
    return {"holder": audit.keep_text(organization_id=place.organization.id, text=holder, at=at)}


def _open(place: Place, at: datetime) -> Evaluation:
    evaluation = lock_evaluation(place, at=at)
    ensure(policies.may_keep_team(place.actor, state=State(evaluation.state)))
    return evaluation


def _refusal_of_decree(
    place: Place, number: str, day: date | None, evidence_id: UUID | None, at: datetime
) -> Refusal | None:
    if not number or day is None:
        return Refusal("decree_missing", _("Enter the number and the date of the decree."))
    if len(number) > LONGEST_NUMBER:
        return Refusal("number_too_long", _("The number is too long: at most 80 characters."))
    if day > day_of(at, place.organization.zone):
        return Refusal("decree_in_future", _("The decree cannot be dated in the future."))
    if evidence_id is not None and evidence_id not in pieces_by_id(place.organization.id, [evidence_id]):
        return Refusal("piece_unknown", _("This piece of evidence is not in the library, or was withdrawn."))
    return None


def _refusal_of_seat(function: str, holder: str) -> Refusal | None:
    if function not in SEATS:
        return Refusal("function_unknown", _("Choose the function that the decree names."))
    if not holder:
        return Refusal("name_missing", _("Enter the name as it stands in the decree."))
    if len(holder) > LONGEST_NAME:
        return Refusal("name_too_long", _("The name is too long: at most 160 characters."))
    return None


def _tell(place: Place, change: str, at: datetime) -> None:
    publish(
        TeamChanged(
            organization_id=place.organization.id, evaluation_id=place.participation.id, change=change, at=at
        )
    )


def _record(place: Place, subject: UUID, action: str, at: datetime, facts: Mapping[str, object]) -> None:
    """Facts hold no names of people: those stand in the team, and beside the trail."""
    audit.record(
        organization_id=place.organization.id,
        by=place.actor.user_id,
        at=at,
        action=action,
        subject=str(subject),
        facts={"year": place.participation.year, **facts},
    )
