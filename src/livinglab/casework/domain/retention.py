"""How long the personal data of a case is kept: the months that its package names, counted from its end."""

from calendar import monthrange
from datetime import date
from typing import Final

_MONTHS_OF_A_YEAR: Final = 12


def kept_until(ended: date, months: int) -> date:
    """This function will return the last day on which the data of a case is kept.

    That is the same day so many months later, or the last of a shorter month.
    """
    years, month = divmod(ended.month - 1 + months, _MONTHS_OF_A_YEAR)
    year = ended.year + years
    return date(year, month + 1, min(ended.day, monthrange(year, month + 1)[1]))
