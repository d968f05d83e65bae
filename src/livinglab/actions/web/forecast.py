"""How a plan's index moves with its actions: the finding, the line, the table."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_safe

from livinglab.actions.access import actions_page
from livinglab.actions.queries.forecast import Forecast, Moment, forecast_of
from livinglab.actions.queries.places import Place
from livinglab.actions.queries.records import actions_of
from livinglab.actions.web.frame import find_plan_or_404, plan_part_frame
from livinglab.kernel import clock
from livinglab.planning.queries.starts import Origin
from livinglab.ui import formats
from livinglab.ui.charts import Band, Era, History, Point, Role, Series
from livinglab.ui.figures import Column, ColumnKind, Figure, SourceNote, Table
from livinglab.ui.languages import language
from livinglab.ui.web.files import figure_file, formats_of

KEY = "forecast"


@require_safe
@actions_page
def forecast(request: HttpRequest, place: Place, plan_id: UUID) -> HttpResponse:
    """This function will show how the index of a plan is expected to move."""
    found = read(place, plan_id)
    figure = forecast_figure(found)
    code = place.organization.code
    context = {
        **plan_part_frame(place, found.plan, _("Forecast")),
        "figure": figure,
        "said": remarks(found),
        "downloads": [
            (one.upper(), reverse("actions:forecast-file", args=[code, plan_id, one]))
            for one in formats_of(figure)
        ],
    }
    return render(request, "actions/forecast.html", context)


@require_safe
@actions_page
def forecast_file(request: HttpRequest, place: Place, plan_id: UUID, file_format: str) -> HttpResponse:
    """This function will answer the forecast as a file."""
    figure = forecast_figure(read(place, plan_id))
    name = f"prakiraan-{place.organization.code}"
    return figure_file({KEY: figure}, KEY, file_format, name=name)


def read(place: Place, plan_id: UUID) -> Forecast:
    """This function will return the forecast of a plan as of the region's own day. Two queries."""
    here, zone = place.organization.id, place.organization.zone
    plan = find_plan_or_404(place, plan_id)
    return forecast_of(plan, actions_of(here, plan_id), today=clock.today(zone), zone=zone)


def forecast_figure(found: Forecast) -> Figure:
    """This function will return the forecast as a figure, its heading the finding."""
    moments = _moments(found)
    columns = (
        Column(key="moment", label=_("When")),
        Column(key="day", label=_("Day")),
        Column(key="promised", label=_("As promised"), kind=ColumnKind.INDEX),
        Column(key="expected", label=_("As it goes"), kind=ColumnKind.INDEX),
        Column(key="confirmed", label=_("Confirmed"), kind=ColumnKind.INDEX),
    )
    rows = tuple(
        (name, formats.short_day(one.day, language=language()), one.promised, one.expected, one.confirmed)
        for name, one in moments
    )
    return Figure(
        key=KEY,
        heading=heading(found),
        reading=_(
            "The line counts what is confirmed or done, and what is under way from its due day on. "
            "The other line is what was promised."
        ),
        chart=_chart(found, moments),
        table=Table(caption=_("Index by quarter"), columns=columns, rows=rows),
        sources=(
            SourceNote(text=_("Computed from the actions of this plan, by the formula of the instrument")),
        ),
        synthetic=found.plan.is_synthetic or found.plan.origin in (Origin.SYNTHETIC, Origin.CARRIED),
    )


def heading(found: Forecast) -> str:
    """This function will say in words whether the plan reaches its target."""
    words = {
        "target": formats.decimal2(found.plan.target_index, language=language()),
        "index": formats.decimal2(found.end.expected, language=language()),
        "day": formats.day(found.end.day, language=language()),
    }
    if found.reaches_target:
        return _("On the way to the target: an index of %(index)s by %(day)s") % words
    return _("As it goes, the index is %(index)s by %(day)s; the target is %(target)s") % words


def remarks(found: Forecast) -> list[str]:
    """This function will say what holds the index back, one sentence for each reason."""
    said = []
    if found.overdue:
        words = ngettext(
            "%(num)s action is past its day and counts again once it is done or has a new day.",
            "%(num)s actions are past their day and count again once they are done or have a new day.",
            found.overdue,
        )
        said.append(words % {"num": found.overdue})
    if found.waiting:
        words = ngettext(
            "%(num)s action has not begun or is held up: it counts once somebody works on it.",
            "%(num)s actions have not begun or are held up: they count once somebody works on them.",
            found.waiting,
        )
        said.append(words % {"num": found.waiting})
    if found.unconfirmed:
        words = ngettext(
            "%(num)s action is done but not confirmed: no decided evaluation found its level yet.",
            "%(num)s actions are done but not confirmed: no decided evaluation found their levels yet.",
            found.unconfirmed,
        )
        said.append(words % {"num": found.unconfirmed})
    return said


def _moments(found: Forecast) -> list[tuple[str, Moment]]:
    """Return the moments with their names; the start is left out when it is today."""
    named = [(quarter_name(one.day), one) for one in found.quarters]
    now = (pgettext("moment", "Today"), found.today)
    if found.start.day == found.today.day:
        return [now, *named]
    return [(pgettext("moment", "Start"), found.start), now, *named]


def quarter_name(day: date) -> str:
    """This function will name the quarter that a day lies in, in short."""
    return _("Q%(quarter)s %(year)s") % {"quarter": (day.month + 2) // 3, "year": day.year}


def _chart(found: Forecast, moments: list[tuple[str, Moment]]) -> History:
    said = formats.listing(
        [f"{name} {formats.decimal2(one.expected, language=language())}" for name, one in moments],
        language=language(),
    )
    return History(
        label=_("Expected index: %(values)s") % {"values": said},
        series=(
            Series(
                name=_("As it goes"),
                role=Role.FOCUS,
                points=tuple(
                    Point(year=place, value=one.expected, hollow=one.day > found.today.day)
                    for place, (_name, one) in enumerate(moments)
                ),
                hollow_name=_("As it goes, foretold"),
            ),
            Series(
                name=_("As promised"),
                role=Role.MEAN,
                points=tuple(
                    Point(year=place, value=one.promised) for place, (_name, one) in enumerate(moments)
                ),
            ),
        ),
        eras=(
            Era(
                label=found.instrument.short.in_language(language()),
                first_year=0,
                last_year=len(moments) - 1,
                names=tuple(name for name, _moment in moments),
            ),
        ),
        bands=tuple(
            Band(
                css=f"b{place}",
                label=band.name.in_language(language()),
                start=band.lower,
                end=band.upper,
            )
            for place, band in enumerate(found.instrument.bands, start=1)
        ),
    )
