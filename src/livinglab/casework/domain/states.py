"""Whether a service takes applications, who brings them, and who works on them. The tables are the rule."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from livinglab.packages.domain.manifest import Office, Role, RoleKind


class ServiceState(StrEnum):
    """Whether new applications are taken; cases and forms that were begun go on in every state."""

    OPEN = "open"
    RESTING = "resting"  # closed for a while, with a reason that citizens read
    CLOSED = "closed"


class ServiceStep(StrEnum):
    """What moves a service."""

    REST = "rest"
    REOPEN = "reopen"
    CLOSE = "close"


SERVICE_STEPS: Final[Mapping[tuple[ServiceState, ServiceStep], ServiceState]] = {
    (ServiceState.OPEN, ServiceStep.REST): ServiceState.RESTING,
    (ServiceState.RESTING, ServiceStep.REOPEN): ServiceState.OPEN,
    (ServiceState.OPEN, ServiceStep.CLOSE): ServiceState.CLOSED,
    (ServiceState.RESTING, ServiceStep.CLOSE): ServiceState.CLOSED,
}


class Channel(StrEnum):
    """How an application came in."""

    SELF = "self"  # the applicant's own phone or computer
    COUNTER = "counter"  # an officer typed it in with the applicant
    OFFLINE = "offline"  # taken without a network, sent later


class SeatKind(StrEnum):
    """The kinds of lanes in which somebody of the region works; the values are those of the package's roles.

    The last one is a seat over the others: it does no task and gives out those below it.
    """

    VILLAGE = "village"
    DISTRICT = "district"
    AGENCY = "agency"
    SIGNER = "signer"
    INSPECTOR = "inspector"
    SUPERIOR = "superior"  # no lane of a package: who is told what is late at the offices of a place


def works_at(role: Role) -> Office:
    """This function will return whose office a role works in; of a signer its package says so."""
    match role.kind:
        case RoleKind.SIGNER:
            return role.of
        case RoleKind.VILLAGE:
            return Office.VILLAGE
        case RoleKind.DISTRICT:
            return Office.DISTRICT
        case _:
            return Office.REGION


def office_of(unit_code: str, role: Role) -> str:
    """This function will return where a role works on an application of a place: there, in its district, or in "".

    "" are the region's own offices.
    """
    match works_at(role):
        case Office.VILLAGE:
            return unit_code
        case Office.DISTRICT:
            return ".".join(unit_code.split(".")[:3])
        case Office.REGION:
            return ""
