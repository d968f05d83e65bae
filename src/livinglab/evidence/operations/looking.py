"""Looking into a file that a stranger sent: received, recognised, scanned and examined before anybody keeps it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from livinglab.evidence.adapters import examiner
from livinglab.evidence.adapters.intake import NotReceived, received
from livinglab.evidence.adapters.places import scanner
from livinglab.evidence.adapters.scanner import ScannerSilent, Verdict
from livinglab.evidence.domain.formats import CONTENT_TYPES, Fault, recognised
from livinglab.evidence.domain.names import clean_file_name
from livinglab.evidence.domain.states import ScanState
from livinglab.evidence.operations.refused import FileRefused


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as its sender gives it: neither name nor type is believed."""

    stream: BinaryIO
    name: str
    declared_type: str = ""


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that may be kept, on disk for a moment. `pages` is None for what has none."""

    path: Path
    sha256: str
    size: int
    content_type: str
    name: str
    pages: int | None
    scan_state: ScanState


@contextmanager
def looked_into(
    upload: Upload, *, limit: int, suits: Callable[[str], None], is_infected: Callable[[], None]
) -> Iterator[Looked]:
    """This function will look into a file of at most `limit` bytes and have it lie on disk for the length of the block.

    `suits` is told the type of the content and may raise; `is_infected` is called before an infected file is refused.
    Errors: `FileRefused`.
    """
    name = clean_file_name(upload.name)
    try:
        with received(upload.stream, limit=limit) as file:
            found = recognised(file.head, name=name, declared_type=upload.declared_type)
            if found.format is None or found.fault is not None:
                raise FileRefused(found.fault or Fault.UNKNOWN)
            suits(CONTENT_TYPES[found.format])
            scan_state = _scanned(file.path, is_infected)
            finding = examiner.examined(found.format, file.path)
            if finding.fault is not None:
                raise FileRefused(finding.fault)
            yield Looked(
                path=file.path,
                sha256=file.sha256,
                size=file.size,
                content_type=CONTENT_TYPES[found.format],
                name=name,
                pages=finding.pages,
                scan_state=scan_state,
            )
    except NotReceived as error:
        raise FileRefused(error.fault) from error


def _scanned(path: Path, is_infected: Callable[[], None]) -> ScanState:
    asked = scanner()
    if asked is None:
        return ScanState.NOT_SCANNED
    try:
        verdict = asked.scan(path)
    except ScannerSilent as error:
        raise FileRefused(Fault.SCANNER_SILENT) from error
    if verdict is Verdict.INFECTED:
        is_infected()
        raise FileRefused(Fault.INFECTED)
    return ScanState.CLEAN
