"""Reads of listings, releases and advisories."""

from collections.abc import Mapping
from uuid import UUID

from livinglab.kernel.texts import storable
from livinglab.releases.domain.states import AdvisoryKind, Point, ReleaseState, Severity
from livinglab.releases.models import Advisory, Listing, PointAnswer, Release

__all__ = [
    "Advisory",
    "Listing",
    "Release",
    "advisories_in_force",
    "advisories_of",
    "answers_of",
    "content_of",
    "find_listing",
    "find_release",
    "highest_of",
    "is_listed",
    "is_public",
    "kind_of",
    "met_points",
    "releases_of",
    "severity_of",
    "state_of",
    "waiting_for_review",
]

#: never read a release's content for a list
_WITHOUT_CONTENT = ("content",)


def find_listing(publisher_code: str, package_id: str) -> Listing | None:
    """This function will return a listing with its publisher and newest listed release, None when there is none."""
    return (
        Listing.objects.select_related("publisher", "newest")
        .defer("newest__content")
        .filter(publisher__code=storable(publisher_code), package_id=storable(package_id))
        .first()
    )


def find_release(publisher_code: str, package_id: str, version: str) -> Release | None:
    """This function will return a release without its content, None when there is none."""
    return (
        Release.objects.defer(*_WITHOUT_CONTENT)
        .select_related("listing__publisher", "key")
        .filter(
            listing__publisher__code=storable(publisher_code),
            listing__package_id=storable(package_id),
            version=storable(version),
        )
        .first()
    )


def is_listed(release: Release) -> bool:
    """This function will return whether a release may be tried and taken over."""
    return release.state == ReleaseState.LISTED


def is_public(release: Release) -> bool:
    """This function will return whether everybody may read a release: offered now or once."""
    return release.state in (ReleaseState.LISTED, ReleaseState.WITHDRAWN)


def state_of(release: Release) -> ReleaseState:
    """This function will return where a release stands."""
    return ReleaseState(release.state)


def kind_of(advisory: Advisory) -> AdvisoryKind:
    """This function will return what a warning says of the versions it names."""
    return AdvisoryKind(advisory.kind)


def severity_of(advisory: Advisory) -> Severity:
    """This function will return how soon an adopter must act on a warning."""
    return Severity(advisory.severity)


def content_of(release_id: UUID) -> bytes:
    """This function will return the zip of a release, its signature inside."""
    return bytes(Release.objects.values_list("content", flat=True).get(id=release_id))


def releases_of(listing_id: UUID) -> tuple[Release, ...]:
    """This function will return the releases of a listing without their content, the highest version first."""
    rows = Release.objects.defer(*_WITHOUT_CONTENT).select_related("key").filter(listing_id=listing_id)
    return tuple(rows.order_by("-version_parts"))


def highest_of(listing_id: UUID) -> Release:
    """This function will return the version that a next one builds on: the highest that no reviewer returned."""
    return next(one for one in releases_of(listing_id) if state_of(one) is not ReleaseState.RETURNED)


def waiting_for_review() -> tuple[Release, ...]:
    """This function will return the releases that wait for a reviewer, the oldest first."""
    rows = Release.objects.defer(*_WITHOUT_CONTENT).select_related("listing__publisher")
    return tuple(rows.filter(state=ReleaseState.IN_REVIEW).order_by("signed_at"))


def answers_of(release_id: UUID) -> Mapping[Point, PointAnswer]:
    """This function will return the newest answer to each point of a review."""
    rows = PointAnswer.objects.filter(release_id=release_id).order_by("answered_at", "id")
    return {Point(row.point): row for row in rows}


def met_points(release_id: UUID) -> Mapping[Point, bool]:
    """This function will return whether each answered point is met, by its newest answer."""
    return {point: row.is_met for point, row in answers_of(release_id).items()}


def advisories_in_force(listing_id: UUID, version: str = "") -> tuple[Advisory, ...]:
    """This function will return the warnings that hold for a listing, or for one of its versions, newest first."""
    rows = Advisory.objects.select_related("issued_for").filter(listing_id=listing_id, lifted_at__isnull=True)
    return tuple(rows.filter(versions__contains=[version]) if version else rows)


def advisories_of(listing_id: UUID) -> tuple[Advisory, ...]:
    """This function will return every warning about a listing, lifted ones too, newest first. One query."""
    return tuple(Advisory.objects.select_related("issued_for").filter(listing_id=listing_id))
