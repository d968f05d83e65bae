"""Reads service-functions.yaml, service-coverage.yaml and services.csv, and refuses what does not fit.

Every refusal names file, line and rule. The files are ours and small; they are read once per process.
"""

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from livinglab.catalogue.adapters.yaml_lines import Entry, ReferenceRefused, read_yaml
from livinglab.catalogue.domain.coverage import Coverage, Method, RegionCoverage, Source
from livinglab.catalogue.domain.functions import (
    CommonField,
    Reliability,
    Sector,
    ServiceFunction,
    Side,
    Status,
    Taxonomy,
    Words,
)
from livinglab.catalogue.domain.matrix import ListedService

FUNCTIONS, COVERAGE, SERVICES = "service-functions.yaml", "service-coverage.yaml", "services.csv"
#: service indicators of SPBE 2020 (PermenPANRB 59/2020)
INDICATORS = range(32, 48)
COLUMNS = [
    *("id", "region_code", "region_name", "name", "functions", "description_id", "description_en", "agency"),
    *("platform", "app_class", "year", "status", "spbe_indicator", "source", "reliability"),
]
PLATFORMS = ("", "website", "mobile", "website_mobile", "desktop", "other")
APP_CLASSES = ("", "common", "special")
LONGEST_DESCRIPTION = 140

Word = TypeVar("Word", bound=StrEnum)
Known = TypeVar("Known")


@dataclass(frozen=True, slots=True)
class Reference:
    """The three files together, checked against each other."""

    taxonomy: Taxonomy
    coverage: Coverage
    services: tuple[ListedService, ...]


def read_reference(folder: Path) -> Reference:
    """This function will return functions, coverage and services. Errors: `ReferenceRefused`."""
    taxonomy = read_taxonomy(folder / FUNCTIONS)
    coverage = read_coverage(folder / COVERAGE)
    services = tuple(read_services(folder / SERVICES, taxonomy, coverage))
    counted = Counter(one.region_code for one in services)
    for region in coverage.regions:
        if counted[region.region_code] != region.rows:
            found = counted[region.region_code]
            message = f"{region.region_code}: {region.rows} stated, {found} in {SERVICES}"
            raise ReferenceRefused(COVERAGE, 0, "rows_are_counted", message)
    return Reference(taxonomy, coverage, services)


def read_taxonomy(path: Path) -> Taxonomy:
    """This function will return the service functions in the order of the file."""
    top = read_yaml(path)
    sectors = {code: Sector(code, _words(entry)) for code, entry in top.child("sectors").children()}
    fields = {
        code: CommonField(code, _words(entry), entry.text("application", "") or None)
        for code, entry in top.child("fields").children()
    }
    functions = tuple(_function(entry, sectors, fields) for entry in top.child("functions").items())
    _refuse_doubles(path.name, [one.code for one in functions])
    return Taxonomy(tuple(sectors.values()), functions)


def _function(
    entry: Entry, sectors: Mapping[str, Sector], fields: Mapping[str, CommonField]
) -> ServiceFunction:
    side = _word(entry, "side", Side)
    sector = _known(entry, "sector", sectors)
    if (sector is not None) != (side is Side.PUBLIC):
        raise entry.refuse("public_functions_have_a_sector", "exactly the public functions have a sector")
    return ServiceFunction(
        code=entry.text("code"),
        name=_words(entry.child("name")),
        purpose=_words(entry.child("purpose")),
        side=side,
        sector=sector,
        indicators=_indicators(entry),
        field=_known(entry, "field", fields),
    )


def read_coverage(path: Path) -> Coverage:
    """This function will return the sources, and how each region was researched."""
    top = read_yaml(path)
    sources = {code: _source(code, entry) for code, entry in top.child("sources").children()}
    regions = []
    for entry in top.child("regions").items():
        named = [sources.get(code) for code in entry.strings("sources")]
        if None in named:
            raise entry.refuse("sources_are_known", "a source that `sources` does not hold")
        regions.append(
            RegionCoverage(
                region_code=entry.text("code"),
                method=_word(entry, "method", Method),
                sources=tuple(one for one in named if one is not None),
                indicators=frozenset(_indicators(entry)),
                rows=entry.number("rows"),
            )
        )
    _refuse_doubles(path.name, [one.region_code for one in regions])
    return Coverage(tuple(sources.values()), tuple(regions))


