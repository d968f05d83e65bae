"""What waits for an organisation: requests for visits that it has to answer."""

from collections.abc import Set

from django.urls import reverse
from django.utils.translation import ngettext

from livinglab.organizations.queries import Organization, Role, Waiting
from livinglab.visits.domain.parties import READS
from livinglab.visits.domain.process import VisitState
from livinglab.visits.models import Visit


def requests_waiting(organization: Organization, roles: Set[Role]) -> tuple[Waiting, ...]:
    """This function will return how many requests wait for an organisation, to those who read its visits. One query."""
    if not roles & READS:
        return ()
    number = Visit.objects.filter(host_id=organization.id, state=VisitState.REQUESTED).count()
    if not number:
        return ()
    words = ngettext(
        "%(num)s request for a study visit to answer", "%(num)s requests for study visits to answer", number
    )
    return (Waiting(words % {"num": number}, reverse("visits:own", args=[organization.code])),)
