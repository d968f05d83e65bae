"""All evidence of an evaluation as one zip, named as the ministry's guide asks, with an index of what is in it."""

import csv
import io
import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from livinglab.evaluations.adapters.archives import Entry, stream_zip
from livinglab.evaluations.domain.evidence_names import archive_name, ending_of
from livinglab.evaluations.domain.process import STAGE_OF, State
from livinglab.evaluations.domain.sheet import EvidenceItem
from livinglab.evaluations.domain.stages import Stage
from livinglab.evaluations.operations.evidence_readers import reader_of
from livinglab.evaluations.queries.evidence_uses import evidence_of
from livinglab.evaluations.queries.places import Place
from livinglab.evidence import operations as evidence
from livinglab.evidence.queries import Piece, pieces_by_id
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.ui.exports import neutral

_log = logging.getLogger("livinglab.evaluations")
_HEAD: Final = (
    "indicator",
    "letter",
    "level",
    "title",
    "number",
    "reference",
    "dated",
    "file",
    "link",
    "sha256",
    "note",
)


@dataclass(slots=True)
class _Line:
    """One piece as the index tells of it; `note` says why its file is not there."""

    indicator: str
    item: EvidenceItem
    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ExemptPieces:
    """How many exempt pieces of an evaluation open to a reader, and how many stay closed."""

    open: int
    closed: int


def exempt_pieces(place: Place) -> ExemptPieces:
    """This function will count the exempt pieces for who stands here, each once. Two queries, more where there are."""
    with tenancy(place.organization.id):
        found = evidence_of(place.organization.id, place.participation.id)
        exempt = {UUID(item.id) for items in found.values() for item in items if item.is_exempt}
        if not exempt:
            return ExemptPieces(0, 0)
        pieces = pieces_by_id(place.organization.id, exempt)
        reader = reader_of(place, "", pieces.values())
        opens = sum(evidence.may_open(one, reader) is None for one in pieces.values())
    return ExemptPieces(opens, len(pieces) - opens)


def archive(*, place: Place, reader_name: str, with_exempt: bool, at: datetime) -> Iterator[bytes]:
    """This function will return a zip of all evidence, made while it is sent.

    Exempt pieces are in it `with_exempt` where the reader assesses them, watermarked and each logged; else the index
    counts them without their title and says why they stay out. A file that cannot be read is told by the index.
    Errors: `Refused` where there is no evidence, and for assessors and the ministry before the self-assessment was
    sent.
    """
    ensure(_refusal_before_sending(place))
    with tenancy(place.organization.id):
        found = evidence_of(place.organization.id, place.participation.id)
        if not found:
            raise Refused(Refusal("no_evidence", gettext_lazy("No evidence is attached yet.")))
        ids = {UUID(item.id) for items in found.values() for item in items}
        pieces = pieces_by_id(place.organization.id, ids)
        reader = reader_of(place, reader_name, pieces.values())
        lines = list(_lines(found, pieces, reader, with_exempt=with_exempt))
    return stream_zip(_entries(place, lines, reader, at), at=at)


def _refusal_before_sending(place: Place) -> Refusal | None:
    """Nobody outside opens the evidence of a draft, in one file or in all."""
    is_sent = STAGE_OF[State(place.participation.state)] is not Stage.SELF
    if is_sent or not place.actor.is_external:
        return None
    words = gettext_lazy("Assessors and the ministry open the evidence once the self-assessment was sent.")
    return Refusal("not_sent", words)


def _lines(
    found: Mapping[str, tuple[EvidenceItem, ...]],
    pieces: Mapping[UUID, Piece],
    reader: evidence.Reader,
    *,
    with_exempt: bool,
) -> Iterator[_Line]:
    for indicator in sorted(found, key=_number):
        for item in found[indicator]:
            refusal = evidence.may_open(pieces[UUID(item.id)], reader)
            ending = "txt" if item.is_link else ending_of(item.file_name)
            line = _Line(indicator, item, archive_name(indicator, item.letter, item.title, ending))
            if item.is_exempt and refusal is not None:
                line.name, line.note = "", _("exempt: opens to the assigned assessors alone")
            elif item.is_exempt and not with_exempt:
                line.name, line.note = "", _("exempt, not asked for")
            elif refusal is not None:
                line.name, line.note = "", str(refusal.reason)
            yield line


def _entries(place: Place, lines: list[_Line], reader: evidence.Reader, at: datetime) -> Iterator[Entry]:
    """The index comes last: only then is it known which files could be read."""
    for line in lines:
        if line.name:
            yield Entry(line.name, lambda line=line: _opened(place, line, reader, at))  # type: ignore[misc]
    yield Entry("index.csv", lambda: io.BytesIO(_index(lines)))


def _opened(place: Place, line: _Line, reader: evidence.Reader, at: datetime) -> BinaryIO | None:
    if line.item.is_link:
        return io.BytesIO(f"{line.item.url}\r\n".encode())
    try:
        opened = evidence.open_file(
            organization_id=place.organization.id, piece_id=UUID(line.item.id), reader=reader, at=at
        )
    except (evidence.NotStored, evidence.StorageFailed, evidence.NotDrawn) as error:
        _log.warning(
            "a piece of evidence is missing in an archive", extra={"piece": line.item.id, "why": str(error)}
        )
        line.name, line.note = "", _("the file could not be read")
        return None
    return opened.stream


def _index(lines: Iterable[_Line]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_HEAD)
    for line in lines:
        writer.writerow([neutral(cell) for cell in _cells(line)])
    return out.getvalue().encode("utf-8-sig")


def _cells(line: _Line) -> tuple[str, ...]:
    item = line.item
    known = (line.indicator, item.letter, str(item.level))
    if item.is_exempt and not line.name:
        return (*known, "", "", "", "", "", "", "", line.note)
    dated = item.issued_on.isoformat() if item.issued_on else ""
    return (
        *known,
        item.title,
        item.document_number,
        item.reference,
        dated,
        line.name,
        item.url,
        item.sha256,
        line.note,
    )


def _number(key: str) -> tuple[int, ...]:
    return tuple(int(part) for part in key.split("-"))
