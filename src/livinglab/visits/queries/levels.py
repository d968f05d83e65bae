"""Which levels an organisation is known to have, so that nobody promises a step already taken."""

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from livinglab.kernel.tenancy import tenancy
from livinglab.planning.queries.starts import Origin, start_of


def plans_with(organization_id: UUID, instrument: str) -> bool:
    """This function will return whether the plan of an organisation, as its members see it, is made with an instrument.

    Call it outside any organisation's transaction; it enters the organisation's for the reads.
    """
    with tenancy(organization_id):
        start = start_of(organization_id, is_member=True)
    return start is not None and start.instrument.code == instrument


def known_levels(organization_id: UUID, instrument: str) -> Mapping[str, int | Decimal]:
    """This function will return the levels of the own or the published evaluation; nothing where they are made up.

    Call it outside any organisation's transaction; it enters the organisation's for the reads.
    """
    with tenancy(organization_id):
        start = start_of(organization_id, is_member=True)
    if start is None or start.origin is Origin.SYNTHETIC or start.instrument.code != instrument:
        return {}
    return {key: level for key, level in start.levels.items() if key not in start.missing}
