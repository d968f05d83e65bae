"""The figures of the country page beside its map: the top of the ranking, rises, domains, distribution."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from livinglab.comparisons.domain.country import BIN_WIDTH, Move
from livinglab.comparisons.domain.numbers import half_up
from livinglab.comparisons.queries import RegionStanding
from livinglab.comparisons.web import country_findings as findings
from livinglab.comparisons.web import written
from livinglab.comparisons.web.country_data import CountryData
from livinglab.comparisons.web.labels import band_css, chart_bands, domain_labels
from livinglab.comparisons.web.words import joined
from livinglab.ui import formats
from livinglab.ui.charts import Bin, Dot, DotRow, DotRows, Histogram, RankBars, RankRow, Rise, Rises, Role
from livinglab.ui.figures import Cell, Column, ColumnKind, Figure, Table
from livinglab.ui.languages import language

TOP: Final = 16
MOST_TIED: Final = 8  # how many more the list may hold because they share the last rank
RISES: Final = 8


def ranking_figure(data: CountryData) -> Figure:
    """Return the top of the ranking: bars that begin where the scale does, with last year's index marked."""
    top = top_of(data.ranked)
    leaders = [row.short_name for row in top if row.ranks and row.ranks.everybody == 1]
    base = reverse("comparisons:regions")
    rows = tuple(
        RankRow(
            rank=row.ranks.everybody,
            name=row.listed_name,
            note=row.province,
            value=row.index,
            css=band_css(row.band),
            href=f"{base}{row.code}/",
            previous=row.previous_index,
            change=row.change,
        )
        for row in top
        if row.ranks and row.index is not None
    )
    return Figure(
        key="ranking",
        heading=findings.ranking(leaders, [row.island_group for row in top], data.names),
        reading=_ranking_reading(data),
        chart=RankBars(
            label=_("Highest indices, %(year)s") % {"year": data.year},
            rows=rows,
            value_label=_("Index"),
            change_label=_("since %(year)s") % {"year": data.previous_year} if data.previous_year else "",
        ),
        table=_ranking_table(data, top),
        sources=data.sources_of_both_years,
    )


def _ranking_reading(data: CountryData) -> str:
    said = _("Bars begin at 1, the lowest value of the scale.")
    if data.previous_year:
        said += " " + _("The line across a bar marks the index of %(year)s.") % {"year": data.previous_year}
    return said


def top_of(ranked: Sequence[RegionStanding]) -> tuple[RegionStanding, ...]:
    """Return the first sixteen, and those who share the last one's rank."""
    top = list(ranked[:TOP])
    for row in ranked[TOP : TOP + MOST_TIED]:
        if top and row.index == top[-1].index:
            top.append(row)
    return tuple(top)


def _ranking_table(data: CountryData, top: Sequence[RegionStanding]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            row.listed_name,
            row.province,
            row.ranks.everybody if row.ranks else None,
            row.best_rank,
            row.worst_rank,
            row.index,
            row.previous_index,
            row.change,
        )
        for row in top
    ]
    return Table(
        caption=_("Highest indices, %(year)s") % {"year": data.year},
        columns=(
            Column(key="region", label=_("Region")),
            Column(key="province", label=_("Province")),
            Column(key="rank", label=_("Rank"), kind=ColumnKind.RANK),
            Column(key="best_rank", label=_("Best rank if weights shift"), kind=ColumnKind.RANK),
            Column(key="worst_rank", label=_("Worst rank if weights shift"), kind=ColumnKind.RANK),
            Column(key="index", label=_("Index"), kind=ColumnKind.INDEX),
            Column(key="previous_index", label=_("Index, year before"), kind=ColumnKind.INDEX),
            Column(key="change", label=_("Change"), kind=ColumnKind.CHANGE),
        ),
        rows=tuple(rows),
    )


