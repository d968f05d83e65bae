"""How a plan leans on the three levers."""

from collections.abc import Iterable
from dataclasses import dataclass

from livinglab.actions.domain.kinds import Lever


@dataclass(frozen=True, slots=True)
class LeverBalance:
    """How many actions pull at each lever, every lever in it, and how many say none."""

    counts: dict[Lever, int]
    unsaid: int

    @property
    def said(self) -> int:
        """How many actions name their lever."""
        return sum(self.counts.values())

    @property
    def missing(self) -> tuple[Lever, ...]:
        """The levers at which no action pulls."""
        return tuple(lever for lever, number in self.counts.items() if not number)

    @property
    def heaviest(self) -> Lever | None:
        """The lever that more than half of the actions that name one pull at, None without such."""
        return next((lever for lever, number in self.counts.items() if 2 * number > self.said), None)


def balance(levers: Iterable[str]) -> LeverBalance:
    """This function will count the levers of actions; "" for one that names none."""
    named = list(levers)
    return LeverBalance({lever: named.count(lever) for lever in Lever}, named.count(""))
