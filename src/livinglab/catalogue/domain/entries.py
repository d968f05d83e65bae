"""What a region may say about one of its services, checked the same way for the form and for the write."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlsplit

from livinglab.catalogue.domain.functions import OF_SERVICES, Status, Taxonomy

Key = TypeVar("Key")

FIRST_YEAR = 1990
LONGEST = {"name": 160, "agency": 160, "url": 300, "note": 300}


class Fault(StrEnum):
    """What is wrong with one field of an entry."""

    FUNCTION_UNKNOWN = "function_unknown"
    STATUS_UNKNOWN = "status_unknown"
    NAME_MISSING = "name_missing"
    NAME_WITHOUT_SERVICE = "name_without_service"
    TOO_LONG = "too_long"
    NOT_PLAIN_TEXT = "not_plain_text"
    YEAR_NOT_A_YEAR = "year_not_a_year"
    YEAR_OUT_OF_RANGE = "year_out_of_range"
    URL_NOT_WEB = "url_not_web"


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault and the field that has it."""

    field: str
    fault: Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A region's statement as it was typed; all fields are text, empty when nothing was said."""

    function: str = ""
    name: str = ""
    agency: str = ""
    status: str = ""
    year: str = ""
    url: str = ""
    note: str = ""

    def trimmed(self) -> "Entry":
        """This function will return the entry with single spaces inside texts and none around them."""
        values = {key: " ".join(getattr(self, key).split()) for key in self.__slots__}
        return replace(self, **values)

    @property
    def says_none(self) -> bool:
        """Whether the region says that it has no service for the function."""
        return self.status == Status.NONE


def kept_agency(text: str, agencies: Iterable[tuple[Key, str, str]]) -> tuple[Key, str] | None:
    """This function will return the key and full name of the one agency that a text names, None for none or several.

    `agencies` are (key, name, short name). A full name goes before a short one; capitals do not matter.
    """
    wanted = text.casefold()
    known = [(key, name, name.casefold(), short.casefold()) for key, name, short in agencies]
    full = [(key, name) for key, name, folded, _short in known if folded == wanted]
    short = [(key, name) for key, name, _folded, short in known if short == wanted]
    named = full or short
    return named[0] if wanted and len(named) == 1 else None


def problems(entry: Entry, *, taxonomy: Taxonomy, this_year: int) -> tuple[Problem, ...]:
    """This function will return everything that is wrong with a trimmed entry, in the order of the form."""
    years = range(FIRST_YEAR, this_year + 1)
    found = [
        ("function", Fault.FUNCTION_UNKNOWN, taxonomy.function(entry.function) is None),
        ("status", Fault.STATUS_UNKNOWN, entry.status not in OF_SERVICES),
        ("name", Fault.NAME_MISSING, not entry.says_none and not entry.name),
        ("name", Fault.NAME_WITHOUT_SERVICE, entry.says_none and bool(entry.name)),
        ("year", Fault.YEAR_NOT_A_YEAR, bool(entry.year) and not is_year(entry.year)),
        ("year", Fault.YEAR_OUT_OF_RANGE, is_year(entry.year) and int(entry.year) not in years),
        ("url", Fault.URL_NOT_WEB, bool(entry.url) and not is_web_address(entry.url)),
        *((key, Fault.TOO_LONG, len(getattr(entry, key)) > most) for key, most in LONGEST.items()),
        *((key, Fault.NOT_PLAIN_TEXT, not getattr(entry, key).isprintable()) for key in LONGEST),
    ]
    return tuple(Problem(field, fault) for field, fault, wrong in found if wrong)


def is_year(text: str) -> bool:
    """This function will tell whether a text is four digits."""
    return len(text) == 4 and text.isascii() and text.isdigit()


def is_web_address(text: str) -> bool:
    """This function will tell whether a text is an address of the web, without a password inside."""
    try:
        parts = urlsplit(text)
        host = parts.hostname
        parts.port  # noqa: B018  an impossible port raises
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(host) and "@" not in parts.netloc
