"""Which files a package may hold, and the digest of them. docs/package-format.md sections 1 and 8."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from livinglab.packages.domain.faults import Fault

MOST_FILES: Final = 250
MOST_BYTES_OF_A_FILE: Final = 256 * 1024
MOST_BYTES: Final = 2 * 1024 * 1024
#: cells of all decision tables together, which bounds the time of a check
MOST_CELLS: Final = 5_000

SIGNATURE: Final = "signature.json"
PUBLICCODE: Final = "publiccode.yml"
#: files that stand beside the content and are no part of its digest
BESIDE: Final = frozenset({SIGNATURE, PUBLICCODE})

_ID: Final = r"[a-z][a-z0-9-]{0,39}"
_NAME: Final = r"[a-z][a-z0-9_]{0,39}"
#: kind of file -> its paths (the identifier is the group) and how many there may be
KINDS: Final[Mapping[str, tuple[re.Pattern[str], int, int]]] = {
    "manifest": (re.compile(r"package\.yaml"), 1, 1),
    "form": (re.compile(r"form\.schema\.json"), 1, 1),
    "process": (re.compile(r"process\.bpmn"), 1, 1),
    "task": (re.compile(rf"tasks/({_NAME})\.schema\.json"), 0, 40),
    "rule": (re.compile(rf"rules/({_NAME})\.json"), 0, 40),
    "document": (re.compile(rf"documents/({_ID})(?:\.en)?\.html"), 0, 40),
    "message": (re.compile(rf"messages/({_ID})\.(?:id|en)\.md"), 0, 120),
    "scenario": (re.compile(rf"scenarios/({_ID})\.yaml"), 1, 60),
    "changelog": (re.compile(r"CHANGELOG\.md"), 1, 1),
    "readme": (re.compile(r"README\.md"), 0, 1),
    "publiccode": (re.compile(r"publiccode\.yml"), 0, 1),
    "signature": (re.compile(r"signature\.json"), 0, 1),
}
_DRIVE: Final = re.compile(r"[A-Za-z]:")
#: what each kind is called where one is missing
_SHOWN: Final = {
    "manifest": "package.yaml",
    "form": "form.schema.json",
    "process": "process.bpmn",
    "scenario": "scenarios/*.yaml",
    "changelog": "CHANGELOG.md",
}


def kind_of(path: str) -> str:
    """This function will return what a path holds by its name, or nothing for a path that no package has."""
    return next((kind for kind, (pattern, _, _) in KINDS.items() if pattern.fullmatch(path)), "")


def identifier(path: str) -> str:
    """This function will return the ID in a path such as `rules/ID.json`, empty where the path has none."""
    found = (pattern.fullmatch(path) for pattern, _, _ in KINDS.values())
    return next((match[1] for match in found if match and match.re.groups), "")


def of_kind(paths: Iterable[str], kind: str) -> list[str]:
    """This function will return the paths of one kind, sorted."""
    return sorted(path for path in paths if KINDS[kind][0].fullmatch(path))


def name_faults(path: str) -> Iterator[Fault]:
    """This function will yield what is wrong with the name of one entry, before anything of it is read."""
    shown = path.encode("utf-8", "backslashreplace").decode()[:200].replace("\0", "\\0").replace("\n", "\\n")
    if path.startswith(("/", "\\")) or _DRIVE.match(path):
        yield Fault("P003", shown, 0)
    elif "\\" in path or "\0" in path or any(part in {"", ".", ".."} for part in path.split("/")):
        yield Fault("P004", shown, 0)
    elif not kind_of(path):
        yield Fault("P005", shown, 0)


def set_faults(paths: Iterable[str]) -> Iterator[Fault]:
    """This function will yield what is wrong with the names together: duplicates, too many, some missing."""
    listed = list(paths)
    seen: dict[str, str] = {}
    for path in listed:
        folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
        if folded in seen:
            yield Fault("P006", path, 0, {"other": seen[folded]})
        seen[folded] = path
    if len(listed) > MOST_FILES:
        yield Fault("P007", "", 0, {"most": str(MOST_FILES)})
    for kind, (_, least, most) in KINDS.items():
        number = len(of_kind(listed, kind))
        if number < least:
            yield Fault("P001", _SHOWN[kind], 0)
        elif number > most:
            yield Fault("P002", "", 0, {"kind": kind, "number": str(number), "most": str(most)})


def listing(files: Mapping[str, bytes]) -> str:
    """This function will return one line per file of the content, as `sha256sum` writes it, sorted by path."""
    return "".join(
        f"{hashlib.sha256(files[path]).hexdigest()}  {path}\n"
        for path in sorted(files, key=str.encode)
        if path not in BESIDE
    )


def digest_of(files: Mapping[str, bytes]) -> str:
    """This function will return the content address: `sha256:` and 64 hexadecimal digits."""
    return "sha256:" + hashlib.sha256(listing(files).encode()).hexdigest()