def rises_figure(data: CountryData) -> Figure | None:
    """Return who rose most, each from where to where; None for the first year of an instrument."""
    if data.previous_year is None:
        return None
    shown = data.moves.rises(RISES)
    regions = data.by_code
    names = {move.code: regions[move.code].short_name for move in data.moves.ranked}
    counted = {
        "count": written.counted(data.moves.count),
        "risen": written.counted(data.moves.risen),
        "unchanged": written.counted(data.moves.unchanged),
        "fallen": written.counted(data.moves.fallen),
    }
    notes = [
        _(
            "%(count)s regions have a result for both years: %(risen)s rose, %(unchanged)s stayed, %(fallen)s fell."
        )
        % counted
    ]
    notes += [_doubt(regions[move.code], data) for move in shown if move.is_doubtful]
    return Figure(
        key="rises",
        heading=findings.rises(data.moves, names, data.names),
        reading=_("Circle: %(before)s. Hexagon: %(now)s. The colour is the predicate of that year.")
        % {"before": data.previous_year, "now": data.year},
        chart=Rises(
            label=_("Highest rises, %(before)s to %(now)s")
            % {"before": data.previous_year, "now": data.year},
            rows=tuple(_rise(move, regions[move.code]) for move in shown),
        ),
        table=_rises_table(data, shown),
        sources=data.sources_of_both_years,
        notes=tuple(notes),
    )


def _rise(move: Move, row: RegionStanding) -> Rise:
    doubt = _("%(province)s · start is not possible") % {"province": row.province}
    return Rise(
        name=row.listed_name,
        start=move.start,
        end=move.end,
        start_css=band_css(move.start_band),
        end_css=band_css(move.end_band),
        note=doubt if move.is_doubtful else row.province,
        href=f"{reverse('comparisons:regions')}{row.code}/",
    )


def _doubt(row: RegionStanding, data: CountryData) -> str:
    """Return why a rise is no finding: which part of which year's row cannot have come from levels."""
    year, parts = (data.year, row.doubts) if row.doubts else (data.previous_year, row.previous_doubts)
    labels = domain_labels(data.instrument)
    values = {
        "region": row.listed_name,
        "year": year,
        "parts": joined(sorted({labels.get(part, _("index")).lower() for part in parts})),
    }
    return (
        _(
            "%(region)s: its published row of %(year)s cannot be right, since no set of levels gives the value "
            "printed for %(parts)s. Its rise is shown as published and is not counted as a finding."
        )
        % values
    )


def _rises_table(data: CountryData, shown: Sequence[Move]) -> Table:
    regions = data.by_code
    return Table(
        caption=_("Highest rises, %(before)s to %(now)s") % {"before": data.previous_year, "now": data.year},
        columns=(
            Column(key="region", label=_("Region")),
            Column(key="province", label=_("Province")),
            Column(key="before", label=str(data.previous_year), kind=ColumnKind.INDEX),
            Column(key="now", label=str(data.year), kind=ColumnKind.INDEX),
            Column(key="change", label=_("Change"), kind=ColumnKind.CHANGE),
            Column(key="remark", label=_("Remark")),
        ),
        rows=tuple(
            (
                regions[move.code].listed_name,
                regions[move.code].province,
                move.start,
                move.end,
                move.change,
                _("a published value is not possible") if move.is_doubtful else "",
            )
            for move in shown
        ),
    )


