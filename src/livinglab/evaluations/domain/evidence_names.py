"""What a piece of evidence is called when it leaves the platform.

The ministry's guide names files by indicator, letter and title, as in `20.c.Reviu-Kolaborasi_SPBE.pdf`
(Pedoman MenPANRB 3/2024): so an assessor finds the piece that a text names.
"""

import re
import unicodedata
from typing import Final

#: characters of a title in a name; with number, letter and ending it stays short enough for every system
LONGEST_TITLE: Final = 80
_SPACE: Final = re.compile(r"[\s_]+")
_NOT_IN_NAMES: Final = re.compile(r"[^\w-]+", re.ASCII)
_DASHES: Final = re.compile(r"-{2,}")
#: number and letter before a title, as somebody typed them who knew the guide
_PREFIX: Final = re.compile(r"^\s*\d+(?:-\d+)?\.[a-z]{1,2}\.\s*", re.I)
_ENDING: Final = re.compile(r"\.([A-Za-z0-9]{1,5})$")


def archive_name(indicator: str, letter: str, title: str, ending: str) -> str:
    """This function will return the name of a piece in an archive: `20.c.Reviu-Kolaborasi_SPBE.pdf`.

    Letters keep no accents, words are joined by underscores, everything else becomes a hyphen: such a name is the
    same on every system and leads into no folder. A title that begins with number and letter gets them once.
    """
    return f"{indicator}.{letter}.{_title(title)}.{ending.lower()}"


def is_named_as_asked(file_name: str, indicator: str, letter: str) -> bool:
    """This function will say whether a file's own name begins with number and letter, as the archive names it."""
    start = f"{indicator}.{letter}."
    rest = file_name[len(start) :]
    stem = _ENDING.sub("", rest)
    return file_name.lower().startswith(start) and stem not in ("", rest)


def ending_of(file_name: str) -> str:
    """This function will return the ending of a stored file's name, "bin" where it has none that is one."""
    found = _ENDING.search(file_name)
    return found[1].lower() if found else "bin"


def _title(title: str) -> str:
    bare = _PREFIX.sub("", title) or title
    plain = "".join(one for one in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(one))
    words = _SPACE.sub("_", plain.strip())
    clean = _DASHES.sub("-", _NOT_IN_NAMES.sub("-", words))
    clean = re.sub(r"-?_-?", "_", clean).strip("-_")
    return clean[:LONGEST_TITLE].strip("-_") or "bukti"
