"""Whom a round takes in: everybody, one kind, one province, or those whose codes are written down."""

from collections.abc import Collection, Iterable
from enum import StrEnum

from livinglab.organizations.queries import REGIONAL, Kind, Organization


class Who(StrEnum):
    """Who takes part in a round."""

    EVERYBODY = "everybody"
    REGIONS = "regions"
    REGENCIES = "regencies"
    CITIES = "cities"
    PROVINCES = "provinces"
    PROVINCE = "province"  # one, with its regencies and cities
    CODES = "codes"


def meant(
    everybody: Iterable[Organization], who: Who, *, province: str = "", codes: Collection[str] = ()
) -> list[Organization]:
    """This function will return those of everybody who are meant; `province` and `codes` only where `who` asks."""
    return [one for one in everybody if _is_meant(one, who, province, codes)]


def _is_meant(one: Organization, who: Who, province: str, codes: Collection[str]) -> bool:
    match who:
        case Who.EVERYBODY:
            return True
        case Who.REGIONS:
            return one.kind in REGIONAL
        case Who.REGENCIES:
            return one.kind == Kind.REGENCY
        case Who.CITIES:
            return one.kind == Kind.CITY
        case Who.PROVINCES:
            return one.kind == Kind.PROVINCE
        case Who.PROVINCE:
            return province in (one.code, one.province.code if one.province else "")
        case Who.CODES:
            return one.code in codes
