"""Which files are taken, told by their first bytes and never by what their sender says."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from livinglab.evidence.domain.names import ending_of

#: so many bytes tell a format
HEAD: Final = 4096


class Fault(StrEnum):
    """Why a file is not taken."""

    MISSING = "missing"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNKNOWN = "unknown"
    ARCHIVE = "archive"
    OLD_OFFICE = "old_office"
    WEB_PAGE = "web_page"
    PROGRAM = "program"
    NAME_LIES = "name_lies"
    SENDER_LIES = "sender_lies"
    DAMAGED = "damaged"
    TOO_SLOW = "too_slow"
    BOMB = "bomb"
    LOCKED = "locked"
    MACROS = "macros"
    EMBEDDED = "embedded"
    REMOTE = "remote"
    PDF_ACTS = "pdf_acts"
    PDF_CARRIES = "pdf_carries"
    TWO_IN_ONE = "two_in_one"
    PICTURE_TOO_LARGE = "picture_too_large"
    NOT_UTF8 = "not_utf8"
    INFECTED = "infected"
    SCANNER_SILENT = "scanner_silent"


class Format(StrEnum):
    """The formats that are taken."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    WEBP = "webp"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    ODT = "odt"
    ODS = "ods"
    MP4 = "mp4"
    CSV = "csv"
    TXT = "txt"


_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
CONTENT_TYPES: Final[Mapping[Format, str]] = MappingProxyType(
    {
        Format.PDF: "application/pdf",
        Format.PNG: "image/png",
        Format.JPEG: "image/jpeg",
        Format.WEBP: "image/webp",
        Format.DOCX: f"{_OFFICE}.wordprocessingml.document",
        Format.XLSX: f"{_OFFICE}.spreadsheetml.sheet",
        Format.PPTX: f"{_OFFICE}.presentationml.presentation",
        Format.ODT: "application/vnd.oasis.opendocument.text",
        Format.ODS: "application/vnd.oasis.opendocument.spreadsheet",
        Format.MP4: "video/mp4",
        Format.CSV: "text/csv",
        Format.TXT: "text/plain",
    }
)
_FORMATS: Final[Mapping[str, Format]] = MappingProxyType({kind: one for one, kind in CONTENT_TYPES.items()})
ENDINGS: Final[Mapping[str, Format]] = MappingProxyType(
    {str(one): one for one in Format} | {"jpg": Format.JPEG, "jpe": Format.JPEG, "m4v": Format.MP4}
)
PICTURES: Final = frozenset({Format.PNG, Format.JPEG, Format.WEBP})
IN_ZIP: Final = frozenset({Format.DOCX, Format.XLSX, Format.PPTX, Format.ODT, Format.ODS})
TEXTS: Final = frozenset({Format.CSV, Format.TXT})
#: what can carry a watermark, and therefore be exempt; also what has a preview
MARKABLE: Final = PICTURES | {Format.PDF}
MARKABLE_TYPES: Final = frozenset(CONTENT_TYPES[one] for one in MARKABLE)

#: first bytes of what is taken; a zip is looked into later
_MAGIC: Final[tuple[tuple[bytes, Format], ...]] = (
    (b"%PDF-", Format.PDF),
    (b"\x89PNG\r\n\x1a\n", Format.PNG),
    (b"\xff\xd8\xff", Format.JPEG),
)
_REFUSED: Final[tuple[tuple[bytes, Fault], ...]] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Fault.OLD_OFFICE),
    (b"{\\rtf", Fault.OLD_OFFICE),
    (b"Rar!\x1a\x07", Fault.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Fault.ARCHIVE),
    (b"\x1f\x8b", Fault.ARCHIVE),
    (b"BZh", Fault.ARCHIVE),
    (b"\xfd7zXZ\x00", Fault.ARCHIVE),
    (b"MSCF", Fault.ARCHIVE),
    (b"MZ", Fault.PROGRAM),
    (b"\x7fELF", Fault.PROGRAM),
    (b"\xca\xfe\xba\xbe", Fault.PROGRAM),
    (b"\xcf\xfa\xed\xfe", Fault.PROGRAM),
    (b"#!", Fault.PROGRAM),
)
_MP4_BRANDS: Final = frozenset(
    {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV"}
)
#: what makes a text a page that a browser would run
_MARKUP: Final = (
    b"<!doctype",
    b"<html",
    b"<head",
    b"<body",
    b"<script",
    b"<svg",
    b"<?xml",
    b"<iframe",
    b"<?php",
)
_ACTIVE_TYPES: Final = frozenset(
    {
        "text/html",
        "image/svg+xml",
        "application/xhtml+xml",
        "text/xml",
        "application/xml",
        "text/javascript",
        "application/javascript",
    }
)


def format_of(content_type: str) -> Format:
    """Return the format that we serve under a content type. Errors: KeyError for any other."""
    return _FORMATS[content_type]


@dataclass(frozen=True, slots=True)
class Found:
    """A format that a file seems to have, or why it is refused at once."""

    format: Format | None = None
    fault: Fault | None = None


def recognised(head: bytes, *, name: str, declared_type: str = "") -> Found:
    """Return what a file is by its first `HEAD` bytes, held against its name and the type its sender declared.

    Browsers guess types from names, so a vague declared type is no lie; one that names another format, or
    something that runs in a browser, is.
    """
    if not head:
        return Found(fault=Fault.EMPTY)
    found = _by_content(head, claimed=ENDINGS.get(ending_of(name)))
    if found.format is not None and ENDINGS.get(ending_of(name)) is not found.format:
        return Found(fault=Fault.NAME_LIES)
    if found.format is not None and _contradicts(declared_type, found.format):
        return Found(fault=Fault.SENDER_LIES)
    return found


def _by_content(head: bytes, *, claimed: Format | None) -> Found:
    for magic, one in _MAGIC:
        if head.startswith(magic):
            return Found(one)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Found(Format.WEBP)
    if head[4:8] == b"ftyp" and head[8:12] in _MP4_BRANDS:
        return Found(Format.MP4)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(claimed)
    for magic, fault in _REFUSED:
        if head.startswith(magic):
            return Found(fault=fault)
    if is_markup(head):
        return Found(fault=Fault.WEB_PAGE)
    if claimed in TEXTS and b"\x00" not in head:
        return Found(claimed)
    return Found(fault=Fault.UNKNOWN if claimed is None else Fault.NAME_LIES)


def _zip(claimed: Format | None) -> Found:
    if claimed in IN_ZIP:
        return Found(claimed)
    return Found(fault=Fault.ARCHIVE if claimed is None else Fault.NAME_LIES)


def is_markup(text: bytes) -> bool:
    """Say whether a text holds what a browser would read as a page or run."""
    lower = text.lower()
    return any(one in lower for one in _MARKUP)


def _contradicts(declared_type: str, found: Format) -> bool:
    declared = declared_type.partition(";")[0].strip().lower()
    if found in TEXTS and declared in ("text/plain", "text/csv"):
        return False
    others = {kind for one, kind in CONTENT_TYPES.items() if one is not found}
    return declared in others or declared in _ACTIVE_TYPES
