"""Reads of the service register for anyone else."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from livinglab.catalogue.adapters.reference_files import COVERAGE, FUNCTIONS, read_coverage, read_taxonomy
from livinglab.catalogue.domain.coverage import Coverage, RegionCoverage, RegisterShare, Source
from livinglab.catalogue.domain.functions import Reliability, ServiceFunction, Side, Status, Taxonomy
from livinglab.catalogue.domain.matrix import ListedService, Matrix, build_matrix
from livinglab.catalogue.models import OwnService, Service
from livinglab.kernel.unknown import Known, UnknownValue, Unprocessable
from livinglab.organizations.queries import (
    REGIONAL,
    Kind,
    Organization,
    codes_like,
    organizations,
    organizations_by_code,
)

#: pages that show services are as fresh as this topic
TOPIC = "services"
MOST_REGIONS = 12
PAGE_SIZE = 40
_COMPARABLE = (*REGIONAL, Kind.PROVINCE)
_FILTERS = {
    "side": gettext_lazy("side"),
    "sector": gettext_lazy("sector"),
    "function": gettext_lazy("service function"),
    "status": gettext_lazy("status"),
}


@lru_cache
def taxonomy() -> Taxonomy:
    """This function will return all service functions and sectors; read from reference/ once per process."""
    return read_taxonomy(settings.REFERENCE_DIR / FUNCTIONS)


@lru_cache
def coverage() -> Coverage:
    """This function will return how each region was researched; read from reference/ once per process."""
    return read_coverage(settings.REFERENCE_DIR / COVERAGE)


def functions() -> tuple[ServiceFunction, ...]:
    """This function will return all service functions in the order of the comparison."""
    return taxonomy().functions


def source_of(service: ListedService) -> Source | None:
    """This function will return where a service is from, None for a region's own entry."""
    return coverage().source(service.source)


def listed(row: Service) -> ListedService:
    """This function will return a stored service as pages and the API show it."""
    return ListedService(
        key=row.key,
        region_code=row.region_code,
        region_name=row.region_name,
        name=row.name,
        functions=tuple(row.functions),
        description_id=row.description_id,
        description_en=row.description_en,
        agency=row.agency,
        platform=row.platform,
        app_class=row.app_class,
        year=row.year,
        status=Status(row.status),
        spbe_indicator=row.spbe_indicator,
        source=row.source,
        reliability=Reliability(row.reliability),
        url=row.url,
        is_synthetic=row.is_synthetic,
    )


@dataclass(frozen=True, slots=True)
class ComparedRegion:
    """A column of the comparison."""

    organization: Organization
    coverage: RegionCoverage
    services: int


@dataclass(frozen=True, slots=True)
class ServiceMatrix:
    """The comparison of some regions, with how much of the register is theirs."""

    regions: tuple[ComparedRegion, ...]
    matrix: Matrix
    share: RegisterShare
    largest: Organization | None  # the region with most of the register


def service_matrix(
    region_codes: Iterable[str], *, side: str = "", sector: str = "", function: str = ""
) -> ServiceMatrix:
    """This function will return one row per service function and one cell per region, in the order asked for.

    Three queries for any number of regions. A code given twice counts once. Errors: `Unprocessable` above
    twelve, `UnknownValue` for a code that is no province, regency or city, and for a filter.
    """
    codes = tuple(dict.fromkeys(region_codes))
    if len(codes) > MOST_REGIONS:
        explanation = _("You asked for %(count)s. Leave some out.") % {"count": len(codes)}
        raise Unprocessable(_("At most twelve regions fit side by side"), explanation)
    refuse_unknown_filters(side=side, sector=sector, function=function)
    share = register_share()
    largest = share.largest
    askable = [code for code in codes if code.isprintable()]  # PostgreSQL takes no NUL
    found = organizations_by_code([*askable, largest[0]] if largest else askable)
    _refuse_unknown_regions(codes, found)
    services = [listed(row) for row in Service.objects.filter(region_code__in=codes)]
    columns = tuple(
        ComparedRegion(found[code], coverage().of(code), _count(services, code)) for code in codes
    )
    matrix = build_matrix(
        functions=taxonomy().narrowed(side=side, sector=sector, function=function),
        regions=[one.coverage for one in columns],
        services=services,
    )
    return ServiceMatrix(columns, matrix, share, found.get(largest[0]) if largest else None)


def _count(services: Iterable[ListedService], code: str) -> int:
    return sum(one.region_code == code and one.status is not Status.NONE for one in services)


def _refuse_unknown_regions(codes: Iterable[str], found: dict[str, Organization]) -> None:
    for code in codes:
        if code not in found or found[code].kind not in _COMPARABLE:
            near = codes_like(code, limit=8) if code.isprintable() else []
            near = [one for one in near if one.kind in _COMPARABLE]
            near = near or [one for one, _number in regions_with_services()]
            raise UnknownValue(_("region"), code, [Known(one.code, one.name) for one in near])


def refuse_unknown_filters(*, side: str = "", sector: str = "", function: str = "", status: str = "") -> None:
    """This function will raise `UnknownValue` for a filter that names nothing; empty filters are fine."""
    known = {
        "side": (side, tuple(Side)),
        "sector": (sector, tuple(one.code for one in taxonomy().sectors)),
        "function": (function, tuple(one.code for one in functions())),
        "status": (status, (Status.ACTIVE, Status.INACTIVE, Status.UNKNOWN)),
    }
    for what, (value, values) in known.items():
        if value and value not in values:
            raise UnknownValue(_FILTERS[what], value, [str(one) for one in values])


