"""What can be found, and how a reader's words become a query."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MOST_WORDS: Final = 8
LONGEST: Final = 100

#: abbreviations of everyday official Indonesian
_SYNONYMS: Final[Mapping[str, str]] = {
    "kab": "kabupaten",
    "prov": "provinsi",
    "kec": "kecamatan",
    "pemkab": "kabupaten",
    "pemkot": "kota",
    "pemprov": "provinsi",
    "regency": "kabupaten",
    "city": "kota",
}
#: words that say nothing about which one is meant
_STOP: Final = frozenset({"dan", "di", "ke", "dari", "yang", "untuk", "pemerintah", "and", "of", "the", "in"})


class EntryKind(StrEnum):
    """Groups of results, in the order they are shown."""

    REGION = "region"
    INSTITUTION = "institution"
    INDICATOR = "indicator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something that can be found."""

    kind: EntryKind
    code: str
    title_id: str
    title_en: str
    detail_id: str = ""
    detail_en: str = ""
    path: str


@dataclass(frozen=True, slots=True)
class SearchWords:
    """A reader's words, cleaned: what is looked for, none of which can break a query."""

    given: str
    words: tuple[str, ...]

    @property
    def prefixes(self) -> str:
        """The words as PostgreSQL's to_tsquery takes them, each as the beginning of a word."""
        return " & ".join(f"{word}:*" for word in self.words)

    @property
    def text(self) -> str:
        """The words with spaces between."""
        return " ".join(self.words)


def search_words(given: str) -> SearchWords:
    """This function will return the words of a question: letters and digits, in lower case, without fillers.

    Only the first hundred characters and eight words count. A question of fillers alone keeps them.
    """
    shown = " ".join(given.replace("\x00", " ").split())[:LONGEST]
    every = [_SYNONYMS.get(word, word) for word in re.findall(r"[^\W_]+", shown.casefold())]
    telling = [word for word in every if word not in _STOP]
    return SearchWords(shown, tuple(dict.fromkeys(telling or every))[:MOST_WORDS])
