"""Names of universities: which are the same, which are so alike that somebody should look twice."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

LONGEST_NAME: Final = 160
LONGEST_CODE: Final = 80
_SHORT: Final = {"univ": "universitas", "inst": "institut", "pol": "politeknik"}
_WORD: Final = re.compile(r"[^\W_]+")
#: from this share of equal letters on two names may be one with a slip of the pen, so somebody has to look twice
_ALIKE: Final = 0.85


def fold(name: str) -> str:
    """This function will return a name without case, signs and usual abbreviations: equal for one university."""
    words = (one.casefold() for one in _WORD.findall(name))
    return " ".join(_SHORT.get(one, one) for one in words)


def code_of(name: str) -> str:
    """This function will return a name as an address holds it, at most 80 characters; empty for no letters."""
    return "-".join(fold(name).encode("ascii", "ignore").decode().split())[:LONGEST_CODE].strip("-")


def nearest(name: str, known: Iterable[str]) -> str | None:
    """This function will return the known name that is most like a name, None where none is nearly the same."""
    by_fold = {fold(one): one for one in known}
    found = get_close_matches(fold(name), by_fold, n=1, cutoff=_ALIKE)
    return by_fold[found[0]] if found else None
