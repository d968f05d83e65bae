"""Handing a service down to districts and villages: all at once, taken out again, and what villages decided."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from livinglab.accounts.queries import User
from livinglab.adoptions import policies
from livinglab.adoptions.domain.states import AdoptionState
from livinglab.adoptions.domain.units import may_set
from livinglab.adoptions.models import Adoption, HandedDown, Value
from livinglab.adoptions.operations.records import lock_adoption, record
from livinglab.adoptions.operations.serving import serve
from livinglab.adoptions.queries.units import find_unit
from livinglab.kernel.clock import day_of
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.kernel.texts import storable
from livinglab.organizations.queries import Organization, areas, governs_itself, roles_in
from livinglab.packages.domain.manifest import Parameter

LONGEST_NUMBER: Final = 120
#: how many codes a refusal names
_NAMED: Final = 3


def hand_down(
    *, organization: Organization, adoption_id: UUID, unit_codes: Collection[str], by: User, at: datetime
) -> int:
    """This function will hand a service down to districts and villages of the region; return how many are new.

    As many statements for 300 as for one. Those that have it already stay as they are. Errors: `Refused` by the policy,
    for no unit, and for one that is not the region's.
    """
    with tenancy(organization.id):
        row = _lock(organization, adoption_id, by)
        codes = frozenset(map(storable, unit_codes))
        _ensure_some(codes)
        own = frozenset(areas(organization.code).filter(code__in=codes).values_list("code", flat=True))
        _ensure_none(codes - own)
        there = HandedDown.objects.filter(adoption_id=row.id).values_list("unit_code", flat=True)
        new = sorted(codes.difference(there))
        HandedDown.objects.bulk_create(
            HandedDown(
                organization_id=organization.id,
                adoption=row,
                unit_code=code,
                is_autonomous=governs_itself(code),
                since=at,
                by=by.id,
            )
            for code in new
        )
        if new:
            record(row, "adoptions.handed_down", by=by.id, at=at, facts={"count": len(new)})
            serve(row, by=by.id, at=at)
    return len(new)


def take_out(
    *, organization: Organization, adoption_id: UUID, unit_codes: Collection[str], by: User, at: datetime
) -> int:
    """This function will take units out, with the values they set; return how many there were.

    Villages of a district that is taken out stay, and inherit from the region. Errors: `Refused` by the policy, for no
    unit, and for one that does not have the service.
    """
    with tenancy(organization.id):
        row = _lock(organization, adoption_id, by)
        found = _found(row, unit_codes)
        codes = [one.unit_code for one in found]
        Value.objects.filter(adoption_id=row.id, unit_code__in=codes).delete()
        HandedDown.objects.filter(adoption_id=row.id, unit_code__in=codes).delete()
        record(row, "adoptions.units_taken_out", by=by.id, at=at, facts={"count": len(codes)})
        serve(row, by=by.id, at=at)
    return len(codes)


def decide(
    *,
    organization: Organization,
    adoption_id: UUID,
    unit_codes: Collection[str],
    number: str,
    on: date | None,
    by: User,
    at: datetime,
) -> int:
    """This function will keep the decision or agreement by which villages that govern themselves take part.

    One for each, or one that several signed together. Errors: `Refused` by the policy, without number and day, for a
    day to come, for no unit, and for a unit that owes none or does not have the service.
    """
    number = " ".join(number.split())
    with tenancy(organization.id):
        row = _lock(organization, adoption_id, by)
        if not 0 < len(number) <= LONGEST_NUMBER or on is None:
            raise Refused(
                Refusal("number_missing", _("Give the number and the day of the decision or agreement."))
            )
        if on > day_of(at, organization.zone):
            raise Refused(
                Refusal("day_to_come", _("This day is still to come. Enter what was done already."))
            )
        found = _found(row, unit_codes)
        without = [one.unit_code for one in found if not one.is_autonomous]
        if without:
            raise Refused(
                Refusal(
                    "no_decision_owed",
                    _(
                        "%s is part of the region's own government and takes part without a decision of its own."
                    )
                    % _list(without),
                )
            )
        HandedDown.objects.filter(adoption_id=row.id, unit_code__in=[one.unit_code for one in found]).update(
            number=number, on=on
        )
        record(row, "adoptions.village_decided", by=by.id, at=at, facts={"count": len(found)})
        serve(row, by=by.id, at=at)
    return len(found)


def refusal_of_values(row: Adoption, unit_code: str, parameters: Iterable[Parameter]) -> Refusal | None:
    """This function will return why a unit may not set parameters: it lacks the service, or they are not its."""
    if not unit_code:
        return None
    if find_unit(row.id, unit_code) is None:
        return _not_there([unit_code])
    strange = [one.id for one in parameters if not may_set(one, unit_code)]
    if strange:
        return Refusal(
            "parameter_not_local",
            _("%s is set for the whole region or by the district; the package does not let this unit differ.")
            % _list(strange),
        )
    return None


def _lock(organization: Organization, adoption_id: UUID, by: User) -> Adoption:
    row = lock_adoption(organization.id, adoption_id)
    ensure(policies.may_hand_down(roles_in(by, organization.id), state=AdoptionState(row.state)))
    return row


def _found(row: Adoption, unit_codes: Collection[str]) -> list[HandedDown]:
    codes = frozenset(map(storable, unit_codes))
    _ensure_some(codes)
    found = list(HandedDown.objects.filter(adoption_id=row.id, unit_code__in=codes))
    strange = codes.difference(one.unit_code for one in found)
    if strange:
        raise Refused(_not_there(strange))
    return found


def _ensure_some(codes: Collection[str]) -> None:
    if not codes:
        raise Refused(Refusal("no_unit", _("Choose at least one district or village.")))


def _ensure_none(strange: Collection[str]) -> None:
    if strange:
        raise Refused(
            Refusal("unit_unknown", _("%s is no district or village of this region.") % _list(strange))
        )


def _not_there(codes: Collection[str]) -> Refusal:
    return Refusal("unit_without_service", _("This service is not handed down to %s.") % _list(codes))


def _list(codes: Collection[str]) -> str:
    named = sorted(codes)
    return ", ".join(named[:_NAMED]) + (" …" if len(named) > _NAMED else "")
