"""Reads for the pages of packages."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from livinglab.releases.models import Listing, SigningKey

__all__ = [
    "Branch",
    "Listing",
    "family_of",
    "get_listing",
    "keys_of",
    "offered",
    "own_listings",
]


@dataclass(frozen=True, slots=True)
class Branch:
    """A package in its family: the release it came of ("" for the first), and those that came of it."""

    listing: Listing
    came_of: str
    depth: int


def offered() -> tuple[Listing, ...]:
    """This function will return every package of which a version is offered, by name. One query."""
    rows = Listing.objects.select_related("publisher", "newest").defer("newest__content", "newest__words")
    return tuple(rows.filter(newest__isnull=False).order_by("name_id", "publisher__code"))


def get_listing(listing_id: UUID) -> Listing:
    """This function will return a package with its publisher and newest offered version. One query."""
    rows = Listing.objects.select_related("publisher", "newest").defer("newest__content", "newest__words")
    return rows.get(id=listing_id)


def own_listings(organization_id: UUID) -> tuple[Listing, ...]:
    """This function will return what an organisation published or sent to be published. Two queries."""
    rows = Listing.objects.filter(publisher_id=organization_id).prefetch_related("releases")
    return tuple(rows.order_by("package_id"))


def keys_of(organization_id: UUID) -> tuple[SigningKey, ...]:
    """This function will return the keys with which an organisation signs here, the newest first. One query."""
    rows = SigningKey.objects.filter(organization_id=organization_id, fetched_from="")
    return tuple(rows.order_by("-made_at"))


def family_of(listing: Listing) -> tuple[Branch, ...]:
    """This function will return the whole family of a package from its first ancestor on, children below parents.

    Read level by level, a query each; a family is small, and what came of what never loops: a release is derived
    only from one that is older.
    """
    first = listing
    while (parent := _parent(first)) is not None:
        first = parent
    found = [Branch(first, "", 0)]
    level: Mapping[UUID, int] = {first.id: 0}
    while level:
        children = (
            Listing.objects.select_related("publisher", "derived_from", "newest")
            .defer("derived_from__content", "derived_from__words", "newest__content", "newest__words")
            .filter(derived_from__listing_id__in=level, newest__isnull=False)
            .order_by("-name_id", "-publisher__code")
        )
        level = {}
        for child in children:
            assert child.derived_from is not None
            at = next(i for i, one in enumerate(found) if one.listing.id == child.derived_from.listing_id)
            depth = found[at].depth + 1
            found.insert(at + 1, Branch(child, child.derived_from.version, depth))
            level = {**level, child.id: depth}
    return tuple(found)


def _parent(listing: Listing) -> Listing | None:
    if listing.derived_from_id is None:
        return None
    return Listing.objects.select_related("publisher", "newest").get(releases__id=listing.derived_from_id)
