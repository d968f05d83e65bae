"""What the evidence guide says of an indicator, in words: the things to show, and how old they may be."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from livinglab.assessments import queries
from livinglab.assessments.domain.evidence_guide import EvidenceKind, GuideItem, IndicatorGuide, LevelGuide
from livinglab.assessments.domain.instruments import CriteriaStatus
from livinglab.assessments.web.words import said


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One thing to show; `mark` says that it is optional or can stand in for another."""

    text: str
    mark: str


@dataclass(frozen=True, slots=True)
class LevelEvidence:
    """What one level adds, and the rules on its age."""

    items: tuple[EvidenceLine, ...] = ()
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EvidencePart:
    """The evidence of an indicator: `items` belong to no level; `note` says what the guide rests on."""

    items: tuple[EvidenceLine, ...]
    agencies: tuple[str, ...]
    note: str
    is_draft: bool


def of_levels(code: str, number: int) -> dict[int, LevelEvidence]:
    """Return what the guide of an instrument says of each level of an indicator; empty without a guide."""
    guide = queries.evidence_guide(code)
    if guide is None:
        return {}
    return {
        each.level: LevelEvidence(_lines(each.items), tuple(_rules(each)))
        for each in guide.indicator(number).levels
    }


def build(code: str, number: int) -> EvidencePart:
    """Return what the guide says of an indicator as a whole."""
    guide = queries.evidence_guide(code)
    if guide is None:
        return EvidencePart(
            (), (), _("No evidence guide by level is known to us for this instrument."), False
        )
    is_draft = guide.source.status is CriteriaStatus.DRAFT_OWN_WORDS
    note = _(
        "Typical evidence, in our own words after the guideline. A level also needs that of the levels below it."
    )
    if is_draft:
        note = _(
            "Draft: what is usually shown, in our own words, tied to no level. It does not say what suffices."
        )
    indicator = guide.indicator(number)
    return EvidencePart(_lines(indicator.items), _agencies(indicator), note, is_draft)


def _agencies(indicator: IndicatorGuide) -> tuple[str, ...]:
    return tuple(
        f"{each.name} ({said(each.role)})" if each.role else each.name for each in indicator.agencies
    )


def _lines(items: tuple[GuideItem, ...]) -> tuple[EvidenceLine, ...]:
    return tuple(EvidenceLine(said(each.text), _mark(each)) for each in items)


def _mark(item: GuideItem) -> str:
    if item.is_optional:
        return _("optional")
    return _("can stand in for another improvement") if item.is_alternative else ""


def _rules(level: LevelGuide) -> Iterator[str]:
    for limit in level.age_limits:
        facts = {"months": limit.months}
        if limit.of is EvidenceKind.AUDIT:
            yield _("The audit must be less than %(months)s months old.") % facts
        else:
            yield _("The review must be less than %(months)s months old.") % facts
    if level.follow_up:
        facts = {"months": level.follow_up.months}
        yield _("The follow-up must come within %(months)s months of the review it answers.") % facts
    if level.recurs_within_months:
        yield _("The audit recurs at least every %(months)s months.") % {"months": level.recurs_within_months}
    if level.covers:
        years = level.covers.years
        yield ngettext(
            "The budget documents cover the last %(years)s year.",
            "The budget documents cover the last %(years)s years.",
            years,
        ) % {"years": years}
