"""What the codes of instruments are called on a page."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from livinglab.assessments.domain.instruments import (
    Comparison,
    Confidence,
    CriteriaStatus,
    EvidenceReuse,
    RuleStatus,
    Text,
)
from livinglab.ui.languages import language

CONFIDENCES: Final[Mapping[Confidence, Promise]] = {
    Confidence.CONFIRMED: _("confirmed by independent sources"),
    Confidence.SINGLE_SOURCE: _("from a single source"),
    Confidence.UNVERIFIED: _("not verified"),
    Confidence.DRAFT: _("draft, not official"),
}
COMPARISONS: Final[Mapping[Comparison, Promise]] = {
    Comparison.ROUNDED: _("the index rounded to two decimals"),
    Comparison.UNROUNDED: _("the exact index, before rounding"),
}
RULE_STATUSES: Final[Mapping[RuleStatus, Promise]] = {
    RuleStatus.KNOWN: _("known from published results"),
    RuleStatus.ASSUMPTION: _("assumption"),
}
EVIDENCE: Final[Mapping[EvidenceReuse, Promise]] = {
    EvidenceReuse.REUSE: _("evidence can be used again"),
    EvidenceReuse.UPDATE: _("evidence needs an update"),
    EvidenceReuse.NEW: _("evidence is new"),
}
CRITERIA: Final[Mapping[CriteriaStatus, Promise]] = {
    CriteriaStatus.PUBLISHED_OWN_WORDS: _(
        "In our own words, after the published text; the regulation is binding."
    ),
    CriteriaStatus.DRAFT_OWN_WORDS: _(
        "Draft: in our own words, after one unofficial draft of April 2026. The official criteria were not published."
    ),
}


def said(words: Text) -> str:
    """Return words in the language of the request."""
    return words.in_language(language())


def percent(weight: Fraction) -> Decimal:
    """Return a weight in percent as a decimal with two places; every weight of an instrument has at most two."""
    return (Decimal(weight.numerator) / Decimal(weight.denominator)).quantize(Decimal("0.01"))
