"""Who may say something about a region's services."""

from django.utils.translation import gettext_lazy as _

from livinglab.kernel.refusals import Refusal
from livinglab.organizations.queries import Role

#: who records and withdraws a region's own services
RECORDERS = frozenset({Role.COORDINATOR, Role.RESPONSIBLE_OFFICER, Role.DATA_ENTRY, Role.AGENCY_OFFICER})


def may_record(roles: frozenset[Role]) -> Refusal | None:
    """This function will return why somebody with these roles in a region may not speak for its services."""
    if roles & RECORDERS:
        return None
    return Refusal("not_a_recorder", _("Only the region's own officers record its services."))
