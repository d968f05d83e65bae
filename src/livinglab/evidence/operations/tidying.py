"""Deleting stored files that no piece names."""

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from livinglab.audit import operations as audit
from livinglab.evidence.adapters.places import storage
from livinglab.evidence.adapters.storage import ATTACHED, key_of
from livinglab.evidence.models import Piece
from livinglab.evidence.operations.rows import lock_content
from livinglab.kernel.tenancy import tenancy


def forget_orphans(*, before: datetime, at: datetime) -> int:
    """This function will delete stored files that no piece names and that lie there since before a moment; count them.

    A crash between file and row leaves such a file, never half a piece. What other contexts keep beside evidence is
    theirs to forget.
    """
    by_organization: dict[UUID, list[str]] = defaultdict(list)
    for one in storage().stored():
        if one.since < before and not one.key.endswith(ATTACHED):
            by_organization[UUID(one.key.partition("/")[0])].append(one.key)
    return sum(
        _forget_orphans_of(organization_id, keys, at) for organization_id, keys in by_organization.items()
    )


def _forget_orphans_of(organization_id: UUID, keys: list[str], at: datetime) -> int:
    with tenancy(organization_id):
        known = set(Piece.objects.filter(organization_id=organization_id).values_list("sha256", flat=True))
        orphans = [key for key in keys if key.partition("/")[2].partition(".")[0] not in known]
        forgotten = [key for key in orphans if _forget_orphan(organization_id, key)]
        if forgotten:
            audit.record(
                organization_id=organization_id,
                by=None,
                at=at,
                action="evidence.orphans_forgotten",
                facts={"count": len(forgotten)},
            )
    return len(forgotten)


def _forget_orphan(organization_id: UUID, key: str) -> bool:
    """Look again once no writer of this content can be under way."""
    sha256 = key.partition("/")[2].partition(".")[0]
    lock_content(key_of(organization_id, sha256))
    if Piece.objects.filter(organization_id=organization_id, sha256=sha256).exists():
        return False
    storage().delete(key)
    return True
