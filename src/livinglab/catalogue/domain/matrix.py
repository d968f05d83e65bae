"""The comparison: one row per service function, one cell per region."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from livinglab.catalogue.domain.coverage import Absence, RegionCoverage
from livinglab.catalogue.domain.functions import Reliability, ServiceFunction, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedService:
    """A service as a cell, a list or the API shows it. Unknown texts are empty, an unknown year is None."""

    key: str
    region_code: str
    region_name: str
    name: str
    functions: tuple[str, ...]
    description_id: str
    description_en: str
    agency: str
    platform: str
    app_class: str
    year: int | None
    status: Status
    spbe_indicator: int | None
    source: str
    reliability: Reliability
    url: str = ""
    is_synthetic: bool = False  # entered by a demo person


@dataclass(frozen=True, slots=True)
class Cell:
    """One region's services for one function, or why there are none (`absence`, else None)."""

    services: tuple[ListedService, ...]
    absence: Absence | None

    @property
    def is_recorded(self) -> bool:
        """Whether the region has a service for the function on record."""
        return bool(self.services)


@dataclass(frozen=True, slots=True)
class Row:
    """One function across the regions, in the order in which they were asked for."""

    function: ServiceFunction
    cells: tuple[Cell, ...]

    @property
    def recorded(self) -> int:
        """How many of the regions have a service for the function on record."""
        return sum(cell.is_recorded for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Gap:
    """Functions that `first` has on record and `second` has not, split by why it has not."""

    first: int  # positions of the regions
    second: int
    functions: tuple[ServiceFunction, ...]
    none: int
    not_researched: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """The rows of a comparison, with the services whose function their source does not state."""

    rows: tuple[Row, ...]
    unplaced: tuple[tuple[ListedService, ...], ...]  # one tuple per region

    def recorded_functions(self, position: int) -> int:
        """This function will return for how many functions one region has a service on record."""
        return sum(row.cells[position].is_recorded for row in self.rows)

    def gap(self, first: int, second: int) -> Gap:
        """This function will return what one region has on record and another has not."""
        rows = [
            one for one in self.rows if one.cells[first].is_recorded and not one.cells[second].is_recorded
        ]
        researched = sum(row.cells[second].absence is not Absence.NOT_RESEARCHED for row in rows)
        return Gap(first, second, tuple(row.function for row in rows), researched, len(rows) - researched)

    def alone(self, position: int) -> int:
        """This function will return for how many functions only this region has a service on record."""
        return sum(row.recorded == 1 and row.cells[position].is_recorded for row in self.rows)


def build_matrix(
    *,
    functions: Iterable[ServiceFunction],
    regions: Iterable[RegionCoverage],
    services: Iterable[ListedService],
) -> Matrix:
    """This function will lay the services out by function and region.

    A service with several functions stands in several rows. A region's own statement "none" answers an empty
    cell; beside a service on record it changes nothing, since a list and a statement may both be old.
    """
    coverages = tuple(regions)
    by_place: dict[tuple[str, str], list[ListedService]] = {}
    unplaced: dict[str, list[ListedService]] = {}
    for service in services:
        if not service.functions:
            unplaced.setdefault(service.region_code, []).append(service)
        for code in service.functions:
            by_place.setdefault((service.region_code, code), []).append(service)
    rows = tuple(
        Row(function, tuple(_cell(one, function, by_place) for one in coverages)) for function in functions
    )
    return Matrix(rows, tuple(tuple(unplaced.get(one.region_code, ())) for one in coverages))


def _cell(
    coverage: RegionCoverage,
    function: ServiceFunction,
    by_place: Mapping[tuple[str, str], list[ListedService]],
) -> Cell:
    found = by_place.get((coverage.region_code, function.code), [])
    services = tuple(one for one in found if one.status is not Status.NONE)
    if services:
        return Cell(services, None)
    return Cell((), Absence.STATED_NONE if found else coverage.absence(function))
