"""The links by which applicants answer: found by their secret, never listed with it."""

from datetime import datetime
from hashlib import sha256
from typing import Final
from uuid import UUID

from django.core.signing import BadSignature, Signer

from livinglab.surveys.domain.invitations import LinkState, state_of
from livinglab.surveys.models import Invitation

_SALT: Final = "livinglab.surveys.link"


def sealed(secret: str) -> str:
    """This function will return the part of a link that carries a secret and our signature of it."""
    return _signer().sign(secret)


def token_hash(secret: str) -> str:
    """This function will return what is kept of a secret: its SHA-256 in hexadecimal digits."""
    return sha256(secret.encode()).hexdigest()


def find_invitation(token: str) -> Invitation | None:
    """This function will return what a link's token asks about, in whatever state; call it inside its organisation.

    A forged token takes the same way as one that is known, one signature and one query, and the signature is compared
    in constant time, so that nobody learns from the time taken how near a guess was.
    """
    try:
        secret, is_ours = _signer().unsign(token), True
    except BadSignature:
        secret, is_ours = token, False
    found = Invitation.objects.filter(token_hash=token_hash(secret)).first()
    return found if is_ours else None


def link_state(invitation: Invitation, *, at: datetime) -> LinkState:
    """This function will return how a link stands at a moment."""
    return state_of(expires_at=invitation.expires_at, answered_at=invitation.answered_at, at=at)


def case_state(case_id: UUID, step: str, *, at: datetime) -> LinkState | None:
    """This function will return how the question about a step of a case stands, None before it was asked.

    Call it inside the case's organisation.
    """
    found = Invitation.objects.filter(case_id=case_id, step=step).first()
    return link_state(found, at=at) if found is not None else None


def _signer() -> Signer:
    return Signer(salt=_SALT, sep=".")
