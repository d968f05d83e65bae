"""Evidence on its way in: a PDF of a megabyte, sent, received, looked into by a process of its own, and kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test.client import BOUNDARY, encode_multipart

from benchmarks.evaluation_data import COUNTRY, EVIDENCE_PER_REGION, WORKING, evaluation_database
from benchmarks.evaluations import officer
from benchmarks.evidence_files import document
from benchmarks.pages import Answer
from benchmarks.rows import Row, Target, timings
from livinglab.evidence.adapters.places import storage
from livinglab.evidence.adapters.storage import key_of
from livinglab.kernel.identifiers import new_id

#: by which the pieces are found again and taken away
_TITLE: Final = "Unggahan uji beban"
#: lines of a document of one megabyte
_LINES: Final = 11_200


def evidence_upload(*, runs: int) -> Row:
    """This function will time the upload of a PDF of 1 MB, of which each is another, beside the files of 514 regions.

    What was sent goes again afterwards, its audit entries stay.
    """
    with evaluation_database(COUNTRY), _taken_away():
        session = officer()
        url = f"/api/v1/regions/{WORKING}/evidence"
        ready = {"body": b""}

        def write() -> None:
            name = f"{new_id()}.pdf"
            content = document(WORKING, name, lines=_LINES)
            file = SimpleUploadedFile(name, content, "application/pdf")
            fields = {"title": _TITLE, "type": "policy", "classification": "open", "file": file}
            ready["body"] = encode_multipart(BOUNDARY, fields)

        def send() -> Answer:
            return session.upload(url, ready["body"])

        p50, p95 = timings(send, runs=min(runs, 20), warmup=2, before=write)
        write()
        answer = send()
        size = len(ready["body"]) / 1024**2
    return Row(
        name="evidence-upload",
        size=f"a PDF of {size:.1f} MB, {COUNTRY * EVIDENCE_PER_REGION} files loaded",
        p50_ms=p50,
        p95_ms=p95,
        queries=answer.queries,
        bytes=len(answer.body),
        target=Target(),
    )


@contextmanager
def _taken_away() -> Iterator[None]:
    """Whatever the block uploads goes at its end, so that a hundred runs leave no hundred megabytes."""
    try:
        yield
    finally:
        with connections["owner"].cursor() as cursor:
            cursor.execute(
                "DELETE FROM evidence_fingerprint WHERE piece_id IN (SELECT id FROM evidence_piece WHERE title = %s)",
                [_TITLE],
            )
            cursor.execute(
                "DELETE FROM evidence_piece WHERE title = %s RETURNING organization_id, sha256", [_TITLE]
            )
            for organization_id, sha256 in cursor.fetchall():
                storage().delete(key_of(organization_id, sha256))