def domains_figure(data: CountryData) -> Figure:
    """Return each domain's mean by island group, the strongest and the weakest group marked."""
    country = data.all.summary
    labels = domain_labels(data.instrument)
    means = {key: one.index_mean for key, one in data.group_summaries.items() if one.index_mean is not None}
    strongest = max(means, key=lambda key: means[key], default="")
    weakest = min(means, key=lambda key: means[key], default="")
    roles = {
        key: Role.FOCUS if key == strongest else Role.OTHER if key == weakest else Role.OTHERS
        for key in means
    }
    shown = [code for code in labels if code in country.domain_means]
    rows = tuple(
        DotRow(
            name=labels[code],
            note=_("weight %(weight)s") % {"weight": _weight(data, code)},
            dots=tuple(
                Dot(role=roles[key], value=half_up(one.domain_means[code]))
                for key, one in data.group_summaries.items()
                if code in one.domain_means
            ),
            value=half_up(country.domain_means[code]),
            aside=_("all regions"),
        )
        for code in shown
    )
    key = [
        (Role.FOCUS, data.names.groups.get(strongest, "")),
        (Role.OTHER, data.names.groups.get(weakest, "")),
    ]
    if len(means) > 2:
        key.append((Role.OTHERS, _("other island groups")))
    return Figure(
        key="domains",
        heading=findings.domains(country, data.group_summaries, data.names),
        reading=_("One hexagon is the mean of one island group; the number is the mean of all regions."),
        chart=DotRows(label=_("Mean domain values by island group"), rows=rows, key=tuple(key))
        if rows
        else None,
        table=_domains_table(data, shown),
        sources=data.sources,
    )


def _weight(data: CountryData, code: str) -> str:
    parts = data.instrument.domains or data.instrument.aspects
    weight = next(part.weight for part in parts if part.code == code)
    return formats.percent(_decimal(weight / 100), language=language())


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _domains_table(data: CountryData, shown: Sequence[str]) -> Table:
    labels = domain_labels(data.instrument)
    parts = [(data.names.groups[key], one) for key, one in data.group_summaries.items()]
    rows: list[tuple[Cell, ...]] = []
    for name, one in [*parts, (_("All regions"), data.all.summary)]:
        means = [half_up(one.domain_means[code]) if code in one.domain_means else None for code in shown]
        rows.append((name, *means, one.count))
    return Table(
        caption=_("Mean domain values by island group, %(year)s") % {"year": data.year},
        columns=(
            Column(key="group", label=_("Island group")),
            *(Column(key=code.lower(), label=labels[code], kind=ColumnKind.INDEX) for code in shown),
            Column(key="assessed", label=_("Regions assessed"), kind=ColumnKind.COUNT),
        ),
        rows=tuple(rows),
    )


def distribution_figure(data: CountryData) -> Figure:
    """Return how the indices are spread, and how many regions have each predicate in both years."""
    summary = data.all.summary
    before = data.before.summary if data.before else None
    bins = tuple(
        Bin(start=one.start, count=one.count, css=band_css(_main_band(one.band_counts)))
        for one in data.all.bins
    )
    return Figure(
        key="distribution",
        heading=findings.distribution(summary, before, data.names),
        reading=_("One hexagon is one region, set at its index of %(year)s.") % {"year": data.year},
        chart=Histogram(
            label=_("Distribution of the index, %(year)s") % {"year": data.year},
            bins=bins,
            step=BIN_WIDTH,
            bands=chart_bands(data.instrument),
        ),
        table=_bands_table(data),
        sources=data.sources_of_both_years,
        notes=(_("Predicates are counted as published; a column has the colour of most of its regions."),),
        wide=True,
    )


def _main_band(counts: Sequence[int]) -> int:
    return max(range(len(counts)), key=lambda band: counts[band])


def _bands_table(data: CountryData) -> Table:
    summary = data.all.summary
    columns = [
        Column(key="predicate", label=_("Predicate")),
        Column(key="regions", label=str(data.year), kind=ColumnKind.COUNT),
        Column(key="share", label=_("Share"), kind=ColumnKind.SHARE),
    ]
    if data.before:
        columns.append(Column(key="regions_before", label=str(data.before.year), kind=ColumnKind.COUNT))
    rows: list[tuple[Cell, ...]] = []
    for band, name in enumerate(data.names.bands):
        number = summary.band_counts[band]
        share = _decimal(Fraction(number, summary.count)) if summary.count else None
        earlier = (data.before.summary.band_counts[band],) if data.before else ()
        rows.append((name, number, share, *earlier))
    return Table(
        caption=_("Regions by predicate, %(year)s: %(count)s assessed")
        % {"year": data.year, "count": written.counted(summary.count)},
        columns=tuple(columns),
        rows=tuple(rows),
    )
