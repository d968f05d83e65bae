"""The country page put together: its finding, its key figures, its figures, and what else one can ask."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from livinglab.comparisons.domain.numbers import half_up
from livinglab.comparisons.web import country_findings as findings
from livinglab.comparisons.web import written
from livinglab.comparisons.web.country_data import CountryData
from livinglab.comparisons.web.country_figures import (
    distribution_figure,
    domains_figure,
    ranking_figure,
    rises_figure,
)
from livinglab.comparisons.web.country_map import map_figure
from livinglab.comparisons.web.labels import band_css
from livinglab.comparisons.web.wanted import CountryWanted, colour_choices
from livinglab.ui import formats
from livinglab.ui.figures import Figure
from livinglab.ui.languages import language

FORMATS = ("csv", "xlsx", "json", "svg")


@dataclass(frozen=True, slots=True)
class Choice:
    """One link of a switch."""

    url: str
    label: str
    current: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure with its downloads."""

    figure: Figure
    downloads: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryPage:
    """What the template shows."""

    eyebrow: str
    heading: str
    standfirst: str
    keys: tuple[tuple[str, str, str], ...]
    years: tuple[Choice, ...]
    colours: tuple[Choice, ...]
    map: Shown
    ranking: Shown
    rises: Shown | None
    domains: Shown
    distribution: Shown
    band_counts: tuple[tuple[str, str, str, str], ...]
    all_regions: Choice


def country_figures(data: CountryData, wanted: CountryWanted) -> dict[str, Figure]:
    """Return the page's figures by key."""
    found = [
        map_figure(data, wanted),
        ranking_figure(data),
        rises_figure(data),
        domains_figure(data),
        distribution_figure(data),
    ]
    return {figure.key: figure for figure in found if figure is not None}


def country_page(data: CountryData, wanted: CountryWanted) -> CountryPage:
    """Return the whole page of a ranked year."""
    summary = data.all.summary
    before = data.before.summary if data.before else None
    shown = {key: _shown(figure, wanted) for key, figure in country_figures(data, wanted).items()}
    everybody = _("All %(count)s regions, ranked") % {"count": written.counted(data.all.regions)}
    return CountryPage(
        eyebrow=_("Indonesia · %(index)s %(year)s")
        % {"index": data.instrument.index_name.in_language(language()), "year": data.year},
        heading=findings.headline(summary, before, data.names),
        standfirst=findings.standfirst(data.year, summary, data.previous_year, before, data.names),
        keys=_keys(data),
        years=year_choices(wanted.years, wanted.year, "comparisons:country", wanted),
        colours=_colours(data, wanted),
        map=shown["map"],
        ranking=shown["ranking"],
        rises=shown.get("rises"),
        domains=shown["domains"],
        distribution=shown["distribution"],
        band_counts=_band_counts(data),
        all_regions=Choice(_at("comparisons:regions", data.year, wanted.years), everybody, current=False),
    )


def _shown(figure: Figure, wanted: CountryWanted) -> Shown:
    query = wanted.query() if figure.key == "map" else wanted.query(colour="band")
    names = FORMATS if figure.chart is not None else FORMATS[:-1]
    links = tuple(
        (name.upper(), reverse("comparisons:country-figure", args=[figure.key, name]) + query)
        for name in names
    )
    return Shown(figure, links)


def year_choices(
    years: Sequence[int], current: int, route: str, wanted: CountryWanted | None = None
) -> tuple[Choice, ...]:
    """Return a link for each ranked year, oldest first."""
    base = reverse(route)
    return tuple(
        Choice(
            base + (wanted.query(year=year) if wanted else _year_query(year, years)),
            str(year),
            current=year == current,
        )
        for year in sorted(years)
    )


def _year_query(year: int, years: Sequence[int]) -> str:
    return "" if year == years[0] else f"?year={year}"


def _at(route: str, year: int, years: Sequence[int]) -> str:
    return reverse(route) + _year_query(year, years)


def _colours(data: CountryData, wanted: CountryWanted) -> tuple[Choice, ...]:
    base = reverse("comparisons:country")
    return tuple(
        Choice(f"{base}{wanted.query(colour=value)}#map", label, current=value == wanted.colour_value)
        for value, label in colour_choices(data.instrument)
    )


def _keys(data: CountryData) -> tuple[tuple[str, str, str], ...]:
    everybody, summary, before = data.all, data.all.summary, data.before
    top = len(data.names.bands) - 1
    mean = formats.NOTHING if summary.index_mean is None else written.two(half_up(summary.index_mean))
    earlier_mean = earlier_top = ""
    if before and before.summary.index_mean is not None:
        values = {"value": written.two(half_up(before.summary.index_mean)), "year": before.year}
        earlier_mean = _("%(value)s in %(year)s") % values
        values = {"value": written.counted(before.summary.band_counts[top]), "year": before.year}
        earlier_top = _("%(value)s in %(year)s") % values
    keys = [(_("Mean index"), mean, earlier_mean)]
    if before:
        base = _("of %(count)s assessed in both years") % {"count": written.counted(everybody.compared)}
        keys.append((_("Regions that rose"), written.counted(everybody.risen), base))
    keys.append((data.names.bands[top], written.counted(summary.band_counts[top]), earlier_top))
    missing = _("of %(count)s; absent, not zero") % {"count": written.counted(everybody.regions)}
    absent = _("Without a result %(year)s") % {"year": data.year}
    return (*keys, (absent, written.counted(everybody.regions - summary.count), missing))


def _band_counts(data: CountryData) -> tuple[tuple[str, str, str, str], ...]:
    counts = data.all.summary.band_counts
    notes = [""] * len(counts)
    if data.before:
        notes = [
            f"{data.before.year}: {written.counted(number)}" for number in data.before.summary.band_counts
        ]
    return tuple(
        (band_css(band), written.counted(counts[band]), name, notes[band])
        for band, name in enumerate(data.names.bands)
    )
