"""The way of a visit: asked for, agreed or declined, held, minuted, and closed where nothing follows."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from livinglab.accounts.queries import User
from livinglab.kernel.clock import day_of
from livinglab.kernel.events import publish
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.kernel.texts import storable
from livinglab.organizations.queries import Organization
from livinglab.visits import policies
from livinglab.visits.domain.kinds import VisitorKind
from livinglab.visits.domain.process import DAYS_TO_COMMIT, WAITING, VisitState, VisitStepTaken
from livinglab.visits.domain.promises import StepKey
from livinglab.visits.events import VisitRequested
from livinglab.visits.models import Visit, VisitMove, VisitStep
from livinglab.visits.operations.records import (
    lock_visit,
    on,
    one_line,
    record,
    refusal_of_length,
    refusal_of_reason,
    refusal_of_steps,
    take,
    zone_of,
)
from livinglab.visits.queries.parties import actor_of, kind_of, parties_of

LONGEST_PURPOSE: Final = 1000
LONGEST_MINUTES: Final = 20_000
MOST_PEOPLE: Final = 500
#: as what a guest comes that is not on the platform
GUESTS: Final = (VisitorKind.MINISTRY, VisitorKind.INSTITUTION, VisitorKind.NGO)
_OPEN: Final = (VisitState.REQUESTED, VisitState.AGREED)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a visit is for, and when it suits."""

    instrument: str
    steps: tuple[StepKey, ...]
    purpose: str
    wished_from: date | None
    wished_until: date | None
    people: int | None = None


def ask(*, host: Organization, visitor: Organization, wanted: Wanted, by: User, at: datetime) -> Visit:
    """This function will ask a host for a visit for named steps.

    Errors: `Refused` by the policy, without steps, for unknown steps, days that are past or out of order, and for
    steps that an open request to this host names already.
    """
    with tenancy(None):
        ensure(policies.may_ask(actor_of(by), host_id=host.id, visitor_id=visitor.id))
        ensure(_refusal_of_wanted(wanted, today=day_of(at, visitor.zone)))
        ensure(_refusal_of_double(host, visitor, wanted))
        visit = Visit.objects.create(
            host=host,
            visitor=visitor,
            visitor_kind=kind_of(visitor),
            is_synthetic=by.is_synthetic or host.is_synthetic or visitor.is_synthetic,
            **_fields(wanted, by, at),
        )
        _name_steps(visit, wanted)
        record(parties_of(visit), "visits.visit_requested", visit.id, by=by.id, at=at)
        publish(VisitRequested(visit_id=visit.id))
    return visit


def receive(
    *,
    host: Organization,
    name: str,
    kind: VisitorKind,
    wanted: Wanted,
    day: date | None,
    by: User,
    at: datetime,
) -> Visit:
    """This function will enter the visit of a guest that is not on the platform, agreed for a day, past or to come.

    Errors: `Refused` by the policy, without name, day or steps, and for a kind that has its own account here.
    """
    name = one_line(name)
    with tenancy(None):
        ensure(policies.may_receive(actor_of(by), host_id=host.id))
        ensure(_refusal_of_guest(name, kind, day))
        assert day is not None
        days = Wanted(wanted.instrument, wanted.steps, wanted.purpose, day, day, wanted.people)
        ensure(_refusal_of_wanted(days, today=day))
        visit = Visit.objects.create(
            host=host,
            visitor_name=name,
            visitor_kind=kind,
            state=VisitState.AGREED,
            agreed_on=day,
            is_synthetic=by.is_synthetic or host.is_synthetic,
            **_fields(days, by, at),
        )
        _name_steps(visit, wanted)
        VisitMove.objects.create(
            visit=visit, step=VisitStepTaken.AGREE, state=VisitState.AGREED, at=at, by=by.id
        )
        record(parties_of(visit), "visits.guest_received", visit.id, by=by.id, at=at, facts={"kind": kind})
    return visit


def agree(*, visit_id: UUID, day: date | None, by: User, at: datetime) -> Visit:
    """This function will take a visit on, on a day that suits the visitor.

    Errors: `Refused` by the policy, without a day, for a past day, and for a day outside those that were wished
    while any of those is still to come; the message names the nearest. `UnknownVisit`.
    """
    with tenancy(None):
        visit = _locked(visit_id, VisitStepTaken.AGREE, by)
        ensure(_refusal_of_agreed(visit, day, today=day_of(at, zone_of(visit.host_id))))
        visit.agreed_on = day
        _moved(visit, VisitStepTaken.AGREE, "visits.visit_agreed", by, at, facts={"day": str(day)})
    return visit


