"""How many must answer before figures say something, and how far off they may be."""

from decimal import Decimal
from fractions import Fraction
from math import floor, sqrt
from typing import Final

from livinglab.surveys.domain.elements import ELEMENTS
from livinglab.surveys.domain.scoring import CONVERSION, half_up

#: chi-square of one degree of freedom at 95 per cent, share of one half, error of five per cent
_CHI_SQUARE: Final = Fraction("3.841")
_SHARE: Final = Fraction(1, 2)
_ERROR: Final = Fraction(5, 100)
#: the table begins here; fewer people could be told apart in what is shown
FEWEST: Final = 10
#: the two-sided 95 per cent interval of the normal distribution
_Z: Final = 1.959964


def required(population: int) -> int:
    """This function will return how many of those asked must have answered before their figures are shown.

    The sample of Krejcie and Morgan (1970, Educational and Psychological Measurement 30, 607-610), whose table
    PermenPANRB 14/2017 gives in its annex; never fewer than ten. Errors: ValueError for a negative population.
    """
    if population < 0:
        raise ValueError("a population is not negative")
    variance = _CHI_SQUARE * _SHARE * (1 - _SHARE)
    sample = variance * population / (_ERROR * _ERROR * max(population - 1, 0) + variance)
    return max(FEWEST, floor(sample + Fraction(1, 2)))


def margin(*, n: int, population: int, total: int, squares: int) -> Decimal:
    """This function will return the half-width of the index's 95 per cent interval, in points of the index.

    `total` and `squares`: the sum over people of their nine answers' sum, and of its square. With the correction for
    a finite population (Cochran 1977, Sampling Techniques, 2.6): nothing is uncertain when all of it answered.
    Errors: ValueError below two answers, and for more answers than people.
    """
    if not 2 <= n <= population:
        raise ValueError(f"no margin from {n} answers of {population}")
    variance = (squares - Fraction(total * total, n)) / (n - 1)
    of_mean = variance / n * Fraction(population - n, max(population - 1, 1))
    return half_up(Fraction(_Z * sqrt(of_mean) * CONVERSION / len(ELEMENTS)))
