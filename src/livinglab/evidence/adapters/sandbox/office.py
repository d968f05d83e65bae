"""Office documents: zips whose directory is read, never their content, but for the list of parts."""

import re
import zipfile
from pathlib import Path
from typing import Final

from livinglab.evidence.adapters.sandbox.findings import Finding, Refused
from livinglab.evidence.domain.formats import CONTENT_TYPES, Fault, Format

MOST_PARTS: Final = 5_000
MOST_UNPACKED: Final = 500 * 1024 * 1024
#: a part of more than a megabyte that shrinks further than this is made to (ordinary sheets stay below 30)
MOST_SHRUNK: Final = 150
MOST_READ: Final = 2 * 1024 * 1024
_MAIN: Final = {
    Format.DOCX: b"wordprocessingml.document.main+xml",
    Format.XLSX: b"spreadsheetml.sheet.main+xml",
    Format.PPTX: b"presentationml.presentation.main+xml",
}
_MACROS: Final = re.compile(r"vbaproject|vbadata|(^|/)(basic|scripts)/|macrosheets/|activex/", re.IGNORECASE)
_EMBEDDED: Final = re.compile(
    r"\.(exe|dll|scr|com|bat|cmd|ps1|vbs|js|jar|msi|lnk|html?|svg|zip|rar|7z|docm|xlsm|pptm|xlsb)$|oleobject|embeddings/.*\.bin$",
    re.IGNORECASE,
)
#: what is fetched from elsewhere when the document opens
_FETCHED: Final = re.compile(
    rb"<Relationship\b[^>]*/(?:attachedTemplate|oleObject|frame|subDocument)\"[^>]*>"
)


def examined(kind: Format, path: Path) -> Finding:
    """This function will refuse bombs, locked files, macros, embedded programs and templates from elsewhere."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            _bounded(parts, path.stat().st_size)
            _harmless(parts)
            _is(kind, archive)
            _fetches_nothing(archive, parts)
    except (zipfile.BadZipFile, NotImplementedError, KeyError, OSError, EOFError, ValueError) as error:
        raise Refused(Fault.DAMAGED) from error
    return Finding()


def _bounded(parts: list[zipfile.ZipInfo], size: int) -> None:
    if len(parts) > MOST_PARTS or sum(one.file_size for one in parts) > MOST_UNPACKED:
        raise Refused(Fault.BOMB)
    if sum(one.compress_size for one in parts) > size:  # parts that share their bytes
        raise Refused(Fault.BOMB)
    for one in parts:
        if one.file_size > 1024 * 1024 and one.file_size > MOST_SHRUNK * max(one.compress_size, 1):
            raise Refused(Fault.BOMB)
    if any(one.flag_bits & 0x1 for one in parts):
        raise Refused(Fault.LOCKED)


def _harmless(parts: list[zipfile.ZipInfo]) -> None:
    for one in parts:
        name = one.filename
        if name.startswith("/") or "\\" in name or ".." in name.split("/"):
            raise Refused(Fault.DAMAGED)
        if _MACROS.search(name):
            raise Refused(Fault.MACROS)
        if _EMBEDDED.search(name):
            raise Refused(Fault.EMBEDDED)


def _is(kind: Format, archive: zipfile.ZipFile) -> None:
    """The list of parts names the main one, and with it the kind of document; OpenDocument says it in one line."""
    if kind not in _MAIN:
        if "mimetype" not in archive.namelist():
            raise Refused(Fault.NAME_LIES)
        if _start(archive, "mimetype").strip() != CONTENT_TYPES[kind].encode():
            raise Refused(Fault.NAME_LIES)
        return
    if "[Content_Types].xml" not in archive.namelist():
        raise Refused(Fault.NAME_LIES)
    listed = _start(archive, "[Content_Types].xml")
    if b"macroEnabled" in listed or b"vbaProject" in listed:
        raise Refused(Fault.MACROS)
    if _MAIN[kind] not in listed:
        raise Refused(Fault.NAME_LIES)


def _fetches_nothing(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    for one in parts:
        if not one.filename.endswith(".rels"):
            continue
        for found in _FETCHED.finditer(_start(archive, one.filename)):
            if b'TargetMode="External"' in found[0]:
                raise Refused(Fault.REMOTE)


def _start(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as stream:
        return stream.read(MOST_READ)
