"""The nearest spelling of a word that nobody used."""

from collections.abc import Iterable
from typing import Final

#: shorter words have too many neighbours
SHORTEST: Final = 4


def distance(first: str, second: str) -> int:
    """This function will return how many letters must be changed, added, left out or swapped with a neighbour.

    Optimal string alignment (Damerau 1964): a swap counts once.
    """
    before: list[int] = []
    last = list(range(len(second) + 1))
    for row, letter in enumerate(first, 1):
        this = [row]
        for column, other in enumerate(second, 1):
            cost = min(last[column] + 1, this[-1] + 1, last[column - 1] + (letter != other))
            is_swap = row > 1 and column > 1 and letter == second[column - 2] and first[row - 2] == other
            this.append(min(cost, before[column - 2] + 1) if is_swap else cost)
        before, last = last, this
    return last[-1]


def allowed(word: str) -> int:
    """This function will return how many mistakes a word may hold: none below four letters, two from seven."""
    if len(word) < SHORTEST:
        return 0
    return 1 if len(word) < 7 else 2


def nearest(word: str, known: Iterable[tuple[str, int]]) -> str | None:
    """This function will return the known word that was most likely meant, None when none is near enough.

    `known` are words with the number of entries that use them: of equally near ones the more used wins.
    """
    near = [(distance(word, one), -entries, one) for one, entries in known]
    best = min(near, default=None)
    return best[2] if best is not None and 0 < best[0] <= allowed(word) else None
