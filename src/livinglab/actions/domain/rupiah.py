"""Whole rupiah as people write them."""

import re
from typing import Final

#: far above the budget of the country, far below what the database's whole numbers hold
MOST: Final = 10**16
_WRITTEN: Final = re.compile(
    r"(?:rp\.?)?(?P<number>\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+|\d+)(?:,00|,-)?", re.IGNORECASE | re.ASCII
)


class RupiahUnread(ValueError):
    """A sum that cannot be read as whole rupiah."""


def read(text: str) -> int:
    """This function will return a sum: 1250000 for "Rp1.250.000", "1250000", "1,250,000" or "Rp 1.250.000,00".

    Errors: `RupiahUnread` for anything else, also for parts of a rupiah, and for more than `MOST`.
    """
    found = _WRITTEN.fullmatch("".join(text.split()))
    if found is None:
        raise RupiahUnread(text)
    value = (
        int(re.sub(r"[.,]", "", found["number"])) if len(found["number"]) <= len(str(MOST)) * 2 else MOST + 1
    )
    if value > MOST:
        raise RupiahUnread(text)
    return value
