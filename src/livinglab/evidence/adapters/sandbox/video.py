"""MP4: boxes one after the other (ISO 14496-12), of which one describes the film."""

import struct
from pathlib import Path
from typing import Final

from livinglab.evidence.adapters.sandbox.findings import Finding, Refused
from livinglab.evidence.domain.formats import Fault

MOST_BOXES: Final = 10_000


def examined(path: Path) -> Finding:
    """This function will refuse a film whose boxes do not fill the file or that lacks its description."""
    size, at, kinds = path.stat().st_size, 0, set[bytes]()
    with path.open("rb") as stream:
        for _ in range(MOST_BOXES):
            if at == size:
                break
            stream.seek(at)
            length, kind = _box(stream.read(16), size - at)
            kinds.add(kind)
            at += length
    if at != size or not {b"ftyp", b"moov"} <= kinds:
        raise Refused(Fault.DAMAGED)
    return Finding()


def _box(head: bytes, left: int) -> tuple[int, bytes]:
    if len(head) < 8:
        raise Refused(Fault.DAMAGED)
    length, kind = struct.unpack("!L4s", head[:8])
    if length == 1 and len(head) == 16:
        (length,) = struct.unpack("!Q", head[8:])
    elif length == 0:  # to the end of the file
        length = left
    if not 8 <= length <= left:
        raise Refused(Fault.DAMAGED)
    return length, kind
