"""The comparison as its page shows it: columns, groups of rows, cells with words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from livinglab.catalogue.domain.coverage import Absence
from livinglab.catalogue.domain.functions import ServiceFunction, Side, Status
from livinglab.catalogue.domain.matrix import Cell, ListedService, Row
from livinglab.catalogue.queries import ServiceMatrix
from livinglab.catalogue.web import findings, words
from livinglab.catalogue.web.weave import Weave, cell_state, weave
from livinglab.ui.formats import count
from livinglab.ui.languages import language

#: services of one cell shown before the rest is folded
SHOWN_IN_A_CELL = 3
_MARKS = {"recorded": "focus", "inactive": "hollow focus", "none": "none", "open": "b0"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the address asks for; the whole state of the page."""

    codes: tuple[str, ...] = ()
    side: str = ""
    sector: str = ""
    function: str = ""
    every_row: bool = False

    def url(self) -> str:
        """This function will return the address of this comparison."""
        return reverse("catalogue:compare") + self.query()

    def download_url(self, file_format: str) -> str:
        """This function will return the address of the same figures as a file."""
        return reverse("catalogue:compare-download", args=[file_format]) + self.query()

    def query(self) -> str:
        """This function will return the query string, in one order, without what is empty."""
        pairs = [
            ("regions", ",".join(self.codes)),
            ("side", self.side),
            ("sector", self.sector),
            ("function", self.function),
            ("rows", "all" if self.every_row else ""),
        ]
        text = urlencode([(key, value) for key, value in pairs if value], safe=",")
        return f"?{text}" if text else ""

    def without(self, code: str) -> "Wanted":
        """This function will return the comparison without one region."""
        return replace(self, codes=tuple(one for one in self.codes if one != code))

    def with_region(self, code: str) -> "Wanted":
        """This function will return the comparison with one more region."""
        return replace(self, codes=(*self.codes, code))


def read_wanted(request: HttpRequest) -> Wanted:
    """This function will return what the address asks for."""
    given = request.GET
    codes = (code.strip() for text in given.getlist("regions") for code in text.split(","))
    return Wanted(
        codes=tuple(dict.fromkeys(code for code in codes if code)),
        side=given.get("side", ""),
        sector=given.get("sector", ""),
        function=given.get("function", ""),
        every_row=given.get("rows") == "all",
    )


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """A service in a cell."""

    name: str
    url: str
    facts: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell: services, of which some are folded, or the words for their absence."""

    region: str
    css: str
    absence: str
    shown: tuple[ServiceLine, ...]
    folded: tuple[ServiceLine, ...]
    folded_label: str


@dataclass(frozen=True, slots=True)
class RowView:
    """A function with its cells."""

    name: str
    purpose: str
    national: str
    url: str
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True)
class GroupView:
    """Rows of one side or sector."""

    name: str
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnView:
    """A region: its threads, its count, its column's head, and what the reader may do with it."""

    name: str
    recorded: str
    note: str
    method: str
    weave: Weave
    services_url: str
    remove_url: str
    own_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonView:
    """Everything the page says."""

    heading: str
    reading: str
    coverage: str
    method: str
    columns: tuple[ColumnView, ...]
    groups: tuple[GroupView, ...]
    unplaced: tuple[tuple[str, tuple[ServiceLine, ...]], ...]
    hidden: str
    all_rows_url: str
    sources: str


def comparison_view(compared: ServiceMatrix, wanted: Wanted, *, own: frozenset[str]) -> ComparisonView:
    """This function will return the comparison in the reader's language; `own` are codes the reader may add to."""
    names = tuple(one.organization.short_name for one in compared.regions)
    rows = [row for row in compared.matrix.rows if wanted.every_row or _says_something(row)]
    hidden = len(compared.matrix.rows) - len(rows)
    return ComparisonView(
        heading=findings.comparison_heading(compared.matrix, names),
        reading=findings.gap_sentence(compared.matrix, names),
        coverage=findings.coverage_sentence(
            compared.share, compared.largest.name if compared.largest else ""
        ),
        method=findings.method_sentence(),
        columns=tuple(_column(compared, position, wanted, own) for position in range(len(names))),
        groups=tuple(_groups(rows, names)),
        unplaced=tuple(
            (name, tuple(_line(one) for one in services))
            for name, services in zip(names, compared.matrix.unplaced, strict=True)
            if services
        ),
        hidden=_hidden(hidden),
        all_rows_url=replace(wanted, every_row=True).url(),
        sources=sources_sentence(compared),
    )


