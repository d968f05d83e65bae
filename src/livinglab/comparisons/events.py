"""What others may react to."""

from dataclasses import dataclass
from typing import ClassVar

from livinglab.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingsRebuilt(Event):
    """The ranks and summaries of a year were computed anew and differ from before."""

    name: ClassVar[str] = "comparisons.standings_rebuilt"
    year: int
