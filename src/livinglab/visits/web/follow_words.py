"""What the stages of follow-through are called, how each is counted, and the sentences that state a share."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from livinglab.ui import formats
from livinglab.ui.languages import language
from livinglab.visits.queries.funnel import DAYS_TO_RIPEN, FEWEST, Counts, Share, Stage, VisitorKind

STAGES: Final[Mapping[Stage, Promise]] = {
    Stage.STARTED: pgettext_lazy("stage", "Visit held"),
    Stage.COMMITTED: pgettext_lazy("stage", "Commitment signed"),
    Stage.ACTED: pgettext_lazy("stage", "Work begun"),
    Stage.EVIDENCED: pgettext_lazy("stage", "Evidence produced"),
    Stage.CONFIRMED: pgettext_lazy("stage", "Level confirmed"),
}
RULES: Final[Mapping[Stage, Promise]] = {
    Stage.STARTED: gettext_lazy("The visit took place. Declined and withdrawn visits are not counted."),
    Stage.COMMITTED: gettext_lazy(
        "The visit ended in a commitment. Who withdraws it stays in the count of visits, not in this one."
    ),
    Stage.ACTED: gettext_lazy(
        "At least one action for the commitment is under way, blocked, done or confirmed. "
        "One that is not tied to it counts once an assessor found its level after signing, "
        "the promised one or a higher one. "
        "A service package counts, with or without an action, that was taken over after signing and helps a "
        "promised indicator. This is what followed up means here."
    ),
    Stage.EVIDENCED: gettext_lazy(
        "Such an action names a piece of evidence, its level was confirmed, or such a package is live."
    ),
    Stage.CONFIRMED: gettext_lazy("An assessor found the promised level in a decided evaluation."),
}
#: kinds of visitors as they stand at the head of a row
KINDS: Final[Mapping[VisitorKind, Promise]] = {
    VisitorKind.REGION: gettext_lazy("Regencies and cities"),
    VisitorKind.MINISTRY: gettext_lazy("Ministries and national agencies"),
    VisitorKind.INSTITUTION: gettext_lazy("Provinces and other institutions"),
    VisitorKind.NGO: gettext_lazy("Civil society organisations"),
}


def percent(share: Decimal) -> str:
    """This function will return a share of one in per cent, as the reader writes it, without decimals."""
    return formats.percent(share.quantize(Decimal("0.01")), language=language())


def interval(share: Share) -> str:
    """This function will return the 95 % interval of a share in words: "20% to 50%"."""
    return _("%(low)s to %(high)s") % {"low": percent(share.low), "high": percent(share.high)}


def country_heading(counts: Counts) -> str:
    """This function will return what share of the visits by regions was followed up, or why nobody can say."""
    if not counts.started:
        return _("No study visit of a region is on record yet")
    if counts.share is None:
        return _("Too few study visits to say what share was followed up")
    return _("%(share)s of study visits by regions were followed up") % {"share": percent(counts.share.value)}


def standing(counts: Counts) -> str:
    """This function will return the share with its interval and its whole, or the bare numbers where it is too few."""
    if not counts.started:
        return _(
            "Who visits whom, what is promised, and whether it happens stands here from the first visit on."
        )
    said = {
        "whole": _count(counts.ripe),
        "part": _count(counts.ripe_acted),
        "days": DAYS_TO_RIPEN,
        "fewest": FEWEST,
    }
    if counts.share is None:
        few = _(
            "Of %(whole)s visits held at least %(days)s days ago, %(part)s led to work on a commitment. "
            "With fewer than %(fewest)s no share is shown: a single one would change it too much."
        )
        return few % said
    text = _(
        "Of %(whole)s visits held at least %(days)s days ago, %(part)s led to work on a commitment "
        "(95%% interval: %(interval)s)."
    )
    return text % {**said, "interval": interval(counts.share)}


def too_young(counts: Counts) -> str:
    """This function will say how many visits are too young to be asked; nothing where there is none."""
    young = counts.started - counts.ripe
    if not young:
        return ""
    words = ngettext(
        "%(count)s more visit is younger than %(days)s days and not in the share.",
        "%(count)s more visits are younger than %(days)s days and not in the share.",
        young,
    )
    return words % {"count": _count(young), "days": DAYS_TO_RIPEN}


def missed(count: int) -> str:
    """This function will say how many commitments have missed a day."""
    if not count:
        return _("No commitment has missed a promised day.")
    words = ngettext(
        "%(count)s commitment has missed a promised day.",
        "%(count)s commitments have missed a promised day.",
        count,
    )
    return words % {"count": _count(count)}


def _count(value: int) -> str:
    return formats.count(value, language=language())
