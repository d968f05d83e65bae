"""The comparison as a table of figures: one line per service, or per reason for an empty cell."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from livinglab.catalogue.domain.functions import ServiceFunction
from livinglab.catalogue.domain.matrix import ListedService
from livinglab.catalogue.queries import ComparedRegion, ServiceMatrix
from livinglab.catalogue.web import findings, words
from livinglab.catalogue.web.comparison import sources_sentence
from livinglab.ui.figures import Cell, Column, ColumnKind, Figure, SourceNote, Table


def comparison_figure(compared: ServiceMatrix) -> Figure:
    """This function will return the comparison with its finding, its sources and its coverage, for every download."""
    names = [one.organization.short_name for one in compared.regions]
    largest = compared.largest.name if compared.largest else ""
    return Figure(
        key="services-compared",
        heading=findings.comparison_heading(compared.matrix, names),
        reading=findings.gap_sentence(compared.matrix, names),
        table=Table(
            caption=_("Digital services by function and region"),
            columns=_columns(),
            rows=tuple(_rows(compared)),
        ),
        sources=(SourceNote(text=sources_sentence(compared)),),
        notes=(findings.coverage_sentence(compared.share, largest), findings.method_sentence()),
        synthetic=_has_invented(compared),
    )


def _has_invented(compared: ServiceMatrix) -> bool:
    rows = [*(cell.services for row in compared.matrix.rows for cell in row.cells), *compared.matrix.unplaced]
    return any(one.organization.is_synthetic for one in compared.regions) or any(
        service.is_synthetic for services in rows for service in services
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column(key="function_code", label=_("Function code"), kind=ColumnKind.CODE),
        Column(key="function", label=_("Function")),
        Column(key="side", label=_("Side"), kind=ColumnKind.CODE),
        Column(key="sector", label=_("Sector"), kind=ColumnKind.CODE),
        Column(key="region_code", label=_("Region code"), kind=ColumnKind.CODE),
        Column(key="region", label=_("Region")),
        Column(key="state", label=_("State"), kind=ColumnKind.CODE),
        Column(key="service_id", label=_("Service id"), kind=ColumnKind.CODE),
        Column(key="service", label=_("Service")),
        Column(key="agency", label=_("Agency")),
        Column(key="status", label=_("Status"), kind=ColumnKind.CODE),
        Column(key="year", label=_("Year"), kind=ColumnKind.YEAR),
        Column(key="spbe_indicator", label=_("SPBE indicator"), kind=ColumnKind.RANK),
        Column(key="found_in", label=_("Source")),
        Column(key="reliability", label=_("Reliability"), kind=ColumnKind.CODE),
    )


def _rows(compared: ServiceMatrix) -> Iterator[tuple[Cell, ...]]:
    for row in compared.matrix.rows:
        for region, cell in zip(compared.regions, row.cells, strict=True):
            start = _place(row.function, region)
            for service in cell.services:
                yield (*start, "recorded", *_facts(service))
            if cell.absence is not None:
                yield (*start, str(cell.absence), *([None] * 8))
    for region, services in zip(compared.regions, compared.matrix.unplaced, strict=True):
        for service in services:
            code, name = region.organization.code, region.organization.name
            yield (None, None, None, None, code, name, "function_not_stated", *_facts(service))


def _place(function: ServiceFunction, region: ComparedRegion) -> tuple[Cell, ...]:
    sector = function.sector.code if function.sector else None
    name = words.said(function.name)
    return function.code, name, str(function.side), sector, region.organization.code, region.organization.name


def _facts(service: ListedService) -> tuple[Cell, ...]:
    return (
        service.key,
        service.name,
        service.agency or None,
        str(service.status),
        service.year,
        service.spbe_indicator,
        words.source_name(service),
        str(service.reliability),
    )
