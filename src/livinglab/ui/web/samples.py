"""Invented figures for the gallery. Their regions do not exist (codes 99.xx), so no real one is misrepresented."""

from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from django.utils.translation import gettext as _

from livinglab.ui import formats
from livinglab.ui.charts import (
    Band,
    Bin,
    CallOut,
    Chosen,
    Contribution,
    Curve,
    Dot,
    DotRow,
    DotRows,
    Era,
    Group,
    Highlight,
    Histogram,
    History,
    LegendEntry,
    Part,
    Pin,
    Point,
    RankBars,
    RankRow,
    Rise,
    Rises,
    Role,
    Ruler,
    Scale,
    Series,
    Sparkline,
    Tile,
    TileMap,
)
from livinglab.ui.figures import Column, ColumnKind, Figure, SourceNote, Table
from livinglab.ui.languages import language as active_language

D = Decimal
_PRICES = (("2.5", 0), ("2.6", 1), ("2.8", 2), ("3.1", 5), ("3.5", 12), ("3.8", 20), ("4.2", 32), ("4.5", 64))
_INDEX = partial(Column, kind=ColumnKind.INDEX)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link as tabs, switches and the navigation take it."""

    url: str
    label: str
    current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A rank as the macro `standings` takes it."""

    figure: str
    base: str
    label: str
    movement: int | None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    """The order of a table as `data_table` takes it."""

    key: str
    descending: bool

    def link(self, key: str) -> str:
        """Return the address of the same table ordered by `key`, the other way round if it already is."""
        return f"?sort={key if key != self.key or self.descending else '-' + key}#components"


def bands() -> tuple[Band, ...]:
    """Return the five bands of SPBE 2020."""
    edges = (D(1), D("1.8"), D("2.6"), D("3.5"), D("4.2"), D(5))
    names = (_("Poor"), _("Fair"), _("Good"), _("Very good"), _("Excellent"))
    return tuple(
        Band(css=f"b{i}", label=name, start=edges[i - 1], end=edges[i])
        for i, name in enumerate(names, start=1)
    )


def _source() -> tuple[SourceNote, ...]:
    return (SourceNote(text=_("invented for this gallery")),)


def _home() -> str:
    return _("Sample Regency")


def _ruler() -> Figure:
    pins = (
        (_("Mean of regencies"), D("2.97"), Role.MEAN),
        (_("Second Sample"), D("3.54"), Role.OTHER),
        (_home(), D("4.51"), Role.FOCUS),
    )
    return Figure(
        key="ruler",
        heading=_("One value on its scale: the ruler"),
        reading=_("Pins keep apart: they move aside, or one lane up."),
        chart=Ruler(
            label=_("On the scale from 1 to 5: mean 2.97, second sample 3.54, sample regency 4.51."),
            bands=bands(),
            pins=tuple(Pin(name=name, value=value, role=role) for name, value, role in pins),
        ),
        table=Table(
            caption=_("Pins"),
            columns=(Column(key="name", label=_("Name")), _INDEX(key="index", label=_("Index"))),
            rows=tuple((name, value) for name, value, _role in pins),
        ),
        sources=_source(),
        synthetic=True,
        wide=True,
    )


def _history() -> Figure:
    home = (
        (2019, "2.46", True),
        (2020, "3.81", True),
        (2021, "3.52", True),
        (2023, "4.14", False),
        (2024, "4.51", False),
    )
    nation = ((2019, "2.18"), (2020, "2.26"), (2021, "2.24"), (2022, "2.34"), (2023, "2.79"), (2024, "3.12"))
    by_year = {year: D(value) for year, value, _hollow in home}
    return Figure(
        key="history",
        heading=_("The line breaks where the instrument changed, and where a year is missing"),
        reading=_("Hollow: known from the press. Filled: by decree."),
        chart=History(
            label=_(
                "Index of Sample Regency from 2019 to 2024; the instrument changed between 2020 and 2021."
            ),
            series=(
                Series(
                    name=_("Sample Regency, by decree"),
                    hollow_name=_("Sample Regency, from the press"),
                    role=Role.FOCUS,
                    points=tuple(
                        Point(year=year, value=D(value), hollow=hollow) for year, value, hollow in home
                    ),
                ),
                Series(
                    name=_("National mean"),
                    role=Role.NATION,
                    points=tuple(Point(year=year, value=D(value)) for year, value in nation),
                ),
            ),
            eras=(
                Era(label="SPBE 2018", first_year=2019, last_year=2020),
                Era(label="SPBE 2020", first_year=2021, last_year=2024),
            ),
            bands=bands(),
        ),
        table=Table(
            caption=_("Index by year"),
            columns=(
                Column(key="year", label=_("Year"), kind=ColumnKind.YEAR),
                _INDEX(key="sample", label=_home()),
                _INDEX(key="nation", label=_("National mean")),
            ),
            rows=tuple((year, by_year.get(year), D(value)) for year, value in nation),
        ),
        sources=_source(),
        synthetic=True,
    )


