"""What the evidence guide asks for, what is missing of it, and what a piece is, in words."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from livinglab.evaluations.domain.evidence import EvidenceType
from livinglab.evaluations.domain.missing import AgeGap, AgeGapKind, Missing
from livinglab.evaluations.domain.rulebook import ItemRule, LevelRules
from livinglab.evaluations.domain.sheet import EvidenceItem
from livinglab.ui import formats
from livinglab.ui.languages import language

FIELD_NAMES: Final[Mapping[str, Promise]] = {
    "level": gettext_lazy("level"),
    "met": gettext_lazy("checklist"),
    "facts": gettext_lazy("Fakta"),
    "analysis": gettext_lazy("Analisis"),
    "justification": gettext_lazy("Justifikasi"),
    "external_source": gettext_lazy("source of the index"),
}


def item(rule: ItemRule) -> str:
    """This function will return one thing that the guide names; optional ones say so."""
    text = rule.words.in_language(language())
    return _("%(thing)s (optional)") % {"thing": text} if rule.is_optional else text


def rules(level: LevelRules) -> Iterator[str]:
    """This function will yield the rules on age of one level."""
    for age in level.ages:
        facts = {"months": age.months}
        if age.of is EvidenceType.AUDIT:
            yield _("The audit is less than %(months)s months old.") % facts
        else:
            yield _("The review is less than %(months)s months old.") % facts
    if level.follow_up:
        yield _("The follow-up comes within %(months)s months of the review.") % {
            "months": level.follow_up.months
        }
    if level.recurs_within_months:
        yield _("The audit recurs at least every %(months)s months.") % {"months": level.recurs_within_months}
    if level.covers:
        yield _years(level.covers.years)


def _years(years: int) -> str:
    return ngettext(
        "The budget documents cover the last %(years)s year.",
        "The budget documents cover the last %(years)s years.",
        years,
    ) % {"years": years}


def missing(found: Missing) -> Iterator[str]:
    """This function will yield what is missing for the next level, one sentence each."""
    if found.unticked:
        levels = formats.listing([str(one) for one in found.unticked], language=language())
        yield ngettext(
            "Tick the criterion of level %(levels)s, if it is met.",
            "Tick the criteria of levels %(levels)s, if they are met.",
            len(found.unticked),
        ) % {"levels": levels}
    for rule in found.items:
        yield _("Evidence: %(thing)s") % {"thing": item(rule)}
    for gap in found.ages:
        yield _gap(gap)


def _gap(gap: AgeGap) -> str:
    facts = {"level": gap.level, "number": gap.number, "day": day(gap.after) if gap.after else ""}
    if gap.kind is AgeGapKind.YEARS:
        return _years(gap.number)
    if gap.kind is AgeGapKind.FOLLOW_UP:
        return _("Level %(level)s: a follow-up within %(number)s months of the review.") % facts
    if gap.of is EvidenceType.AUDIT:
        return _("Level %(level)s: an audit dated %(day)s or later.") % facts
    return _("Level %(level)s: a review dated %(day)s or later.") % facts


def facts_of(piece: EvidenceItem) -> Iterator[str]:
    """This function will yield what a reader knows a piece by: number, day, pages, last day."""
    if piece.document_number:
        yield piece.document_number
    if piece.issued_on:
        yield day(piece.issued_on)
    if piece.pages:
        yield ngettext("%(count)s page", "%(count)s pages", piece.pages) % {"count": piece.pages}
    if piece.is_link:
        yield _("link")
    if piece.expires_on:
        yield _("valid until %(day)s") % {"day": day(piece.expires_on)}


def review_of(piece: EvidenceItem) -> str:
    """This function will return what the region's own reviewer said of a piece."""
    if piece.is_accepted is None:
        return _("not reviewed")
    return (
        _("accepted by the reviewer") if piece.is_accepted else _("refused or withdrawn: it proves nothing")
    )


def day(one: date) -> str:
    """This function will return a day in short in the reader's language."""
    return formats.short_day(one, language=language())
