"""The code by which anybody finds an issued document: short enough to type, too long to guess."""

import re
from typing import Final

#: Crockford's alphabet: no I, L, O or U, so that nobody misreads a letter for a digit
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 12
_GROUP: Final = 4
_CODE: Final = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")
_BEGINNING: Final = re.compile(f"[{ALPHABET}]{{{_GROUP}}}")
_READ_AS: Final = str.maketrans("ILO", "110")


def code_of(random: bytes) -> str:
    """This function will return a code of twelve characters from at least twelve random bytes: 60 bits."""
    if len(random) < LENGTH:
        raise ValueError(f"a code needs {LENGTH} random bytes")
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in random[:LENGTH])


def printed(code: str) -> str:
    """This function will return a code as it stands on paper: three groups of four."""
    return "-".join(code[start : start + _GROUP] for start in range(0, LENGTH, _GROUP))


def read(typed: str) -> str | None:
    """This function will return the code that somebody typed, with or without dashes; None when it is no code."""
    found = _plain(typed)
    return found if _CODE.fullmatch(found) else None


def read_beginning(typed: str) -> str | None:
    """This function will return the first group of a code that somebody typed; None when it is none, or more."""
    found = _plain(typed)
    return found if _BEGINNING.fullmatch(found) else None


def span(beginning: str) -> tuple[str, str]:
    """This function will return the least and the greatest code that begin so, for a database that sorts them."""
    rest = LENGTH - len(beginning)
    return beginning + ALPHABET[0] * rest, beginning + ALPHABET[-1] * rest


def _plain(typed: str) -> str:
    return re.sub(r"[\s-]", "", typed).upper().translate(_READ_AS)
