"""The figures of how a service does: the same on the page and in its files."""

from datetime import date
from decimal import Decimal

from babel.dates import format_date
from django.utils.translation import gettext as _

from livinglab.casework.queries.performance import Shown, Year
from livinglab.casework.web import words
from livinglab.ui.charts import Dot, DotRow, DotRows, Role, Scale
from livinglab.ui.figures import Cell, Column, ColumnKind, Figure, SourceNote, Table
from livinglab.ui.formats import locale_of
from livinglab.ui.languages import language

_STEPS = 4


def figures_of(year: Year, *, is_working: bool, synthetic: bool) -> dict[str, Figure]:
    """This function will return the figures of a year by key; that of the versions only where there are several.

    `is_working`: the standard counts working days.
    """
    found = [
        _durations(year, is_working=is_working, synthetic=synthetic),
        _outcomes(year, synthetic=synthetic),
    ]
    if len(year.versions) > 1:
        found.append(_versions(year, is_working=is_working, synthetic=synthetic))
    return {one.key: one for one in found}


def _sources() -> tuple[SourceNote, ...]:
    return (SourceNote(text=_("applications handled on this platform")),)


def _durations(year: Year, *, is_working: bool, synthetic: bool) -> Figure:
    rows = [
        DotRow(
            name=_month(month),
            dots=(
                Dot(role=Role.FOCUS, value=Decimal(one.durations.days)),
                Dot(role=Role.MUTED, value=Decimal(one.durations.days_of_most)),
            ),
            value=Decimal(one.durations.days),
        )
        for month, one in year.months.items()
        if one.durations is not None
    ]
    chart = DotRows(
        label=_("Days that applications took, by the month in which they ended"),
        rows=tuple(rows),
        key=((Role.FOCUS, _("half took at most")), (Role.MUTED, _("95 of 100 took at most"))),
        scale=_scale(
            max((one.durations.days_of_most for one in year.months.values() if one.durations), default=1)
        ),
    )
    return Figure(
        key="months",
        heading=_("Month by month"),
        reading=_("Working days, as the standard counts them.")
        if is_working
        else _("Calendar days, as the standard counts them."),
        chart=chart if rows else None,
        table=Table(
            caption=_("Applications by month"),
            columns=(Column(key="month", label=_("Month"), kind=ColumnKind.CODE), *_columns()),
            rows=tuple((f"{month:%Y-%m}", *_cells(one)) for month, one in year.months.items()),
        ),
        sources=_sources(),
        notes=(_note(),),
        wide=not rows,
        synthetic=synthetic,
    )


def _outcomes(year: Year, *, synthetic: bool) -> Figure:
    return Figure(
        key="outcomes",
        heading=_("How applications ended"),
        table=Table(
            caption=_("Applications that ended in the year"),
            columns=(
                Column(key="outcome", label=_("How it ended")),
                Column(key="ended", label=_("Applications"), kind=ColumnKind.COUNT),
            ),
            rows=tuple((words.outcome(outcome), count) for outcome, count in year.outcomes.items()),
        ),
        sources=_sources(),
        notes=(_note(),),
        synthetic=synthetic,
    )


def _versions(year: Year, *, is_working: bool, synthetic: bool) -> Figure:
    return Figure(
        key="versions",
        heading=_("By version of the service"),
        reading=_("Working days, as the standard counts them.")
        if is_working
        else _("Calendar days, as the standard counts them."),
        table=Table(
            caption=_("Applications by version"),
            columns=(Column(key="version", label=_("Version"), kind=ColumnKind.CODE), *_columns()),
            rows=tuple((version, *_cells(one)) for version, one in year.versions.items()),
        ),
        sources=_sources(),
        notes=(_note(),),
        wide=True,
        synthetic=synthetic,
    )


def _note() -> str:
    return _(
        "A dash stands for fewer than five people, or for a number from which theirs could be computed; days and "
        "shares need ten applications. A withdrawn application has no duration."
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column(key="arrived", label=_("Arrived"), kind=ColumnKind.COUNT),
        Column(key="done", label=_("Done"), kind=ColumnKind.COUNT),
        Column(key="kept", label=_("Standard kept"), kind=ColumnKind.SHARE),
        Column(key="days_p50", label=_("Half took at most, days"), kind=ColumnKind.COUNT),
        Column(key="days_p95", label=_("95 of 100 took at most, days"), kind=ColumnKind.COUNT),
        Column(key="calendar_p50", label=_("Half by the clock, days"), kind=ColumnKind.INDEX),
        Column(key="calendar_p95", label=_("95 of 100 by the clock, days"), kind=ColumnKind.INDEX),
    )


def _cells(one: Shown) -> tuple[Cell, ...]:
    took = one.durations
    if took is None:
        return one.arrived, one.done, one.kept, None, None, None, None
    return (
        *(one.arrived, one.done, one.kept, took.days, took.days_of_most),
        *(took.calendar, took.calendar_of_most),
    )


def _scale(most: int) -> Scale:
    """This function will return a scale from zero whose four steps are whole days."""
    step = max(-(-most // _STEPS), 1)
    ticks = tuple(Decimal(step * place) for place in range(_STEPS + 1))
    return Scale(start=ticks[0], end=ticks[-1], ticks=ticks)


def _month(month: date) -> str:
    return str(format_date(month, "MMMM", locale=locale_of(language())))
