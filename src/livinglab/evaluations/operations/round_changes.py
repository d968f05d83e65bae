"""Changes a round that is under way: its last days, who joins it, who leaves it untouched."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from livinglab.accounts.queries import User
from livinglab.audit import operations as audit
from livinglab.evaluations import policies
from livinglab.evaluations.domain.stages import RoundKind
from livinglab.evaluations.events import RoundChanged
from livinglab.evaluations.models import Participation, Round
from livinglab.evaluations.operations.rounds import Opened, refusal_of_days, take_in
from livinglab.evaluations.queries.rounds import TOPIC, is_opener
from livinglab.kernel.events import publish
from livinglab.kernel.freshness import changed
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.organizations.queries import posts


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The last days of a round's stages; monitoring has no interview."""

    self_until: date
    document_until: date
    interview_until: date | None
    ends_on: date


def change_days(*, round_id: UUID, days: Days, by: User, at: datetime) -> Round:
    """This function will change the last days of a round's stages.

    Errors: `Refused` for somebody of another organisation than the one that opened it, and for days out of order.
    """
    with transaction.atomic():
        row = _lock(round_id, by)
        ensure(
            refusal_of_days(
                RoundKind(row.kind),
                days.self_until,
                days.document_until,
                days.interview_until,
                days.ends_on,
            )
        )
        before = {name: getattr(row, name) for name in asdict(days)}
        if before == asdict(days):
            return row
        for name, day in asdict(days).items():
            setattr(row, name, day)
        row.save(update_fields=list(before))
        changed(TOPIC)
        audit.record(
            organization_id=row.opened_by_id,
            by=by.id,
            at=at,
            action="evaluations.round_days_changed",
            subject=str(row.id),
            facts={"before": _written(before), "after": _written(asdict(days))},
        )
        publish(RoundChanged(round_id=row.id, change="days", at=at))
    return row


def add_participants(*, round_id: UUID, participants: Iterable[UUID], by: User, at: datetime) -> Opened:
    """This function will take more organisations into a round; those in another round of that year stay there.

    Errors: `Refused` for somebody of another organisation than the opener, for a region's own round, and when
    nobody is added.
    """
    with transaction.atomic():
        row = _lock(round_id, by)
        if row.opened_by.is_regional:
            words = _("A region opens a round for itself only; a ministry takes others in.")
            raise Refused(Refusal("own_round", words))
        added, elsewhere = take_in(row, frozenset(participants))
        if not added:
            words = _("All of these take part in a round of that year already, or none is chosen.")
            raise Refused(Refusal("nobody_takes_part", words))
        changed(TOPIC)
        audit.record(
            organization_id=row.opened_by_id,
            by=by.id,
            at=at,
            action="evaluations.participants_added",
            subject=str(row.id),
            facts={"year": row.year, "count": len(added), "organizations": list(added)},
        )
        publish(RoundChanged(round_id=row.id, change="participants_added", at=at))
    return Opened(row, len(added), elsewhere)


def withdraw_participant(*, round_id: UUID, organization_id: UUID, by: User, at: datetime) -> None:
    """This function will take an organisation out of a round that it has not begun.

    Errors: `Refused` for somebody of another organisation than the opener, for one that takes no part, and once
    anybody of the organisation wrote something or an assessor was assigned: what was done is kept.
    """
    with transaction.atomic():
        row = _lock(round_id, by)
        rows = Participation.objects.select_for_update(of=("self",)).select_related("organization")
        taking_part = rows.filter(round=row, organization_id=organization_id).first()
        if taking_part is None:
            raise Refused(Refusal("takes_no_part", _("This organisation takes no part in the round.")))
        if taking_part.changed_at is not None:
            raise Refused(_BEGUN)
        code = taking_part.organization.code
        try:
            with transaction.atomic():
                taking_part.delete()
        except (IntegrityError, ProtectedError) as error:  # its evaluation or an assignment hangs on it
            raise Refused(_BEGUN) from error
        changed(TOPIC)
        audit.record(
            organization_id=row.opened_by_id,
            by=by.id,
            at=at,
            action="evaluations.participant_withdrawn",
            subject=str(row.id),
            facts={"year": row.year, "organization": code},
        )
        publish(RoundChanged(round_id=row.id, change="participant_withdrawn", at=at))


_BEGUN = Refusal(
    "already_begun",
    _("This organisation has begun, or an assessor was assigned to it: what was done is kept."),
)


def _lock(round_id: UUID, by: User) -> Round:
    row = Round.objects.select_for_update(of=("self",)).select_related("opened_by").get(id=round_id)
    ensure(policies.may_change_round(is_opener=is_opener(posts(by.id), row)))
    return row


def _written(days: dict[str, date | None]) -> dict[str, str]:
    return {name: day.isoformat() if day else "" for name, day in days.items()}
