"""Who may add, change, review and open evidence. Each policy returns None or a Refusal."""

from collections.abc import Set
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from livinglab.evidence.domain.classes import Classification
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
#: who takes an exemption back
EXEMPTION_LIFTERS: Final = frozenset({Role.COORDINATOR, Role.RESPONSIBLE_OFFICER})


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who opens pieces. `name` is printed on exempt ones.

    `assesses` are the pieces (by id) that the reader was assigned to assess; the caller vouches for them.
    """

    user_id: UUID
    name: str
    roles: frozenset[Role] = frozenset()
    assesses: Set[UUID] = frozenset()


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


def may_classify(piece: Piece, roles: frozenset[Role], *, is_held: bool) -> Refusal | None:
    """This function will return why somebody may not put a piece into another class.

    Two lift an exemption, as a decision of its own that the trail keeps; no writer opens a piece by the way of its
    class. What was handed over keeps its class, but for a stricter one (`may_loosen`): an exemption found out late
    still protects.
    """
    if (refusal := may_change(piece, roles)) is not None:
        return refusal
    if is_held and piece.is_exempt:
        return _HELD
    if not piece.is_exempt or roles & EXEMPTION_LIFTERS:
        return None
    return Refusal(
        "not_a_lifter", _("Only the coordinator and the responsible officer lift or change an exemption.")
    )


def may_loosen(piece: Piece, classification: str, *, is_held: bool) -> Refusal | None:
    """This function will return why a piece may not be put into this class: what was handed over is not loosened."""
    if (
        not is_held
        or _STRICTNESS[Classification(classification)] >= _STRICTNESS[Classification(piece.classification)]
    ):
        return None
    words = _("This piece was handed over with an evaluation: its class can only become stricter.")
    return Refusal("held_class", words)


#: from what anybody may see to what few may open
_STRICTNESS: Final = {one: rank for rank, one in enumerate(Classification)}


def _is_settled(piece: Piece) -> Refusal | None:
    if piece.withdrawn_at is not None:
        return Refusal("withdrawn", _("This piece is withdrawn. Add a new one instead."))
    if not piece.is_current:
        return Refusal("superseded", _("There is a newer revision of this piece. Change that one."))
    return None


def may_review(piece: Piece, roles: frozenset[Role], by: UUID, *, is_held: bool) -> Refusal | None:
    """This function will return why somebody may not accept or refuse a piece; handed over, it keeps its review."""
    if not roles & REVIEWERS:
        return Refusal(
            "not_a_reviewer",
            _("Only the coordinator, the responsible officer and internal assessors review evidence."),
        )
    if (refusal := _is_settled(piece)) is not None:
        return refusal
    if is_held:
        return _HELD
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
    """This function will return why somebody may not open what a piece holds; an exempt one opens to its assessors."""
    if piece.id in reader.assesses:
        return None
    if not reader.roles & READERS:
        return Refusal("not_a_reader", _("Only people who work for this organisation open its evidence."))
    return _EXEMPT if piece.is_exempt else None


_EXEMPT: Final = Refusal(
    "exempt",
    _(
        "This piece is exempt (UU 14/2008, article 17) and opens to the assigned assessors alone: those from outside "
        "in this round, and internal ones under a decree on file who assess an answer that shows it. "
        "Everybody else reads its name, size and hash."
    ),
)