def _source(code: str, entry: Entry) -> Source:
    reliability = _word(entry, "reliability", Reliability)
    return Source(code, _words(entry.child("name")), _words(entry.child("note")), reliability)


def read_services(path: Path, taxonomy: Taxonomy, coverage: Coverage) -> Iterator[ListedService]:
    """This function will yield the services of the register. Homonyms stay apart by their id."""
    seen: set[str] = set()
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if reader.fieldnames != COLUMNS:
            raise ReferenceRefused(path.name, 1, "columns_are_known", f"expected {','.join(COLUMNS)}")
        for row in reader:
            line = _Line(path.name, reader.line_num, row)
            service = _service(line, taxonomy, coverage)
            if service.key in seen:
                raise line.refuse("ids_are_unique", f"{service.key} comes twice")
            seen.add(service.key)
            yield service


@dataclass(frozen=True, slots=True)
class _Line:
    file: str
    number: int
    cells: Mapping[str, str]

    def refuse(self, rule: str, message: str) -> ReferenceRefused:
        return ReferenceRefused(self.file, self.number, rule, message)

    def one_of(self, column: str, allowed: Callable[[str], bool]) -> str:
        value = self.cells[column]
        if not allowed(value):
            raise self.refuse(f"{column}_is_known", f"{value!r}")
        return value

    def whole(self, column: str, allowed: range) -> int | None:
        value = self.cells[column]
        if not value:
            return None
        if not value.isascii() or not value.isdigit() or int(value) not in allowed:
            message = f"{value!r} is not in {allowed.start} to {allowed.stop - 1}"
            raise self.refuse(f"{column}_is_in_range", message)
        return int(value)


def _service(line: _Line, taxonomy: Taxonomy, coverage: Coverage) -> ListedService:
    cells = line.cells
    functions = tuple(cells["functions"].split())
    for code in functions:
        if taxonomy.function(code) is None:
            raise line.refuse("functions_are_known", f"{code!r} is not in {FUNCTIONS}")
    for column in ("description_id", "description_en"):
        if not 0 < len(cells[column]) <= LONGEST_DESCRIPTION:
            raise line.refuse("descriptions_are_short", f"{column} has {len(cells[column])} characters")
    if not cells["id"] or not cells["name"]:
        raise line.refuse("services_have_id_and_name", "id or name is empty")
    source = coverage.source(cells["source"])
    if source is None or source.reliability != cells["reliability"]:
        message = f"{cells['source']!r} with reliability {cells['reliability']!r}"
        raise line.refuse("sources_are_known", message)
    return ListedService(
        key=cells["id"],
        region_code=cells["region_code"],
        region_name=cells["region_name"],
        name=cells["name"],
        functions=functions,
        description_id=cells["description_id"],
        description_en=cells["description_en"],
        agency=cells["agency"],
        platform=line.one_of("platform", PLATFORMS.__contains__),
        app_class=line.one_of("app_class", APP_CLASSES.__contains__),
        year=line.whole("year", range(1990, 2100)),
        status=Status(line.one_of("status", ("active", "inactive", "unknown").__contains__)),
        spbe_indicator=line.whole("spbe_indicator", INDICATORS),
        source=source.code,
        reliability=source.reliability,
    )


def _words(entry: Entry) -> Words:
    return Words(entry.text("id"), entry.text("en"))


def _word(entry: Entry, key: str, kind: type[Word]) -> Word:
    value = entry.text(key)
    if value not in set(kind):
        raise entry.refuse(f"{key}_is_known", f"{value!r} is not one of {', '.join(kind)}")
    return kind(value)


def _known(entry: Entry, key: str, known: Mapping[str, Known]) -> Known | None:
    code = entry.text(key, "")
    if code and code not in known:
        raise entry.refuse(f"{key}_is_known", f"{code!r} is not one of {', '.join(known)}")
    return known.get(code)


def _indicators(entry: Entry) -> tuple[int, ...]:
    numbers = entry.numbers("indicators")
    if any(number not in INDICATORS for number in numbers) or len(set(numbers)) != len(numbers):
        raise entry.refuse("indicators_are_32_to_47", f"{list(numbers)}")
    return numbers


def _refuse_doubles(file: str, codes: list[str]) -> None:
    for code, times in Counter(codes).items():
        if times > 1:
            raise ReferenceRefused(file, 0, "codes_are_unique", f"{code} comes {times} times")
