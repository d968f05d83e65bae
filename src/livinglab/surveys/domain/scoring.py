"""The index of satisfaction (*indeks kepuasan masyarakat*), exactly: PermenPANRB 14/2017, its annex.

An element's mean is the sum of its answers by their number; each weighs one ninth; the weighted sum times 25 is the
index, from 25 to 100. Fractions until the last step: a weight of 0.11, as often printed, would end at 99.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import islice
from math import floor
from types import MappingProxyType
from typing import Final

from livinglab.surveys.domain.elements import ELEMENTS, HIGHEST, LOWEST, Answers, Element, checked

WEIGHT: Final = Fraction(1, 9)
CONVERSION: Final = 25
#: people added up at once, column by column: thrice as fast as one by one
_AT_ONCE: Final = 4096


class Band(StrEnum):
    """The mark of a service's quality."""

    A = "A"  # sangat baik
    B = "B"  # baik
    C = "C"  # kurang baik
    D = "D"  # tidak baik


#: the lowest index of each band; between two of them there is none, since an index has two decimals
STARTS: Final[Mapping[Band, Decimal]] = MappingProxyType(
    {
        Band.A: Decimal("88.31"),
        Band.B: Decimal("76.61"),
        Band.C: Decimal("65.00"),
        Band.D: Decimal("25.00"),
    }
)
#: the bands of somebody who is satisfied
SATISFIED: Final = frozenset({Band.A, Band.B})


class NoAnswers(ValueError):
    """Nobody answered: there is no mean."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many answered, and the sum of their answers to each element."""

    n: int
    sums: tuple[int, ...]

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.n + other.n, tuple(a + b for a, b in zip(self.sums, other.sums, strict=True)))


NOTHING: Final = Tally(0, (0,) * len(ELEMENTS))


@dataclass(frozen=True, slots=True)
class Score:
    """What answers come to: means from 1.00 to 4.00 by element, the index from 25.00 to 100.00 and its band."""

    n: int
    means: Mapping[Element, Decimal]
    index: Decimal
    band: Band


def tally(answers: Iterable[Answers]) -> Tally:
    """This function will count what people answered. Errors: `WrongAnswers`."""
    counted, waiting = NOTHING, iter(answers)
    while some := list(islice(waiting, _AT_ONCE)):
        counted += _sums(some)
    return counted


def score(counted: Tally) -> Score:
    """This function will return means, index and band of what was counted. Errors: `NoAnswers`."""
    if not counted.n:
        raise NoAnswers("nobody answered")
    means = [Fraction(total, counted.n) for total in counted.sums]
    index = half_up(sum((mean * WEIGHT for mean in means), Fraction(0)) * CONVERSION)
    by_element = {element: half_up(mean) for element, mean in zip(ELEMENTS, means, strict=True)}
    return Score(counted.n, MappingProxyType(by_element), index, band_of(index))


def band_of(index: Decimal) -> Band:
    """This function will return the band of an index of two decimals. Errors: ValueError below 25 and above 100."""
    if not STARTS[Band.D] <= index <= 100:
        raise ValueError(f"{index} is no index of satisfaction: those are 25.00 to 100.00")
    return next(band for band, start in STARTS.items() if index >= start)


def own_band(answers: Answers) -> Band:
    """This function will return the band that one person's answers alone come to. Errors: `WrongAnswers`."""
    return score(tally([answers])).band


def _sums(some: list[Answers]) -> Tally:
    """Add up column by column; person by person only where something is wrong, to say what."""
    columns = tuple(zip(*some, strict=False))
    is_whole = len(columns) == len(ELEMENTS) == max(map(len, some))
    if not is_whole or any(min(column) < LOWEST or max(column) > HIGHEST for column in columns):
        for one in some:
            checked(one)
    return Tally(len(some), tuple(map(sum, columns)))


def half_up(value: Fraction) -> Decimal:
    """This function will return a number from 0 on with two decimals; exactly half a hundredth goes up."""
    return Decimal(floor(value * 100 + Fraction(1, 2))).scaleb(-2)
