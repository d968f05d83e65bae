"""The part of regular expressions that a field may use: it never backtracks for long, and its lengths can be told.

Letters, classes, `. \\d \\w \\s`, groups, alternatives, `? * + {m,n}`, and `^ $` at the ends. No look-around, no
back-reference, no repetition of what itself varies in length, and at most three parts without an upper limit.
"""

import re
from dataclasses import dataclass
from typing import Final

MOST_UNBOUNDED: Final = 3
_MOST: Final = 10_000
_COUNT: Final = re.compile(r"\{([0-9]{1,4})(?:(,)([0-9]{1,4})?)?\}", re.ASCII)
_ESCAPE: Final = re.compile(r"\\[dDwWsS.\-/+*?()\[\]{}|^$\\]", re.ASCII)
_CLASS: Final = re.compile(
    r"\[\^?(?:\\[dDwWsS.\-/+*?()\[\]{}|^$\\]|[^\]\[\\^])(?:\\[dDwWsS.\-/+*?()\[\]{}|^$\\]|[^\]\[\\])*\]"
)
_SPECIAL: Final = frozenset("\\[](){}*+?|^$")


class PatternRefused(ValueError):
    """A pattern is not of the part that is allowed."""


@dataclass(frozen=True, slots=True)
class Lengths:
    """How many characters a text that matches may have. `is_whole` says that the pattern covers all of the text."""

    least: int
    most: int
    is_whole: bool


@dataclass(frozen=True, slots=True)
class _Span:
    least: int
    most: int
    has_alternatives: bool = False

    @property
    def varies(self) -> bool:
        return self.has_alternatives or self.least != self.most


def lengths_of(pattern: str) -> Lengths:
    """This function will return how long a matching text may be. Errors: PatternRefused."""
    starts, ends = pattern.startswith("^"), pattern.endswith("$") and not pattern.endswith("\\$")
    reader = _Reader(pattern[1 if starts else 0 : len(pattern) - (1 if ends else 0)])
    span = reader.alternatives()
    if reader.at < len(reader.text):
        raise PatternRefused(pattern)
    is_plain = "|" not in pattern or not (starts or ends) or reader.top_level == 1
    if not is_plain or not _is_known_to_python(pattern):  # ^a|b$ anchors only one side of each
        raise PatternRefused(pattern)
    return Lengths(span.least, span.most, starts and ends)


def _is_known_to_python(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:  # such as [z-a]
        return False
    return True


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.depth = 0
        self.unbounded = 0
        self.top_level = 1

    def alternatives(self) -> _Span:
        spans = [self._sequence()]
        while self.text[self.at : self.at + 1] == "|":
            self.at += 1
            self.top_level += self.depth == 0
            spans.append(self._sequence())
        branched = len(spans) > 1 or spans[0].has_alternatives
        return _Span(min(one.least for one in spans), max(one.most for one in spans), branched)

    def _sequence(self) -> _Span:
        least = most = 0
        branched = False
        while self.at < len(self.text) and self.text[self.at] not in "|)":
            span = self._repeated(self._one())
            least, most = least + span.least, min(most + span.most, _MOST)
            branched = branched or span.has_alternatives
        return _Span(least, most, branched)

    def _one(self) -> _Span:
        if found := _ESCAPE.match(self.text, self.at) or _CLASS.match(self.text, self.at):
            self.at = found.end()
            return _Span(1, 1)
        character = self.text[self.at]
        if character == "(":
            return self._group()
        if character in _SPECIAL:
            raise PatternRefused(self.text)
        self.at += 1
        return _Span(1, 1)

    def _group(self) -> _Span:
        self.at += 3 if self.text.startswith("(?:", self.at) else 1
        if self.text[self.at : self.at + 1] == "?" or self.depth > MOST_UNBOUNDED:
            raise PatternRefused(self.text)
        self.depth += 1
        span = self.alternatives()
        self.depth -= 1
        if self.text[self.at : self.at + 1] != ")":
            raise PatternRefused(self.text)
        self.at += 1
        return span

    def _repeated(self, one: _Span) -> _Span:
        least, most = self._count()
        if (least, most) == (1, 1):
            return one
        if one.varies and most > 1:
            raise PatternRefused(self.text)
        if most == _MOST:
            self.unbounded += 1
            if self.unbounded > MOST_UNBOUNDED:
                raise PatternRefused(self.text)
        if self.text[self.at : self.at + 1] in {"?", "*", "+", "{"}:
            raise PatternRefused(self.text)
        return _Span(one.least * least, min(one.most * most, _MOST), one.has_alternatives)

    def _count(self) -> tuple[int, int]:
        mark = self.text[self.at : self.at + 1]
        if mark in {"?", "*", "+"}:
            self.at += 1
            return {"?": (0, 1), "*": (0, _MOST), "+": (1, _MOST)}[mark]
        found = _COUNT.match(self.text, self.at)
        if mark != "{" or not found:
            return 1, 1
        self.at = found.end()
        least = int(found[1])
        most = int(found[3]) if found[3] else (_MOST if found[2] else least)
        if most < least:
            raise PatternRefused(self.text)
        return least, most
