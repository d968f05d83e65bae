"""The rows of each open dataset, in the order of its columns."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from livinglab.assessments.queries import Average, all_claims, averages, instruments, to_result
from livinglab.catalogue.queries import ServiceFilter, search_services
from livinglab.organizations.queries import REGIONAL, Kind, organizations
from livinglab.portal.adapters.dataset_files import Cell

Row = tuple[Cell, ...]

_DOMAINS = ("D1", "D2", "D3", "D4")


def result_rows(year: int | None) -> Iterator[Row]:
    """This function will yield every published claim of a year, or of all. One query."""
    for stored in all_claims(year).iterator():
        one = to_result(stored)
        place = stored.organization
        yield (
            one.year,
            one.organization_code,
            place.name,
            place.kind,
            one.instrument,
            one.index,
            one.predicate,
            *_values(one.domains),
            _yes(one.is_leading),
            one.source,
            one.decision,
            str(one.reliability),
            one.note,
        )


def average_rows(year: int | None) -> Iterator[Row]:
    """This function will yield every published average. One query."""
    wanted = None if year is None else [year]
    yield from map(_average_row, averages(years=wanted, leading=False))


def _average_row(one: Average) -> Row:
    return (
        one.year,
        str(one.scope),
        one.instrument,
        one.index,
        *_values(one.domains),
        _yes(one.is_leading),
        one.source,
        one.decision,
        str(one.reliability),
        one.note,
    )


def region_rows(year: int | None) -> Iterator[Row]:
    """This function will yield provinces, regencies and cities by code; fictitious ones are left out. One query."""
    wanted = organizations().filter(kind__in=(Kind.PROVINCE, *REGIONAL), is_synthetic=False)
    for one in wanted.select_related("province").order_by("code"):
        yield (
            one.code,
            one.name,
            one.kind,
            one.province.code if one.province else "",
            _yes(one.is_autonomous),
            one.latitude,
            one.longitude,
            one.area_km2,
            one.population,
            one.zone,
        )


def instrument_rows(year: int | None) -> Iterator[Row]:
    """This function will yield every indicator of every instrument, newest instrument first. No query."""
    for instrument in instruments():
        for indicator in instrument.indicators():
            aspect = instrument.aspect_of(indicator)
            domain = instrument.domain_of(aspect)
            yield (
                instrument.code,
                indicator.key,
                indicator.name.id,
                indicator.name.en,
                domain.code if domain else "",
                aspect.code,
                _fraction(indicator.weight),
            )


def service_rows(year: int | None) -> Iterator[Row]:
    """This function will yield the register of services by name. Two queries."""
    for one in search_services(ServiceFilter(), size=100_000).services:
        yield (
            one.key,
            one.region_code,
            one.region_name,
            one.name,
            ";".join(one.functions),
            one.description_id,
            one.description_en,
            one.agency,
            one.platform,
            one.app_class,
            one.year,
            str(one.status),
            "" if one.spbe_indicator is None else str(one.spbe_indicator),
            one.source,
            str(one.reliability),
            one.url,
            _yes(one.is_synthetic),
        )


#: dataset -> its rows; datasets with a reference file of their own are not here
ROWS: Mapping[str, Callable[[int | None], Iterator[Row]]] = {
    "results": result_rows,
    "averages": average_rows,
    "regions": region_rows,
    "instruments": instrument_rows,
    "services": service_rows,
}


def _values(domains: Mapping[str, Decimal]) -> tuple[Decimal | None, ...]:
    return tuple(domains.get(code) for code in _DOMAINS)


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _fraction(value: Fraction) -> str:
    """Lowest terms, whole numbers without a denominator: the exact weight."""
    return str(value)
