"""The wider world: the United Nations' E-Government Development Index (EGDI) of a few countries.

EGDI is the mean of three components, each from 0 to 1. It measures countries; SPBE and Pemdi measure
institutions from 1 to 5. The two never share an axis, a sum or a ranking.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from typing import Final

COLUMNS: Final = (
    *("year", "country_code", "country", "rank", "egdi", "osi", "hci", "tii", "epi"),
    *("source", "reliability", "note"),
)
WORLD: Final = "WORLD"
LAST_PLACE: Final = Decimal("0.0001")  # published with four decimals, so a sum of three may be off by this


class BadEgdi(ValueError):
    """A row of the EGDI file breaks a rule; the message names the line."""


class Component(StrEnum):
    """A third of EGDI."""

    SERVICES = "osi"
    PEOPLE = "hci"
    INFRASTRUCTURE = "tii"


class Reliability(StrEnum):
    """How sure a figure is; an unverified one is shown with that label and says nothing by itself."""

    OFFICIAL = "official"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"


class Group(StrEnum):
    """The United Nations' groups of EGDI: quarters of the scale."""

    VERY_HIGH = "very-high"
    HIGH = "high"
    MIDDLE = "middle"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Standing:
    """A country's EGDI in one year; ``components`` is empty when they are not known."""

    year: int
    country_code: str
    country: str
    rank: int | None
    egdi: Decimal
    components: Mapping[Component, Decimal]
    participation: Decimal | None
    source: str
    reliability: Reliability
    note: str

    @property
    def group(self) -> Group:
        if self.egdi >= Decimal("0.75"):
            return Group.VERY_HIGH
        if self.egdi >= Decimal("0.50"):
            return Group.HIGH
        return Group.MIDDLE if self.egdi >= Decimal("0.25") else Group.LOW

    @property
    def is_world_mean(self) -> bool:
        return self.country_code == WORLD


def difference_by_component(one: Standing, other: Standing) -> dict[Component, Fraction]:
    """Return what each component adds to the difference ``one`` − ``other``; empty when one lacks them."""
    if not one.components or not other.components:
        return {}
    return {
        component: Fraction(one.components[component] - other.components[component]) / len(Component)
        for component in Component
    }


def parse_egdi(lines: Iterable[str], *, name: str) -> tuple[Standing, ...]:
    """Return the rows of the EGDI file; ``name`` is the file's name in errors.

    Raises BadEgdi naming the line for a value outside 0 to 1, components that do not give the index, some
    components but not all, an unknown reliability, or a country twice in a year.
    """
    rows = csv.DictReader(lines)
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise BadEgdi(f"{name}, line 1: columns must be {','.join(COLUMNS)}")
    found: dict[tuple[int, str], Standing] = {}
    for row in rows:
        where = f"{name}, line {rows.line_num}"
        standing = _standing({key: value or "" for key, value in row.items()}, where)
        key = (standing.year, standing.country_code)
        if key in found:
            raise BadEgdi(f"{where}: {standing.country} {standing.year} is there already")
        found[key] = standing
    return tuple(found.values())


def _standing(row: Mapping[str, str], where: str) -> Standing:
    egdi = _share(row, "egdi", where)
    if egdi is None:
        raise BadEgdi(f"{where}: egdi is missing")
    if not row["year"].isdecimal() or not (row["rank"].isdecimal() or not row["rank"]):
        raise BadEgdi(f"{where}: year and rank must be whole numbers")
    if row["reliability"] not in list(Reliability):
        raise BadEgdi(f"{where}: reliability {row['reliability']!r} is none of {', '.join(Reliability)}")
    return Standing(
        year=int(row["year"]),
        country_code=row["country_code"],
        country=row["country"],
        rank=int(row["rank"]) if row["rank"] else None,
        egdi=egdi,
        components=_components(row, egdi, where),
        participation=_share(row, "epi", where),
        source=row["source"],
        reliability=Reliability(row["reliability"]),
        note=row["note"],
    )


def _components(row: Mapping[str, str], egdi: Decimal, where: str) -> dict[Component, Decimal]:
    known = {
        component: value for component in Component if (value := _share(row, component, where)) is not None
    }
    if not known:
        return {}
    if len(known) != len(Component):
        raise BadEgdi(f"{where}: all of {', '.join(Component)} or none of them")
    if abs(sum(known.values(), Decimal(0)) / len(known) - egdi) > LAST_PLACE:
        raise BadEgdi(f"{where}: the mean of the components is not {egdi}")
    return known


def _share(row: Mapping[str, str], column: str, where: str) -> Decimal | None:
    if not row[column]:
        return None
    try:
        value = Decimal(row[column])
    except InvalidOperation:
        raise BadEgdi(f"{where}: {column} {row[column]!r} is not a number") from None
    if not (value.is_finite() and 0 <= value <= 1):
        raise BadEgdi(f"{where}: {column} {value} is not between 0 and 1")
    return value
