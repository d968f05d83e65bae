"""The measured bias between own and external levels, for the ministry."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from livinglab.assessments.queries import get_instrument
from livinglab.evaluations.domain.intervals import FEWEST
from livinglab.evaluations.queries.bias import Bias, Chosen, Measured, bias, compared_rounds
from livinglab.evaluations.queries.followers import Follower
from livinglab.evaluations.web import words
from livinglab.evaluations.web.frame import url_if_any
from livinglab.evaluations.web.round_door import ministry_page
from livinglab.evaluations.web.stages_page import signed
from livinglab.ui import formats
from livinglab.ui.languages import language


@dataclass(frozen=True, slots=True)
class MeasuredRow:
    """One group as people read it."""

    name: str
    note: str
    href: str
    pairs: int
    units: int
    mean: str
    interval: str
    lower: int
    same: int
    higher: int


@require_safe
@ministry_page
def measured(request: HttpRequest, follower: Follower) -> HttpResponse:
    """This function will show the bias by indicator, region and assessor, of one round or all."""
    known = compared_rounds()
    given = request.GET.get("round", "")
    round_id = next((one.id for one in known if str(one.id) == given), None)
    with_synthetic = request.GET.get("synthetic") == "yes"
    found = bias(Chosen(round_id, with_synthetic))
    context = {
        "heading": heading(found),
        "found": found,
        "overall": _row(found.overall, "") if found.overall else None,
        "spread": _spread(found),
        "tables": (
            (
                "indicators",
                _("By indicator"),
                _("Indicator"),
                [_indicator(one) for one in found.by_indicator],
            ),
            ("regions", _("By region"), _("Region"), [_region(one, round_id) for one in found.by_region]),
            ("assessors", _("By assessor"), _("Assessor"), [_assessor(one) for one in found.by_assessor]),
        ),
        "rounds": (("", _("all rounds")), *((str(one.id), one.title) for one in known)),
        "round": str(round_id or ""),
        "with_synthetic": with_synthetic,
        "has_synthetic": any(one.is_synthetic for one in known),
        "fewest": FEWEST,
        "breadcrumbs": ((_("Rounds"), url_if_any("evaluations:rounds")), (_("Measured bias"), None)),
    }
    return render(request, "evaluations/bias.html", context)


def heading(found: Bias) -> str:
    """This function will return what the differences come to: true with these figures, false with others."""
    overall = found.overall
    if overall is None:
        return _("No region's scores are consolidated yet")
    facts = {"mean": _number(abs(overall.mean)), "count": overall.units}
    if round(overall.mean, 2) == 0:
        text = _("Regions and assessors agree on average")
    elif overall.mean > 0:
        text = _("Regions answer %(mean)s levels higher than their assessors find") % facts
    else:
        text = _("Regions answer %(mean)s levels lower than their assessors find") % facts
    return text


def _indicator(one: Measured) -> MeasuredRow:
    code, _slash, key = one.key.partition("/")
    instrument = get_instrument(code)
    name = f"{key} {words.short_name(instrument, key)}"
    return _row(one, name, note=words.said(instrument.short))


def _region(one: Measured, round_id: UUID | None) -> MeasuredRow:
    return _row(one, one.name)


def _assessor(one: Measured) -> MeasuredRow:
    regions = ngettext("%(count)s region", "%(count)s regions", one.units) % {"count": one.units}
    href = reverse("evaluations:assessor", args=[one.key])
    return _row(one, one.name, note=regions, href=href)


def _row(one: Measured, name: str, *, note: str = "", href: str = "") -> MeasuredRow:
    ends = one.interval
    return MeasuredRow(
        name=name,
        note=note,
        href=href,
        pairs=one.pairs,
        units=one.units,
        mean=_signed(one.mean),
        interval=_("%(low)s to %(high)s") % {"low": _signed(ends.low), "high": _signed(ends.high)}
        if ends
        else "",
        lower=one.lower,
        same=one.same,
        higher=one.higher,
    )


def _spread(found: Bias) -> Sequence[tuple[str, str, int]]:
    """Each difference, what it means, and how often it occurs."""
    return [(signed(difference), _meaning(difference), count) for difference, count in found.spread]


def _meaning(difference: Decimal) -> str:
    if difference == 0:
        return _("the same level")
    if difference > 0:
        return _("the region answered higher")
    return _("the region answered lower")


def _signed(value: float) -> str:
    return formats.change(Decimal(str(round(value, 2))), language=language())


def _number(value: float) -> str:
    return formats.decimal2(Decimal(str(round(value, 2))), language=language())
