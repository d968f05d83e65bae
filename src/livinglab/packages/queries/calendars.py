"""The calendar by which a place counts: its zone and the national holidays."""

from typing import Final
from zoneinfo import ZoneInfo

from livinglab.kernel import clock
from livinglab.packages.adapters.holidays import holidays
from livinglab.packages.domain.running.days import Days

#: where no place is named: scenarios, the sandbox
ZONE: Final = "WIB"


def days_of(zone: str = ZONE) -> Days:
    """This function will return the calendar of a place in a zone (WIB, WITA or WIT)."""
    return Days(ZoneInfo(clock.ZONES[zone]), holidays())
