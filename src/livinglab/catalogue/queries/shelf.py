"""The search of the catalogue: words with synonyms and the nearest spelling, facets with counts, order by proof.

Three statements: the spelling of the words, the counts of the facets, the page of results.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext_lazy

from livinglab.assessments.queries import instruments
from livinglab.catalogue.adapters.search_words_file import SEARCH_WORDS, read_lexicon
from livinglab.catalogue.domain.functions import Reliability, Status
from livinglab.catalogue.domain.search_words import Asked, Lexicon, questions
from livinglab.catalogue.domain.shelf import (
    BETWEEN,
    MARKS,
    EntryKind,
    Facet,
    Found,
    Hit,
    Known,
    Order,
    Search,
    ShelfEntry,
)
from livinglab.catalogue.domain.spelling import SHORTEST, nearest
from livinglab.catalogue.models import ShelfRow
from livinglab.catalogue.queries.register import taxonomy
from livinglab.catalogue.queries.shelf_counts import TESTS, by_index, counts_of, query_of
from livinglab.kernel.similarity import has_similarity
from livinglab.kernel.unknown import UnknownValue

PAGE: Final = 20
#: neighbours of a word that are weighed letter by letter
_NEIGHBOURS: Final = 12
#: the parts of an entry that say what it is: its name (A), what it does (B)
_TELLING: Final = "AB"

_FACET_NAMES: Final = {
    Facet.KIND: gettext_lazy("kind"),
    Facet.SECTOR: gettext_lazy("sector"),
    Facet.INDICATOR: gettext_lazy("indicator"),
    Facet.REGION: gettext_lazy("region"),
    Facet.STATUS: gettext_lazy("status"),
    Facet.SOURCE: gettext_lazy("reliability of the source"),
}
_SPELLING: Final = """
SELECT asked.word, CASE WHEN EXISTS (SELECT FROM catalogue_shelf_word known WHERE known.word = asked.word
        OR known.stem = (ts_lexize('indonesian_stem', asked.word))[1]
        OR (asked.is_beginning AND known.word LIKE asked.word || '%%'))
    THEN '{{}}' ELSE ARRAY(SELECT ARRAY[near.word, near.entries::text] FROM catalogue_shelf_word near
        ORDER BY near.word <-> asked.word LIMIT {neighbours}) END AS near
