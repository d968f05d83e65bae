"""All evidence of an evaluation as one zip, named as the ministry's guide asks, with an index of what is in it."""

import csv
import io
import logging
from collections.abc import Iterable, Iterator
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
from livinglab.evaluations.queries.evidence_uses import evidence_of
from livinglab.evaluations.queries.places import Place
from livinglab.evidence import operations as evidence
from livinglab.evidence.queries import Purpose, pieces_by_id
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role
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


def archive(*, place: Place, reader_name: str, purpose: str, at: datetime) -> Iterator[bytes]:
    """This function will return a zip of all evidence, made while it is sent.

    Exempt pieces are in it, watermarked and each logged, when `purpose` says what for and the reader may open
    them; else the index counts them without their title. A file that cannot be read is told by the index.
    Errors: `Refused` for a purpose that there is not, where there is no evidence, and for assessors and the ministry
    before the self-assessment was sent.
    """
    if purpose and purpose not in set(Purpose):
        raise Refused(Refusal("purpose_unknown", gettext_lazy("Choose what you open exempt pieces for.")))
    ensure(_refusal_before_sending(place))
    with tenancy(place.organization.id):
        found = evidence_of(place.organization.id, place.participation.id)
        if not found:
            raise Refused(Refusal("no_evidence", gettext_lazy("No evidence is attached yet.")))
        reader = _reader(place, reader_name)
        lines = list(_lines(place, found.items(), reader, purpose))
    return stream_zip(_entries(place, lines, reader, purpose, at), at=at)


def _refusal_before_sending(place: Place) -> Refusal | None:
    """Nobody outside opens the evidence of a draft, in one file or in all."""
    is_sent = STAGE_OF[State(place.participation.state)] is not Stage.SELF
    if is_sent or not place.actor.is_external:
        return None
    words = gettext_lazy("Assessors and the ministry open the evidence once the self-assessment was sent.")
    return Refusal("not_sent", words)


def _reader(place: Place, name: str) -> evidence.Reader:
    roles = frozenset(Role(role) for role in place.actor.roles)
    return evidence.Reader(place.actor.user_id, name, roles, is_assigned_assessor=place.actor.is_assigned)


def _lines(
    place: Place,
    found: Iterable[tuple[str, tuple[EvidenceItem, ...]]],
    reader: evidence.Reader,
    purpose: str,
) -> Iterator[_Line]:
    by_indicator = dict(found)
    ids = {UUID(item.id) for items in by_indicator.values() for item in items}
    pieces = pieces_by_id(place.organization.id, ids)
    for indicator in sorted(by_indicator, key=_number):
        for item in by_indicator[indicator]:
            refusal = evidence.may_open(pieces[UUID(item.id)], reader)
            ending = "txt" if item.is_link else ending_of(item.file_name)
            line = _Line(indicator, item, archive_name(indicator, item.letter, item.title, ending))
            if item.is_exempt and (refusal is not None or not purpose):
                line.name, line.note = "", _("exempt, not in this archive")
            elif refusal is not None:
                line.name, line.note = "", str(refusal.reason)
            yield line


def _entries(
    place: Place, lines: list[_Line], reader: evidence.Reader, purpose: str, at: datetime
) -> Iterator[Entry]:
    """The index comes last: only then is it known which files could be read."""
    for line in lines:
        if line.name:
            yield Entry(line.name, lambda line=line: _opened(place, line, reader, purpose, at))  # type: ignore[misc]
    yield Entry("index.csv", lambda: io.BytesIO(_index(lines)))


def _opened(
    place: Place, line: _Line, reader: evidence.Reader, purpose: str, at: datetime
) -> BinaryIO | None:
    if line.item.is_link:
        return io.BytesIO(f"{line.item.url}\r\n".encode())
    try:
        opened = evidence.open_file(
            organization_id=place.organization.id,
            piece_id=UUID(line.item.id),
            reader=reader,
            at=at,
            purpose=purpose,
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
