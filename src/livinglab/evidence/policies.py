"""Who may add, change, review and open evidence. Each policy returns None or a Refusal."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from livinglab.evidence.domain.formats import MARKABLE_TYPES
from livinglab.evidence.models import Piece
from livinglab.kernel.refusals import Refusal
from livinglab.organizations.queries import Role

#: who adds and changes an organisation's evidence
WRITERS: Final = frozenset(
    {
        Role.COORDINATOR,
        Role.RESPONSIBLE_OFFICER,
        Role.DATA_ENTRY,
        Role.AGENCY_OFFICER,
        Role.INTERNAL_ASSESSOR,
    }
)
#: everybody who works for the organisation sees what evidence there is; a citizen does not
READERS: Final = frozenset(Role) - {Role.CITIZEN}
#: who says inside the organisation whether a piece will do
REVIEWERS: Final = frozenset({Role.COORDINATOR, Role.RESPONSIBLE_OFFICER, Role.INTERNAL_ASSESSOR})
#: who opens an exempt piece by role; besides them whoever added it and the assigned assessors
EXEMPT_READERS: Final = frozenset({Role.COORDINATOR, Role.RESPONSIBLE_OFFICER, Role.INSPECTORATE})
#: who takes an exemption back
EXEMPTION_LIFTERS: Final = frozenset({Role.COORDINATOR, Role.RESPONSIBLE_OFFICER})


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who opens a piece. `name` is printed on an exempt one.

    The caller vouches for `is_assigned_assessor`: an assessor holds no role in the region.
    """

    user_id: UUID
    name: str
    roles: frozenset[Role] = frozenset()
    is_assigned_assessor: bool = False


def may_add(roles: frozenset[Role]) -> Refusal | None:
    """This function will return why somebody with these roles may not add evidence."""
    if roles & WRITERS:
        return None
    return Refusal("not_a_writer", _("Your role in this organisation does not add or change evidence."))


def may_change(piece: Piece, roles: frozenset[Role]) -> Refusal | None:
    """This function will return why somebody may not describe, class, revise or withdraw a piece."""
    return may_add(roles) or _is_settled(piece)


def may_describe(piece: Piece, roles: frozenset[Role], *, is_held: bool) -> Refusal | None:
    """This function will return why somebody may not change what is said about a piece, or withdraw it.

    What was approved or sent with an evaluation stays as it is; a revision changes what comes after.
    """
    refusal = may_change(piece, roles)
    return refusal or (_HELD if is_held else None)


_HELD: Final = Refusal(
    "held",
    _(
        "This piece was handed over with an evaluation and stays as it is. "
        "Add a revision: it counts from the next evaluation on."
    ),
)


def may_classify(piece: Piece, roles: frozenset[Role]) -> Refusal | None:
    """This function will return why somebody may not put a piece into another class.

    Who may not open an exempt piece must not be able to make it open.
    """
    if (refusal := may_change(piece, roles)) is not None:
        return refusal
    if not piece.is_exempt or roles & EXEMPTION_LIFTERS:
        return None
    return Refusal(
        "not_a_lifter", _("Only the coordinator and the responsible officer lift or change an exemption.")
    )


def _is_settled(piece: Piece) -> Refusal | None:
    if piece.withdrawn_at is not None:
        return Refusal("withdrawn", _("This piece is withdrawn. Add a new one instead."))
    if not piece.is_current:
        return Refusal("superseded", _("There is a newer revision of this piece. Change that one."))
    return None


def may_review(piece: Piece, roles: frozenset[Role], by: UUID) -> Refusal | None:
    """This function will return why somebody may not accept or refuse a piece."""
    if not roles & REVIEWERS:
        return Refusal(
            "not_a_reviewer",
            _("Only the coordinator, the responsible officer and internal assessors review evidence."),
        )
    if (refusal := _is_settled(piece)) is not None:
        return refusal
    if piece.added_by == by:
        return Refusal("own_piece", _("You added this piece yourself. Somebody else must review it."))
    return None


def may_be_exempt(piece: Piece) -> Refusal | None:
    """This function will return why a piece cannot be exempt: it opens with a watermark, which few formats carry."""
    if piece.content_type in MARKABLE_TYPES:
        return None
    return NOT_MARKABLE


NOT_MARKABLE: Final = Refusal(
    "not_markable",
    _(
        "Only a PDF or a picture can be exempt, because it opens with a watermark. Save the document as PDF first."
    ),
)


def may_open(piece: Piece, reader: Reader) -> Refusal | None:
    """This function will return why somebody may not open what a piece holds."""
    if reader.is_assigned_assessor:
        return None
    if not reader.roles & READERS:
        return Refusal("not_a_reader", _("Only people who work for this organisation open its evidence."))
    if not piece.is_exempt or reader.roles & EXEMPT_READERS:
        return None
    if piece.added_by == reader.user_id and reader.roles & WRITERS:
        return None
    return Refusal(
        "exempt",
        _(
            "This piece is exempt. It opens to whoever added it, the coordinator, the responsible officer, "
            "the inspectorate and the assigned assessors."
        ),
    )