FROM unnest(%s::text[], %s::boolean[]) AS asked (word, is_beginning)
"""
_ORDERS: Final = {
    Order.PROOF: "proof DESC NULLS LAST, sureness, completeness DESC, title, kind, key",
    Order.CHANGED: "changed_at DESC, title, kind, key",
    Order.NAME: "title, kind, key",
}
_COLUMNS: Final = (
    *("kind", "key", "path", "title", "summary_id", "summary_en", "region_code", "region_name", "agency"),
    *(
        "functions",
        "indicators",
        "status",
        "reliability",
        "known",
        "is_synthetic",
        "proof",
        "cases",
        "changed_at",
    ),
)
#: what is shown of an entry with the words that were found: its name, what it says, what it does, whose it is
_SHOWN: Final = ("title", "summary_{language}", "topics", "agency || ' · ' || region_name")
#: what is put in order are ids alone: with every column a word of many entries takes a third longer
_HITS: Final = """
SELECT {columns}, {shown} FROM (
    SELECT id, row_number() OVER () AS place
    FROM (SELECT id FROM catalogue_shelf WHERE {matches} ORDER BY {order} LIMIT %s OFFSET %s) AS chosen
) AS page JOIN catalogue_shelf USING (id) ORDER BY place
"""


@lru_cache
def lexicon() -> Lexicon:
    """This function will return our own words of search; read from reference/ once per process."""
    return read_lexicon(settings.REFERENCE_DIR / SEARCH_WORDS)


def things_asked(text: str) -> tuple[tuple[str, ...], ...]:
    """This function will return what a text asks for, each thing as it was written and as others say it; no query.

    For searches elsewhere that know the same synonyms. Terms are small letters and digits with single spaces.
    """
    asked = questions(text, lexicon())
    return tuple((one.word, *(" ".join(term) for term in one.others)) for one in asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """Which results are shown, in which language, and whether `MARKS` stand around what matched."""

    offset: int = 0
    limit: int = PAGE
    language: str = "id"
    is_marked: bool = True


def search_shelf(wanted: Search, shown: Slice) -> Found:
    """This function will return a slice of what a search finds, with the counts of its facets. Three queries at most.

    Every thing asked for must be found; a word that no entry uses is replaced by its nearest spelling.
    Errors: `UnknownValue` for a facet value that names nothing; an unknown region finds nothing.
    """
    refuse_unknown_facets(wanted)
    asked, corrected = _spelled(questions(wanted.text, lexicon()))
    counts = counts_of(wanted, asked)
    return Found(
        hits=_hits(wanted, asked, shown) if shown.offset < counts.total else (),
        total=counts.total,
        without_filters=counts.without_filters,
        facets=counts.facets,
        proven=counts.proven,
        corrected=corrected,
        synonyms={one.word: _others(one) for one in asked if one.others and one.word not in corrected},
    )


def _others(asked: Asked) -> tuple[str, ...]:
    return tuple(" ".join(other) for other in asked.others)


def refuse_unknown_facets(wanted: Search) -> None:
    """This function will raise `UnknownValue` for a facet value that can name nothing."""
    known: dict[Facet, Iterable[str]] = {
        Facet.KIND: EntryKind,
        Facet.SECTOR: [one.code for one in taxonomy().sectors],
        Facet.INDICATOR: indicator_levels(),
        Facet.STATUS: tuple(one for one in Status if one is not Status.NONE),
        Facet.SOURCE: Reliability,
    }
    for facet, value in wanted.chosen.items():
        values = [str(one) for one in known.get(facet, (value,))]
        if value not in values:
            raise UnknownValue(_FACET_NAMES[facet], value, values)


@lru_cache
def indicator_levels() -> dict[str, range]:
    """This function will return the indicators of all instruments ("spbe-2020/42") with their levels."""
    return {
        f"{instrument.code}/{indicator.key}": instrument.scale.levels
        for instrument in instruments()
        for indicator in instrument.indicators()
    }


def shelf_entry(kind: EntryKind, key: str) -> ShelfEntry | None:
    """This function will return one entry of the shelf, None when there is none. One query."""
    row = ShelfRow.objects.filter(kind=kind, key=key).values_list(*_COLUMNS).first()
    return _entry(row) if row else None


def _spelled(asked: Sequence[Asked]) -> tuple[tuple[Asked, ...], dict[str, str]]:
    """Give words that no entry uses their nearest spelling."""
    doubtful = [
        one for one in asked if len(one.written) == 1 and len(one.word) >= SHORTEST and not one.others
    ]
    if not doubtful or not has_similarity():
        return tuple(asked), {}
    with connection.cursor() as cursor:
        words, beginnings = [one.word for one in doubtful], [one.is_beginning for one in doubtful]
        cursor.execute(_SPELLING.format(neighbours=_NEIGHBOURS), (words, beginnings))
        corrected = {
            word: better
            for word, near in cursor.fetchall()
            if (better := nearest(word, [(one, int(entries)) for one, entries in near]))
        }
    return tuple(_with_spelling(one, corrected) for one in asked), corrected


def _with_spelling(asked: Asked, corrected: dict[str, str]) -> Asked:
    better = corrected.get(asked.word)
    if better is None:
        return asked
    others = lexicon().same.get((better,), ())
    return Asked(asked.written, ((better,), *others))


def _hits(wanted: Search, asked: Sequence[Asked], shown: Slice) -> tuple[Hit, ...]:
    match, texts = query_of(asked) if asked else ("", [])
    order, order_texts = _ORDERS[wanted.order], list[str]()
    if asked and wanted.order is Order.PROOF:  # what an entry is goes before what it mentions
        telling, order_texts = query_of(asked, weights=_TELLING)
        order = f"(words @@ {telling}) DESC, {order}"
    tests = [f"words @@ {match}"] if asked else ["true"]
    sql = _HITS.format(
        columns=", ".join(_COLUMNS),
        matches=" AND ".join([*tests, *(TESTS[facet] for facet in wanted.chosen)]),
        order=order,
        shown=_texts(shown.language, match if shown.is_marked else ""),
    )
    marks = texts if shown.is_marked else []
    with by_index(bool(asked)) as cursor:
        cursor.execute(
            sql, [*marks, *texts, *wanted.chosen.values(), *order_texts, shown.limit, shown.offset]
        )
        return tuple(_hit(row) for row in cursor.fetchall())


def _texts(language: str, match: str) -> str:
    """SQL of the shown texts as one, marked once: that is a fifth of the work."""
    parts = ", ".join(_SHOWN).format(language=language)
    text = f"concat_ws('{BETWEEN}', {parts})"
    if not match:
        return text
    start, stop = MARKS
    options = f"HighlightAll=true, StartSel={start}, StopSel={stop}"
    return f"ts_headline('indonesian', {text}, {match}, '{options}')"


def _hit(row: Sequence[Any]) -> Hit:
    title, summary, topics, where = str(row[-1]).split(BETWEEN)
    return Hit(
        entry=_entry(row[: len(_COLUMNS)]),
        changed_at=row[len(_COLUMNS) - 1],
        title=title,
        summary=summary,
        topics=topics,
        where=where,
    )


def _entry(row: Sequence[Any]) -> ShelfEntry:
    values = dict(zip(_COLUMNS, row, strict=True))
    del values["changed_at"]
    values |= {
        "kind": EntryKind(values["kind"]),
        "status": Status(values["status"]),
        "reliability": Reliability(values["reliability"]),
        "functions": tuple(values["functions"]),
        "indicators": tuple(values["indicators"]),
        "known": tuple(Known(one) for one in values["known"]),
        "proof": None if values["proof"] is None else float(values["proof"]),
    }
    return ShelfEntry(**values)
