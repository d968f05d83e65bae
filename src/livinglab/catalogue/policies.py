"""Who may say something about a region's services and practices."""

from django.utils.translation import gettext_lazy as _

from livinglab.catalogue.domain.practice_steps import OF_PUBLISHERS, State, Step, after
from livinglab.kernel.refusals import Refusal
from livinglab.organizations.queries import Role

#: who records and withdraws a region's own services
RECORDERS = frozenset({Role.COORDINATOR, Role.RESPONSIBLE_OFFICER, Role.DATA_ENTRY, Role.AGENCY_OFFICER})
#: who answers for what a region publishes about its practices
PUBLISHERS = frozenset({Role.COORDINATOR, Role.RESPONSIBLE_OFFICER})


def may_record(roles: frozenset[Role]) -> Refusal | None:
    """This function will return why somebody with these roles in a region may not speak for its services."""
    if roles & RECORDERS:
        return None
    return Refusal("not_a_recorder", _("Only the region's own officers record its services."))


def may_take_step(roles: frozenset[Role], state: State, step: Step) -> Refusal | None:
    """This function will return why somebody with these roles may not move a practice on from its state."""
    if not roles & RECORDERS:
        return Refusal("not_a_writer", _("Only the region's own officers write about its practices."))
    if after(state, step) is None:
        return Refusal(
            "step_not_open", _("The practice has moved on meanwhile. Look at where it stands now.")
        )
    if step in OF_PUBLISHERS and not roles & PUBLISHERS:
        return Refusal(
            "not_a_publisher", _("The coordinator or the responsible officer publishes practices.")
        )
    return None