def _domains() -> tuple[tuple[str, Decimal, Decimal, Decimal, Decimal], ...]:
    """Return name, weight, home, mean and national value of four domains."""
    return (
        (_("Policy"), D("0.13"), D("5.00"), D("3.23"), D("3.36")),
        (_("Governance"), D("0.25"), D("4.30"), D("2.35"), D("2.61")),
        (_("Management"), D("0.165"), D("3.91"), D("1.65"), D("1.86")),
        (_("Services"), D("0.455"), D("4.69"), D("3.71"), D("3.79")),
    )


def _dots() -> Figure:
    language = active_language()
    return Figure(
        key="dots",
        heading=_("Several marks in a row: dots"),
        reading=_("The line runs from the lowest mark to the highest."),
        chart=DotRows(
            label=_("Four domains of Sample Regency against the mean of regencies and the national mean."),
            key=(
                (Role.FOCUS, _home()),
                (Role.MEAN, _("Mean of regencies")),
                (Role.NATION, _("National mean")),
            ),
            rows=tuple(
                DotRow(
                    name=name,
                    note=_("weight %(share)s") % {"share": formats.percent(weight, language=language)},
                    dots=(
                        Dot(role=Role.FOCUS, value=home),
                        Dot(role=Role.MEAN, value=mean),
                        Dot(role=Role.NATION, value=nation),
                    ),
                    value=home,
                    aside=formats.change(home - mean, language=language),
                )
                for name, weight, home, mean, nation in _domains()
            ),
        ),
        table=Table(
            caption=_("Domains"),
            columns=(
                Column(key="domain", label=_("Domain")),
                Column(key="weight", label=_("Weight"), kind=ColumnKind.SHARE),
                _INDEX(key="sample", label=_home()),
                _INDEX(key="mean", label=_("Mean of regencies")),
                _INDEX(key="nation", label=_("National mean")),
            ),
            rows=_domains(),
        ),
        sources=_source(),
        synthetic=True,
    )


def _rises() -> Figure:
    rows = (
        (1, "1.05", "2.71", "b1", "b3"),
        (2, "2.47", "3.88", "b2", "b4"),
        (3, "3.44", "4.22", "b3", "b5"),
        (4, "2.90", "2.62", "b3", "b3"),
    )
    return Figure(
        key="rises",
        heading=_("From where to where: rises"),
        reading=_("Circle: the year before. Hexagon: now. The colour is the band of that year."),
        chart=Rises(
            label=_("Four sample regions and how far each moved in a year."),
            rows=tuple(
                Rise(
                    name=_sample(i),
                    note=_("Sample Province"),
                    start=D(a),
                    end=D(b),
                    start_css=css_a,
                    end_css=css_b,
                )
                for i, a, b, css_a, css_b in rows
            ),
        ),
        table=Table(
            caption=_("Change in a year"),
            columns=(
                Column(key="region", label=_("Region")),
                _INDEX(key="before", label=_("Before")),
                _INDEX(key="now", label=_("Now")),
                Column(key="change", label=_("Change"), kind=ColumnKind.CHANGE),
            ),
            rows=tuple((_sample(i), D(a), D(b), D(b) - D(a)) for i, a, b, _a, _b in rows),
        ),
        sources=_source(),
        synthetic=True,
    )


def _sample(number: int) -> str:
    return _("Sample Regency %(number)s") % {"number": number}


