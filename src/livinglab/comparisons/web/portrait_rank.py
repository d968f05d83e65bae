"""Where a portrait stands: on the scale, in each ranking, in the distribution."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from livinglab.comparisons.domain.country import BIN_WIDTH
from livinglab.comparisons.domain.numbers import half_up
from livinglab.comparisons.domain.standings import Scope
from livinglab.comparisons.portrait_queries import Other, Placing, Portrait
from livinglab.comparisons.web import portrait_findings as findings
from livinglab.comparisons.web.labels import chart_bands
from livinglab.comparisons.web.portrait_findings import Words
from livinglab.comparisons.web.portrait_numbers import listing, ordinal, two, whole
from livinglab.comparisons.web.portrait_words import (
    on_scale,
    scale_of,
    source_notes,
)
from livinglab.organizations.queries import REGIONAL
from livinglab.ui.charts import (
    Bin,
    Highlight,
    Histogram,
    Pin,
    Role,
    Ruler,
)
from livinglab.ui.figures import Column, ColumnKind, Figure, SourceNote, Table

SHARE_PLACES: Final = Decimal("0.0001")


def ruler(portrait: Portrait, words: Words) -> Ruler | None:
    """Return the index on its scale, beside the mean of its kind; None without an index that can be drawn."""
    mark = portrait.mark
    scale = scale_of(portrait.instrument)
    if mark is None or not on_scale(mark.index, scale):
        return None
    pins = [Pin(name=words.region, value=mark.index, role=Role.FOCUS)]
    mean = portrait.means.get("kind")
    if mean is not None:
        name = _("Mean of %(kind)s") % {"kind": words.kind}
        pins.insert(0, Pin(name=name, value=half_up(mean.index), role=Role.MEAN))
    elif portrait.national_now is not None:
        name = _("National mean")
        pins.insert(0, Pin(name=name, value=portrait.national_now.index, role=Role.NATION))
    said = listing([f"{pin.name} {two(pin.value)}" for pin in pins])
    label = _("On the scale of the index: %(values)s") % {"values": said}
    return Ruler(label=label, bands=chart_bands(portrait.instrument), pins=tuple(pins), scale=scale)


def rank(portrait: Portrait, words: Words) -> Figure | None:
    """Return the places in each group and the distribution; None for a year without a full official list."""
    if not portrait.is_ranked or not portrait.bins:
        return None
    first = portrait.placings.get(Scope.ALL) or portrait.placings.get(Scope.KIND)
    return Figure(
        key="rank",
        heading=findings.rank(first.position if first else None, first.movement if first else None, words),
        reading=_(
            "Each hexagon is one of the %(everybody)s, stacked by its index of %(year)s. "
            "Equal values share a place."
        )
        % {"everybody": words.everybody, "year": portrait.year},
        chart=_histogram(portrait, words),
        table=_rank_table(portrait, words),
        sources=source_notes(portrait.claim)
        if portrait.claim
        else (SourceNote(text=_("published results")),),
        notes=tuple(_rank_notes(portrait, words)),
        wide=True,
        synthetic=portrait.place.is_synthetic,
    )


def _histogram(portrait: Portrait, words: Words) -> Histogram:
    highlights = []
    if portrait.mark is not None and portrait.placings and on_scale(portrait.mark.index):
        highlights.append(Highlight(name=words.region, value=portrait.mark.index, role=Role.FOCUS))
    other = portrait.other
    if other is not None and other.mark is not None and _is_in_picture(portrait, other):
        highlights.append(Highlight(name=other.place.short_name, value=other.mark.index, role=Role.OTHER))
    return Histogram(
        label=_("Distribution of the index of %(everybody)s in %(year)s")
        % {"everybody": words.everybody, "year": portrait.year},
        bins=_bins(portrait.bins),
        step=BIN_WIDTH,
        bands=chart_bands(portrait.instrument),
        highlights=tuple(highlights),
        others_name=_("Others"),
    )


@lru_cache(maxsize=64)  # all portraits of a year have the same
def _bins(counts: tuple[tuple[Decimal, int], ...]) -> tuple[Bin, ...]:
    return tuple(Bin(start=start, count=count, css="muted") for start, count in counts)


def _is_in_picture(portrait: Portrait, other: Other) -> bool:
    together = REGIONAL if portrait.place.kind in REGIONAL else (portrait.place.kind,)
    return other.place.kind in together and other.mark is not None and on_scale(other.mark.index)


def scope_names(portrait: Portrait, words: Words) -> dict[Scope, str]:
    """Return what each group is called where it stands alone."""
    province = portrait.place.province.short_name if portrait.place.province else ""
    return {
        Scope.ALL: _("All %(everybody)s") % {"everybody": words.everybody},
        Scope.KIND: _("Only %(kind)s") % {"kind": words.kind},
        Scope.PROVINCE: _("In %(province)s") % {"province": province},
    }


def percentile(placing: Placing) -> Decimal:
    """Return the share that has a lower value, to a hundredth of a per cent."""
    share = placing.position.percentile
    exact = Decimal(share.numerator) / Decimal(share.denominator)
    return exact.quantize(SHARE_PLACES, rounding=ROUND_HALF_UP)


def _rank_table(portrait: Portrait, words: Words) -> Table:
    names = scope_names(portrait, words)
    return Table(
        caption=_("Places of %(region)s, %(year)s") % {"region": words.region, "year": portrait.year},
        columns=(
            Column(key="group", label=_("Among")),
            Column(key="rank", label=_("Place"), kind=ColumnKind.RANK),
            Column(key="ranked", label=_("of"), kind=ColumnKind.COUNT),
            Column(key="percentile", label=_("Share with a lower index"), kind=ColumnKind.SHARE),
            Column(key="previous_rank", label=_("Place a year before"), kind=ColumnKind.RANK),
            Column(key="previous_ranked", label=_("of (a year before)"), kind=ColumnKind.COUNT),
        ),
        rows=tuple(
            (
                names[scope],
                placing.position.rank,
                placing.position.of,
                percentile(placing),
                placing.previous[0] if placing.previous else None,
                placing.previous[1] if placing.previous else None,
            )
            for scope, placing in portrait.placings.items()
        ),
    )


def _rank_notes(portrait: Portrait, words: Words) -> Iterable[str]:
    sensitivity = portrait.sensitivity
    if sensitivity is None:
        return
    values = {
        "best": ordinal(sensitivity.best),
        "worst": ordinal(sensitivity.worst),
        "flips": whole(sensitivity.flips),
    }
    if sensitivity.best == sensitivity.worst:
        yield (
            _("If any one domain's weight were a tenth higher or lower, the place would stay %(best)s.")
            % values
        )
    else:
        yield (
            _(
                "If any one domain's weight were a tenth higher or lower, "
                "the place would lie between %(best)s and %(worst)s."
            )
            % values
        )
    if sensitivity.flips:
        yield (
            ngettext(
                "With %(flips)s region the order would turn: that is a matter of weights, not of performance.",
                "With %(flips)s regions the order would turn: that is a matter of weights, not of performance.",
                sensitivity.flips,
            )
            % values
        )
