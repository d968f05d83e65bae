"""Whether Fakta and Analisis are written, finished, about this indicator, and lead to the evidence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Final

from livinglab.evaluations.domain.checks.kinds import (
    GUIDE_TEXTS,
    OWN,
    Case,
    Check,
    Found,
    Severity,
    View,
    found,
    gettext_noop,
)
from livinglab.evaluations.domain.rulebook import Subject
from livinglab.evaluations.domain.sheet import EvidenceItem

SHORT_FACTS: Final = 80
SHORT_ANALYSIS: Final = 60
LONG_TEXT: Final = 8_000  # characters: more than three pages
LONGEST_TEXT: Final = 20_000
COPIED: Final = 120  # characters from which equal words are no accident

_PLACEHOLDER: Final = re.compile(r"<<[^<>]{0,200}>>")
_GAP: Final = re.compile(r"…|\.{3,}|_{3,}|\bx{3,}\b")  # not XXX, which is thirty
_ARTICLE: Final = re.compile(
    r"\bpasal\b|\bayat\b|\bbab\b|\blampiran\b|\barticle\b|\bchapter\b|\bannex\b", re.I
)
_FIELDS: Final = ("Fakta", "Analisis")


@lru_cache(maxsize=512)
def same_words(text: str) -> str:
    """This function will return a text without case, spaces and signs, to compare words alone."""
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


def _texts(view: View) -> Iterator[tuple[str, str]]:
    return zip(_FIELDS, (view.line.facts, view.line.analysis), strict=True)


def facts_missing(view: View) -> Iterator[Found]:
    """This function will find a level above the lowest without Fakta."""
    if view.is_above_lowest and not view.line.facts.strip():
        yield found(of_level=view.level, level=view.level)


def facts_short(view: View) -> Iterator[Found]:
    """This function will find Fakta too short to name a document and what it says."""
    length = len(view.line.facts.strip())
    if view.is_above_lowest and 0 < length < SHORT_FACTS:
        yield found(count=length, least=SHORT_FACTS)


def analysis_missing(view: View) -> Iterator[Found]:
    """This function will find a level above the lowest without Analisis."""
    if view.is_above_lowest and not view.line.analysis.strip():
        yield found(of_level=view.level, level=view.level)


def analysis_short(view: View) -> Iterator[Found]:
    """This function will find Analisis too short to tie facts to a criterion."""
    length = len(view.line.analysis.strip())
    if view.is_above_lowest and 0 < length < SHORT_ANALYSIS:
        yield found(count=length, least=SHORT_ANALYSIS)


def _is_cited(item: EvidenceItem, key: str, words: str) -> bool:
    """Whether words name a piece by its letter (20.c), file name, title or number."""
    names = (item.file_name, PurePosixPath(item.file_name).stem, item.title, item.document_number)
    if any(name and same_words(name) and same_words(name) in words for name in names):
        return True
    letter = re.escape(item.letter)
    return bool(
        item.letter
        and re.search(
            rf"(\b{re.escape(key)} {letter}\b|\bbukti( dukung)? {letter}\b|\bevidence {letter}\b)", words
        )
    )


def nothing_cited(view: View) -> Iterator[Found]:
    """This function will find Fakta that name none of the evidence."""
    if not view.line.facts.strip() or not view.usable:
        return
    words = same_words(view.line.facts)
    if not any(_is_cited(item, same_words(view.line.indicator), words) for item in view.usable):
        yield found(example=f"{view.line.indicator}.{view.usable[0].letter or 'a'}")


def analysis_repeats_facts(view: View) -> Iterator[Found]:
    """This function will find Analisis that only repeat Fakta."""
    words = same_words(view.line.facts)
    if words and words == same_words(view.line.analysis):
        yield found()


def copied(case: Case) -> Iterator[Found]:
    """This function will find the same words under several indicators, once for each of them."""
    for place, name in enumerate(_FIELDS):
        users: dict[str, list[str]] = defaultdict(list)
        for key, line in case.sheet.answers.items():
            words = same_words((line.facts, line.analysis)[place])
            if len(words) >= COPIED:
                users[words].append(key)
        for keys in users.values():
            for key in keys if len(keys) > 1 else ():
                others = ", ".join(other for other in keys if other != key)
                yield found(at=key, field=name, others=others)


def too_long(view: View) -> Iterator[Found]:
    """This function will find a text longer than can be stored."""
    for name, text in _texts(view):
        if len(text) > LONGEST_TEXT:
            yield found(field=name, count=len(text), most=LONGEST_TEXT)


def long(view: View) -> Iterator[Found]:
    """This function will find a text longer than anybody reads."""
    for name, text in _texts(view):
        if LONG_TEXT < len(text) <= LONGEST_TEXT:
            yield found(field=name, count=len(text), most=LONG_TEXT)


def not_filled_in(view: View) -> Iterator[Found]:
    """This function will find a text that still holds a place of its scaffold to fill in."""
    for name, text in _texts(view):
        places = _PLACEHOLDER.findall(text)
        if places:
            yield found(field=name, place=places[0], count=len(places))


def gap_in_text(view: View) -> Iterator[Found]:
    """This function will find dots or underscores where words are missing."""
    for name, text in _texts(view):
        gap = _GAP.search(_PLACEHOLDER.sub("", text))
        if gap:
            yield found(field=name, gap=gap.group()[:10])


def no_article(view: View) -> Iterator[Found]:
    """This function will find Fakta on a policy that name no article, chapter or annex."""
    is_policy = view.rules.subject is Subject.POLICY
    if is_policy and view.level >= 2 and view.line.facts.strip() and not _ARTICLE.search(view.line.facts):
        yield found(of_level=view.level)


CHECKS: Final = (
    Check(
        id="A043",
        severity=Severity.ERROR,
        title=gettext_noop("Fakta missing"),
        message=gettext_noop("Level %(level)s has no Fakta. Say what the evidence shows, and where."),
        source=GUIDE_TEXTS,
        answer=facts_missing,
    ),
    Check(
        id="A044",
        severity=Severity.WARNING,
        title=gettext_noop("Fakta very short"),
        message=gettext_noop(
            "Fakta has %(count)s characters. Name the document, the place in it and what it says; "
            "that takes %(least)s or more."
        ),
        source=OWN,
        answer=facts_short,
    ),
    Check(
        id="A045",
        severity=Severity.ERROR,
        title=gettext_noop("Analisis missing"),
        message=gettext_noop("Level %(level)s has no Analisis. Say why the facts meet its criterion."),
        source=GUIDE_TEXTS,
        answer=analysis_missing,
    ),
    Check(
        id="A046",
        severity=Severity.WARNING,
        title=gettext_noop("Analisis very short"),
        message=gettext_noop(
            "Analisis has %(count)s characters. Say which part of the criterion is met; "
            "that takes %(least)s or more."
        ),
        source=OWN,
        answer=analysis_short,
    ),
    Check(
        id="A047",
        severity=Severity.WARNING,
        title=gettext_noop("Fakta names no evidence"),
        message=gettext_noop(
            "Fakta names none of the evidence. Name the file, its title, or its letter, such as %(example)s."
        ),
        source=GUIDE_TEXTS,
        answer=nothing_cited,
    ),
    Check(
        id="A048",
        severity=Severity.WARNING,
        title=gettext_noop("Analisis repeats Fakta"),
        message=gettext_noop("Analisis repeats Fakta word for word. Say what the facts mean for the level."),
        source=GUIDE_TEXTS,
        answer=analysis_repeats_facts,
    ),
    Check(
        id="A049",
        severity=Severity.WARNING,
        title=gettext_noop("Same text under several indicators"),
        message=gettext_noop(
            "%(field)s has the same words as indicator %(others)s. Write what is true of this one."
        ),
        source=OWN,
        sheet=copied,
    ),
    Check(
        id="A050",
        severity=Severity.ERROR,
        title=gettext_noop("Text too long"),
        message=gettext_noop(
            "%(field)s has %(count)s characters; at most %(most)s are kept. "
            "Put the long text into a file as evidence."
        ),
        source=OWN,
        answer=too_long,
    ),
    Check(
        id="A051",
        severity=Severity.WARNING,
        title=gettext_noop("Text long"),
        message=gettext_noop(
            "%(field)s has %(count)s characters. Assessors read better what stays under %(most)s."
        ),
        source=OWN,
        answer=long,
    ),
    Check(
        id="A052",
        severity=Severity.ERROR,
        title=gettext_noop("Scaffold not filled in"),
        message=gettext_noop(
            "%(field)s still holds %(count)s places to fill in, such as %(place)s. Fill them in or remove them."
        ),
        source=OWN,
        answer=not_filled_in,
    ),
    Check(
        id="A053",
        severity=Severity.WARNING,
        title=gettext_noop("Gap in the text"),
        message=gettext_noop("%(field)s holds “%(gap)s”: something seems to be missing there."),
        source=OWN,
        answer=gap_in_text,
    ),
    Check(
        id="A054",
        severity=Severity.WARNING,
        title=gettext_noop("Fakta names no article"),
        message=gettext_noop(
            "Name in Fakta the article, chapter or annex of the rule that proves the level."
        ),
        source=GUIDE_TEXTS,
        answer=no_article,
    ),
)