def _ranks() -> Figure:
    rows = (
        (1, "4.77", "b5", "4.50"),
        (2, "4.63", "b5", "4.27"),
        (3, "4.18", "b4", None),
        (4, "3.12", "b3", "3.20"),
    )
    return Figure(
        key="ranks",
        heading=_("A ranking whose bars begin where the scale begins"),
        reading=_("The bar begins at 1, the lowest value of the scale; the notch is the year before."),
        chart=RankBars(
            label=_("Highest index, sample year"),
            value_label=_("Index"),
            change_label=_("in a year"),
            rows=tuple(
                RankRow(
                    rank=rank,
                    name=_sample(rank),
                    note=_("Sample Province"),
                    href="#ranks",
                    value=D(value),
                    css=css,
                    previous=None if before is None else D(before),
                    change=None if before is None else D(value) - D(before),
                    chosen=rank == 2,
                )
                for rank, value, css, before in rows
            ),
        ),
        table=Table(
            caption=_("Ranking"),
            columns=(
                Column(key="rank", label=_("Rank"), kind=ColumnKind.RANK),
                Column(key="region", label=_("Region")),
                _INDEX(key="index", label=_("Index")),
                Column(key="change", label=_("Change"), kind=ColumnKind.CHANGE),
            ),
            rows=tuple(
                (rank, _sample(rank), D(value), None if before is None else D(value) - D(before))
                for rank, value, _css, before in rows
            ),
        ),
        sources=_source(),
        synthetic=True,
    )


def _contribution() -> Figure:
    parts = (
        (_("Policy"), "0.02"),
        (_("Governance"), "0.42"),
        (_("Management"), "0.36"),
        (_("Services"), "-0.10"),
    )
    total = sum((D(value) for _name, value in parts), D(0))
    return Figure(
        key="contribution",
        heading=_("A difference in parts that add up"),
        reading=_("Each bar begins where the one above ended; the last is their sum."),
        chart=Contribution(
            label=_("Four parts that add up to the difference of 0.70."),
            parts=tuple(Part(name=name, value=D(value)) for name, value in parts),
            total=total,
            total_name=_("Difference"),
        ),
        table=Table(
            caption=_("Parts of the difference"),
            columns=(
                Column(key="domain", label=_("Domain")),
                Column(key="part", label=_("Part"), kind=ColumnKind.CHANGE),
            ),
            rows=(*((name, D(value)) for name, value in parts), (_("Difference"), total)),
        ),
        sources=_source(),
        synthetic=True,
    )


def _bin_css(start: Decimal) -> str:
    return next(band.css for band in bands() if band.start <= start < band.end)


