"""Who may do what with certificates and documents; each policy returns None or a Refusal, for button and write."""

from collections.abc import Collection
from datetime import datetime
from typing import Final, Protocol

from django.utils.translation import gettext_lazy as _

from livinglab.kernel.refusals import Refusal
from livinglab.organizations.queries import Role

#: who says who signs for an organisation
KEEPS: Final = frozenset({Role.HEAD_OF_REGION, Role.COORDINATOR, Role.ADMINISTRATOR})
SHORTEST_PASSPHRASE: Final = 8


class Dated(Protocol):
    """A certificate, as far as its time goes."""

    valid_from: datetime
    valid_until: datetime
    revoked_at: datetime | None


def may_keep(roles: Collection[Role]) -> Refusal | None:
    """This function will return why somebody may not issue or revoke certificates and documents."""
    if KEEPS.intersection(roles):
        return None
    return Refusal(
        "may_not_keep", _("This is done by the head of region, the coordinator or the administrator.")
    )


def may_enrol(*, is_local: bool, passphrase: str, has_one: bool) -> Refusal | None:
    """This function will return why no certificate can be issued to somebody."""
    if not is_local:
        return Refusal(
            "issued_elsewhere",
            _("Certificates are issued by BSrE. Register there, then enter the certificate here."),
        )
    if has_one:
        return Refusal(
            "has_one", _("This official has a certificate already. Revoke it first, then issue a new one.")
        )
    if len(passphrase) < SHORTEST_PASSPHRASE:
        return Refusal("too_short", _("The passphrase needs at least eight characters."))
    return None


#: what was revoked stays revoked
REVOKED: Final = Refusal("revoked_already", _("This was revoked already."))


def may_revoke(*, revoked_at: datetime | None, reason: str) -> Refusal | None:
    """This function will return why something cannot be revoked."""
    if revoked_at is not None:
        return REVOKED
    if not reason or len(reason) > 300:
        return Refusal("reason_missing", _("Say in up to 300 characters why it is revoked."))
    return None


def may_sign(certificate: Dated | None, *, at: datetime) -> Refusal | None:
    """This function will return why an official cannot sign now, and what to do."""
    if certificate is None:
        return Refusal(
            "no_certificate",
            _("You have no certificate to sign with. Ask your coordinator to issue or enter one."),
        )
    if certificate.revoked_at is not None:
        return Refusal(
            "certificate_revoked",
            _("Your certificate was revoked. Ask your coordinator for a new one before you sign."),
        )
    if at < certificate.valid_from:
        return Refusal(
            "certificate_not_yet_valid", _("Your certificate is not valid yet. Sign from its first day on.")
        )
    if at >= certificate.valid_until:
        return Refusal(
            "certificate_expired",
            _("Your certificate has expired. Ask your coordinator for a new one before you sign."),
        )
    return None


def may_be_signed(*, signed_at: datetime | None, revoked_at: datetime | None) -> Refusal | None:
    """This function will return why a document cannot be signed."""
    if revoked_at is not None:
        return Refusal("document_revoked", _("This document was revoked. Issue a new one."))
    if signed_at is not None:
        return Refusal("signed_already", _("This document is signed already."))
    return None


#: what to tell when a service could not sign; the errors themselves hold no words of theirs
WRONG_PASSPHRASE: Final = Refusal("wrong_passphrase", _("The passphrase is not right. Nothing was signed."))
NOT_REGISTERED: Final = Refusal(
    "not_registered",
    _(
        "The signing service knows no valid certificate of this official. Check the number, or renew it at BSrE."
    ),
)
UNAVAILABLE: Final = Refusal(
    "unavailable", _("The signing service does not answer. Nothing was signed; try again in a few minutes.")
)
DISTRUSTED: Final = Refusal(
    "distrusted",
    _("The signing service sent back something else than this document signed by you. It was not kept."),
)
NOT_SET_UP: Final = Refusal("not_set_up", _("No signing service is set up here. Ask the administrator."))
UNKNOWN: Final = Refusal("unknown_document", _("There is no such document here."))
