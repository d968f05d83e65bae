"""Handing out what a file piece holds."""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import BinaryIO
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from livinglab.evidence import queries
from livinglab.evidence.adapters import examiner
from livinglab.evidence.adapters.intake import on_disk
from livinglab.evidence.adapters.places import storage
from livinglab.evidence.adapters.storage import NotStored, key_of
from livinglab.evidence.domain.formats import format_of
from livinglab.evidence.models import Piece
from livinglab.evidence.operations.rows import record
from livinglab.evidence.policies import Reader, may_open
from livinglab.kernel import clock
from livinglab.kernel.refusals import ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import organizations


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file to hand to a reader, who closes `stream`."""

    stream: BinaryIO
    content_type: str
    file_name: str


def open_file(*, organization_id: UUID, piece_id: UUID, reader: Reader, at: datetime) -> OpenedFile:
    """This function will return what a file piece holds. An exempt one carries the reader's name, and is logged.

    Errors: `Refused`, `Piece.DoesNotExist`, `NotStored` for a link or a lost file, `StorageFailed`, `NotDrawn` when
    no watermark can be put on.
    """
    with tenancy(organization_id):
        piece = queries.get_piece(organization_id, piece_id)
        ensure(may_open(piece, reader))
        if not piece.is_file:
            raise NotStored(piece.id)
        key = key_of(organization_id, piece.sha256)
        if not piece.is_exempt:
            return OpenedFile(storage().open(key), piece.content_type, piece.file_name)
        number = record(piece, reader.user_id, at, "evidence.exempt_piece_opened")
        with on_disk(storage(), key) as path:
            text = _mark(piece, reader, at, number)
            copy = examiner.marked(format_of(piece.content_type), path, text=text)
    return OpenedFile(BytesIO(copy), piece.content_type, piece.file_name)


def _mark(piece: Piece, reader: Reader, at: datetime, number: int) -> str:
    """The entry's number leads from a copy that turns up elsewhere back to the audit trail."""
    zone = organizations().values_list("zone", flat=True).get(id=piece.organization_id)
    moment = at.astimezone(ZoneInfo(clock.ZONES[zone])).strftime(f"%d.%m.%Y %H:%M {zone}")
    return _("Exempt · opened by %(name)s · %(moment)s · entry %(number)s") % {
        "name": reader.name,
        "moment": moment,
        "number": number,
    }