def register_share() -> RegisterShare:
    """This function will return how many services are on record, and how many each region has. One query."""
    counted = (
        Service.objects.exclude(status=Status.NONE)
        .exclude(is_synthetic=True)  # what a demo person entered is no fact
        .order_by()
        .values_list("region_code")
        .annotate(number=Count("id"))
        .order_by("-number", "region_code")
    )
    rows = list(counted)
    return RegisterShare(
        total=sum(number for _, number in rows),
        by_region=tuple((code, number) for code, number in rows if code),
        without_region=sum(number for code, number in rows if not code),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceFilter:
    """What a search of the register asks for; an empty text asks for nothing."""

    text: str = ""
    region: str = ""
    function: str = ""
    side: str = ""
    sector: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class ServicePage:
    """One page of a search."""

    services: tuple[ListedService, ...]
    total: int
    number: int
    pages: int


def search_services(wanted: ServiceFilter, *, page: int = 1, size: int = PAGE_SIZE) -> ServicePage:
    """This function will return one page of the services that match, ordered by name. Two queries.

    A page beyond the last is empty. Every word must occur in name, description, agency, region or function.
    Errors: `UnknownValue` for a filter that names nothing; an unknown region finds nothing.
    """
    rows = matching_services(wanted)
    total = rows.count()
    start = (page - 1) * size
    shown = tuple(listed(row) for row in rows[start : start + size]) if start < total else ()
    return ServicePage(shown, total, page, max(1, -(-total // size)))


def matching_services(wanted: ServiceFilter) -> "QuerySet[Service]":
    """This function will return all services that match, ordered by name. Errors as `search_services`."""
    refuse_unknown_filters(
        side=wanted.side, sector=wanted.sector, function=wanted.function, status=wanted.status
    )
    return Service.objects.exclude(status=Status.NONE).filter(_matches(wanted))


def _matches(wanted: ServiceFilter) -> Q:
    condition = Q()
    for word in wanted.text.split()[:8]:
        condition &= (
            Q(name__icontains=word)
            | Q(description_id__icontains=word)
            | Q(description_en__icontains=word)
            | Q(agency__icontains=word)
            | Q(region_name__icontains=word)
            | Q(functions__overlap=_functions_called(word))
        )
    if wanted.region:
        condition &= Q(region_code=wanted.region)
    if wanted.status:
        condition &= Q(status=wanted.status)
    if wanted.function or wanted.sector or wanted.side:
        chosen = taxonomy().narrowed(side=wanted.side, sector=wanted.sector, function=wanted.function)
        condition &= Q(functions__overlap=[one.code for one in chosen])
    return condition


def _functions_called(word: str) -> list[str]:
    wanted = word.casefold()
    return [one.code for one in functions() if wanted in f"{one.name.id} {one.name.en}".casefold()]


def find_service(key: str) -> ListedService | None:
    """This function will return one service, None when there is none. One query."""
    row = Service.objects.exclude(status=Status.NONE).filter(key=key).first()
    return listed(row) if row else None


def namesakes(service: ListedService) -> tuple[ListedService, ...]:
    """This function will return other services whose name begins with the same word. One query."""
    first = service.name.split()[0] if service.name else ""
    if len(first) < 4:
        return ()
    rows = Service.objects.filter(name__iregex=rf"^(e-)?{_plain(first)}\M").exclude(key=service.key)[:6]
    return tuple(listed(row) for row in rows)


def _plain(word: str) -> str:
    return "".join(letter if letter.isalnum() else "." for letter in word)


def alike(service: ListedService, *, limit: int = 6) -> tuple[ListedService, ...]:
    """This function will return services of other regions with the same first function. One query, none without."""
    if not service.functions:
        return ()
    rows = Service.objects.exclude(status=Status.NONE).exclude(region_code=service.region_code)
    return tuple(listed(row) for row in rows.filter(functions__contains=[service.functions[0]])[:limit])


def find_regions(text: str, *, limit: int = 12) -> tuple[Organization, ...]:
    """This function will return the regions a reader may mean: one for a code or a full name. One query."""
    text = text.replace("\0", "").strip()
    matches = Q(code=text) | Q(name__icontains=text) | Q(short_name__icontains=text)
    found = tuple(organizations().filter(matches, kind__in=_COMPARABLE).order_by("name")[:limit])
    exact = tuple(one for one in found if text.casefold() in (one.code, one.name.casefold()))
    return exact or found


def regions_with_services() -> tuple[tuple[Organization, int], ...]:
    """This function will return the regions with services on record, most first. Two queries."""
    counted = register_share().by_region
    found = organizations_by_code([code for code, _ in counted])
    return tuple((found[code], number) for code, number in counted if code in found)


def services_for_indicators(numbers: Iterable[int]) -> tuple[ListedService, ...]:
    """This function will return the services on record for some indicators of SPBE, by region and name. One query."""
    rows = Service.objects.exclude(status=Status.NONE).exclude(is_synthetic=True)
    found = rows.filter(spbe_indicator__in=list(numbers)).order_by("region_code", "name", "key")
    return tuple(listed(row) for row in found)


def own_services(organization_id: UUID) -> tuple[OwnService, ...]:
    """This function will return what a region says about its services now; call it inside its transaction."""
    return tuple(OwnService.objects.filter(organization_id=organization_id, withdrawn_at__isnull=True))


def region_services(region_code: str) -> tuple[ListedService, ...]:
    """This function will return the services of a region on record, by name. One query."""
    rows = Service.objects.exclude(status=Status.NONE).filter(region_code=region_code)
    return tuple(listed(row) for row in rows)
