"""The register and one service as their pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from livinglab.catalogue import queries
from livinglab.catalogue.domain.functions import OF_SERVICES, Side, Status
from livinglab.catalogue.domain.matrix import ListedService
from livinglab.catalogue.queries import ServiceFilter, ServicePage
from livinglab.catalogue.queries.practices import ListedPractice
from livinglab.catalogue.web import findings, words
from livinglab.catalogue.web.comparison import Wanted, group_name
from livinglab.catalogue.web.entry_view import FieldView, open_fields
from livinglab.kernel.unknown import UnknownValue
from livinglab.organizations.queries import Organization
from livinglab.ui.formats import count
from livinglab.ui.languages import language

Options = tuple[tuple[str, str], ...]
RegionCounts = Sequence[tuple[Organization, int]]
#: two regions of the founding articles and the largest register: comparisons to begin with
EXAMPLES = (("32.11", "34.02"), ("32.11", "14.08", "35.10"), ("51.71", "73.72"))


def read_filter(request: HttpRequest) -> tuple[ServiceFilter, int]:
    """This function will return what the address searches, and the page. Errors: `UnknownValue` for no page number."""
    given = request.GET
    number = given.get("page", "1")
    if not (number.isascii() and number.isdigit() and 1 <= int(number[:6]) <= 9_999):
        raise UnknownValue(_("page"), number)
    keys = ("region", "function", "side", "sector", "status")
    text = given.get("q", "").replace("\0", "").strip()[:100]
    return ServiceFilter(text=text, **{key: given.get(key, "").replace("\0", "") for key in keys}), int(
        number
    )


@dataclass(frozen=True, slots=True)
class FilterOptions:
    """The choices of the filters, in the reader's language; the first of each takes all."""

    sides: Options
    sectors: Options
    functions: Options
    statuses: Options


def filter_options(wanted: ServiceFilter | Wanted) -> FilterOptions:
    """This function will return the choices; functions are narrowed to the side and sector already chosen."""
    narrowed = queries.taxonomy().narrowed(side=wanted.side, sector=wanted.sector)
    functions = sorted((words.said(one.name), one.code) for one in narrowed or queries.functions())
    return FilterOptions(
        sides=(("", _("Both sides")), *((str(side), str(words.SIDES[side])) for side in Side)),
        sectors=(
            ("", _("All sectors")),
            *((one.code, words.said(one.name)) for one in queries.taxonomy().sectors),
        ),
        functions=(("", _("All functions")), *((code, name) for name, code in functions)),
        statuses=(
            ("", _("Any status")),
            *((str(one), str(words.STATUSES[one])) for one in OF_SERVICES if one is not Status.NONE),
        ),
    )


@dataclass(frozen=True, slots=True)
class Listing:
    """A service in a list."""

    name: str
    url: str
    place: str
    agency: str
    functions: str
    description: str
    facts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView:
    """One page of the register."""

    heading: str
    coverage: str
    method: str
    wanted: ServiceFilter
    column: tuple[str, str] | None
    regions: Options
    services: tuple[Listing, ...]
    page: int
    pages: int

    def page_url(self, number: int) -> str:
        """This function will return the address of another page of the same search."""
        pairs = [("q", self.wanted.text), *((key, getattr(self.wanted, key)) for key in _FILTERS)]
        if number > 1:
            pairs.append(("page", str(number)))
        text = urlencode([(key, value) for key, value in pairs if value])
        return reverse("catalogue:services") + (f"?{text}" if text else "")


_FILTERS = ("region", "function", "side", "sector", "status")


def search_view(wanted: ServiceFilter, found: ServicePage, regions: RegionCounts) -> SearchView:
    """This function will return one page of a search, with the finding and the coverage of the whole register."""
    share = queries.register_share()
    largest = regions[0][0].name if regions else ""
    is_filtered = wanted != ServiceFilter()
    return SearchView(
        heading=findings.search_heading(found.total, share, largest, is_filtered=is_filtered),
        coverage=findings.coverage_sentence(share, largest),
        method=findings.method_sentence(),
        wanted=wanted,
        column=_column(wanted.region, regions),
        regions=(
            ("", _("All regions")),
            *((one.code, _with_count(one.name, number)) for one, number in regions),
        ),
        services=tuple(_listing(one) for one in found.services),
        page=found.number,
        pages=found.pages,
    )


def _column(code: str, regions: RegionCounts) -> tuple[str, str] | None:
    """The name of the region searched and where its services stand by function; None without one on record."""
    names = {one.code: one.name for one, _number in regions}
    return (names[code], Wanted(codes=(code,)).url()) if code in names else None


def _with_count(name: str, number: int) -> str:
    return f"{name} ({count(number, language=language())})"


