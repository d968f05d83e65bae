"""The regions that have plans."""

from typing import Final

from django.utils.translation import gettext as _

from livinglab.kernel.unknown import Known, UnknownValue
from livinglab.organizations.queries import REGIONAL, Kind, Organization, codes_like, find_organization

_PLANNED: Final = (*REGIONAL, Kind.PROVINCE)


def region_of(code: str) -> Organization:
    """Return the region with this code. Raises UnknownValue (404) that suggests near codes."""
    found = find_organization(code)
    if found is None or found.kind not in _PLANNED:
        near = [Known(one.code, one.name) for one in codes_like(code) if one.kind in _PLANNED]
        raise UnknownValue(_("region"), code, near, status=404)
    return found
