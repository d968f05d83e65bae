"""What a piece of evidence is: the words belong to the context that keeps the pieces. And which letter it bears."""

from collections.abc import Iterable
from string import ascii_lowercase

from livinglab.evidence.domain.types import EvidenceType

__all__ = ["EvidenceType", "next_letter", "place_of"]


def next_letter(taken: Iterable[str]) -> str:
    """This function will return the letter after the last one taken: a to z, then aa to zz.

    A letter that became free in between is not given again: texts may still name the piece that had it.
    Errors: `ValueError` after zz.
    """
    place = max(map(place_of, taken), default=0) + 1
    if place > 26 * 27:
        raise ValueError("no letter is left after zz")
    first, last = divmod(place - 1, 26)
    return (ascii_lowercase[first - 1] if first else "") + ascii_lowercase[last]


def place_of(letter: str) -> int:
    """This function will return the place of a letter, from 1: a is 1, z is 26, aa is 27."""
    place = 0
    for one in letter:
        place = place * 26 + ascii_lowercase.index(one) + 1
    return place
