"""Has files from strangers looked into, drawn and marked in a process of its own (`sandbox`)."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Final

import livinglab
from livinglab.evidence.adapters.sandbox.findings import Finding
from livinglab.evidence.domain.formats import Fault, Format

#: seconds on the wall; what takes longer is refused
SECONDS: Final = 40
_SOURCE: Final = Path(livinglab.__file__).parents[1]


class NotDrawn(Exception):
    """A preview or a marked copy could not be made of this file."""


def examined(kind: Format, path: Path) -> Finding:
    """This function will return what is in a file; a file that breaks or outlasts its examiner has a fault."""
    try:
        done = _run("examine", kind, path)
    except subprocess.TimeoutExpired:
        return Finding(fault=Fault.TOO_SLOW)
    if done.returncode != 0:
        return Finding(fault=Fault.TOO_SLOW if done.returncode < 0 else Fault.DAMAGED)
    said = json.loads(done.stdout)
    return Finding(pages=said["pages"], fault=Fault(said["fault"]) if said["fault"] else None)


def preview(kind: Format, path: Path, *, page: int) -> bytes:
    """This function will return a page of a PDF, or a picture, as WebP. Errors: `NotDrawn`."""
    return _bytes("preview", kind, path, str(page))


def marked(kind: Format, path: Path, *, text: str) -> bytes:
    """This function will return a copy with a text across every page. Errors: `NotDrawn`."""
    return _bytes("mark", kind, path, text.replace("\x00", ""))


def _bytes(command: str, kind: Format, path: Path, rest: str) -> bytes:
    try:
        done = _run(command, kind, path, rest)
    except subprocess.TimeoutExpired as error:
        raise NotDrawn(f"{command} took longer than {SECONDS} s") from error
    if done.returncode != 0 or not done.stdout:
        raise NotDrawn(done.stderr.decode(errors="replace")[-500:])
    return done.stdout


def _run(command: str, kind: Format, path: Path, *rest: str) -> "subprocess.CompletedProcess[bytes]":
    """The process gets no environment of ours: neither database nor secrets."""
    return subprocess.run(  # noqa: S603  our own module; the file's path is an argument, never a shell's word
        [sys.executable, "-P", "-m", "livinglab.evidence.adapters.sandbox", command, kind, str(path), *rest],
        env={"PYTHONPATH": str(_SOURCE), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
