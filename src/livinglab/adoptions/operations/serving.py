"""What is live at an adopter runs in casework: its content and values, the places that offer it, and its rests."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from livinglab.adoptions.domain.states import AdoptionState
from livinglab.adoptions.domain.units import chain_of, may_set, owed
from livinglab.adoptions.domain.values import effective
from livinglab.adoptions.models import Adoption, HandedDown, Value
from livinglab.adoptions.queries.adoptions import content_in_use
from livinglab.adoptions.queries.units import WAITING
from livinglab.casework.operations import services
from livinglab.organizations.queries import organizations
from livinglab.packages.domain.manifest import Parameter
from livinglab.packages.queries.reading import parse_package, read_zip


def serve(row: Adoption, *, by: UUID, at: datetime) -> None:
    """This function will let casework run an adoption as it stands now, inside the transaction of the write.

    Nothing is run before the adoption is live. While it is paused nobody may apply; what was begun goes on. A second
    call with nothing changed makes no new version.
    """
    if row.state == AdoptionState.PREPARING:
        return
    organization = organizations().get(id=row.organization_id)
    identity = (row.listing.publisher.code, row.listing.package_id)
    if row.state == AdoptionState.ENDED:
        services.close(organization=organization, identity=identity, reason=row.reason, by=by, at=at)
        return
    content = content_in_use(row)
    parameters = parse_package(read_zip(content)).manifest.parameters
    values = {(one.unit_code, one.parameter): one.value for one in Value.objects.filter(adoption_id=row.id)}
    services.put_to_work(
        organization=organization,
        content=content,
        parameters={name: value for (unit, name), value in values.items() if not unit},
        places=_places(row, parameters, values),
        is_resting=row.state == AdoptionState.PAUSED,
        reason=row.reason,
        by=by,
        at=at,
        is_synthetic=row.is_synthetic,
    )


def _places(
    row: Adoption, parameters: tuple[Parameter, ...], values: Mapping[tuple[str, str], object]
) -> dict[str, dict[str, object]]:
    """This function will return the places that offer a service, with the values in which they differ.

    A village that has not decided to take part, or lacks a value that is owed there, does not offer it yet.
    """
    known = {one.id: one for one in parameters}
    set_by_unit: dict[str, dict[str, object]] = defaultdict(dict)
    for (unit, name), value in values.items():
        if unit and name in known and may_set(known[name], unit):
            set_by_unit[unit][name] = value
    found: dict[str, dict[str, object]] = {}
    units = HandedDown.objects.filter(adoption_id=row.id).exclude(WAITING)
    for code in units.values_list("unit_code", flat=True):
        own: dict[str, object] = {}
        for unit in reversed(chain_of(code)[:-1]):  # the adopter's own values are the version's
            own |= set_by_unit.get(unit, {})
        own |= {one: value for one, value in _least(parameters, code, values).items() if one in own}
        if all(one.id in own or ("", one.id) in values for one in owed(parameters, code)):
            found[code] = own
    return found


def _least(
    parameters: tuple[Parameter, ...], unit_code: str, values: Mapping[tuple[str, str], object]
) -> dict[str, object]:
    """This function will return, of numbers that may only become stricter, the least of all levels above a place."""
    found = {
        one.id: effective(one, values, tuple(unit for unit in chain_of(unit_code) if may_set(one, unit)))
        for one in parameters
        if one.only_stricter
    }
    return {name: held[0] for name, held in found.items() if held is not None}
