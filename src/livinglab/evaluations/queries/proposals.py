"""What other contexts propose as evidence for an indicator: a service that a region runs. Told by those to the left."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from livinglab.evidence.queries import EvidenceType


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something with an address on this platform that may prove a level of an indicator.

    `key` tells it from the others; `path` is its public page; `title` is in the reader's language, `since` the day
    from which on it holds.
    """

    key: str
    title: str
    path: str
    level: int
    since: date
    type: EvidenceType = EvidenceType.LIVE_SERVICE


#: for an organisation, an instrument and an indicator of it, what may be evidence; read inside its tenancy or outside
ProposalReader = Callable[[UUID, str, str], Sequence[Proposal]]
_readers: list[ProposalReader] = []


def tell_proposals(reader: ProposalReader) -> None:
    """This function will let another context propose evidence; call it in AppConfig.ready."""
    if reader not in _readers:
        _readers.append(reader)


def proposals_for(organization_id: UUID, instrument: str, indicator: str) -> list[Proposal]:
    """This function will return what the contexts to the left propose as evidence for an indicator."""
    return [one for reader in _readers for one in reader(organization_id, instrument, indicator)]
