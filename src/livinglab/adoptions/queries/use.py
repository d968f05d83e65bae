"""How much a package is used and with what success, for everybody: from counts of real cases alone."""

from collections.abc import Iterable
from dataclasses import fields
from uuid import UUID

from livinglab.adoptions.models import VersionUse
from livinglab.catalogue.queries import Evidence

__all__ = ["VersionUse", "counts_of", "evidence_of", "uses_of"]


def uses_of(listing_id: UUID) -> tuple[VersionUse, ...]:
    """This function will return the counts of every version of a package at everybody who runs it. One query."""
    rows = VersionUse.objects.select_related("organization").filter(listing_id=listing_id)
    return tuple(rows.order_by("organization__name", "version"))


def counts_of(use: VersionUse) -> Evidence:
    """This function will return the counts of one version at one organisation as the score reads them."""
    return Evidence(**{one.name: getattr(use, one.name) for one in fields(Evidence)})


def evidence_of(uses: Iterable[VersionUse]) -> Evidence:
    """This function will return what some counts say together."""
    return sum(map(counts_of, uses), Evidence())
