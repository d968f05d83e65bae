"""The links by which guests sign: found by their secret, never listed with it."""

from datetime import datetime
from hashlib import sha256
from typing import Final
from uuid import UUID

from django.core.signing import BadSignature, Signer

from livinglab.visits.domain.invitations import LinkState, state_of
from livinglab.visits.models import Invitation

_SALT: Final = "livinglab.visits.invitation"


def sealed(secret: str) -> str:
    """This function will return the part of a link that carries a secret and our signature of it."""
    return _signer().sign(secret)


def token_hash(secret: str) -> str:
    """This function will return what is kept of a secret: its SHA-256 in hexadecimal digits."""
    return sha256(secret.encode()).hexdigest()


def find_invitation(token: str, *, at: datetime) -> Invitation | None:
    """This function will return the open invitation of a link's token, with its visit; None for every other token.

    A forged token takes the same way as one that is known, one signature and one query, and the signature is compared
    in constant time, so that nobody learns from the time taken how near a guess was.
    """
    try:
        secret, is_ours = _signer().unsign(token), True
    except BadSignature:
        secret, is_ours = token, False
    found = Invitation.objects.select_related("visit__host").filter(token_hash=token_hash(secret)).first()
    if found is None or not is_ours or link_state(found, at=at) is not LinkState.OPEN:
        return None
    return found


def latest_invitation(visit_id: UUID) -> Invitation | None:
    """This function will return the newest invitation of a visit's guest, None before there was one. One query."""
    return Invitation.objects.filter(visit_id=visit_id).order_by("-made_at").first()


def link_state(invitation: Invitation, *, at: datetime) -> LinkState:
    """This function will return how a link stands at a moment."""
    return state_of(
        expires_at=invitation.expires_at,
        used_at=invitation.used_at,
        revoked_at=invitation.revoked_at,
        at=at,
    )


def _signer() -> Signer:
    return Signer(salt=_SALT, sep=".")
