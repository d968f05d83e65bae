"""The counts beside a search of the catalogue: of each facet's values, of all that is found.

A search without words reads no entry that misses two of the chosen facets, because such an entry counts nowhere.
The counts of the whole catalogue are kept until an entry changes.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from django.db import connection
from django.db.backends.utils import CursorWrapper

from livinglab.catalogue.domain.search_words import Asked, tsquery
from livinglab.catalogue.domain.shelf import Choice, Facet, Search
from livinglab.kernel.freshness import Versions, versions_of

#: pages that show entries of any kind are as fresh as this topic
SHELF: Final = "catalogue"

#: how a chosen facet is tested
TESTS: Final = {
    Facet.KIND: "kind = %s",
    Facet.SECTOR: "sectors @> ARRAY[%s]::varchar[]",
    Facet.INDICATOR: "indicators @> ARRAY[%s]::varchar[]",
    Facet.REGION: "region_code = %s",
    Facet.STATUS: "status = %s",
    Facet.SOURCE: "reliability = %s",
}
#: one pass; `missed` has a bit for each chosen facet that an entry does not meet. Three sets, not one for each
#: facet: what has few values is grouped together and added up afterwards
_COUNTS: Final = """
SELECT missed, kind, status, reliability, is_proven, sorting, region_code, count(*)
FROM (
    SELECT kind, status, reliability, proof IS NOT NULL AS is_proven, sorting, region_code, {missed} AS missed
    FROM catalogue_shelf WHERE {matches}
) AS matched
GROUP BY GROUPING SETS ((missed, kind, status, reliability, is_proven), (missed, sorting), (missed, region_code))
"""
_BITS: Final = {facet: 1 << place for place, facet in enumerate(Facet)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many entries a search finds, how many its words alone find, and what each value of a facet would leave."""

    facets: dict[Facet, tuple[Choice, ...]]
    total: int
    without_filters: int
    proven: int


def counts_of(wanted: Search, asked: Sequence[Asked]) -> Counts:
    """This function will count what a search finds. Two queries at most, without words; else one."""
    chosen = wanted.chosen
    if asked:
        match, texts = query_of(asked)
        return _counted(chosen, f"words @@ {match}", texts, by_words=True)
    whole = _whole(versions_of((SHELF,)))
    if not chosen:
        return whole
    near, values = _missing_one_at_most(chosen)
    counted = replace(_counted(chosen, near, values), without_filters=whole.without_filters)
    if len(chosen) == 1:  # the values beside the only one chosen are those of the whole catalogue
        (facet,) = chosen
        counted.facets[facet] = whole.facets[facet]
    return counted


def forget() -> None:
    """This function will drop what is kept, for tests, where versions are rolled back."""
    _whole.cache_clear()


@lru_cache(maxsize=2)
def _whole(_versions: Versions) -> Counts:
    return _counted({}, "true", ())


def _missing_one_at_most(chosen: dict[Facet, str]) -> tuple[str, list[str]]:
    """SQL of the entries that meet all chosen facets but one, and its values; of a single facet those that meet it."""
    left_out: list[Facet | None] = list(chosen) if len(chosen) > 1 else [None]
    ways, values = list[str](), list[str]()
    for one in left_out:
        others = {facet: value for facet, value in chosen.items() if facet is not one}
        ways.append(f"({' AND '.join(TESTS[facet] for facet in others)})")
        values += others.values()
    return " OR ".join(ways), values


def query_of(asked: Iterable[Asked], *, weights: str = "") -> tuple[str, list[str]]:
    """This function will return SQL of a tsquery and its parameters; all that is asked for, stemmed or as written."""
    pairs = [(tsquery(one, weights=weights), tsquery(one.as_written(), weights=weights)) for one in asked]
    sql = " && ".join(["(to_tsquery('indonesian', %s) || to_tsquery('simple', %s))"] * len(pairs))
    return f"({sql})", [text for pair in pairs for text in pair]


@contextmanager
def by_index(is_text: bool) -> Iterator[CursorWrapper]:
    """A cursor that finds words by their index: the planner takes comparing them with every entry for cheap."""
    with connection.cursor() as cursor:
        if not is_text:
            yield cursor
            return
        cursor.execute("SET LOCAL enable_seqscan = off")
        yield cursor
        cursor.execute("SET LOCAL enable_seqscan TO DEFAULT")


def _counted(
    chosen: dict[Facet, str], matches: str, values: Iterable[str], *, by_words: bool = False
) -> Counts:
    missed = [f"(NOT {TESTS[facet]})::int * {_BITS[facet]}" for facet in chosen]
    counts: dict[Facet, Counter[str]] = {facet: Counter() for facet in Facet}
    total = whole = proven = 0
    with by_index(by_words) as cursor:
        cursor.execute(
            _COUNTS.format(missed=" | ".join(missed) or "0", matches=matches), [*chosen.values(), *values]
        )
        rows = cursor.fetchall()
    for missed_bits, kind, status, reliability, is_proven, sorting, region, number in rows:
        if kind is not None:
            whole += number
            total += 0 if missed_bits else number
            proven += number if is_proven and not missed_bits else 0
        found = {Facet.KIND: kind, Facet.STATUS: status, Facet.SOURCE: reliability, Facet.REGION: region}
        for facet, value in [*found.items(), *_sorted_under(sorting)]:
            if value and not missed_bits & ~_BITS[facet]:
                counts[facet][value] += number
    facets = {facet: _choices(counts[facet]) for facet in Facet}
    return Counts(facets=facets, total=total, without_filters=whole, proven=proven)


def _sorted_under(sorting: str | None) -> Iterable[tuple[Facet, str]]:
    """The sectors and indicators of a group (`domain.shelf.sorting`)."""
    if sorting is None:
        return
    sectors, _between, indicators = sorting.partition("|")
    yield from ((Facet.SECTOR, one) for one in sectors.split())
    yield from ((Facet.INDICATOR, one) for one in indicators.split())


def _choices(counted: Counter[str]) -> tuple[Choice, ...]:
    """The values that leave something, the most first."""
    found = [Choice(value, number) for value, number in counted.items()]
    return tuple(sorted(found, key=lambda one: (-one.count, one.value)))
