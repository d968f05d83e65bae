"""The map of the country: every region one hexagon, coloured by predicate, index, change or a domain."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from livinglab.comparisons.domain.numbers import half_up
from livinglab.comparisons.queries import RegionStanding
from livinglab.comparisons.web import country_findings as findings
from livinglab.comparisons.web import written
from livinglab.comparisons.web.country_data import CountryData
from livinglab.comparisons.web.labels import EAST, NO_RESULT_CSS, band_css, domain_labels
from livinglab.comparisons.web.wanted import Colour, CountryWanted
from livinglab.ui import formats
from livinglab.ui.charts import CallOut, Group, LegendEntry, Tile, TileMap
from livinglab.ui.figures import Cell, Column, ColumnKind, Figure, Table

# Seven steps of a value from 1 to 5, and of a change; each bound begins the next step.
VALUE_BOUNDS: Final = tuple(Decimal(text) for text in ("1.50", "2.00", "2.50", "3.00", "3.50", "4.00"))
CHANGE_BOUNDS: Final = tuple(Decimal(text) for text in ("-0.49", "-0.19", "0.00", "0.01", "0.20", "0.50"))


@dataclass(frozen=True)
class Shade:
    """How one colour is made: each region's class and words, each group's figure, the legend, the finding."""

    css: Callable[[RegionStanding], str]
    said: Callable[[RegionStanding], str]
    figure: Callable[[RegionStanding], Decimal | None]
    group_value: Callable[[str], str]
    legend: tuple[LegendEntry, ...]
    heading: str
    reading: str


def map_figure(data: CountryData, wanted: CountryWanted) -> Figure:
    """Return the map with its finding, its legend and the table of all regions."""
    shade = _SHADES[wanted.colour](data, wanted)
    is_change = wanted.colour is Colour.CHANGE
    return Figure(
        key="map",
        heading=shade.heading,
        reading=shade.reading,
        chart=_chart(data, shade),
        table=_table(data, wanted),
        sources=data.sources_of_both_years if is_change else data.sources,
        notes=(
            _("Tiles are placed from the coordinates of the regions; size and distance are not to scale."),
            _("The six administrative areas of Jakarta are not assessed apart."),
        ),
        wide=True,
    )


def _chart(data: CountryData, shade: Shade) -> TileMap:
    base = reverse("comparisons:regions")
    tiles = tuple(
        Tile(
            code=row.code,
            name=row.listed_name,
            href=f"{base}{row.code}/",
            css=shade.css(row),
            spoken=shade.said(row),
            column=row.tile[0],
            row=row.tile[1],
            group=row.island_group,
            is_city=row.kind == "city",
        )
        for row in data.rows
        if row.tile
    )
    groups = tuple(
        Group(key=group, name=data.names.groups[group], value=shade.group_value(group), is_east=group in EAST)
        for group in data.groups
    )
    missing = sum(tile.css == NO_RESULT_CSS for tile in tiles)
    absent = ngettext("%(count)s region", "%(count)s regions", missing) % {"count": missing}
    return TileMap(
        label=_("Map of all regencies and cities, one hexagon for each"),
        description=" ".join(f"{group.name}: {group.value}." for group in groups),
        tiles=tiles,
        groups=groups,
        legend=(
            *shade.legend,
            LegendEntry(css=NO_RESULT_CSS, label=_("No result"), note=absent),
            LegendEntry(css="b3", label=_("City"), note=_("dot in the middle"), is_city=True),
        ),
        call_outs=_call_outs(data, shade),
    )


def _call_outs(data: CountryData, shade: Shade) -> tuple[CallOut, ...]:
    """Name the region with the highest figure, if it is only one and its figure can be right."""
    figures = [(value, row) for row in data.rows if row.tile and (value := shade.figure(row)) is not None]
    if not figures:
        return ()
    highest = max(value for value, _row in figures)
    first = [row for value, row in figures if value == highest]
    if len(first) != 1:
        return ()
    return (CallOut(code=first[0].code, text=f"{first[0].short_name} {_signed_or_plain(highest, shade)}"),)


def _signed_or_plain(value: Decimal, shade: Shade) -> str:
    is_change = shade.legend[0].css.startswith("c")
    return written.signed(value) if is_change else written.two(value)


def _table(data: CountryData, wanted: CountryWanted) -> Table:
    base = reverse("comparisons:regions")
    columns = [
        Column(key="region", label=_("Region")),
        Column(key="province", label=_("Province")),
        Column(key="index", label=_("Index"), kind=ColumnKind.INDEX),
        Column(key="predicate", label=_("Predicate")),
        Column(key="rank", label=_("Rank"), kind=ColumnKind.RANK),
        Column(key="change", label=_("Change"), kind=ColumnKind.CHANGE),
    ]
    if wanted.domain:
        label = domain_labels(data.instrument)[wanted.domain]
        columns.append(Column(key=wanted.domain.lower(), label=label, kind=ColumnKind.INDEX))
    rows = []
    for row in data.rows:
        cells: list[Cell] = [
            row.listed_name,
            row.province,
            row.index,
            None if row.band is None else data.names.bands[row.band],
            row.ranks.everybody if row.ranks else None,
            row.change,
        ]
        rows.append((*cells, row.domains.get(wanted.domain)) if wanted.domain else tuple(cells))
    return Table(
        caption=_("SPBE index %(year)s of all regencies and cities") % {"year": data.year},
        columns=tuple(columns),
        rows=tuple(rows),
        row_links=tuple(f"{base}{row.code}/" for row in data.rows),
    )


def _by_band(data: CountryData, wanted: CountryWanted) -> Shade:
    return Shade(
        css=lambda row: band_css(row.band),
        said=lambda row: _index_in_words(data, row),
        figure=lambda row: row.index,
        group_value=lambda group: written.mean(data.groups[group].summary.index_mean),
        legend=_band_legend(data),
        heading=findings.map_by_band(data.group_summaries, data.names),
        reading=_(
            "One hexagon, one region. The colour is the predicate of %(year)s; the figure with the name of "
            "an island group is the mean index of its assessed regions."
        )
        % {"year": data.year},
    )


def _by_index(data: CountryData, wanted: CountryWanted) -> Shade:
    means = {key: one.index_mean for key, one in data.group_summaries.items() if one.index_mean is not None}
    return Shade(
        css=lambda row: value_css(row.index),
        said=lambda row: _index_in_words(data, row),
        figure=lambda row: row.index,
        group_value=lambda group: written.mean(means.get(group)),
        legend=_value_legend(),
        heading=findings.map_by_index(means, data.names),
        reading=_(
            "One hexagon, one region. The darker its colour by day (the lighter at night), the higher its index "
            "of %(year)s; the figure with the name of an island group is the mean."
        )
        % {"year": data.year},
    )


def _by_change(data: CountryData, wanted: CountryWanted) -> Shade:
    means = {key: one.change_mean for key, one in data.groups.items() if one.change_mean is not None}
    return Shade(
        css=lambda row: change_css(row.change),
        said=_change_in_words,
        figure=lambda row: None if row.change_is_doubtful else row.change,
        group_value=lambda group: (
            written.signed(half_up(means[group])) if group in means else formats.NOTHING
        ),
        legend=_change_legend(),
        heading=findings.map_by_change(data.moves, means, data.names),
        reading=_(
            "One hexagon, one region. The colour is the change of its index since the year before; the figure "
            "with the name of an island group is the mean change."
        ),
    )


def _by_domain(data: CountryData, wanted: CountryWanted) -> Shade:
    domain = wanted.domain
    means = {
        key: one.domain_means[domain]
        for key, one in data.group_summaries.items()
        if domain in one.domain_means
    }
    return Shade(
        css=lambda row: value_css(row.domains.get(domain)),
        said=lambda row: _value_in_words(row.domains.get(domain)),
        figure=lambda row: row.domains.get(domain),
        group_value=lambda group: written.mean(means.get(group)),
        legend=_value_legend(),
        heading=findings.map_by_domain(means, domain, data.names),
        reading=_(
            "One hexagon, one region. The darker its colour by day (the lighter at night), the higher its value "
            "in this domain; the figure with the name of an island group is the mean."
        ),
    )


_SHADES: Final[dict[Colour, Callable[[CountryData, CountryWanted], Shade]]] = {
    Colour.BAND: _by_band,
    Colour.INDEX: _by_index,
    Colour.CHANGE: _by_change,
    Colour.DOMAIN: _by_domain,
}


def value_css(value: Decimal | None) -> str:
    """Return the step of a value from 1 to 5, s1 the lowest."""
    return NO_RESULT_CSS if value is None else f"s{1 + sum(value >= bound for bound in VALUE_BOUNDS)}"


def change_css(change: Decimal | None) -> str:
    """Return the step of a change, c4 for none."""
    return NO_RESULT_CSS if change is None else f"c{1 + sum(change >= bound for bound in CHANGE_BOUNDS)}"


def _band_legend(data: CountryData) -> tuple[LegendEntry, ...]:
    last = len(data.instrument.bands) - 1
    entries = []
    for number, band in enumerate(data.instrument.bands):
        if number == 0:
            note = _("below %(bound)s") % {"bound": written.two(band.upper)}
        elif number == last:
            note = _("%(bound)s and more") % {"bound": written.two(band.lower)}
        else:
            note = f"{written.two(band.lower)} – {written.two(band.upper - Decimal('0.01'))}"
        entries.append(LegendEntry(css=band_css(number), label=data.names.bands[number], note=note))
    return tuple(entries)


def _value_legend() -> tuple[LegendEntry, ...]:
    first = LegendEntry(css="s1", label=_("below %(bound)s") % {"bound": written.two(VALUE_BOUNDS[0])})
    middle = [
        LegendEntry(css=f"s{number}", label=f"{written.two(low)} – {written.two(high - Decimal('0.01'))}")
        for number, (low, high) in enumerate(pairwise(VALUE_BOUNDS), start=2)
    ]
    last = LegendEntry(css="s7", label=_("%(bound)s and more") % {"bound": written.two(VALUE_BOUNDS[-1])})
    return (first, *middle, last)


def _change_legend() -> tuple[LegendEntry, ...]:
    half, fifth = written.two(Decimal("0.50")), written.two(Decimal("0.20"))
    return (
        LegendEntry(css="c1", label=_("fell by %(bound)s or more") % {"bound": half}),
        LegendEntry(css="c2", label=_("fell by %(bound)s or more") % {"bound": fifth}),
        LegendEntry(css="c3", label=_("fell by less")),
        LegendEntry(css="c4", label=_("unchanged")),
        LegendEntry(css="c5", label=_("rose by less")),
        LegendEntry(css="c6", label=_("rose by %(bound)s or more") % {"bound": fifth}),
        LegendEntry(css="c7", label=_("rose by %(bound)s or more") % {"bound": half}),
    )


def _index_in_words(data: CountryData, row: RegionStanding) -> str:
    if row.index is None or row.band is None:
        return _("no result")
    return f"{written.two(row.index)}, {data.names.bands[row.band]}"


def _change_in_words(row: RegionStanding) -> str:
    if row.change is None or row.index is None or row.previous_index is None:
        return _("no result in both years")
    values = {"before": written.two(row.previous_index), "now": written.two(row.index)}
    return f"{written.signed(row.change)} ({_('from %(before)s to %(now)s') % values})"


def _value_in_words(value: Decimal | None) -> str:
    return _("no result") if value is None else written.two(value)
