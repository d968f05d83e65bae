"""What steps cost in rupiah, as the contexts above know it: planning itself counts in effort only."""

from collections.abc import Callable, Collection, Mapping
from uuid import UUID

from livinglab.planning.domain.problems import StepKey

#: for steps of an instrument (its code), what a region entered as their cost in whole rupiah; only what is known
CostReader = Callable[[UUID, str, Collection[StepKey]], Mapping[StepKey, int]]
_cost_readers: list[CostReader] = []


def tell_costs(reader: CostReader) -> None:
    """Let another context say what steps cost; call it in AppConfig.ready."""
    if reader not in _cost_readers:
        _cost_readers.append(reader)


def costs_of(organization_id: UUID, instrument: str, keys: Collection[StepKey]) -> dict[StepKey, int]:
    """Return the rupiah entered for steps. Call it inside the region's transaction: its budget is its own."""
    found: dict[StepKey, int] = {}
    for reader in _cost_readers:
        found |= reader(organization_id, instrument, keys)
    return found
