"""What was fetched from other instances, and whose keys are trusted."""

from livinglab.packages.queries.instances import InstanceKey
from livinglab.releases.models import Release, SigningKey


def trusted_key(key: InstanceKey, address: str) -> SigningKey | None:
    """This function will return the pinned key of a publisher and instance, None where nobody trusted it. One query."""
    rows = SigningKey.objects.filter(organization__code=key.publisher, key_id=key.id, fetched_from=address)
    return rows.first()


def trusted_ids(address: str) -> frozenset[str]:
    """This function will return the ids of the keys of an instance that are trusted and not revoked. One query."""
    rows = SigningKey.objects.filter(fetched_from=address, revoked_at__isnull=True)
    return frozenset(rows.values_list("key_id", flat=True))


def fetched_from(publisher_code: str, package_id: str) -> str | None:
    """This function will return where a package came from, "" for one published here, None for none. One query."""
    rows = Release.objects.filter(listing__publisher__code=publisher_code, listing__package_id=package_id)
    return rows.order_by("fetched_from").values_list("fetched_from", flat=True).first()


def kept_digests() -> frozenset[str]:
    """This function will return the content addresses of all that is kept here. One query."""
    return frozenset(Release.objects.values_list("digest", flat=True))


def instances() -> tuple[str, ...]:
    """This function will return the addresses of the instances of which a key is trusted. One query."""
    rows = SigningKey.objects.exclude(fetched_from="").values_list("fetched_from", flat=True)
    return tuple(rows.distinct().order_by("fetched_from"))