def decline(*, visit_id: UUID, reason: str, by: User, at: datetime) -> Visit:
    """This function will say no to a request. Errors: `Refused` by the policy and without a reason; `UnknownVisit`."""
    return _refuse(visit_id, VisitStepTaken.DECLINE, "visits.visit_declined", reason, by, at)


def withdraw(*, visit_id: UUID, reason: str, by: User, at: datetime) -> Visit:
    """This function will take back a request or an agreed visit, by either party.

    The visit's page then names other hosts for the same steps. Errors: `Refused` by the policy and without a
    reason; `UnknownVisit`.
    """
    return _refuse(visit_id, VisitStepTaken.WITHDRAW, "visits.visit_withdrawn", reason, by, at)


def hold(*, visit_id: UUID, day: date | None, by: User, at: datetime) -> Visit:
    """This function will note that a visit took place.

    Errors: `Refused` by the policy, without a day, for a day to come, and for a day before it was asked for, but of a
    guest, whose host enters it late; `UnknownVisit`.
    """
    with tenancy(None):
        visit = _locked(visit_id, VisitStepTaken.HOLD, by)
        today = day_of(at, zone_of(visit.host_id))
        if day is None:
            raise Refused(Refusal("day_missing", _("Enter the day on which the visit took place.")))
        if day > today:
            words = _("The visit cannot have taken place after today. The nearest day is %(day)s.")
            raise Refused(Refusal("day_to_come", words % {"day": on(today)}))
        asked = day_of(visit.requested_at, zone_of(visit.host_id))
        if visit.visitor_id is not None and day < asked:
            words = _(
                "The visit cannot have taken place before it was asked for. The nearest day is %(day)s."
            )
            raise Refused(Refusal("day_before_request", words % {"day": on(asked)}))
        visit.held_on = day
        _moved(visit, VisitStepTaken.HOLD, "visits.visit_held", by, at, facts={"day": str(day)})
    return visit


def minute(*, visit_id: UUID, text: str, by: User, at: datetime) -> Visit:
    """This function will keep the minutes of a visit, once. Errors: `Refused` by the policy and without a text."""
    text = storable(text)
    with tenancy(None):
        visit = _locked(visit_id, VisitStepTaken.MINUTE, by)
        if not text:
            raise Refused(Refusal("minutes_missing", _("Write what was shown and what was said.")))
        ensure(refusal_of_length("minutes", text, LONGEST_MINUTES))
        visit.minutes, visit.minutes_by = text, by.id
        _moved(visit, VisitStepTaken.MINUTE, "visits.visit_minuted", by, at)
    return visit


def close(*, visit_id: UUID, reason: str, by: User, at: datetime) -> Visit:
    """This function will say that nothing follows from a visit; a commitment may come later all the same.

    Errors: `Refused` by the policy and without a reason; `UnknownVisit`.
    """
    return _refuse(visit_id, VisitStepTaken.CLOSE, "visits.visit_closed", reason, by, at)


def close_late(*, at: datetime) -> int:
    """This function will show every visit without a commitment after `DAYS_TO_COMMIT` days as not followed up.

    Returns how many. Running it again changes nothing.
    """
    last = day_of(at) - timedelta(days=DAYS_TO_COMMIT)
    late = Visit.objects.filter(state__in=WAITING, held_on__lt=last).order_by("id")
    closed = 0
    for visit_id in late.values_list("id", flat=True):
        with tenancy(None):
            visit = lock_visit(visit_id)
            if VisitState(visit.state) not in WAITING:  # a commitment came meanwhile
                continue
            take(visit, VisitStepTaken.CLOSE, by=None, at=at)
            record(parties_of(visit), "visits.visit_closed", visit.id, by=None, at=at)
            closed += 1
    return closed


def _locked(visit_id: UUID, step: VisitStepTaken, by: User) -> Visit:
    visit = lock_visit(visit_id)
    ensure(
        policies.may_take_step(
            actor_of(by),
            parties_of(visit),
            step,
            state=VisitState(visit.state),
            has_minutes=bool(visit.minutes),
        )
    )
    return visit


def _moved(
    visit: Visit,
    step: VisitStepTaken,
    action: str,
    by: User,
    at: datetime,
    *,
    reason: str = "",
    facts: dict[str, object] | None = None,
) -> None:
    take(visit, step, by=by.id, at=at, reason=reason)
    record(parties_of(visit), action, visit.id, by=by.id, at=at, facts=facts)


