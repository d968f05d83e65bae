"""Whether the machine's clock can be believed enough for what cannot be taken back.

A battery that is empty, a wrong year typed in, a machine that wakes in another time: such a clock would let cases lapse
and have data deleted that must be kept. A look at it each minute shows a jump. After one we wait: a wrong clock is put
right within that time, and a right one loses nothing by it. How long is our choice.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

#: between two looks that follow each other lie minutes; more than this is a jump, or a machine that was off
JUMP: Final = timedelta(days=1)
#: back by more than what a time server corrects
BACK: Final = timedelta(minutes=5)
#: after a jump time moves no case for so long, and no data is deleted for so long
MOVES_AFTER: Final = timedelta(hours=1)
DELETES_AFTER: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look at the clock said, and since when it has gone on evenly; None: as far back as anybody looked."""

    at: datetime
    steady_since: datetime | None

    @property
    def may_move(self) -> bool:
        """Time may move cases."""
        return self.steady_since is None or self.at - self.steady_since >= MOVES_AFTER

    @property
    def may_delete(self) -> bool:
        """What was kept to its last day may be deleted."""
        return self.steady_since is None or self.at - self.steady_since >= DELETES_AFTER


def look(before: Looked | None, at: datetime) -> Looked:
    """This function will return what a look at the clock says after the one before, None for the first."""
    if before is None:
        return Looked(at, None)
    jumped = at - before.at > JUMP or before.at - at > BACK
    return Looked(at, at if jumped else before.steady_since)
