"""From a visit to a confirmed level: the stages, what is counted at each, and when a share may be shown.

Each stage counts among the one before. Declined and withdrawn visits are outside; a withdrawn commitment is none, and
its visit stays in the count: taking a promise back never makes a share better.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from math import sqrt
from typing import Final

from livinglab.visits.domain.process import DAYS_TO_COMMIT

#: with fewer no share is shown: one case more or less would move it by over ten points; our own choice
FEWEST: Final = 10
#: so long after a visit it is counted in the share: before, there was no time to follow up
DAYS_TO_RIPEN: Final = DAYS_TO_COMMIT
_Z: Final = 1.959963984540054  # the 97.5 % point of the normal distribution


class Stage(StrEnum):
    """How far a visit came, or a member of a cohort."""

    STARTED = "started"  # the visit was held; of a cohort: is a member
    COMMITTED = "committed"  # a commitment is signed and was not withdrawn
    ACTED = "acted"  # an action for it is under way, held up, done or confirmed, or a package for it is taken over
    EVIDENCED = "evidenced"  # such an action names evidence or is confirmed, or such a package is live
    CONFIRMED = "confirmed"  # an assessor found the promised level in a decided evaluation


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many came to each stage; `missed` have a promised step past its day and not done.

    `adopted` of those acted took over a package that helps a promised indicator, with or without an action.

    `ripe` began long enough ago to be asked whether they followed up and can sign here, `ripe_acted` of these did.
    """

    started: int = 0
    committed: int = 0
    acted: int = 0
    adopted: int = 0
    evidenced: int = 0
    confirmed: int = 0
    missed: int = 0
    ripe: int = 0
    ripe_acted: int = 0

    def at(self, stage: Stage) -> int:
        """This function will return how many came to a stage."""
        return {
            Stage.STARTED: self.started,
            Stage.COMMITTED: self.committed,
            Stage.ACTED: self.acted,
            Stage.EVIDENCED: self.evidenced,
            Stage.CONFIRMED: self.confirmed,
        }[stage]

    @property
    def share(self) -> "Share | None":
        """What share followed up, among those that had the time; None with too few of them."""
        return share_of(self.ripe_acted, self.ripe)


@dataclass(frozen=True, slots=True)
class Share:
    """A share of one with its 95 % interval, to four places."""

    part: int
    whole: int
    value: Decimal
    low: Decimal
    high: Decimal


def share_of(part: int, whole: int) -> Share | None:
    """This function will return a share with Wilson's interval (1927, J. Am. Stat. Assoc. 22); None below `FEWEST`.

    Errors: ValueError for a part that is no part.
    """
    if not 0 <= part <= whole:
        raise ValueError(f"{part} is no part of {whole}")
    if whole < FEWEST:
        return None
    share = part / whole
    scale = 1 + _Z**2 / whole
    middle = (share + _Z**2 / (2 * whole)) / scale
    half = _Z * sqrt(share * (1 - share) / whole + _Z**2 / (4 * whole**2)) / scale
    return Share(part, whole, _four(share), _four(max(middle - half, 0)), _four(min(middle + half, 1)))


def _four(value: float) -> Decimal:
    return Decimal(f"{value:.4f}")
