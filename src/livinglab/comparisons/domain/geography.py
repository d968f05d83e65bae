"""Where regions lie: distance between them and the island group they belong to."""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from types import MappingProxyType
from typing import Final

EARTH_RADIUS_KM: Final = 6371.0088  # mean radius, IUGG

FICTITIOUS: Final = "99"  # province code of the invented regions that tests and demonstrations use

# The first digit of a Kemendagri province code names its island group.
ISLAND_GROUPS: Final = MappingProxyType(
    {
        "1": "sumatra",
        "2": "sumatra",
        "3": "java",
        "5": "bali-nusa-tenggara",
        "6": "kalimantan",
        "7": "sulawesi",
        "8": "maluku",
        "9": "papua",
    }
)


@dataclass(frozen=True, slots=True)
class Point:
    """A place on Earth, in decimal degrees."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        if not -90 <= self.latitude <= 90:
            raise ValueError(f"latitude {self.latitude} is not between -90 and 90")
        if not -180 <= self.longitude <= 180:
            raise ValueError(f"longitude {self.longitude} is not between -180 and 180")


def distance_km(one: Point, other: Point) -> float:
    """Return the great-circle distance in kilometres (haversine: exact also for close points)."""
    latitude_one, latitude_other = radians(one.latitude), radians(other.latitude)
    half_latitude = (latitude_other - latitude_one) / 2
    half_longitude = radians(other.longitude - one.longitude) / 2
    chord = sin(half_latitude) ** 2 + cos(latitude_one) * cos(latitude_other) * sin(half_longitude) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord)))


def island_group(region_code: str) -> str:
    """Return the island group of a region or province by its Kemendagri code, for example ``32.11``.

    Raises ValueError for a code that lies on no island: unknown, or fictitious (99.xx).
    """
    group = ISLAND_GROUPS.get(region_code[:1])
    if group is None or region_code.startswith(FICTITIOUS):
        known = ", ".join(sorted(ISLAND_GROUPS))
        raise ValueError(f"code {region_code!r} belongs to no island group: known first digits are {known}")
    return group
