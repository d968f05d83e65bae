"""The figures of a service's satisfaction: the same on the page and in its files."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from livinglab.surveys.queries.results import ELEMENTS, Month, Result, Score, grouped
from livinglab.surveys.web import words
from livinglab.ui import formats
from livinglab.ui.charts import Dot, DotRow, DotRows, Role, Scale
from livinglab.ui.figures import Cell, Column, ColumnKind, Figure, SourceNote, Table
from livinglab.ui.languages import language

_SCALE = Scale(start=Decimal(1), end=Decimal(4), ticks=tuple(Decimal(tick) for tick in range(1, 5)))


def sources() -> tuple[SourceNote, ...]:
    """This function will return what the figures rest on."""
    return (
        SourceNote(text=_("answers of applicants on this platform")),
        SourceNote(text=_("UU 25/2009, article 38: public services are assessed regularly")),
        SourceNote(text=_("PermenPANRB 14/2017, annex: elements, weights of 1/9, quality marks, sample")),
    )


def element_figure(found: Score, *, synthetic: bool) -> Figure:
    """This function will return the nine means, in the order of the regulation."""
    rows = [(element, str(words.ELEMENT_NAMES[element]), found.means[element]) for element in ELEMENTS]
    return Figure(
        key="elements",
        heading=_weakest(found),
        reading=_("The mean of the answers to each of the nine elements, from 1 to 4."),
        chart=DotRows(
            label=_("Means of the nine elements from 1 to 4"),
            rows=tuple(
                DotRow(name=name, dots=(Dot(role=Role.FOCUS, value=mean),), value=mean)
                for _element, name, mean in rows
            ),
            key=((Role.FOCUS, _("Mean of the answers")),),
            scale=_SCALE,
        ),
        table=Table(
            caption=_("Means of the nine elements"),
            columns=(
                Column(key="element", label=_("Code"), kind=ColumnKind.CODE),
                Column(key="name", label=_("Element")),
                Column(key="mean", label=_("Mean"), kind=ColumnKind.INDEX),
            ),
            rows=tuple((element.value, name, mean) for element, name, mean in rows),
        ),
        sources=sources(),
        synthetic=synthetic,
    )


def year_figure(months: Sequence[Month], *, synthetic: bool) -> Figure:
    """This function will return the trend: each calendar year with its change against the last that is shown."""
    found = grouped(months, lambda month: month.year)
    rows: list[tuple[Cell, ...]] = []
    last: Decimal | None = None
    for year, one in sorted(found.items()):
        index = one.score.index if one.score else None
        change = None if index is None or last is None else index - last
        rows.append((year, index, change, *_rest(one)))
        last = last if index is None else index
    table = Table(
        caption=_("Satisfaction by year"),
        columns=(
            Column(key="year", label=_("Year"), kind=ColumnKind.YEAR),
            Column(key="index", label=_("Index"), kind=ColumnKind.INDEX),
            Column(key="change", label=_("Change"), kind=ColumnKind.CHANGE),
            *_columns(),
        ),
        rows=tuple(reversed(rows)),
    )
    return _plain("years", _("Year by year"), table, synthetic=synthetic)


def version_figure(months: Sequence[Month], *, synthetic: bool) -> Figure:
    """This function will return the result under each version of the service."""
    found = grouped(months, lambda month: month.version)
    table = _by(_("Satisfaction by version"), "version", _("Version"), found)
    return _plain("versions", _("By version of the service"), table, synthetic=synthetic)


def step_figure(months: Sequence[Month], *, synthetic: bool) -> Figure:
    """This function will return the result at each step of the process where applicants are asked."""
    found = grouped(months, lambda month: month.step)
    table = _by(_("Satisfaction by step"), "step", _("Step"), found)
    return _plain(
        "steps", _("By step of the process at which applicants were asked"), table, synthetic=synthetic
    )


def _by(caption: str, key: str, label: str, found: Mapping[str, Result]) -> Table:
    return Table(
        caption=caption,
        columns=(
            Column(key=key, label=label, kind=ColumnKind.CODE),
            Column(key="index", label=_("Index"), kind=ColumnKind.INDEX),
            *_columns(),
        ),
        rows=tuple(
            (name, one.score.index if one.score else None, *_rest(one)) for name, one in found.items()
        ),
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column(key="band", label=_("Quality mark")),
        Column(key="margin", label=_("Margin ±"), kind=ColumnKind.INDEX),
        Column(key="answers", label=_("Answers"), kind=ColumnKind.COUNT),
        Column(key="asked", label=_("Asked"), kind=ColumnKind.COUNT),
        Column(key="required", label=_("Needed"), kind=ColumnKind.COUNT),
    )


def _rest(one: Result) -> tuple[Cell, ...]:
    band = f"{one.score.band.value} ({words.BAND_NAMES[one.score.band]})" if one.score else None
    return band, one.margin, one.n, one.asked, one.required


def _plain(key: str, heading: str, table: Table, *, synthetic: bool) -> Figure:
    return Figure(
        key=key,
        heading=heading,
        reading=_("A row without an index has fewer answers than are needed."),
        table=table,
        sources=sources(),
        synthetic=synthetic,
        wide=True,
    )


def _weakest(found: Score) -> str:
    """Say which element stands lowest, or that none does."""
    lowest = min(found.means.values())
    names = [str(words.ELEMENT_NAMES[element]) for element in ELEMENTS if found.means[element] == lowest]
    mean = formats.decimal2(lowest, language=language())
    if len(names) == len(ELEMENTS):
        return _("All nine elements stand at %(mean)s of 4") % {"mean": mean}
    said = _("Lowest with %(mean)s of 4: %(elements)s")
    return said % {"mean": mean, "elements": formats.listing(names, language=language())}