def _histogram() -> Figure:
    counts = [max(0, 14 - abs(34 - i) // 2 + (i * 7) % 5 - 2) for i in range(80)]
    bins = tuple(
        Bin(start=D(1) + i * D("0.05"), count=n, css=_bin_css(D(1) + i * D("0.05")))
        for i, n in enumerate(counts)
        if n
    )
    return Figure(
        key="histogram",
        heading=_("Every hexagon one region: the distribution"),
        reading=_("Hexagons stand over their index; two are pointed out."),
        chart=Histogram(
            label=_("Distribution of an invented index; most regions lie between 2 and 4."),
            bins=bins,
            step=D("0.05"),
            bands=bands(),
            highlights=(
                Highlight(name=_home(), value=D("3.90"), role=Role.FOCUS),
                Highlight(name=_("Second Sample"), value=D("3.54"), role=Role.OTHER),
            ),
        ),
        table=Table(
            caption=_("Regions by index"),
            columns=(
                _INDEX(key="from", label=_("From")),
                Column(key="regions", label=_("Regions"), kind=ColumnKind.COUNT),
            ),
            rows=tuple((bin_.start, bin_.count) for bin_ in bins),
        ),
        sources=_source(),
        synthetic=True,
        wide=True,
    )


def _map() -> Figure:
    tiles = tuple(
        Tile(
            code=f"99.{column:02}{row:02}",
            name=_sample(column * 10 + row),
            href="#map",
            css=f"b{(column * 3 + row * 5) % 6}",
            spoken=_("no result") if (column * 3 + row * 5) % 6 == 0 else "3,05",
            column=column,
            row=row,
            group="west" if column < 20 else "east",
            is_city=(column + row) % 7 == 0,
        )
        for column in (*range(2, 16), *range(22, 36))
        for row in range(9)
        if (column - (9 if column < 20 else 29)) ** 2 + (row - 4) ** 2 * 2 < 42
    )
    return Figure(
        key="map",
        heading=_("Every region one tile: the map"),
        reading=_("A city has a dot; a region without a result is a dashed outline."),
        chart=TileMap(
            label=_("Map of an invented country"),
            description=_("Western Sample 3.05, Eastern Sample 2.84."),
            tiles=tiles,
            groups=(
                Group(key="west", name=_("Western Sample"), value="3,05", is_east=False),
                Group(key="east", name=_("Eastern Sample"), value="2,84", is_east=True),
            ),
            legend=(
                *(LegendEntry(css=band.css, label=band.label) for band in bands()),
                LegendEntry(css="b0", label=_("No result")),
                LegendEntry(css="b3", label=_("City"), note=_("dot in the middle"), is_city=True),
            ),
            call_outs=(CallOut(code="99.0904", text=_home()),),
        ),
        table=Table(
            caption=_("Regions"),
            columns=(
                Column(key="code", label=_("Code"), kind=ColumnKind.CODE),
                Column(key="region", label=_("Region")),
            ),
            rows=tuple((tile.code, tile.name) for tile in tiles),
        ),
        sources=_source(),
        synthetic=True,
        wide=True,
    )


def _curve() -> Figure:
    points = tuple((D(value), D(price)) for value, price in _PRICES)
    return Figure(
        key="curve",
        heading=_("The last step up costs as much as all before it"),
        reading=_("Between two points a value costs what the higher one does."),
        chart=Curve(
            label=_("From 2.5 for nothing to 4.5 for 64"),
            points=points,
            scale=Scale(start=D("2.5"), end=D("4.5"), ticks=(D("2.6"), D("3.5"), D("4.2"))),
            value_name=_("Index"),
            price_name=_("Effort"),
            chosen=Chosen(value=D("3.5"), price=D(12), name=_("The plan")),
        ),
        table=Table(
            caption=_("Prices"),
            columns=(
                Column(key="index", label=_("Index"), kind=ColumnKind.INDEX),
                Column(key="effort", label=_("Effort"), kind=ColumnKind.INDEX),
            ),
            rows=points,
        ),
        sources=_source(),
        synthetic=True,
    )


def sparkline() -> Sparkline:
    """Return a run of six years with a gap."""
    values = (D("2.2"), D("2.9"), None, D("3.4"), D("3.9"), D("4.5"))
    return Sparkline(label=_("Rises from 2.2 to 4.5 in six years, one of them missing."), values=values)


def figures() -> tuple[Figure, ...]:
    """Return one figure for each kind of chart that stands in a figure."""
    return (
        _ruler(), _history(), _dots(), _rises(), _contribution(), _ranks(), _histogram(), _map(), _curve(),
    )  # fmt: skip


def table() -> Table:
    """Return a table with every kind of column and an absent result."""
    return Table(
        caption=_("Every kind of column"),
        columns=(
            Column(key="region", label=_("Region")),
            Column(key="code", label=_("Code"), kind=ColumnKind.CODE),
            Column(key="year", label=_("Year"), kind=ColumnKind.YEAR),
            Column(key="people", label=_("Population"), kind=ColumnKind.COUNT),
            Column(key="rank", label=_("Rank"), kind=ColumnKind.RANK),
            Column(key="index", label=_("Index"), kind=ColumnKind.INDEX),
            Column(key="change", label=_("Change"), kind=ColumnKind.CHANGE),
            Column(key="share", label=_("Share"), kind=ColumnKind.SHARE),
        ),
        rows=(
            (_sample(1), "99.01", 2024, 1226660, 6, D("4.51"), D("0.37"), D("0.455")),
            (_sample(2), "99.02", 2024, 98412, 112, D("3.54"), D("-0.79"), D("0.13")),
            (_sample(3), "99.03", 2024, 214500, None, None, None, D("0")),
        ),
        row_links=("#components", None, None),
    )