def _refuse(visit_id: UUID, step: VisitStepTaken, action: str, reason: str, by: User, at: datetime) -> Visit:
    reason = one_line(reason)
    with tenancy(None):
        visit = _locked(visit_id, step, by)
        ensure(refusal_of_reason(reason))
        _moved(visit, step, action, by, at, reason=reason)
    return visit


def _fields(wanted: Wanted, by: User, at: datetime) -> dict[str, object]:
    return {
        "purpose": storable(wanted.purpose),
        "people": wanted.people,
        "wished_from": wanted.wished_from,
        "wished_until": wanted.wished_until,
        "requested_at": at,
        "requested_by": by.id,
        "changed_at": at,
    }


def _name_steps(visit: Visit, wanted: Wanted) -> None:
    VisitStep.objects.bulk_create(
        VisitStep(visit=visit, instrument=wanted.instrument, indicator=one.indicator, to_level=one.to_level)
        for one in wanted.steps
    )


def _refusal_of_wanted(wanted: Wanted, *, today: date) -> Refusal | None:
    purpose = storable(wanted.purpose)
    if (refusal := refusal_of_steps(wanted.instrument, wanted.steps)) is not None:
        return refusal
    if not purpose:
        return Refusal("purpose_missing", _("Say what you want to see and learn."))
    if (refusal := refusal_of_length("purpose", purpose, LONGEST_PURPOSE)) is not None:
        return refusal
    if wanted.people is not None and not 1 <= wanted.people <= MOST_PEOPLE:
        nearest = min(max(wanted.people, 1), MOST_PEOPLE)
        words = _("%(count)s people cannot come. The nearest number is %(nearest)s.")
        return Refusal("people_wrong", words % {"count": wanted.people, "nearest": nearest})
    return _refusal_of_days(wanted.wished_from, wanted.wished_until, today)


def _refusal_of_days(first: date | None, last: date | None, today: date) -> Refusal | None:
    if first is None or last is None:
        return Refusal("days_missing", _("Enter from which day until which day you can come."))
    if first < today:
        words = _("%(day)s is past. The nearest first day is %(nearest)s.")
        return Refusal("first_day_past", words % {"day": on(first), "nearest": on(today)})
    if last < first:
        words = _("The last day is before the first. The nearest last day is %(nearest)s.")
        return Refusal("days_out_of_order", words % {"nearest": on(first)})
    return None


def _refusal_of_double(host: Organization, visitor: Organization, wanted: Wanted) -> Refusal | None:
    asked = VisitStep.objects.filter(
        visit__host=host, visit__visitor=visitor, visit__state__in=_OPEN, instrument=wanted.instrument
    )
    known = set(asked.values_list("indicator", "to_level"))
    for one in wanted.steps:
        if (one.indicator, one.to_level) in known:
            words = _(
                "An open request to this host names indicator %(indicator)s to level %(level)s already. "
                "Leave it out, or ask another host."
            )
            return Refusal("asked_already", words % {"indicator": one.indicator, "level": one.to_level})
    return None


def _refusal_of_guest(name: str, kind: VisitorKind, day: date | None) -> Refusal | None:
    if not name:
        return Refusal("guest_missing", _("Enter the name of the institution that comes."))
    if (refusal := refusal_of_length("guest", name, 160)) is not None:
        return refusal
    if kind not in GUESTS:
        return Refusal(
            "guest_on_platform", _("Every region is on the platform. Let it ask for the visit itself.")
        )
    if day is None:
        return Refusal("day_missing", _("Enter the day of the visit."))
    return None


def _refusal_of_agreed(visit: Visit, day: date | None, *, today: date) -> Refusal | None:
    if day is None:
        return Refusal("day_missing", _("Enter the day of the visit."))
    first = max(visit.wished_from, today)
    if first > visit.wished_until:  # every wished day is past: any day from now on
        if day >= today:
            return None
        words = _("%(day)s is past. The nearest day is %(nearest)s.")
        return Refusal("day_past", words % {"day": on(day), "nearest": on(today)})
    if first <= day <= visit.wished_until:
        return None
    nearest = min(max(day, first), visit.wished_until)
    words = _("The visitor can come from %(first)s to %(last)s. The nearest day is %(nearest)s.")
    return Refusal(
        "day_not_wished",
        words % {"first": on(first), "last": on(visit.wished_until), "nearest": on(nearest)},
    )
