"""Pictures without what a camera wrote into them: where and when, with which device, by whom. No pixel changes.

The way up stays, because a photo would lie on its side without it. JPEG: ISO/IEC 10918-1 annex B; Exif 2.32, 4.5;
PNG: ISO/IEC 15948. What follows the end of the picture (another picture, a film) goes too.
"""

import struct
from typing import Final

_START: Final = 0xD8
_END: Final = 0xD9
_SCAN: Final = 0xDA
_COMMENT: Final = 0xFE
_FIRST_APP, _LAST_APP = 0xE0, 0xEF
#: JFIF, and Adobe's word on colours
_KEPT_APPS: Final = frozenset({0xE0, 0xEE})
_PROFILE_APP: Final = 0xE2
_PROFILE: Final = b"ICC_PROFILE\x00"
_EXIF_APP: Final = 0xE1
_EXIF: Final = b"Exif\x00\x00"
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD8)})
_ORIENTATION: Final = 0x0112
_UPRIGHT: Final = 1
_WAYS: Final = 8

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_PNG_END: Final = b"IEND"
_TOLD: Final = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"})


class NotPicture(Exception):
    """The bytes are no whole picture of this kind."""


def bare(content: bytes, content_type: str) -> bytes:
    """Return a JPEG or PNG without metadata, anything else as it is. Errors: `NotPicture`."""
    try:
        if content_type == "image/jpeg":
            return _jpeg(content)
        if content_type == "image/png":
            return _png(content)
    except (IndexError, struct.error) as error:
        raise NotPicture from error
    return content


def _jpeg(content: bytes) -> bytes:
    if content[:2] != bytes((0xFF, _START)):
        raise NotPicture
    parts: list[bytes] = []
    way, place = _UPRIGHT, 2
    while True:
        marker, start = _marker(content, place)
        if marker == _END:
            return b"".join((content[:2], _said(way), *parts, bytes((0xFF, _END))))
        if marker in _ALONE:
            place = start
            continue
        end = start + _length(content, start)
        body = content[start + 2 : end]
        if marker == _EXIF_APP and body.startswith(_EXIF):
            way = _way_up(body[len(_EXIF) :])
        place = _end_of_scan(content, end) if marker == _SCAN else end
        if _stays(marker, body):
            parts.append(bytes((0xFF, marker)) + content[start:place])


def _marker(content: bytes, place: int) -> tuple[int, int]:
    """Return the marker at a place and where its segment begins; it may be filled up with FF."""
    if content[place] != 0xFF:
        raise NotPicture
    while content[place] == 0xFF:
        place += 1
    return content[place], place + 1


def _length(content: bytes, start: int) -> int:
    (length,) = struct.unpack_from(">H", content, start)
    if length < 2 or start + length > len(content):  # its own two bytes count
        raise NotPicture
    return int(length)


def _stays(marker: int, body: bytes) -> bool:
    if marker == _PROFILE_APP:
        return body.startswith(_PROFILE)
    if _FIRST_APP <= marker <= _LAST_APP:
        return marker in _KEPT_APPS
    return marker != _COMMENT


def _end_of_scan(content: bytes, place: int) -> int:
    """Return where the next marker behind the coded picture stands; stuffed zeros and restarts belong to it."""
    while True:
        place = content.find(b"\xff", place)
        if place < 0:
            raise NotPicture
        if content[place + 1] not in (0x00, 0xFF) and content[place + 1] not in _ALONE:
            return place
        place += 1 if content[place + 1] == 0xFF else 2


def _way_up(tiff: bytes) -> int:
    """Return how a picture lies, 1 to 8; 1 where its Exif says nothing that can be read."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return _UPRIGHT
    try:
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        (number,) = struct.unpack_from(f"{order}H", tiff, first)
        for nth in range(number):
            tag, _kind, _count, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * nth)
            if tag == _ORIENTATION:
                return int(value) if 1 <= value <= _WAYS else _UPRIGHT
    except struct.error:
        pass
    return _UPRIGHT


def _said(way: int) -> bytes:
    """Return the Exif that says the way up and nothing else; none for a picture that stands upright."""
    if way == _UPRIGHT:
        return b""
    tiff = b"MM\x00*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, way, 0, 0)
    body = _EXIF + tiff
    return bytes((0xFF, _EXIF_APP)) + struct.pack(">H", len(body) + 2) + body


def _png(content: bytes) -> bytes:
    if not content.startswith(_PNG):
        raise NotPicture
    parts, place = [_PNG], len(_PNG)
    while True:
        length, kind = struct.unpack_from(">I4s", content, place)
        end = place + 12 + length
        if end > len(content):
            raise NotPicture
        if kind not in _TOLD:
            parts.append(content[place:end])
        if kind == _PNG_END:
            return b"".join(parts)
        place = end
