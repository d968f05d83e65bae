"""Whether files, links and policies are named, dated, referenced, and used once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from livinglab.evaluations.domain.checks.kinds import (
    GUIDE,
    GUIDE_NAMES,
    GUIDE_TEXTS,
    OWN,
    Check,
    Found,
    Severity,
    View,
    found,
    gettext_noop,
)
from livinglab.evaluations.domain.evidence import EvidenceType
from livinglab.evaluations.domain.evidence_names import is_named_as_asked
from livinglab.evaluations.domain.rulebook import Subject

MANY_INDICATORS: Final = 5
LONG_DOCUMENT: Final = 20  # pages after which a reader needs to be told where to look
_POLICIES: Final = frozenset({EvidenceType.POLICY, EvidenceType.DERIVED_POLICY})


def twice_here(view: View) -> Iterator[Found]:
    """This function will find the same file twice under one indicator."""
    times = Counter(item.sha256 for item in view.line.evidence if item.sha256)
    for digest, number in times.items():
        if number > 1:
            letters = [item.letter for item in view.line.evidence if item.sha256 == digest]
            yield found(letters=", ".join(letters))


def under_many_indicators(view: View) -> Iterator[Found]:
    """This function will find a file that is used under many other indicators."""
    for item in view.line.evidence:
        if len(item.also_under) >= MANY_INDICATORS:
            yield found(
                of_level=item.level,
                letter=item.letter,
                count=len(item.also_under),
                others=", ".join(item.also_under),
            )


def file_name(view: View) -> Iterator[Found]:
    """This function will find a file name that does not follow the guide, or names another indicator."""
    for item in view.line.evidence:
        if item.is_link or not item.file_name:
            continue
        if not is_named_as_asked(item.file_name, view.line.indicator, item.letter or "a"):
            yield found(
                of_level=item.level,
                name=item.file_name,
                wanted=f"{view.line.indicator}.{item.letter or 'a'}.",
            )


def link_not_secure(view: View) -> Iterator[Found]:
    """This function will find a link that is no web address or not an encrypted one."""
    for item in view.line.evidence:
        if item.is_link and not item.url.lower().startswith("https://"):
            yield found(of_level=item.level, letter=item.letter, url=item.url[:80])


def draft_as_policy(view: View) -> Iterator[Found]:
    """This function will find a draft offered as proof of a policy above the lowest level."""
    if view.rules.subject is not Subject.POLICY:
        return
    for item in view.usable:
        if item.type is EvidenceType.DRAFT and item.level > max(view.case.rules.lowest, 1):
            yield found(of_level=item.level, letter=item.letter, title=item.title, level=item.level)


def policy_unnamed(view: View) -> Iterator[Found]:
    """This function will find a policy without its number or its date."""
    for item in view.usable:
        if item.type in _POLICIES and not (item.document_number.strip() and item.issued_on):
            yield found(of_level=item.level, letter=item.letter, title=item.title)


def policy_without_article(view: View) -> Iterator[Found]:
    """This function will find a policy offered as proof without the article or page to look at."""
    if view.rules.subject is not Subject.POLICY:
        return
    for item in view.usable:
        if item.type in _POLICIES and not item.reference.strip():
            yield found(of_level=item.level, letter=item.letter, title=item.title)


def long_without_page(view: View) -> Iterator[Found]:
    """This function will find a long document without the page to look at."""
    for item in view.usable:
        if item.pages is not None and item.pages > LONG_DOCUMENT and not item.reference.strip():
            yield found(of_level=item.level, letter=item.letter, pages=item.pages)


CHECKS: Final = (
    Check(
        id="A028",
        severity=Severity.WARNING,
        title=gettext_noop("Same file twice"),
        message=gettext_noop(
            "Evidence %(letters)s is the very same file. Keep one, and name its pages for each level."
        ),
        source=OWN,
        answer=twice_here,
    ),
    Check(
        id="A029",
        severity=Severity.WARNING,
        title=gettext_noop("Same file under many indicators"),
        message=gettext_noop(
            "Evidence %(letter)s is also used under %(count)s other indicators: %(others)s. "
            "Say in Fakta which part proves this one."
        ),
        source=OWN,
        answer=under_many_indicators,
    ),
    Check(
        id="A030",
        severity=Severity.INFO,
        title=gettext_noop("File name not as in the guide"),
        message=gettext_noop(
            "“%(name)s” does not begin with %(wanted)s as the guide asks. "
            "The archive of all evidence renames it."
        ),
        source=GUIDE_NAMES,
        answer=file_name,
    ),
    Check(
        id="A031",
        severity=Severity.WARNING,
        title=gettext_noop("Link not encrypted"),
        message=gettext_noop(
            "The link of evidence %(letter)s, %(url)s, does not begin with https://. Assessors may not reach it."
        ),
        source=OWN,
        answer=link_not_secure,
    ),
    Check(
        id="A032",
        severity=Severity.ERROR,
        title=gettext_noop("Draft offered as policy"),
        message=gettext_noop(
            "Evidence %(letter)s, “%(title)s”, is a draft, but level %(level)s needs a rule that was adopted."
        ),
        source=GUIDE,
        answer=draft_as_policy,
    ),
    Check(
        id="A033",
        severity=Severity.WARNING,
        title=gettext_noop("Policy without number or date"),
        message=gettext_noop(
            "Evidence %(letter)s, “%(title)s”, is a policy without its number or date. Enter both."
        ),
        source=GUIDE_TEXTS,
        answer=policy_unnamed,
    ),
    Check(
        id="A034",
        severity=Severity.WARNING,
        title=gettext_noop("Policy without article or page"),
        message=gettext_noop(
            "Name the article or page of evidence %(letter)s, “%(title)s”, that proves the level."
        ),
        source=GUIDE_TEXTS,
        answer=policy_without_article,
    ),
    Check(
        id="A035",
        severity=Severity.WARNING,
        title=gettext_noop("Long document without a page"),
        message=gettext_noop("Evidence %(letter)s has %(pages)s pages. Name the chapter or page to look at."),
        source=GUIDE_TEXTS,
        answer=long_without_page,
    ),
)
