"""Numbers and shares as words, where a sentence reads better with them."""

from fractions import Fraction
from typing import Final

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from livinglab.ui.formats import count, listing
from livinglab.ui.languages import language

_NUMBERS: Final = (
    gettext_lazy("zero"),
    gettext_lazy("one"),
    gettext_lazy("two"),
    gettext_lazy("three"),
    gettext_lazy("four"),
    gettext_lazy("five"),
    gettext_lazy("six"),
    gettext_lazy("seven"),
    gettext_lazy("eight"),
    gettext_lazy("nine"),
    gettext_lazy("ten"),
    gettext_lazy("eleven"),
    gettext_lazy("twelve"),
    gettext_lazy("thirteen"),
    gettext_lazy("fourteen"),
    gettext_lazy("fifteen"),
    gettext_lazy("sixteen"),
    gettext_lazy("seventeen"),
    gettext_lazy("eighteen"),
    gettext_lazy("nineteen"),
    gettext_lazy("twenty"),
)
_NEAR_ENOUGH: Final = Fraction(25, 1000)  # a share this near to a tenth may be called by it


def number_in_words(value: int) -> str:
    """Return a number up to twenty as a word, a larger one in figures."""
    return str(_NUMBERS[value]) if 0 <= value < len(_NUMBERS) else count(value, language=language())


def tenths(part: int, whole: int) -> int | None:
    """Return by how many tenths a share may be called without misleading: 1 to 9, else None."""
    share = Fraction(part, whole)
    near = round(share * 10)
    return near if 1 <= near <= 9 and abs(share - Fraction(near, 10)) <= _NEAR_ENOUGH else None


def regions_in_words(part: int, whole: int) -> str:
    """Return how many of the regions: "seven in ten regions", "half of the regions", "350 of 485 regions".

    ``whole`` must be above zero.
    """
    if part == 0:
        return _("no region")
    if part == whole:
        return _("all regions")
    near = tenths(part, whole)
    if near == 5:
        return _("half of the regions")
    if near is not None:
        return _("%(number)s in ten regions") % {"number": number_in_words(near)}
    numbers = {"part": count(part, language=language()), "whole": count(whole, language=language())}
    return _("%(part)s of %(whole)s regions") % numbers


def sentence(text: str) -> str:
    """Return a heading with its first letter large."""
    return str(capfirst(text))


def joined(names: list[str]) -> str:
    """Return names as a sentence lists them: "a, b and c"."""
    return listing(names, language=language())
