"""Provinces: how their regions stand, and one province with all of its regions."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from livinglab.assessments import queries as assessments
from livinglab.comparisons.domain.numbers import half_up
from livinglab.comparisons.queries import RegionStanding, ScopeSummary
from livinglab.comparisons.web import written
from livinglab.comparisons.web.country_data import CountryData
from livinglab.comparisons.web.country_page import Choice, Shown
from livinglab.comparisons.web.labels import domain_labels
from livinglab.comparisons.web.ranking_markup import ranking_rows
from livinglab.comparisons.web.ranking_wanted import of_all
from livinglab.comparisons.web.words import joined
from livinglab.kernel.unknown import Known, UnknownValue
from livinglab.organizations.queries import find_organization
from livinglab.ui import formats
from livinglab.ui.charts import Dot, DotRow, DotRows, Role
from livinglab.ui.figures import Cell, Column, ColumnKind, Figure, Table
from livinglab.ui.languages import language


@dataclass(frozen=True, slots=True)
class Province:
    """A province with its regions' standings and sums."""

    code: str
    name: str
    regions: tuple[RegionStanding, ...]
    sums: ScopeSummary

    @property
    def mean(self) -> Decimal | None:
        value = self.sums.summary.index_mean
        return None if value is None else half_up(value)

    @property
    def indexes(self) -> list[Decimal]:
        return [row.index for row in self.regions if row.index is not None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvincesPage:
    eyebrow: str
    figure: Shown
    standfirst: str
    years: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvincePage:
    """One province; ``own`` is the provincial government's own result as key figure, if it has one."""

    name: str
    eyebrow: str
    heading: str
    standfirst: str
    keys: tuple[tuple[str, str, str], ...]
    years: tuple[Choice, ...]
    rows: Markup
    count: int
    absent: tuple[RegionStanding, ...]
    base: str
    since: str
    sources: tuple[str, ...]
    downloads: tuple[tuple[str, str], ...]


def provinces_of(data: CountryData) -> list[Province]:
    """Return the provinces by code."""
    inside: dict[str, list[RegionStanding]] = {}
    for row in data.rows:
        inside.setdefault(row.province_code, []).append(row)
    return [
        Province(code, rows[0].province, tuple(rows), data.scopes[f"province:{code}"])
        for code, rows in sorted(inside.items())
    ]


def find_province(data: CountryData, code: str) -> Province:
    """Return one province. Raises UnknownValue (404) naming the provinces there are."""
    provinces = provinces_of(data)
    for one in provinces:
        if one.code == code:
            return one
    known = [Known(one.code, one.name, reverse("comparisons:province", args=[one.code])) for one in provinces]
    raise UnknownValue(_("province"), code, known, status=404)


def provinces_page(data: CountryData, years: Sequence[int]) -> ProvincesPage:
    """Return the page of all provinces."""
    query = "" if data.year == years[0] else f"?year={data.year}"
    figure = provinces_figure(data, query=query)
    downloads = tuple(
        (name.upper(), reverse("comparisons:provinces-file", args=[name]) + query)
        for name in ("csv", "xlsx", "json", "svg")
    )
    return ProvincesPage(
        eyebrow=_("Provinces · %(index)s %(year)s")
        % {"index": data.instrument.index_name.in_language(language()), "year": data.year},
        figure=Shown(figure, downloads),
        standfirst=_(
            "The mean of a province is that of its assessed regencies and cities. What the provincial government "
            "itself reached stands on the province's own page."
        ),
        years=_years(data, years, reverse("comparisons:provinces")),
    )


def _years(data: CountryData, years: Sequence[int], base: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(base + ("" if year == years[0] else f"?year={year}"), str(year), current=year == data.year)
        for year in sorted(years)
    )


def provinces_figure(data: CountryData, *, query: str = "") -> Figure:
    """Return each province's mean between its lowest and its highest region, the highest mean first.

    ``query`` goes with the links, so that a province opens in the same year.
    """
    provinces = sorted(
        provinces_of(data), key=lambda one: (one.mean is None, -(one.mean or Decimal(0)), one.code)
    )
    rows = tuple(_dot_row(one, query) for one in provinces if one.indexes)
    return Figure(
        key="provinces",
        heading=provinces_heading(provinces),
        reading=_(
            "Diamond: the mean of the assessed regions. Hollow hexagons: the lowest and the highest region."
        ),
        chart=DotRows(
            label=_("Mean index of the regions of each province"),
            rows=rows,
            key=((Role.MEAN, _("mean")), (Role.OTHERS, _("lowest and highest region"))),
        ),
        table=_provinces_table(provinces, data, query),
        sources=data.sources,
        wide=True,
    )


def provinces_heading(provinces: Sequence[Province]) -> str:
    """Return which province's regions have the highest mean and which the lowest."""
    means = {one.name: one.mean for one in provinces if one.mean is not None}
    if not means:
        return _("No region has a result for this year")
    highest, lowest = max(means.values()), min(means.values())
    values = {
        "first": joined([name for name, value in means.items() if value == highest]),
        "highest": written.two(highest),
        "last": joined([name for name, value in means.items() if value == lowest]),
        "lowest": written.two(lowest),
    }
    if highest == lowest:
        return _("The regions of %(first)s average %(highest)s") % values
    return _("The regions of %(first)s average %(highest)s, those of %(last)s %(lowest)s") % values


def _dot_row(one: Province, query: str) -> DotRow:
    lowest, highest = min(one.indexes), max(one.indexes)
    mean = one.mean if one.mean is not None else lowest
    base = {"assessed": one.sums.summary.count, "regions": one.sums.regions}
    return DotRow(
        name=one.name,
        note=_("%(assessed)s of %(regions)s assessed") % base,
        dots=(
            Dot(role=Role.OTHERS, value=lowest),
            Dot(role=Role.OTHERS, value=highest),
            Dot(role=Role.MEAN, value=mean),
        ),
        value=mean,
        aside=f"{written.two(lowest)} – {written.two(highest)}",
        href=reverse("comparisons:province", args=[one.code]) + query,
    )


def _provinces_table(provinces: Sequence[Province], data: CountryData, query: str) -> Table:
    labels = domain_labels(data.instrument)
    rows: list[tuple[Cell, ...]] = []
    for one in provinces:
        means = one.sums.summary.domain_means
        rows.append(
            (
                one.name,
                one.mean,
                *(half_up(means[code]) if code in means else None for code in labels),
                min(one.indexes, default=None),
                max(one.indexes, default=None),
                one.sums.summary.reaching(data.names.good),
                one.sums.summary.count,
                one.sums.regions,
            )
        )
    good = _("%(band)s or better") % {"band": data.names.bands[data.names.good]}
    return Table(
        caption=_("Provinces by the mean index of their regions, %(year)s") % {"year": data.year},
        columns=(
            Column(key="province", label=_("Province")),
            Column(key="mean_index", label=_("Mean index"), kind=ColumnKind.INDEX),
            *(Column(key=code.lower(), label=label, kind=ColumnKind.INDEX) for code, label in labels.items()),
            Column(key="lowest", label=_("Lowest"), kind=ColumnKind.INDEX),
            Column(key="highest", label=_("Highest"), kind=ColumnKind.INDEX),
            Column(key="good_or_better", label=good, kind=ColumnKind.COUNT),
            Column(key="assessed", label=_("Regions assessed"), kind=ColumnKind.COUNT),
            Column(key="regions", label=_("Regions"), kind=ColumnKind.COUNT),
        ),
        rows=tuple(rows),
        row_links=tuple(reverse("comparisons:province", args=[one.code]) + query for one in provinces),
    )


def province_page(data: CountryData, one: Province, years: Sequence[int]) -> ProvincePage:
    """Return the page of one province. One query more: the provincial government's own result."""
    present, absent = of_all(one.regions)
    present.sort(key=lambda row: (-(row.index or Decimal(0)), row.code))
    ranks = {row.code: row.ranks.province for row in present if row.ranks}
    base = reverse("comparisons:regions")
    average = data.all.summary.index_mean
    return ProvincePage(
        name=one.name,
        eyebrow=_("Province · %(index)s %(year)s")
        % {"index": data.instrument.index_name.in_language(language()), "year": data.year},
        heading=province_heading(one, data),
        standfirst=_province_standfirst(one, data),
        keys=_province_keys(one, data),
        years=_years(data, years, reverse("comparisons:province", args=[one.code])),
        rows=ranking_rows(
            present, base=base, mean=None if average is None else half_up(average), ranks=ranks
        ),
        count=len(present),
        absent=tuple(absent),
        base=base,
        since=_("since %(year)s") % {"year": data.previous_year} if data.previous_year else _("Change"),
        sources=tuple(source.text for source in data.sources_of_both_years),
        downloads=tuple(
            (
                name.upper(),
                f"{reverse('comparisons:ranking-file', args=[name])}?year={data.year}&province={one.code}",
            )
            for name in ("csv", "xlsx", "json")
        ),
    )


def province_heading(one: Province, data: CountryData) -> str:
    """Return who leads the province, and how its regions stand against the country."""
    country = data.all.summary.index_mean
    leaders = [row.short_name for row in one.regions if row.ranks and row.ranks.province == 1]
    if not leaders or one.mean is None or country is None:
        return _("No region of %(province)s has a result for %(year)s") % {
            "province": one.name,
            "year": data.year,
        }
    lead = ngettext("%(names)s leads", "%(names)s lead together", len(leaders)) % {"names": joined(leaders)}
    gap = one.mean - half_up(country)
    values = {"lead": lead, "gap": written.two(abs(gap))}
    if len(one.indexes) == 1 or gap == 0:
        return lead
    if gap > 0:
        return _("%(lead)s; on average its regions are %(gap)s above the country") % values
    return _("%(lead)s; on average its regions are %(gap)s below the country") % values


def _province_standfirst(one: Province, data: CountryData) -> str:
    values = {
        "good": one.sums.summary.reaching(data.names.good),
        "count": one.sums.summary.count,
        "regions": one.sums.regions,
        "band": data.names.bands[data.names.good],
    }
    return (
        _(
            "%(good)s of the %(count)s assessed regions are %(band)s or better. The province has %(regions)s regions."
        )
        % values
    )


def _province_keys(one: Province, data: CountryData) -> tuple[tuple[str, str, str], ...]:
    country = data.all.summary.index_mean
    mean = formats.NOTHING if one.mean is None else written.two(one.mean)
    beside = "" if country is None else _("%(value)s in Indonesia") % {"value": written.two(half_up(country))}
    keys = [(_("Mean index"), mean, beside)]
    if one.sums.compared:
        base = _("of %(count)s assessed in both years") % {"count": one.sums.compared}
        keys.append((_("Regions that rose"), str(one.sums.risen), base))
    keys.append((_("Provincial government"), *_own_result(one, data.year)))
    missing = _("of %(count)s; absent, not zero") % {"count": one.sums.regions}
    absent = _("Without a result %(year)s") % {"year": data.year}
    return (*keys, (absent, str(one.sums.regions - one.sums.summary.count), missing))


def _own_result(one: Province, year: int) -> tuple[str, str]:
    government = find_organization(one.code)
    results = assessments.leading_results([year], [government.id]) if government else []
    for result in results:
        if result.index is not None:
            return written.two(result.index), _("its own result, not the mean")
    return formats.NOTHING, _("no result of its own")
