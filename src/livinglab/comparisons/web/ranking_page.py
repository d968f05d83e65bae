"""The ranking of all regions, and the part of it that was asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from markupsafe import Markup

from livinglab.comparisons.domain.numbers import half_up, mean
from livinglab.comparisons.queries import RegionStanding
from livinglab.comparisons.web import ranking_findings as findings
from livinglab.comparisons.web.country_data import CountryData
from livinglab.comparisons.web.country_page import Choice
from livinglab.comparisons.web.labels import domain_labels
from livinglab.comparisons.web.ranking_markup import ranking_rows
from livinglab.comparisons.web.ranking_wanted import (
    Options,
    RankingWanted,
    chosen_regions,
    filter_options,
    of_all,
    sort_options,
)
from livinglab.ui.figures import Cell, Column, ColumnKind, Figure, Table
from livinglab.ui.languages import language


@dataclass(frozen=True, slots=True)
class Heading:
    """A column head that is a link; ``direction`` is what aria-sort says, empty when not sorted by it."""

    label: str
    url: str
    direction: str
    is_number: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingPage:
    """What the template shows."""

    eyebrow: str
    heading: str
    standfirst: str
    years: tuple[Choice, ...]
    wanted: RankingWanted
    options: dict[str, Options]
    sorts: Options
    headings: tuple[Heading, ...]
    rows: Markup
    count: int
    absent: tuple[RegionStanding, ...]
    base: str
    note: str
    sources: tuple[str, ...]
    downloads: tuple[tuple[str, str], ...]
    all_url: str


def ranking_page(data: CountryData, wanted: RankingWanted, years: Sequence[int]) -> RankingPage:
    """Return the ranking asked for."""
    present, absent = of_all(chosen_regions(data, wanted))
    domain = wanted.sort if wanted.sort in domain_labels(data.instrument) else ""
    base = reverse("comparisons:regions")
    average = _average(present, domain)
    return RankingPage(
        eyebrow=_("Ranking · %(index)s %(year)s")
        % {"index": data.instrument.index_name.in_language(language()), "year": data.year},
        heading=findings.heading(present, absent, wanted, data.names),
        standfirst=findings.standfirst(present, absent, data.names),
        years=tuple(
            Choice(base + wanted.query(year=year, newest=years[0]), str(year), current=year == data.year)
            for year in sorted(years)
        ),
        wanted=wanted,
        options=filter_options(data),
        sorts=sort_options(data),
        headings=_headings(data, wanted, domain, base),
        rows=ranking_rows(present, base=base, domain=domain, mean=average),
        count=len(present),
        absent=tuple(absent),
        base=base,
        note=findings.sensitivity(data.ranked),
        sources=tuple(source.text for source in data.sources_of_both_years),
        downloads=tuple(
            (name.upper(), reverse("comparisons:ranking-file", args=[name]) + wanted.query())
            for name in ("csv", "xlsx", "json")
        ),
        all_url=base + RankingWanted(year=data.year, newest=years[0]).query(),
    )


def _average(rows: Sequence[RegionStanding], domain: str) -> Decimal | None:
    values = [row.domains.get(domain) if domain else row.index for row in rows]
    average = mean(value for value in values if value is not None)
    return None if average is None else half_up(average)


def _headings(data: CountryData, wanted: RankingWanted, domain: str, base: str) -> tuple[Heading, ...]:
    value_label = domain_labels(data.instrument)[domain] if domain else _("Index")
    columns = [
        ("name", _("Region"), False),
        (domain or "rank", value_label, True),
        (
            "change",
            _("since %(year)s") % {"year": data.previous_year} if data.previous_year else _("Change"),
            True,
        ),
    ]
    return tuple(
        Heading(label, base + wanted.sorted_by(key), _direction(wanted, key), is_number)
        for key, label, is_number in columns
    )


def _direction(wanted: RankingWanted, key: str) -> str:
    if wanted.sort != key:
        return ""
    is_ascending = (key == "name") != wanted.is_reversed
    return "ascending" if is_ascending else "descending"


def ranking_file_figure(data: CountryData, wanted: RankingWanted) -> Figure:
    """Return the regions asked for with everything the ranking knows, for a file."""
    rows = chosen_regions(data, wanted)
    labels = domain_labels(data.instrument)
    return Figure(
        key="ranking",
        heading=findings.heading(*of_all(rows), wanted, data.names),
        table=Table(
            caption=_("Ranking, %(year)s") % {"year": data.year},
            columns=(
                Column(key="code", label=_("Code"), kind=ColumnKind.CODE),
                Column(key="region", label=_("Region")),
                Column(key="kind", label=_("Kind")),
                Column(key="province", label=_("Province")),
                Column(key="rank", label=_("Rank"), kind=ColumnKind.RANK),
                Column(key="best_rank", label=_("Best rank if weights shift"), kind=ColumnKind.RANK),
                Column(key="worst_rank", label=_("Worst rank if weights shift"), kind=ColumnKind.RANK),
                Column(key="index", label=_("Index"), kind=ColumnKind.INDEX),
                Column(key="predicate", label=_("Predicate")),
                *(
                    Column(key=code.lower(), label=label, kind=ColumnKind.INDEX)
                    for code, label in labels.items()
                ),
                Column(key="previous_index", label=_("Index, year before"), kind=ColumnKind.INDEX),
                Column(key="change", label=_("Change"), kind=ColumnKind.CHANGE),
                Column(key="remark", label=_("Remark")),
            ),
            rows=tuple(_file_row(row, tuple(labels)) for row in rows),
        ),
        sources=data.sources_of_both_years,
    )


def _file_row(row: RegionStanding, domains: Sequence[str]) -> tuple[Cell, ...]:
    return (
        row.code,
        row.name,
        row.kind,
        row.province,
        row.ranks.everybody if row.ranks else None,
        row.best_rank,
        row.worst_rank,
        row.index,
        row.predicate or None,
        *(row.domains.get(domain) for domain in domains),
        row.previous_index,
        row.change,
        _("a published value is not possible") if row.doubts or row.previous_doubts else "",
    )
