"""Packages for programs: what the API and the feeds tell."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from livinglab.releases.domain.states import ReleaseState
from livinglab.releases.models import Advisory, Listing, Release

PUBLIC = (ReleaseState.LISTED, ReleaseState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class PackageFilter:
    """Which packages are wanted; None or empty for all."""

    publisher: str = ""
    sector: str = ""
    function: str = ""
    offered: bool | None = None
    since: datetime | None = None


def matching_packages(wanted: PackageFilter) -> QuerySet[Listing]:
    """This function will return the packages that were ever offered and match, by publisher and id."""
    rows = Listing.objects.select_related("publisher", "newest").defer("newest__content", "newest__words")
    rows = rows.filter(id__in=Release.objects.filter(state__in=PUBLIC).values("listing_id"))
    if wanted.publisher:
        rows = rows.filter(publisher__code=wanted.publisher)
    if wanted.sector:
        rows = rows.filter(sector=wanted.sector)
    if wanted.function:
        rows = rows.filter(functions__contains=[wanted.function])
    if wanted.offered is not None:
        rows = rows.filter(newest__isnull=not wanted.offered)
    if wanted.since is not None:
        rows = rows.filter(changed_at__gte=wanted.since)
    return rows.order_by("publisher__code", "package_id")


def find_package(code: str, package_id: str) -> Listing | None:
    """This function will return a package that is or was offered, None for no such. One query."""
    return matching_packages(PackageFilter(publisher=code)).filter(package_id=package_id).first()


def public_releases(listing: Listing) -> tuple[Release, ...]:
    """This function will return the versions that everybody may read, with keys and origins, the highest first."""
    rows = Release.objects.defer("content", "words", "derived_from__content", "derived_from__words")
    rows = rows.select_related("key", "derived_from__listing__publisher")
    return tuple(rows.filter(listing_id=listing.id, state__in=PUBLIC).order_by("-version_parts"))


def latest_releases(most: int) -> tuple[Release, ...]:
    """This function will return the versions that were offered last, the newest first. One query."""
    rows = Release.objects.defer("content", "words").select_related("listing__publisher")
    return tuple(rows.filter(state=ReleaseState.LISTED).order_by("-decided_at", "id")[:most])


def latest_advisories(most: int) -> tuple[Advisory, ...]:
    """This function will return the warnings that are in force, the newest first. One query."""
    rows = Advisory.objects.select_related("listing__publisher", "issued_for").filter(lifted_at__isnull=True)
    return tuple(rows.order_by("-issued_at", "id")[:most])
