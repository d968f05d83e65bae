"""What may be shown of what people answered: nothing before enough of those asked did."""

from dataclasses import dataclass
from decimal import Decimal

from livinglab.surveys.domain.samples import margin, required
from livinglab.surveys.domain.scoring import NOTHING, Score, Tally, score


@dataclass(frozen=True, slots=True)
class Count:
    """How many were asked, what those who answered said, and the sum of the squares of their nine answers' sums."""

    asked: int = 0
    said: Tally = NOTHING
    squares: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.asked + other.asked, self.said + other.said, self.squares + other.squares)


@dataclass(frozen=True, slots=True)
class Result:
    """What is shown: `n` of `asked`; with fewer than `required` neither score nor margin, which are then None.

    `margin` is the half-width of the index's 95 per cent interval in points, as if those who answered were drawn by
    lot.
    """

    n: int
    asked: int
    required: int
    score: Score | None
    margin: Decimal | None

    @property
    def missing(self) -> int:
        """How many more answers it takes."""
        return max(self.required - self.n, 0)


def result(counted: Count) -> Result:
    """This function will return what may be shown of a count."""
    n, needed = counted.said.n, required(counted.asked)
    if n < needed:
        return Result(n, counted.asked, needed, None, None)
    off = margin(n=n, population=counted.asked, total=sum(counted.said.sums), squares=counted.squares)
    return Result(n, counted.asked, needed, score(counted.said), off)
