"""Numbers, dates and lists as a reader of either language writes them.

Every function is pure: it takes the value and `language` ("id" or "en") and returns text. The Jinja
filters in `livinglab.ui.jinja` bind the language of the request.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import get_decimal_symbol, get_group_symbol

MINUS: Final = "−"
NOTHING: Final = "–"

# English as Indonesia's government writes it: day before month.
_LOCALES: Final = {"id": Locale("id", "ID"), "en": Locale("en", "GB")}

_ZONE_NAMES: Final = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}

#: bytes of a KB, KB of a MB
_STEP: Final = 1024

_ENGLISH_SUFFIXES: Final = {1: "st", 2: "nd", 3: "rd"}


def locale_of(language: str) -> Locale:
    """Return the locale whose conventions `language` follows; raise ValueError for a language we do not write."""
    try:
        return _LOCALES[language]
    except KeyError:
        raise ValueError(f"language is {language!r}; Living Lab writes {', '.join(_LOCALES)}") from None


@lru_cache
def _marks(language: str) -> dict[int, str]:
    """Return how CLDR swaps the marks of a plain number: its group and decimal marks, and the true minus."""
    locale = locale_of(language)
    return str.maketrans({",": get_group_symbol(locale), ".": get_decimal_symbol(locale), "-": MINUS})


def _number(value: Decimal | int, places: int, language: str) -> str:
    """Return `value`, already rounded to `places` by the caller, as the reader writes it.

    Babel's own format_decimal gives the same text forty times slower, and a table has 500 of them.
    """
    return format(value, f",.{places}f" if places else ",.0f").translate(_marks(language))


def _half_up(value: Decimal, places: str) -> Decimal:
    """Return `value` rounded half-up; a result of zero loses its sign, so that "−0,00" never shows."""
    rounded = value.quantize(Decimal(places), rounding=ROUND_HALF_UP)
    return abs(rounded) if rounded == 0 else rounded


def _at_most_one_decimal(value: Decimal, language: str) -> str:
    rounded = _half_up(value, "0.1")
    return _number(rounded, 0 if rounded == rounded.to_integral_value() else 1, language)


@lru_cache(maxsize=8_192, typed=True)
def decimal2(value: Decimal, *, language: str) -> str:
    """Return an index or domain value with two decimals, rounded half-up: "4,51" or "4.51"."""
    return _number(_half_up(value, "0.01"), 2, language)


@lru_cache(maxsize=1_024, typed=True)
def decimal3(value: Decimal, *, language: str) -> str:
    """Return a small share of the index with three decimals, rounded half-up: "0,013" or "0.013"."""
    return _number(_half_up(value, "0.001"), 3, language)


@lru_cache(maxsize=1_024, typed=True)
def decimal1(value: Decimal, *, language: str) -> str:
    """Return a scale mark with one decimal, rounded half-up: "1,8" or "1.8"."""
    return _number(_half_up(value, "0.1"), 1, language)


def change(value: Decimal, *, language: str) -> str:
    """Return a difference with its sign and two decimals: "+0,37", "−0,79", "0,00"."""
    rounded = _half_up(value, "0.01")
    return ("+" if rounded > 0 else "") + decimal2(rounded, language=language)


def count(value: int, *, language: str) -> str:
    """Return a whole number with thousands: "1.226.660" or "1,226,660"."""
    return _number(value, 0, language)


def signed_count(value: int, *, language: str) -> str:
    """Return a whole number with its sign: "+11", "−3", "0"."""
    return ("+" if value > 0 else "") + count(value, language=language)


def percent(share: Decimal, *, language: str) -> str:
    """Return a share of one (0.455) in per cent, with at most one decimal: "45,5%" or "45.5%"."""
    return _at_most_one_decimal(share * 100, language) + "%"


def ordinal(value: int, *, language: str) -> str:
    """Return a rank in words' short form: "ke-6" or "6th"."""
    if language == "id":
        return f"ke-{count(value, language=language)}"
    suffix = "th" if value % 100 in (11, 12, 13) else _ENGLISH_SUFFIXES.get(value % 10, "th")
    return count(value, language=language) + suffix


@lru_cache(maxsize=2_048)
def day(value: date, *, language: str) -> str:
    """Return a date in full: "24 Juni 2026" or "24 June 2026"."""
    return format_date(value, format="d MMMM y", locale=locale_of(language))


@lru_cache(maxsize=2_048)
def short_day(value: date, *, language: str) -> str:
    """Return a date for a table: "24 Jun 2026"."""
    return format_date(value, format="d MMM y", locale=locale_of(language))


def moment(value: datetime, *, language: str, zone: str = "Asia/Jakarta", is_end: bool = False) -> str:
    """Return an aware moment on the clock of `zone`: "24 Juni 2026 pukul 19.34 WIB".

    `zone` is an IANA name; Indonesia's three show as WIB, WITA and WIT, others as their abbreviation.
    The end of a day, where `is_end`, is 24.00 of that day, since by 00.00 of the next is read as that next day.
    Raises ValueError for a moment without a zone of its own, since its day could not be told.
    """
    if value.tzinfo is None:
        raise ValueError("moment() needs an aware datetime; stored times are UTC")
    local = value.astimezone(ZoneInfo(zone))
    if is_end and local.time() == time.min:
        local = local - timedelta(days=1)
        clock = "24.00"
    else:
        clock = f"{local:%H.%M}"
    name = _ZONE_NAMES.get(zone) or local.tzname() or zone
    joint = " pukul " if language == "id" else ", "
    clock = clock if language == "id" else clock.replace(".", ":")
    return f"{day(local.date(), language=language)}{joint}{clock} {name}"


def square_kilometres(value: Decimal, *, language: str) -> str:
    """Return an area in km²: whole from 100 km² up, with one decimal below, since small cities differ there."""
    if value >= 100:
        return _number(_half_up(value, "1"), 0, language) + " km²"
    return _at_most_one_decimal(value, language) + " km²"


def file_size(value: int, *, language: str) -> str:
    """Return a size in bytes as a reader writes it: "12 KB", at least 1, or "1,2 MB"."""
    kilo = Decimal(value) / _STEP
    if kilo < _STEP:
        return f"{_number(max(_half_up(kilo, '1'), Decimal(1)), 0, language)} KB"
    return f"{_at_most_one_decimal(kilo / _STEP, language)} MB"


def listing(items: Iterable[str], *, language: str) -> str:
    """Return items joined as a sentence does: "a, b, dan c" or "a, b and c"; empty for no items."""
    names = list(items)
    return format_list(names, style="standard", locale=locale_of(language)) if names else ""


def exact(value: Decimal) -> str:
    """Return a decimal for machines: a point, no exponent, its own number of places ("4.51", "-0.79")."""
    return format(value, "f")
