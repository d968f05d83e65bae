"""The only place that reads the clock. Operations and the domain take the moment as the argument `at`."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}


def now() -> datetime:
    """This function will return the present moment in UTC."""
    return datetime.now(UTC)  # noqa: TID251  the one reading of the clock


def today(zone: str = "WIB") -> date:
    """This function will return today's date in one of Indonesia's three zones (WIB, WITA, WIT)."""
    return day_of(now(), zone)


def day_of(at: datetime, zone: str = "WIB") -> date:
    """This function will return the day that a moment falls on in one of Indonesia's three zones."""
    return at.astimezone(ZoneInfo(ZONES[zone])).date()
