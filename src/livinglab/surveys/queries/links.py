"""The links by which applicants answer: found by their secret, never listed with it.

The secret follows from the case, the step and the key of the installation, so that a message that leaves again carries
the same link; only its hash is kept, and nobody without the key can make it.
"""

from base64 import urlsafe_b64encode
from datetime import datetime
from hashlib import sha256
from typing import Final
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.utils.crypto import salted_hmac

from livinglab.surveys.domain.invitations import LinkState, state_of
from livinglab.surveys.models import Invitation

_SALT: Final = "livinglab.surveys.link"


def sealed(secret: str) -> str:
    """This function will return the part of a link that carries a secret and our signature of it."""
    return _signer().sign(secret)


def secret_of(organization_id: UUID, case_id: UUID, step: str) -> str:
    """This function will return the secret of the link that asks about a step of a case, the same each time."""
    named = salted_hmac(_SALT, f"{organization_id}/{case_id}/{step}", algorithm="sha256")
    return urlsafe_b64encode(named.digest()).decode().rstrip("=")


def token_of(organization_id: UUID, case_id: UUID, step: str, *, at: datetime) -> str:
    """This function will return the token of the link that asked about a step and was open at a moment, "" for none.

    Call it inside the organisation. One query.
    """
    secret = secret_of(organization_id, case_id, step)
    found = Invitation.objects.filter(case_id=case_id, step=step, token_hash=token_hash(secret)).first()
    if found is None or found.expires_at <= at or (found.answered_at is not None and found.answered_at < at):
        return ""
    return sealed(secret)


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
