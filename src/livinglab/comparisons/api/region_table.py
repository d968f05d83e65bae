"""The regions as CSV: one row a region, one column a domain, empty for no result."""

from codecs import BOM_UTF8
from collections.abc import Sequence
from decimal import Decimal

from django.http import HttpResponse

from livinglab.comparisons.queries import RegionStanding
from livinglab.ui.exports import table_as_csv
from livinglab.ui.figures import Cell, Column, ColumnKind, Figure, SourceNote, Table

_TEXTS = ("code", "name", "kind", "province_code", "province", "island_group")


def regions_as_csv(rows: Sequence[RegionStanding]) -> HttpResponse:
    """Return regions as the CSV file ``regions.csv``; columns do not depend on the reader's language."""
    domains = sorted({code for row in rows for code in row.domain_texts})
    sources = dict.fromkeys(row.decision or row.source for row in rows if row.index is not None)
    figure = Figure(
        key="regions",
        heading="regions",
        table=Table(
            caption="regions",
            columns=tuple(Column(key=key, label=key, kind=kind) for key, kind in _columns(domains)),
            rows=tuple(_row(row, domains) for row in rows),
        ),
        sources=tuple(SourceNote(text=text) for text in sources) or (SourceNote(text="none"),),
    )
    response = HttpResponse(
        table_as_csv(figure).removeprefix(BOM_UTF8), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="regions.csv"'
    return response


def _columns(domains: Sequence[str]) -> list[tuple[str, ColumnKind]]:
    return [
        *((key, ColumnKind.TEXT) for key in _TEXTS),
        ("is_autonomous", ColumnKind.TEXT),
        ("population", ColumnKind.COUNT),
        *((key, ColumnKind.INDEX) for key in ("area_km2", "latitude", "longitude")),
        ("year", ColumnKind.YEAR),
        ("index", ColumnKind.INDEX),
        ("predicate", ColumnKind.TEXT),
        *((code.lower(), ColumnKind.INDEX) for code in domains),
        ("change", ColumnKind.CHANGE),
        *((key, ColumnKind.RANK) for key in ("rank", "rank_in_kind", "rank_in_province")),
        *((key, ColumnKind.RANK) for key in ("best_rank", "worst_rank")),
        ("doubts", ColumnKind.TEXT),
    ]


def _row(row: RegionStanding, domains: Sequence[str]) -> tuple[Cell, ...]:
    ranks = (row.ranks.everybody, row.ranks.kind, row.ranks.province) if row.ranks else (None, None, None)
    places: tuple[Decimal | None, ...] = (row.area_km2, row.latitude, row.longitude)
    return (
        *(row.code, row.name, row.kind, row.province_code, row.province, row.island_group),
        "true" if row.is_autonomous else "false",
        row.population,
        *places,
        row.year,
        row.index,
        row.predicate or None,
        *(row.domains.get(code) for code in domains),
        row.change,
        *ranks,
        row.best_rank,
        row.worst_rank,
        ";".join(row.doubts),
    )