def sources_sentence(compared: ServiceMatrix) -> str:
    """This function will return the sources of the columns, each once."""
    named = [words.said(source.name) for one in compared.regions for source in one.coverage.sources]
    return "; ".join(dict.fromkeys(named)) or _("no source was read for these regions")


def _says_something(row: Row) -> bool:
    return any(cell.is_recorded or cell.absence is Absence.STATED_NONE for cell in row.cells)


def _hidden(number: int) -> str:
    if number == 0:
        return ""
    text = ngettext(
        "%(number)s function is on record in none of these regions.",
        "%(number)s functions are on record in none of these regions.",
        number,
    )
    return text % {"number": count(number, language=language())}


def _column(compared: ServiceMatrix, position: int, wanted: Wanted, own: frozenset[str]) -> ColumnView:
    region = compared.regions[position]
    code = region.organization.code
    method = str(words.METHODS[region.coverage.method])
    services = ngettext("%(number)s service", "%(number)s services", region.services)
    number = services % {"number": count(region.services, language=language())}
    recorded = _("%(part)s of %(whole)s functions") % {
        "part": compared.matrix.recorded_functions(position),
        "whole": len(compared.matrix.rows),
    }
    return ColumnView(
        name=region.organization.short_name,
        recorded=recorded,
        note=f"{number} · {method}",
        method=method,
        weave=weave(_ordered(compared.matrix.rows), position),
        services_url=reverse("catalogue:services") + "?" + urlencode({"region": code}),
        remove_url=wanted.without(code).url(),
        own_url=reverse("catalogue:own-services", args=[code]) if code in own else "",
    )


def _ordered(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: _group_order(row.function))


def _groups(rows: Iterable[Row], names: Sequence[str]) -> Iterable[GroupView]:
    for name, members in groupby(_ordered(rows), key=lambda row: group_name(row.function)):
        yield GroupView(name, tuple(_row(row, names) for row in members))


def _group_order(function: ServiceFunction) -> tuple[bool, str]:
    is_public = function.side is Side.PUBLIC
    return is_public, words.said(function.sector.name) if function.sector else ""


def group_name(function: ServiceFunction) -> str:
    """This function will return the sector of a public function, the side of the others."""
    return words.said(function.sector.name) if function.sector else str(words.SIDES[function.side])


def _row(row: Row, names: Sequence[str]) -> RowView:
    return RowView(
        name=words.said(row.function.name),
        purpose=words.said(row.function.purpose),
        national=words.national_application(row.function),
        url=reverse("catalogue:services") + "?" + urlencode({"function": row.function.code}),
        cells=tuple(_cell(cell, name) for cell, name in zip(row.cells, names, strict=True)),
    )


def _cell(cell: Cell, region: str) -> CellView:
    lines = tuple(_line(one) for one in cell.services)
    shown = lines if len(lines) <= SHOWN_IN_A_CELL + 1 else lines[:SHOWN_IN_A_CELL]
    folded = lines[len(shown) :]
    label = ngettext("%(number)s more", "%(number)s more", len(folded)) % {"number": len(folded)}
    return CellView(
        region=region,
        css=_MARKS[cell_state(cell)],
        absence=str(words.ABSENCES[cell.absence]) if cell.absence else "",
        shown=shown,
        folded=folded,
        folded_label=label if folded else "",
    )


def _line(service: ListedService) -> ServiceLine:
    facts = [service.agency, str(service.year or "")]
    if service.status is not Status.UNKNOWN:
        facts.append(str(words.STATUSES[service.status]))
    if service.spbe_indicator:
        facts.append(_("indicator %(number)s") % {"number": service.spbe_indicator})
    facts.append(words.reliability(service))
    return ServiceLine(
        name=service.name,
        url=reverse("catalogue:service", args=[service.key]),
        facts=" · ".join(fact for fact in facts if fact),
        is_active=service.status is not Status.INACTIVE,
    )
