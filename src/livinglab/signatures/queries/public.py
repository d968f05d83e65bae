"""What anybody may know of a signed document: by its code, by its number with the code, or by its file."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from livinglab.signatures.domain.codes import printed, read, read_beginning, span
from livinglab.signatures.domain.verdicts import Examination, Verdict
from livinglab.signatures.models import PublicDocument

__all__ = ["Shown", "codes_of_number", "find_by_code", "find_by_file", "printed", "read", "read_beginning"]


@dataclass(frozen=True, slots=True)
class Shown:
    """A signed document as the public reads it.

    `revoked_at` is None while it is good, `deleted_at` while its file is kept.
    """

    code: str
    title: str
    number: str
    organization: str
    signer: str
    position: str
    signed_at: datetime
    sha256: str
    revoked_at: datetime | None
    reason: str
    deleted_at: datetime | None
    is_synthetic: bool


def find_by_code(typed: str) -> Shown | None:
    """This function will return the document with a code as somebody typed it, None when there is none. One query."""
    code = read(typed)
    return _shown(PublicDocument.objects.filter(code=code)) if code else None


def codes_of_number(number: str, typed: str) -> tuple[str, ...]:
    """This function will return the codes with a first group as somebody typed it, of the documents with a number.

    Two at most, so that a reader knows whether it is one: each village numbers its letters from 1, and of as many as
    there are in the country some begin alike. One query, by the index.
    """
    beginning = read_beginning(typed)
    if beginning is None:
        return ()
    rows = PublicDocument.objects.filter(number=number, code__range=span(beginning))
    return tuple(rows.order_by("code").values_list("code", flat=True)[:2])


def find_by_file(found: Examination) -> Shown | None:
    """This function will return the document that a file is, byte for byte, None when it was not signed here."""
    return (
        None
        if found.verdict is Verdict.UNSIGNED
        else _shown(PublicDocument.objects.filter(sha256=found.sha256))
    )


def _shown(rows: "QuerySet[PublicDocument]") -> Shown | None:
    row = rows.select_related("organization").first()
    if row is None:
        return None
    return Shown(
        code=row.code,
        title=row.title,
        number=row.number,
        organization=row.organization.name,
        signer=row.signer,
        position=row.position,
        signed_at=row.signed_at,
        sha256=row.sha256,
        revoked_at=row.revoked_at,
        reason=row.reason,
        deleted_at=row.deleted_at,
        is_synthetic=row.is_synthetic,
    )
