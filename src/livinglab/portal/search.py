"""The search: words first, then, when none is found, names that look alike."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import connection

from livinglab.kernel.similarity import has_similarity
from livinglab.portal.domain.search import EntryKind, SearchWords

MOST_A_GROUP: Final = 10

#: how alike a name must be (pg_trgm's word similarity, 0 to 1): "sumdang" and "Sumedang" are 0.75 alike
ALIKE: Final = 0.45

_WORDS = """
WITH asked AS (
    SELECT to_tsquery('simple', %(prefixes)s) || plainto_tsquery('indonesian', %(text)s)
        || plainto_tsquery('english', %(text)s) AS query
), hits AS (
    SELECT kind, code, title_id, title_en, detail_id, detail_en, path,
        (lower(code) = %(text)s)::int * 8 + (names LIKE %(text)s || ' %%')::int * 2
        + ts_rank(words, asked.query) AS score
    FROM portal_search_entry, asked WHERE words @@ asked.query OR lower(code) = %(given)s
)
"""
_ALIKE = """
WITH hits AS (
    SELECT kind, code, title_id, title_en, detail_id, detail_en, path,
        word_similarity(%(text)s, names) AS score
    FROM portal_search_entry WHERE word_similarity(%(text)s, names) >= %(alike)s
)
"""
_BEST = """
SELECT kind, title_id, title_en, detail_id, detail_en, path, total FROM (
    SELECT *, row_number() OVER best AS place, count(*) OVER (PARTITION BY kind) AS total
    FROM hits WINDOW best AS (PARTITION BY kind ORDER BY score DESC, title_id, code)
) ranked WHERE place <= %(most)s ORDER BY kind, place
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found, in both languages; `path` is of the Indonesian page."""

    title_id: str
    title_en: str
    detail_id: str
    detail_en: str
    path: str


@dataclass(frozen=True, slots=True)
class HitGroup:
    """The best of one kind, and how many there are."""

    kind: EntryKind
    hits: tuple[Hit, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found; `is_alike` when no word was, but names that look alike."""

    groups: tuple[HitGroup, ...]
    is_alike: bool = False


def search(asked: SearchWords) -> Answer:
    """This function will return what is found for the words, grouped by kind. One query, two when none is found."""
    if not asked.words:
        return Answer(())
    values: dict[str, str | int | float] = {
        "prefixes": asked.prefixes,
        "text": asked.text,
        "given": asked.given.lower(),
        "most": MOST_A_GROUP,
        "alike": ALIKE,
    }
    found = _groups(_run(_WORDS + _BEST, values))
    if found or not has_similarity():
        return Answer(found)
    return Answer(_groups(_run(_ALIKE + _BEST, values)), is_alike=True)


def _run(sql: str, values: dict[str, str | int | float]) -> list[tuple[str, str, str, str, str, str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _groups(rows: Sequence[tuple[str, str, str, str, str, str, int]]) -> tuple[HitGroup, ...]:
    return tuple(group for kind in EntryKind if (group := _group(kind, rows)) is not None)


def _group(kind: EntryKind, rows: Iterable[tuple[str, str, str, str, str, str, int]]) -> HitGroup | None:
    mine = [row for row in rows if row[0] == kind]
    if not mine:
        return None
    return HitGroup(kind, tuple(Hit(*row[1:6]) for row in mine), mine[0][6])
