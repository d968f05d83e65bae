"""Writes of the portal: the search index."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from livinglab.kernel.freshness import changed
from livinglab.portal.domain.search import Entry
from livinglab.portal.models import SearchEntry
from livinglab.portal.search_index import entries

_FIELDS = ("kind", "code", "title_id", "title_en", "detail_id", "detail_en", "path")


def load_reference(*, by: UUID | None, at: datetime) -> int:
    """This function will make everything that was loaded findable, and return how much that is. Idempotent."""
    return rebuild_search(by=by, at=at)


@transaction.atomic
def rebuild_search(*, by: UUID | None, at: datetime) -> int:
    """This function will make the search index say what the other contexts say now, and return its size.

    It is a projection: whatever changed has its own audit entry, and an index that is right is left alone.
    """
    wanted = {(one.kind, one.code): _values(one) for one in entries()}
    present = {row[:2]: row for row in SearchEntry.objects.values_list(*_FIELDS)}
    if present != wanted:
        SearchEntry.objects.all().delete()
        SearchEntry.objects.bulk_create(
            SearchEntry(**dict(zip(_FIELDS, values, strict=True))) for values in wanted.values()
        )
        changed("search")
    return len(wanted)


def _values(one: Entry) -> tuple[str, ...]:
    return (
        str(one.kind),
        one.code[:120],
        one.title_id[:300],
        one.title_en[:300],
        one.detail_id[:600],
        one.detail_en[:600],
        one.path,
    )
