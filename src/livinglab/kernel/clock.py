"""The only place that reads the clock. Operations and the domain take the moment as the argument `at`.

On whose clock a page tells moments is known like its language: by the block that draws it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
_TOLD_IN: ContextVar[str] = ContextVar("told_in", default="WIB")


def now() -> datetime:
    """This function will return the present moment in UTC."""
    return datetime.now(UTC)  # noqa: TID251  the one reading of the clock


def today(zone: str = "WIB") -> date:
    """This function will return today's date in one of Indonesia's three zones (WIB, WITA, WIT)."""
    return day_of(now(), zone)


def day_of(at: datetime, zone: str = "WIB") -> date:
    """This function will return the day that a moment falls on in one of Indonesia's three zones."""
    return at.astimezone(ZoneInfo(ZONES[zone])).date()


@contextmanager
def on_the_clock_of(zone: str) -> Iterator[None]:
    """This function will have moments told on the clock of one of Indonesia's three zones, within a block."""
    before = _TOLD_IN.set(zone)
    try:
        yield
    finally:
        _TOLD_IN.reset(before)


def told_in() -> str:
    """This function will return on whose clock moments are told here, as an IANA name; Jakarta's where nobody said."""
    return ZONES[_TOLD_IN.get()]
