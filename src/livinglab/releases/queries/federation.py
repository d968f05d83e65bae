"""What this instance tells others: keys, packages and releases of its own publishers (docs/federation.md)."""

from datetime import UTC, datetime
from urllib.parse import quote

from django.db.models import Prefetch, QuerySet

from livinglab.packages.domain.federation import FORMAT, INDEX_PATH, PACKAGES_A_PAGE
from livinglab.releases.domain.states import ReleaseState
from livinglab.releases.models import Listing, Release, SigningKey

_PUBLIC = (ReleaseState.LISTED, ReleaseState.WITHDRAWN)


def index(*, instance: str, identity: str = "", page: int = 1) -> dict[str, object]:
    """This function will return a page of the index as its schema says, with the keys of the publishers on it.

    What was fetched from elsewhere is told by its origin alone. `identity` (`CODE/ID`) narrows it to one package.
    Five queries at most, none reads a content.
    """
    rows = _listings(identity)
    start = (page - 1) * PACKAGES_A_PAGE
    found = list(rows[start : start + PACKAGES_A_PAGE + 1])
    shown, more = found[:PACKAGES_A_PAGE], len(found) > PACKAGES_A_PAGE
    keys = SigningKey.objects.select_related("organization").filter(
        organization_id__in={one.publisher_id for one in shown}, fetched_from=""
    )
    return {
        "format": FORMAT,
        "instance": instance,
        "next": f"{INDEX_PATH}?page={page + 1}" if more else None,
        "keys": [_key(one) for one in keys.order_by("organization__code", "made_at")],
        "packages": [_package(one) for one in shown],
    }


def _listings(identity: str) -> QuerySet[Listing]:
    public = (
        Release.objects.defer("content", "words", "changes")
        .select_related("key")
        .filter(state__in=_PUBLIC, fetched_from="")
        .order_by("-version_parts")
    )
    rows = Listing.objects.select_related("publisher").prefetch_related(
        Prefetch("releases", queryset=public, to_attr="public")
    )
    rows = rows.filter(releases__state__in=_PUBLIC, releases__fetched_from="").distinct()
    if identity:
        code, _slash, package_id = identity.partition("/")
        rows = rows.filter(publisher__code=code, package_id=package_id)
    return rows.order_by("publisher__code", "package_id")


def _key(row: SigningKey) -> dict[str, object]:
    return {
        "publisher": row.organization.code,
        "id": row.key_id,
        "public_key": row.public_key,
        "retired_at": _moment(row.retired_at),
        "revoked_at": _moment(row.revoked_at),
    }


def _package(row: Listing) -> dict[str, object]:
    releases: list[Release] = row.public  # type: ignore[attr-defined]
    return {
        "publisher": {"code": row.publisher.code, "name": row.publisher.name},
        "id": row.package_id,
        "name": {"id": row.name_id, "en": row.name_en},
        "summary": {"id": row.summary_id, "en": row.summary_en},
        "synthetic": row.is_synthetic,
        "releases": [_release(row, one) for one in releases],
    }


def _release(listing: Listing, row: Release) -> dict[str, object]:
    place = "/".join(map(quote, ("packages", listing.publisher.code, listing.package_id, row.version)))
    is_withdrawn = row.state == ReleaseState.WITHDRAWN
    return {
        "version": row.version,
        "digest": row.digest,
        "key": row.key.key_id,
        "signature": row.signature,
        "signed_at": _moment(row.signed_at),
        "readiness": row.readiness,
        "size": row.size,
        "archive": f"/{place}/archive/",
        "withdrawn": {"at": _moment(row.decided_at), "reason": row.reason} if is_withdrawn else None,
    }


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
