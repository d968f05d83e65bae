"""Whose plan an address asks for, with which levels it begins, and who is looking."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from livinglab.kernel.tenancy import enter
from livinglab.kernel.unknown import Known, UnknownValue
from livinglab.organizations.queries import (
    REGIONAL,
    Kind,
    Organization,
    codes_like,
    find_organization,
    roles_in,
)
from livinglab.planning.policies import may_plan_with_own_levels
from livinglab.planning.queries.starts import Start, start_of

_PLANNED = (*REGIONAL, Kind.PROVINCE)


@dataclass(frozen=True, slots=True)
class PlanPlace:
    """One region, where its plan begins (None where no level is known), and whether its own people look."""

    organization: Organization
    start: Start | None
    is_member: bool


def place_of(request: HttpRequest, code: str) -> PlanPlace:
    """Return the region of an address with its start; its own people enter its transaction and see its own levels.

    Raises UnknownValue (404) that suggests near codes.
    """
    organization = region_of(code)
    is_member = may_plan_with_own_levels(roles_in(request.user, organization.id)) is None
    if is_member:
        enter(organization.id)
    return PlanPlace(organization, start_of(organization.id, is_member=is_member), is_member)


def region_of(code: str) -> Organization:
    """Return the region with this code. Raises UnknownValue (404) that suggests near codes."""
    found = find_organization(code)
    if found is None or found.kind not in _PLANNED:
        near = [Known(one.code, one.name) for one in codes_like(code) if one.kind in _PLANNED]
        raise UnknownValue(_("region"), code, near, status=404)
    return found
