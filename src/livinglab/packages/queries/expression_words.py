"""Why a text is no expression of the standard, in the language in force."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from livinglab.packages.domain.expressions.tokens import LONGEST, MOST_TOKENS

#: by the stable code of `ExpressionRefused`
_REASONS: Final[Mapping[str, str | Promise]] = {
    "too_long": _("longer than %(characters)s characters"),
    "too_many": _("more than %(words)s words and signs"),
    "unknown_sign": _("the language does not have this sign"),
    "number": _("a number of more than 15 digits"),
    "expected": _("something is missing or does not belong there"),
    "end": _("something is left over at the end"),
    "function": _("the language does not have this function"),
    "arguments": _("the function takes another number of values"),
    "interval": _("an interval stands between two numbers"),
}


def reason(code: str) -> str:
    """This function will return why an expression is refused; an unknown code stands as it is."""
    return str(_REASONS.get(code, code)) % {"characters": LONGEST, "words": MOST_TOKENS}
