"""Reads reference/provinces.csv, regions.csv, institutions.csv into organisations, and universities.csv."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from livinglab.organizations.domain.kinds import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationRow:
    """One organisation as the reference files state it."""

    code: str
    name: str
    short_name: str
    kind: Kind
    province_code: str | None = None
    is_autonomous: bool = True
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    area_km2: Decimal | None = None
    population: int | None = None
    zone: str = "WIB"
    is_synthetic: bool = False

    def fields(self) -> dict[str, object]:
        """This function will return the model's fields other than code and province."""
        names = ("name", "short_name", "kind", "is_autonomous", "latitude", "longitude")
        more = ("area_km2", "population", "zone", "is_synthetic")
        return {name: getattr(self, name) for name in names + more}


def read_organizations(folder: Path) -> Iterator[OrganizationRow]:
    """This function will yield every organisation: the platform, provinces, regions, central institutions."""
    yield OrganizationRow(code="platform", name="Living Lab", short_name="Living Lab", kind=Kind.PLATFORM)
    zones: dict[str, str] = {}
    for row in _rows(folder / "provinces.csv"):
        zones[row["code"]] = row["zone"]
        yield OrganizationRow(
            code=row["code"],
            name=row["name"],
            short_name=row["short_name"],
            kind=Kind.PROVINCE,
            zone=row["zone"],
        )
    for row in _rows(folder / "regions.csv"):
        yield _region(row, zones[row["province_code"]])
    for row in _rows(folder / "institutions.csv"):
        yield OrganizationRow(code=row["code"], name=row["name"], short_name=row["name"], kind=Kind.CENTRAL)


def read_universities(folder: Path) -> Iterator[tuple[str, str]]:
    """This function will yield code and name of every listed university."""
    for row in _rows(folder / "universities.csv"):
        yield row["code"], row["name"]


def _region(row: dict[str, str], zone: str) -> OrganizationRow:
    kind = Kind(row["kind"])
    short = row["name"].removeprefix("Kabupaten ").removeprefix("Kota ")
    return OrganizationRow(
        code=row["code"],
        name=row["name"],
        short_name=short if kind is Kind.REGENCY else f"Kota {short}",
        kind=kind,
        province_code=row["province_code"],
        is_autonomous=row["province_code"]
        != "31",  # UU 2/2024: Jakarta's regency and cities are administrative
        latitude=Decimal(row["latitude"]),
        longitude=Decimal(row["longitude"]),
        area_km2=Decimal(row["area_km2"]) if row["area_km2"] else None,
        population=int(row["population"]),
        zone=zone,
    )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
