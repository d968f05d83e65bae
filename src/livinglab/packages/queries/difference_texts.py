"""A change with the old and the new text beside its sentence, and which words of them differ."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from livinglab.packages.domain.compare.changes import Kind, group_of
from livinglab.packages.queries.differences import Difference

__all__ = ["Line", "Piece", "Side", "lines"]

_LANGUAGES: Final = ("id", "en")
_LONGEST: Final = 1200  # characters of a text that are still shown
_MOST_WORDS: Final = 300  # of a text whose words are still compared
_TAG: Final = re.compile(r"<[^<>]*>")
_WORD: Final = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a text; `differs` where the other side has others there."""

    text: str
    differs: bool


Side = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence about a change. `before` and `after` are empty where there is no text, or the sentence has it."""

    text: str
    before: Side
    after: Side


def lines(found: Iterable[Difference], language: str) -> tuple[Line, ...]:
    """This function will return changes as sentences in a language, with old and new texts that they do not hold."""
    return tuple(_line(one, language) for one in found)


def _line(found: Difference, language: str) -> Line:
    change, sentence = found.change, found.said.in_language(language)
    sides = (_text(change.before), _text(change.after)) if _has_texts(found) else ("", "")
    is_said = all(f"“{side}”" in sentence for side in sides if side)
    before, after = ((), ()) if is_said else _marked(*sides)
    return Line(sentence, before, after)


def _has_texts(found: Difference) -> bool:
    """A place in a list is no text, and the log of changes is read where the version is."""
    return found.change.kind is not Kind.MOVED and group_of(found.change.trail[0]) != "log"


def _text(value: object) -> str:
    """Return a text for people as it is read, empty for what is none."""
    if isinstance(value, dict) and "id" in value and value.keys() <= set(_LANGUAGES):
        return " · ".join(str(value[one]) for one in _LANGUAGES if value.get(one))
    if not isinstance(value, str):
        return ""
    said = " ".join(_TAG.sub(" ", value).split())
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"


def _marked(before: str, after: str) -> tuple[Side, Side]:
    """Cut two texts into what both have and what one has; of long ones no word is marked."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if not old or not new or max(len(old), len(new)) > _MOST_WORDS:
        return _whole(before), _whole(after)
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return (
        _pieces([(old[start:end], name != "equal") for name, start, end, _i, _j in steps]),
        _pieces([(new[start:end], name != "equal") for name, _i, _j, start, end in steps]),
    )


def _whole(text: str) -> Side:
    return (Piece(text, differs=False),) if text else ()


def _pieces(runs: Sequence[tuple[Sequence[str], bool]]) -> Side:
    return tuple(Piece(" ".join(words), differs) for words, differs in runs if words)
