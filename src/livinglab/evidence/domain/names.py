"""Names of files, as strangers give them and as we keep them."""

import re
import unicodedata
from typing import Final

LONGEST: Final = 120
_NOT_SEEN: Final = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_NOT_IN_NAMES: Final = re.compile(r'[<>:"|?*%]+')


def clean_file_name(given: str) -> str:
    """Return a name that every system can store and no reader misreads: no folder, no hidden or control character.

    A character that turns the direction of writing could make "gpj.exe" read as "exe.jpg"; it goes too.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1]
    seen = "".join(one for one in last if unicodedata.category(one) not in _NOT_SEEN)
    plain = " ".join(_NOT_IN_NAMES.sub("-", seen).split()).strip(". ")
    stem, dot, ending = plain.rpartition(".")
    if not dot:
        return plain[:LONGEST] or "file"
    ending = ending[:10]
    stem = stem.strip(". ")[: LONGEST - len(ending) - 1].rstrip(". ")
    return f"{stem or 'file'}.{ending}"


def ending_of(name: str) -> str:
    """Return the ending of a cleaned name in lower case without its dot; empty when there is none."""
    return name.rpartition(".")[2].lower() if "." in name else ""
