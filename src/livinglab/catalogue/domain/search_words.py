"""How a reader's words become a query: fillers left out, synonyms beside them, the last word as a beginning."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

LONGEST: Final = 100
MOST_WORDS: Final = 8
#: shorter beginnings would find half of everything
SHORTEST_BEGINNING: Final = 2
_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Our own words of search: fillers, and terms (one word or several) that stand for the same."""

    fillers: frozenset[str]
    same: Mapping[tuple[str, ...], tuple[tuple[str, ...], ...]]  # a term -> the other terms of its groups

    @property
    def longest(self) -> int:
        """How many words the longest term has."""
        return max((len(term) for term in self.same), default=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that must be found: what was written, and what counts as the same. Terms are tuples of words."""

    written: tuple[str, ...]
    others: tuple[tuple[str, ...], ...] = ()
    is_beginning: bool = False  # the last word of the question: it may still be being written

    @property
    def word(self) -> str:
        """What was written, with spaces between."""
        return " ".join(self.written)

    def as_written(self) -> "Asked":
        """This function will return the same question without what counts as the same."""
        return replace(self, others=())


def make_lexicon(fillers: Iterable[str], groups: Iterable[Iterable[str]]) -> Lexicon:
    """This function will return a lexicon of fillers and groups of terms; a term of two groups has both as synonyms."""
    same: dict[tuple[str, ...], tuple[tuple[str, ...], ...]] = {}
    for group in groups:
        terms = [words_of(term) for term in group]
        for term in terms:
            others = [*same.get(term, ()), *(other for other in terms if other != term)]
            same[term] = tuple(dict.fromkeys(others))
    return Lexicon(frozenset(fillers), same)


def words_of(text: str) -> tuple[str, ...]:
    """This function will return the words of a text: letters and digits, in lower case."""
    return tuple(_WORD.findall(text.casefold()))


def questions(given: str, lexicon: Lexicon) -> tuple[Asked, ...]:
    """This function will return what must be found, each thing once; the longest known term wins.

    Only the first hundred characters and eight things count. A question of fillers alone keeps them.
    """
    every = words_of(given[:LONGEST])
    telling = tuple(word for word in every if word not in lexicon.fillers)
    left, found = telling or every, list[Asked]()
    while left:
        size = next(
            (size for size in range(min(lexicon.longest, len(left)), 1, -1) if left[:size] in lexicon.same), 1
        )
        term, left = left[:size], left[size:]
        is_last = not left and not given[-1:].isspace() and len(term[-1]) >= SHORTEST_BEGINNING
        found.append(Asked(term, lexicon.same.get(term, ()), is_last))
    return tuple({one.written: one for one in found}.values())[:MOST_WORDS]


def tsquery(asked: Asked, *, weights: str = "") -> str:
    """This function will return the text of PostgreSQL's to_tsquery for one thing; none of it can break a query.

    `weights` ("AB") asks for the thing in those parts of an entry only.
    """
    terms = [_term(term, weights) for term in (asked.written, *asked.others)]
    if asked.is_beginning:
        *before, last = asked.written
        terms.append(" <-> ".join((*(_weighed(word, weights) for word in before), f"{last}:*{weights}")))
    return " | ".join(f"({term})" for term in terms)


def _term(words: tuple[str, ...], weights: str) -> str:
    return " <-> ".join(_weighed(word, weights) for word in words)


def _weighed(word: str, weights: str) -> str:
    return f"{word}:{weights}" if weights else word
