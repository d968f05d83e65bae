"""Looks into one file from a stranger, in a process of its own with little memory and time.

``examine FORMAT FILE`` prints {"pages": …, "fault": …}; ``preview FORMAT FILE PAGE`` and ``mark FORMAT FILE TEXT``
write the picture or the marked file to stdout. The caller's clock ends what takes too long. It imports no Django
and is given no secret.
"""

import json
import sys
from pathlib import Path

from livinglab.evidence.adapters.sandbox import office, pdf, pictures, text, video
from livinglab.evidence.adapters.sandbox.findings import Finding, Refused
from livinglab.evidence.domain.formats import IN_ZIP, PICTURES, Fault, Format

MEMORY = 1536 * 1024 * 1024
CPU_SECONDS = 30


def limit() -> None:
    """This function will take away memory, time and files from this process, where the system can (POSIX)."""
    try:
        import resource  # noqa: PLC0415  not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it answers through a pipe and writes no file
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def examined(kind: Format, path: Path) -> Finding:
    """This function will return what is in a file. Errors: `Refused`."""
    if kind is Format.PDF:
        return pdf.examined(path)
    if kind in PICTURES:
        return pictures.examined(kind, path)
    if kind in IN_ZIP:
        return office.examined(kind, path)
    return video.examined(path) if kind is Format.MP4 else text.examined(path)


def main(command: str, kind: Format, path: Path, rest: list[str]) -> None:
    """This function will do one of the three things and write its outcome to stdout."""
    out = sys.stdout.buffer
    if command == "examine":
        try:
            finding = examined(kind, path)
        except Refused as refused:
            finding = Finding(fault=refused.fault)
        except (MemoryError, RecursionError):
            finding = Finding(fault=Fault.BOMB)
        out.write(json.dumps({"pages": finding.pages, "fault": finding.fault}).encode())
    elif command == "preview":
        out.write(pdf.preview(path, int(rest[0])) if kind is Format.PDF else pictures.preview(kind, path))
    elif command == "mark":
        out.write(pdf.marked(path, rest[0]) if kind is Format.PDF else pictures.marked(kind, path, rest[0]))


if __name__ == "__main__":
    limit()
    main(sys.argv[1], Format(sys.argv[2]), Path(sys.argv[3]), sys.argv[4:])
