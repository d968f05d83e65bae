"""The districts and villages that a service is handed down to, and whose values hold there."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Length, Substr

from livinglab.adoptions.domain.units import DISTRICT, VILLAGE, Held, chain_of, owed
from livinglab.adoptions.domain.values import effective, is_looser
from livinglab.adoptions.models import Adoption, HandedDown
from livinglab.adoptions.models import Value as SetValue
from livinglab.adoptions.queries.adoptions import package_of
from livinglab.kernel.texts import storable
from livinglab.organizations.queries import Area, AreaKind, areas
from livinglab.packages.domain.manifest import Parameter
from livinglab.packages.domain.package import Package

_DISTRICT_LENGTH: Final = 8  # PP.KK.CC
WAITING: Final = Q(is_autonomous=True, number="")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many units a service is handed down to; `waiting` of the villages have not decided to take part yet."""

    districts: int
    villages: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Unit:
    """A district or village on a list, with how many values it set itself and the required ones that it lacks."""

    code: str
    name: str
    kind: AreaKind | None
    is_autonomous: bool
    number: str
    own: int
    missing: tuple[str, ...]

    @property
    def is_waiting(self) -> bool:
        """Whether it governs itself and has not decided to take part yet."""
        return self.is_autonomous and not self.number


def values_for(adoption: Adoption, unit_code: str, *, package: Package | None = None) -> Mapping[str, Held]:
    """This function will return the values that hold for a unit by parameter: its own, its district's, the adopter's.

    `unit_code` is a district's, a village's, or "" for the adopter itself; `package` what the adoption runs, read when
    it is not given. A unit's value of a parameter that it may no longer set is passed over. One query.
    """
    parameters = (package or package_of(adoption)).manifest.parameters
    known = {one.id: one for one in parameters}
    by_village = [one.id for one in parameters if one.per == VILLAGE]
    by_district = [one.id for one in parameters if one.per == DISTRICT]
    chain = chain_of(unit_code)
    rows = (
        SetValue.objects.annotate(nearness=Length("unit_code"))
        .filter(
            Q(unit_code="")
            | Q(parameter__in=by_village)
            | Q(parameter__in=by_district, nearness=_DISTRICT_LENGTH),
            adoption_id=adoption.id,
            unit_code__in=chain,
            parameter__in=[one.id for one in parameters],
        )
        .order_by("parameter", "-nearness")
    )
    found: dict[str, Held] = {}
    for row in rows:  # at most three of a parameter, the nearest first
        nearer = found.get(row.parameter)
        if nearer is None or is_looser(known[row.parameter], nearer.value, row.value):
            found[row.parameter] = Held(row.parameter, row.value, row.unit_code)
    return found


def find_unit(adoption_id: UUID, unit_code: str) -> HandedDown | None:
    """This function will return the hand-down of a service to a unit, None where it was not handed down. One query."""
    if "\x00" in unit_code:
        return None
    return HandedDown.objects.filter(adoption_id=adoption_id, unit_code=unit_code).first()


def unit_counts(adoption_id: UUID) -> Counts:
    """This function will return how many districts and villages a service is handed down to. One query."""
    is_district = Q(length=_DISTRICT_LENGTH)
    rows = HandedDown.objects.annotate(length=Length("unit_code")).filter(adoption_id=adoption_id)
    found = rows.aggregate(
        districts=Count("id", filter=is_district),
        villages=Count("id", filter=~is_district),
        waiting=Count("id", filter=WAITING),
    )
    return Counts(**found)


def units_like(adoption: Adoption, region_code: str, *, text: str) -> "QuerySet[HandedDown]":
    """This function will return the units of a service whose name or code holds a text, by code."""
    rows = HandedDown.objects.filter(adoption_id=adoption.id).order_by("unit_code")
    if text:
        rows = rows.filter(unit_code__in=_areas_like(region_code, text).values("code"))
    return rows


def areas_left(adoption: Adoption, region_code: str, *, text: str) -> "QuerySet[Area]":
    """This function will return the districts and villages without the service whose name or code holds a text."""
    taken = HandedDown.objects.filter(adoption_id=adoption.id).values("unit_code")
    return _areas_like(region_code, text).exclude(code__in=taken).order_by("code")


def _areas_like(region_code: str, text: str) -> "QuerySet[Area]":
    text = storable(text).strip()
    found = areas(region_code)
    return found.filter(Q(name__icontains=text) | Q(code__startswith=text)) if text else found


def lacking(
    rows: "QuerySet[HandedDown]", adoption_id: UUID, parameters: Iterable[Parameter]
) -> "QuerySet[HandedDown]":
    """This function will narrow units to those without a value that is required where they work."""
    lacks = Q(pk__in=())
    for one in parameters:
        if not one.is_required or not one.per:
            continue
        places: list[object] = [Value(""), Substr(OuterRef("unit_code"), 1, _DISTRICT_LENGTH)]
        if one.per == VILLAGE:
            places.append(OuterRef("unit_code"))
        has = Exists(SetValue.objects.filter(adoption_id=adoption_id, parameter=one.id, unit_code__in=places))
        lacks |= ~Q(has) if one.per == DISTRICT else ~Q(has) & Q(length__gt=_DISTRICT_LENGTH)
    return rows.annotate(length=Length("unit_code")).filter(lacks)


def described(
    adoption: Adoption, region_code: str, rows: Iterable[HandedDown], parameters: Collection[Parameter]
) -> tuple[Unit, ...]:
    """This function will return units with their names and what they lack. Two queries, however many there are."""
    rows = tuple(rows)
    codes = [row.unit_code for row in rows]
    names = {one.code: one for one in areas(region_code).filter(code__in=codes)}
    places = {place for code in codes for place in chain_of(code)}
    values: dict[tuple[str, str], object] = {
        (one.unit_code, one.parameter): one.value
        for one in SetValue.objects.filter(adoption_id=adoption.id, unit_code__in=places)
    }
    own = Counter(unit for unit, _parameter in values)
    return tuple(
        Unit(
            code=row.unit_code,
            name=names[row.unit_code].name if row.unit_code in names else row.unit_code,
            kind=AreaKind(names[row.unit_code].kind) if row.unit_code in names else None,
            is_autonomous=row.is_autonomous,
            number=row.number,
            own=own[row.unit_code],
            missing=tuple(
                one.id
                for one in owed(parameters, row.unit_code)
                if effective(one, values, chain_of(row.unit_code)) is None
            ),
        )
        for row in rows
    )
