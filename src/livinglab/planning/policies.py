"""Who may plan with levels that are not published: the region's own people."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from livinglab.kernel.refusals import Refusal
from livinglab.organizations.access import refusal_for
from livinglab.organizations.queries import Role

#: who works on the region's own evaluation; citizens, mentors and those who look from outside do not
PLANNERS: Final = frozenset(
    {
        Role.HEAD_OF_REGION,
        Role.COORDINATOR,
        Role.RESPONSIBLE_OFFICER,
        Role.DATA_ENTRY,
        Role.INTERNAL_ASSESSOR,
        Role.AGENCY_OFFICER,
        Role.LEGAL_BUREAU,
        Role.INSPECTORATE,
        Role.PLANNING_AGENCY,
        Role.ADMINISTRATOR,
    }
)


def may_plan_with_own_levels(roles: frozenset[Role]) -> Refusal | None:
    """This function will say why somebody with these roles may not see a plan that begins with unpublished levels."""
    return refusal_for(roles, PLANNERS)


#: who says what a step costs the region
EFFORT_SETTERS: Final = frozenset({Role.COORDINATOR, Role.RESPONSIBLE_OFFICER, Role.PLANNING_AGENCY})


def may_set_efforts(roles: frozenset[Role]) -> Refusal | None:
    """This function will say why somebody with these roles may not say what steps cost the region."""
    return refusal_for(roles, EFFORT_SETTERS)


def may_match_the_country(roles: frozenset[Role]) -> Refusal | None:
    """This function will say why somebody who holds these roles anywhere may not see who could learn from whom."""
    if Role.MINISTRY in roles:
        return None
    return Refusal("not_the_ministry", _("Only a ministry proposes who learns from whom across the country."))
