"""Whose plan an address asks for, with which levels it begins, and who is looking."""

from dataclasses import dataclass

from django.http import HttpRequest

from livinglab.kernel.tenancy import enter
from livinglab.organizations.queries import Organization, roles_in
from livinglab.planning.policies import may_plan_with_own_levels
from livinglab.planning.queries.places import region_of
from livinglab.planning.queries.starts import Start, read_instrument, start_of


@dataclass(frozen=True, slots=True)
class PlanPlace:
    """One region, where its plan begins (None where no level is known), and whether its own people look."""

    organization: Organization
    start: Start | None
    is_member: bool


def place_of(request: HttpRequest, code: str) -> PlanPlace:
    """Return the region of an address with its start; its own people enter its transaction and see its own levels.

    `?instrument=` chooses the instrument. Raises UnknownValue that suggests near codes of regions, or instruments.
    """
    organization = region_of(code)
    is_member = may_plan_with_own_levels(roles_in(request.user, organization.id)) is None
    if is_member:
        enter(organization.id)
    wanted = read_instrument(request.GET.get("instrument", ""))
    start = start_of(organization.id, is_member=is_member, instrument=wanted)
    return PlanPlace(organization, start, is_member)
