"""What a cohort moved in words: a finding that its interval carries, or why nothing is computed."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from livinglab.ui import formats
from livinglab.ui.figures import Column, ColumnKind, Figure, SourceNote, Table
from livinglab.ui.languages import language
from livinglab.visits.models import Cohort
from livinglab.visits.queries.effect import (
    FEWEST_PARTICIPANTS,
    Effect,
    Estimate,
    Lacking,
    Measured,
    Missing,
    NotComputed,
    Variant,
)

VARIANTS: Final[Mapping[Variant, Promise]] = {
    Variant.MAIN: gettext_lazy("Three nearest regions"),
    Variant.ONE_NEIGHBOUR: gettext_lazy("One nearest region"),
    Variant.FIVE_NEIGHBOURS: gettext_lazy("Five nearest regions"),
    Variant.NEAR: gettext_lazy("Only half as far away"),
    Variant.WITHOUT_FARTHEST: gettext_lazy("Without the tenth that is farthest from its matches"),
    Variant.UNCORRECTED: gettext_lazy("Matching alone, without the line through the matches"),
    Variant.PLACEBO: gettext_lazy("Placebo: the years before anybody took part"),
}
_MISSING: Final[Mapping[Missing, Promise]] = {
    Missing.REALITY: gettext_lazy(
        "This cohort is made up for demonstration. Real results say nothing about it."
    ),
    Missing.MEMBERS: gettext_lazy(
        "Nobody knows who belongs to this cohort: no list of its members was published, and where sources disagree "
        "a region is not counted. Without members there is nothing to compare."
    ),
    Missing.START: gettext_lazy("The day on which the cohort began is not known."),
    Missing.BEFORE: gettext_lazy(
        "No results of all regions were published for a year before the cohort began. Without them nobody can say "
        "how its members would have gone on."
    ),
    Missing.AFTER: gettext_lazy(
        "No results of all regions, by the same instrument, are there yet for a year after the one in which the "
        "cohort began."
    ),
}
_LACKING: Final[Mapping[Lacking, Promise]] = {
    Lacking.PARTICIPANTS: gettext_lazy(
        "Only %(found)s members have a result before and after. With fewer than %(fewest)s the interval cannot be "
        "trusted."
    ),
    Lacking.COMPARISONS: gettext_lazy(
        "Only %(found)s regions can be compared: too few that took no part are like the members. At least %(fewest)s "
        "are needed."
    ),
}


def heading(measured: Measured) -> str:
    """This function will return what the cohort moved, as far as the interval carries it."""
    found = measured.found
    if not isinstance(found, Effect):
        return _("What the cohort moved is not computed")
    if found.fails_placebo:
        return _("The members were on another way before they took part: no effect can be told")
    said = {"effect": change(found.main.effect), "interval": between(found.main)}
    if not found.main.shows_a_difference:
        return _("No difference can be told from chance (%(interval)s index points)") % said
    if not found.is_steady:
        return _("The result depends on how it is computed: no effect is claimed (%(interval)s)") % said
    if found.main.effect > 0:
        return _("Members rose by %(effect)s index points more than regions like them") % said
    return _("Members rose by %(effect)s index points less than regions like them") % {
        **said,
        "effect": formats.decimal2(_decimal(abs(found.main.effect)), language=language()),
    }


def reason(measured: Measured) -> str:
    """This function will return why nothing is computed; nothing where it is."""
    found = measured.found
    if isinstance(found, NotComputed):
        return str(_LACKING[found.lacking]) % {"found": found.found, "fewest": found.fewest}
    return str(_MISSING[found]) if isinstance(found, Missing) else ""


def size_known(cohort: Cohort, members: int) -> str:
    """This function will return how many belong to the cohort, as its source says and as they are named."""
    if cohort.stated_size is None:
        return _("%(count)s members are named.") % {"count": members}
    words = _("Its source speaks of %(stated)s members; %(count)s are named here.")
    return words % {"stated": cohort.stated_size, "count": members}


def figure(measured: Measured, found: Effect) -> Figure:
    """This function will return the estimate with all that tests it as a table."""
    rows = [found.main, *found.variants, *([found.placebo] if found.placebo else [])]
    return Figure(
        key="effect",
        heading=_("The estimate, and what tests it"),
        table=Table(
            caption=_("Change of the index, %(before)s to %(after)s, against matched regions")
            % {"before": measured.before, "after": measured.after},
            columns=(
                Column(key="variant", label=_("Way of comparing")),
                Column(key="effect", label=_("Difference"), kind=ColumnKind.CHANGE),
                Column(key="low", label=_("95% from"), kind=ColumnKind.CHANGE),
                Column(key="high", label=_("95% to"), kind=ColumnKind.CHANGE),
                Column(key="participants", label=_("Members"), kind=ColumnKind.COUNT),
                Column(key="matches", label=_("Regions compared with"), kind=ColumnKind.COUNT),
            ),
            rows=tuple(
                (
                    str(VARIANTS[one.variant]),
                    _decimal(one.effect),
                    _decimal(one.low),
                    _decimal(one.high),
                    one.participants,
                    one.matches,
                )
                for one in rows
            ),
        ),
        sources=(
            SourceNote(text=_("Published results of %(years)s, computed here") % {"years": _years(measured)}),
        ),
    )


def balance(found: Effect) -> str:
    """This function will return how alike both groups are after matching."""
    before, after = (formats.decimal2(_decimal(one), language=language()) for one in found.imbalance)
    words = _(
        "The matched trait that differs most is %(before)s standard deviations apart before matching, and "
        "%(after)s after."
    )
    return words % {"before": before, "after": after}


def left_out(found: Effect) -> str:
    """This function will name how many members have no region like them; nothing where all have."""
    if not found.left_out:
        return ""
    words = _("%(count)s members have no region like them and are left out: the result is not about them.")
    return words % {"count": len(found.left_out)}


def fewest() -> int:
    """This function will return with how many members an effect is computed."""
    return FEWEST_PARTICIPANTS


def between(one: Estimate) -> str:
    """This function will return the interval of an estimate: "−0,05 to +0,12"."""
    return _("%(low)s to %(high)s") % {"low": change(one.low), "high": change(one.high)}


def change(value: float) -> str:
    """This function will return a difference with its sign."""
    return formats.change(_decimal(value), language=language())


def _years(measured: Measured) -> str:
    return formats.listing([str(measured.before), str(measured.after)], language=language())


def _decimal(value: float) -> Decimal:
    return Decimal(f"{value:.4f}")
