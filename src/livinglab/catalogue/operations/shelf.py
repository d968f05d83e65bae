"""Writes of the shelf: the projection that the catalogue's search reads. Its audit entry is that of what it shows."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from django.db import connection

from livinglab.assessments.queries import instruments
from livinglab.catalogue.domain.functions import Reliability, Status, Words
from livinglab.catalogue.domain.matrix import ListedService
from livinglab.catalogue.domain.shelf import EntryKind, Known, ShelfEntry, sorting
from livinglab.catalogue.models import ShelfRow
from livinglab.catalogue.queries import SHELF, taxonomy
from livinglab.kernel.freshness import changed
from livinglab.kernel.identifiers import new_id

_SPBE: Final = "spbe-2020"
_SURENESS: Final = {one: place for place, one in enumerate(Reliability)}
#: words of every entry, letters only; a word has a stem of its own kind
_WORDS: Final = """
WITH used AS (
    SELECT word, ndoc FROM ts_stat($$
        SELECT to_tsvector('simple', title || ' ' || topics || ' ' || summary_id || ' ' || agency || ' ' || region_name)
        FROM catalogue_shelf $$)
    WHERE word ~ '^[[:alpha:]]{4,60}$'
), gone AS (
    DELETE FROM catalogue_shelf_word known WHERE NOT EXISTS (SELECT FROM used WHERE used.word = known.word)
)
INSERT INTO catalogue_shelf_word (id, word, stem, entries)
SELECT gen_random_uuid(), word, coalesce((ts_lexize('indonesian_stem', word))[1], word), ndoc FROM used
ON CONFLICT (word) DO UPDATE SET entries = excluded.entries WHERE catalogue_shelf_word.entries <> excluded.entries
"""


def shelve(entries: Iterable[ShelfEntry], *, at: datetime) -> int:
    """This function will put entries on the shelf, or bring them up to date, and count those that changed.

    Idempotent: an entry that says the same as before keeps the moment of its last change.
    """
    wanted = {(one.kind.value, one.key): _values(one) for one in entries}
    rows = {
        (row.kind, row.key): row for row in ShelfRow.objects.filter(key__in=[key for _kind, key in wanted])
    }
    fresh, moved = [], []
    for place, values in wanted.items():
        row = rows.get(place)
        if row is None:
            fresh.append(ShelfRow(id=new_id(), changed_at=at, **values))
        elif any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            row.changed_at = at
            moved.append(row)
    ShelfRow.objects.bulk_create(fresh)
    if moved:
        ShelfRow.objects.bulk_update(moved, [*_values_names(), "changed_at"])
    if fresh or moved:
        renew_words()
    return len(fresh) + len(moved)


def unshelve(kind: EntryKind, keys: Iterable[str]) -> int:
    """This function will take entries from the shelf and count those that stood there."""
    number, _by_model = ShelfRow.objects.filter(kind=kind, key__in=list(keys)).delete()
    if number:
        renew_words()
    return number


def renew_words() -> None:
    """This function will read anew which words the shelf uses, and make every page that shows it stale."""
    with connection.cursor() as cursor:
        cursor.execute(_WORDS)
    changed(SHELF)


def _values_names() -> tuple[str, ...]:
    left_out = {"id", "changed_at"}
    return tuple(one.name for one in ShelfRow._meta.concrete_fields if one.name not in left_out)  # noqa: SLF001  documented


def _values(one: ShelfEntry) -> dict[str, Any]:
    known = [function for code in one.functions if (function := taxonomy().function(code))]
    sectors = dict.fromkeys(function.sector.code for function in known if function.sector)
    named: list[Words] = [function.name for function in known]
    named += [function.sector.name for function in known if function.sector]
    named += [function.field.name for function in known if function.field]
    applications = [
        function.field.application for function in known if function.field and function.field.application
    ]
    topics = dict.fromkeys([*(text for words in named for text in (words.id, words.en)), *applications])
    return {
        "kind": one.kind.value,
        "key": one.key,
        "path": one.path,
        "title": one.title,
        "summary_id": one.summary_id,
        "summary_en": one.summary_en,
        "topics": " · ".join(topics),
        "body": one.body,
        "region_code": one.region_code,
        "region_name": one.region_name,
        "agency": one.agency,
        "functions": list(one.functions),
        "sectors": list(sectors),
        "indicators": list(one.indicators),
        "status": one.status.value,
        "reliability": one.reliability.value,
        "sureness": _SURENESS[one.reliability],
        "sorting": sorting(sectors, one.indicators),
        "known": [field.value for field in one.known],
        "completeness": len(one.known),
        "proof": None if one.proof is None else Decimal(str(one.proof)),
        "cases": one.cases,
        "is_synthetic": one.is_synthetic,
    }


def of_service(service: ListedService) -> ShelfEntry:
    """This function will return a digital service as it stands on the shelf: what its source says, and no more."""
    said = {
        Known.WHAT: service.description_id,
        Known.FUNCTION: service.functions,
        Known.OWNER: service.agency,
        Known.STATUS: service.status is not Status.UNKNOWN,
        Known.YEAR: service.year,
        Known.SOURCE: service.source,
    }
    return ShelfEntry(
        kind=EntryKind.SERVICE,
        key=service.key,
        path=f"/services/{service.key}/",
        title=service.name,
        summary_id=service.description_id,
        summary_en=service.description_en,
        region_code=service.region_code,
        region_name=service.region_name,
        agency=service.agency,
        functions=service.functions,
        indicators=indicators_of(service.functions, stated=service.spbe_indicator),
        status=service.status,
        reliability=service.reliability,
        known=tuple(one for one in Known if said.get(one)),
        is_synthetic=service.is_synthetic,
    )


def indicators_of(functions: Iterable[str], *, stated: int | None = None) -> tuple[str, ...]:
    """This function will return the indicators of SPBE 2020 and its successor for which such a service may be evidence.

    The one that the source states; without one those of its functions. The successor's follow its crosswalk, which
    is not official.
    """
    known = [function for code in functions if (function := taxonomy().function(code))]
    numbers = {stated} if stated else {number for function in known for number in function.indicators}
    successors = sorted({key for number in numbers for key in _successors().get(number, ())})
    return (*(f"{_SPBE}/{number}" for number in sorted(numbers)), *successors)


@lru_cache
def _successors() -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for instrument in instruments():
        if instrument.crosswalk is None or instrument.crosswalk.instrument != _SPBE:
            continue
        for indicator in instrument.indicators():
            for number in indicator.origin.indicators if indicator.origin else ():
                found[number] = (*found.get(number, ()), f"{instrument.code}/{indicator.key}")
    return found
