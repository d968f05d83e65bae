"""In which document of the budget year an action stands: entered with its number and date."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from livinglab.actions import policies
from livinglab.actions.domain.cutoffs import Stage
from livinglab.actions.models import Action
from livinglab.actions.operations.actions import touch
from livinglab.actions.operations.records import lock_action, record
from livinglab.actions.queries.places import Place
from livinglab.kernel.clock import day_of
from livinglab.kernel.refusals import Refusal, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.kernel.texts import storable

LONGEST_NUMBER: Final = 80
_FIELDS: Final = ("document", "document_number", "document_date", "document_year")


def enter(
    *, place: Place, action_id: UUID, stage: str, number: str, signed_on: date | None, at: datetime
) -> Action:
    """This function will note the document of the action's planning year in which it stands; a later one replaces it.

    Errors: `Refused` by the policy, for an unknown document, without number, day or planning year, and for a day that
    is still to come; `UnknownAction`.
    """
    number = " ".join(storable(number).split())
    with tenancy(place.organization.id):
        action, plan = lock_action(place.organization.id, action_id)
        ensure(policies.may_change_plan(place.actor, plan))
        ensure(_refusal(action, stage, number, signed_on, day_of(at, place.organization.zone)))
        _store(place, action, (stage, number, signed_on, action.planning_year), at=at)
    return action


def take_out(*, place: Place, action_id: UUID, at: datetime) -> Action:
    """This function will no longer say that an action stands in a document; without one nothing changes.

    Errors: `Refused` by the policy, `UnknownAction`.
    """
    with tenancy(place.organization.id):
        action, plan = lock_action(place.organization.id, action_id)
        ensure(policies.may_change_plan(place.actor, plan))
        _store(place, action, ("", "", None, None), at=at)
    return action


def _store(
    place: Place, action: Action, values: tuple[str, str, date | None, int | None], *, at: datetime
) -> None:
    before = tuple(getattr(action, name) for name in _FIELDS)
    if values == before:
        return
    for name, value in zip(_FIELDS, values, strict=True):
        setattr(action, name, value)
    touch(action, _FIELDS, by=place.actor.user_id, at=at)
    stage, number, signed_on, year = values
    record(
        place,
        "document_entered" if stage else "document_taken_out",
        action,
        at=at,
        document=stage or before[0],
        number=number or before[1],
        date=signed_on.isoformat() if signed_on else "",
        year=year or before[3],
    )


def _refusal(action: Action, stage: str, number: str, signed_on: date | None, today: date) -> Refusal | None:
    if stage not in set(Stage):
        return Refusal("document_unknown", _("Choose the document in which the action stands."))
    if action.planning_year is None:
        return Refusal("document_without_year", _("Enter the budget year of the action first."))
    if not number or len(number) > LONGEST_NUMBER:
        words = _("Enter the number of the document, at most 80 characters.")
        return Refusal("document_unnumbered", words)
    if signed_on is None:
        return Refusal("document_undated", _("Enter the date of the document, as in 31-12-2026."))
    if signed_on > today:
        return Refusal(
            "document_in_future", _("The document is dated in the future. Enter it once it is signed.")
        )
    return None