def _listing(service: ListedService) -> Listing:
    facts = [
        str(service.year or ""),
        str(words.STATUSES[service.status]),
        words.reliability(service),
    ]
    return Listing(
        name=service.name,
        url=reverse("catalogue:service", args=[service.key]),
        place=words.place(service),
        agency=service.agency,
        functions=_function_names(service),
        description=words.description(service),
        facts=" · ".join(fact for fact in facts if fact),
    )


def _function_names(service: ListedService) -> str:
    known = [queries.taxonomy().function(code) for code in service.functions]
    return ", ".join(words.said(one.name) for one in known if one) or _("function not stated by the source")


@dataclass(frozen=True, slots=True)
class FunctionLine:
    """A function of a service: who else has it, and what law says about its field."""

    name: str
    purpose: str
    group: str
    url: str
    national: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceView:
    """One service."""

    name: str
    description: str
    place: str
    region_code: str
    facts: tuple[tuple[str, str], ...]
    functions: tuple[FunctionLine, ...]
    in_common_field: bool
    source: str
    source_note: str
    url: str
    namesakes: tuple[Listing, ...]
    alike: tuple[Listing, ...]
    compare_url: str
    open_fields: tuple[FieldView, ...]
    practices: tuple[tuple[str, str], ...]
    fill_url: str


def service_view(
    service: ListedService,
    namesakes: Sequence[ListedService],
    alike: Sequence[ListedService],
    practices: Sequence[ListedPractice],
) -> ServiceView:
    """This function will return one service with its source, its namesakes and services of the same function."""
    known = [one for one in map(queries.taxonomy().function, service.functions) if one]
    source = queries.source_of(service)
    regions = dict.fromkeys(one.region_code for one in (service, *alike) if one.region_code)
    return ServiceView(
        name=service.name,
        description=words.description(service),
        place=words.place(service),
        region_code=service.region_code,
        facts=tuple(_facts(service)),
        functions=tuple(
            FunctionLine(
                name=words.said(one.name),
                purpose=words.said(one.purpose),
                group=group_name(one),
                url=reverse("catalogue:services") + "?" + urlencode({"function": one.code}),
                national=words.national_application(one),
            )
            for one in known
        ),
        in_common_field=any(one.field for one in known),
        source=words.source_name(service),
        source_note=words.said(source.note) if source else "",
        url=service.url,
        namesakes=tuple(_listing(one) for one in namesakes),
        alike=tuple(_listing(one) for one in alike),
        compare_url=Wanted(codes=tuple(regions)[:4]).url() if len(regions) > 1 else "",
        open_fields=open_fields(practices),
        practices=tuple((one.text.title, reverse("catalogue:practice", args=[one.key])) for one in practices),
        fill_url=_fill_url(service),
    )


def _fill_url(service: ListedService) -> str:
    """Where its region's officers begin a practice about it; nothing without a region."""
    if not service.region_code:
        return ""
    begin = reverse("catalogue:begin-practice", args=[service.region_code])
    return f"{begin}?{urlencode({'service': service.key})}"


def _facts(service: ListedService) -> list[tuple[str, str]]:
    not_stated = _("not stated")
    indicator = _("indicator %(number)s") % {"number": service.spbe_indicator}
    return [
        (_("Agency"), service.agency or not_stated),
        (_("Status"), str(words.STATUSES[service.status])),
        (_("Year"), str(service.year or not_stated)),
        (_("Platform"), str(words.PLATFORMS.get(service.platform, not_stated))),
        (_("Kind of application"), str(words.APP_CLASSES.get(service.app_class, not_stated))),
        (_("SPBE 2020, as its source says"), indicator if service.spbe_indicator else not_stated),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageView:
    """Where a comparison may begin: which regions have services on record, and how they were found."""

    heading: str
    coverage: str
    method: str
    regions: tuple[tuple[str, str, str, str], ...]  # name, number, method, address of its column
    examples: tuple[tuple[str, str], ...]


def coverage_view(regions: RegionCounts) -> CoverageView:
    """This function will return the coverage of the register, region by region."""
    share = queries.register_share()
    largest = regions[0][0].name if regions else ""
    names = {one.code: one.short_name for one, _number in regions}
    return CoverageView(
        heading=_("Who already has the service that you still lack?"),
        coverage=findings.coverage_sentence(share, largest),
        method=findings.method_sentence(),
        regions=tuple(
            (
                one.name,
                count(number, language=language()),
                str(words.METHODS[queries.coverage().of(one.code).method]),
                Wanted(codes=(one.code,)).url(),
            )
            for one, number in regions
        ),
        examples=tuple(
            (findings.listed([names[code] for code in codes]), Wanted(codes=codes).url())
            for codes in EXAMPLES
            if all(code in names for code in codes)
        ),
    )
