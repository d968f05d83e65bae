"""The words of an expression: where each begins, and what may not stand in one."""

import re
from dataclasses import dataclass
from typing import Final

LONGEST: Final = 500
MOST_TOKENS: Final = 100

_TOKEN: Final = re.compile(
    r"""\s*(?:
        (?P<number>\d+(?:\.\d+)?(?![\w]))
      | (?P<text>'[^'\\]*')
      | (?P<word>[A-Za-z_][A-Za-z0-9_]*)
      | (?P<mark>\.\.|==|!=|<=|>=|[-+*/%<>?:.,()\[\]$])
    )""",
    re.VERBOSE | re.ASCII,
)
_MOST_DIGITS: Final = 15  # beyond it a number is no longer exact


class ExpressionRefused(ValueError):
    """An expression is not of the standard; `at` is the place of the first character that is wrong, from 0.

    `reason` is a stable code: too_long, too_many, unknown_sign, number, expected, end, function, arguments, interval.
    """

    def __init__(self, reason: str, said: str, at: int) -> None:
        super().__init__(f"{reason}: {said!r} at {at}")
        self.reason = reason
        self.said = said
        self.at = at


@dataclass(frozen=True, slots=True)
class Token:
    """A word of an expression; `kind` is number, text, word, mark or end."""

    kind: str
    text: str
    at: int


def tokens(text: str) -> tuple[Token, ...]:
    """This function will return the words of an expression, the last of kind `end`.

    Errors: `ExpressionRefused` for more than 500 characters or 100 words, an unknown sign, or a number of more
    than 15 digits.
    """
    if len(text) > LONGEST:
        raise ExpressionRefused("too_long", text[:20], LONGEST)
    found: list[Token] = []
    place, end = 0, len(text.rstrip())
    while place < end:
        match = _TOKEN.match(text, place)
        if match is None or match.lastgroup is None:
            start = place + len(text[place:]) - len(text[place:].lstrip())
            raise ExpressionRefused("unknown_sign", text[start : start + 10], start)
        token = Token(match.lastgroup, match[match.lastgroup], match.start(match.lastgroup))
        if token.kind == "number" and len(token.text.replace(".", "")) > _MOST_DIGITS:
            raise ExpressionRefused("number", token.text, token.at)
        found.append(token)
        place = match.end()
        if len(found) > MOST_TOKENS:
            raise ExpressionRefused("too_many", token.text, token.at)
    return (*found, Token("end", "", end))
