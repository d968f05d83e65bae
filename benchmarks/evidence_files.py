"""Files for the pieces of evidence of a benchmark: small documents, made up and always the same, in a folder of theirs.

Each piece has a file of its own content, so that nothing is stored once for two.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connections

#: lines of a document; it has some four kilobytes
_LINES: Final = 48
#: written last, so that a folder half filled is filled again
_COMPLETE: Final = "complete"


@contextmanager
def evidence_folder(database: str) -> Iterator[None]:
    """This function will run a block whose evidence lies in a folder made for this database; older ones go."""
    folder = Path(settings.VAR_DIR) / "bench" / database
    if not (folder / _COMPLETE).exists():
        for other in folder.parent.glob(f"{database.rsplit('_', 1)[0]}_*"):
            shutil.rmtree(other)
        _fill(folder)
    before = settings.EVIDENCE_DIR
    settings.EVIDENCE_DIR = folder
    try:
        yield
    finally:
        settings.EVIDENCE_DIR = before


def _fill(folder: Path) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT piece.organization_id, owner.code, piece.file_name, piece.sha256 FROM evidence_piece AS piece "
            "JOIN organizations_organization AS owner ON owner.id = piece.organization_id"
        )
        for organization_id, code, file_name, sha256 in cursor.fetchall():
            target = folder / str(organization_id) / sha256
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            target.write_bytes(document(code, file_name))
    (folder / _COMPLETE).touch()


def document(code: str, file_name: str, *, lines: int = _LINES) -> bytes:
    """This function will return a PDF of one page that names its region and itself, line by line."""
    said = (f"({code} {file_name}: bukti dukung uji beban, baris {number}.) Tj T*" for number in range(lines))
    text = f"BT /F 10 Tf 14 TL 60 780 Td {' '.join(said)} ET"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        f"<< /Length {len(text)} >>\nstream\n{text}\nendstream",
    )
    written, offsets = "%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        offsets.append(len(written))
        written += f"{number} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n"
    return f"{written}{end}{len(written)}\n%%EOF\n".encode("ascii")
