"""The days of a person's calendar."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A whole day on which something is due. `id` names it for ever, `version` counts its changes.

    `path` is the page's address without host; `milestone` its name, empty for the action itself.
    """

    id: UUID
    version: int
    changed_at: datetime
    day: date
    number: int
    instrument: str
    indicator: str
    to_level: int
    title: str
    agency: str
    milestone: str
    path: str
    is_synthetic: bool
