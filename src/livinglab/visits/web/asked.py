"""What an address asks a form to begin with: an instrument, and steps."""

from django.http import HttpRequest

from livinglab.assessments.queries import Instrument, get_instrument, instruments
from livinglab.organizations.queries import Organization
from livinglab.planning.queries.starts import start_of
from livinglab.visits.domain.promises import StepKey, StepUnread, read_steps


def instrument_of(request: HttpRequest, organization: Organization) -> Instrument:
    """This function will return the instrument that the address or the form names, else of the newest results.

    Errors: `UnknownValue` for a code that is none.
    """
    code = request.POST.get("instrument") or request.GET.get("instrument", "")
    if code:
        return get_instrument(code)
    start = start_of(organization.id, is_member=False)
    return start.instrument if start is not None else instruments()[0]


def proposed_steps(request: HttpRequest) -> tuple[StepKey, ...]:
    """This function will return the steps in the address; what is no step is left out, the form shows what is named."""
    try:
        return read_steps(request.GET.get("steps", ""))
    except StepUnread:
        return ()
