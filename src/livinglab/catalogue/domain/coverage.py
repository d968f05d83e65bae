"""What an empty cell means: none, or not researched. It depends on how a region's services were found."""

from dataclasses import dataclass
from enum import StrEnum

from livinglab.catalogue.domain.functions import Reliability, ServiceFunction, Words


class Method(StrEnum):
    """How a region's services were found."""

    REGISTER = "register"  # its complete application register was read
    INDICATOR_LIST = "indicator_list"  # it listed its applications for some SPBE indicators
    SINGLE_FINDS = "single_finds"  # one by one, in press and reports
    NOT_RESEARCHED = "not_researched"  # nobody looked


class Absence(StrEnum):
    """Why a region has no service in a row."""

    NONE = "none"  # a complete list holds none
    STATED_NONE = "stated_none"  # the region itself says that it has none
    NOT_RESEARCHED = "not_researched"


@dataclass(frozen=True, slots=True)
class Source:
    """A source of services, with how sure it is."""

    code: str
    name: Words
    note: Words
    reliability: Reliability


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionCoverage:
    """How one region was researched. `indicators` (SPBE 2020) count only for an indicator list."""

    region_code: str
    method: Method
    sources: tuple[Source, ...] = ()
    indicators: frozenset[int] = frozenset()
    rows: int = 0

    def absence(self, function: ServiceFunction) -> Absence:
        """This function will return what it means that the region has no row for the function."""
        if self.method is Method.REGISTER:
            return Absence.NONE
        if self.method is Method.INDICATOR_LIST and self.indicators.intersection(function.indicators):
            return Absence.NONE
        return Absence.NOT_RESEARCHED


@dataclass(frozen=True, slots=True)
class Coverage:
    """The sources, and how each region was researched."""

    sources: tuple[Source, ...]
    regions: tuple[RegionCoverage, ...]

    def of(self, region_code: str) -> RegionCoverage:
        """This function will return how a region was researched; one that no file names was not."""
        for one in self.regions:
            if one.region_code == region_code:
                return one
        return RegionCoverage(region_code=region_code, method=Method.NOT_RESEARCHED)

    def source(self, code: str) -> Source | None:
        """This function will return the source with this code, None when there is none."""
        return next((one for one in self.sources if one.code == code), None)


@dataclass(frozen=True, slots=True)
class RegisterShare:
    """How much of the register comes from where. Counts are services; `share` is exact by its two counts."""

    total: int
    by_region: tuple[tuple[str, int], ...]  # most first; services of no region are left out
    without_region: int

    @property
    def largest(self) -> tuple[str, int] | None:
        """This function will return the region with most services and their number; None if empty."""
        return self.by_region[0] if self.by_region else None

    @property
    def is_mostly_one_region(self) -> bool:
        """Whether one region holds more than half of all services."""
        return self.largest is not None and 2 * self.largest[1] > self.total
