"""An organisation's signing key: made at the first publication, renewed, and revoked when it got into wrong hands."""

import base64
import hashlib
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from livinglab.accounts.queries import User
from livinglab.audit import operations as audit
from livinglab.kernel.freshness import changed
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Organization
from livinglab.releases import policies
from livinglab.releases.models import SigningKey, SigningSecret
from livinglab.releases.queries.parties import actor_of

#: what pages about releases are fresh by
TOPIC = "releases"
LONGEST_REASON = 300


class UnknownKey(Exception):
    """There is no such key of this organisation."""


class SecretUnreadable(Exception):
    """The private key was sealed with another SECRET_KEY; the organisation needs a new key."""


def key_in_use(
    *, organization: Organization, by: User | None, at: datetime
) -> tuple[SigningKey, Ed25519PrivateKey]:
    """This function will return the key with which an organisation signs now, made when there is none.

    Errors: `SecretUnreadable` when SECRET_KEY changed without SECRET_KEY_FALLBACKS.
    """
    with tenancy(organization.id):
        row = SigningKey.objects.select_for_update().filter(**_in_use(organization)).first()
        if row is None:
            return _make(organization, by=by, at=at)
        secret = SigningSecret.objects.get(organization_id=organization.id, key_id=row.key_id)
        return row, _unsealed(secret.sealed)


def renew(*, organization: Organization, by: User, at: datetime) -> SigningKey:
    """This function will retire the key in use and make a new one; what the old one signed stays good.

    Errors: `Refused` by the policy.
    """
    ensure(policies.may_publish(actor_of(by), publisher_id=organization.id))
    with tenancy(organization.id):
        for row in SigningKey.objects.select_for_update().filter(**_in_use(organization)):
            _forget(row)
            row.retired_at = at
            row.save(update_fields=["retired_at"])
        return _make(organization, by=by, at=at)[0]


def revoke(*, organization: Organization, key_id: str, reason: str, by: User, at: datetime) -> SigningKey:
    """This function will revoke a key from now on; releases recorded here before stay listed, nothing new is believed.

    Errors: `UnknownKey`; `Refused` by the policy, without a reason, and for a key that is revoked already.
    """
    ensure(policies.may_publish(actor_of(by), publisher_id=organization.id))
    reason = " ".join(reason.split())
    if not reason or len(reason) > LONGEST_REASON:
        raise Refused(Refusal("reason_missing", _("Say in up to 300 characters why the key is revoked.")))
    with tenancy(organization.id):
        row = (
            SigningKey.objects.select_for_update()
            .filter(organization_id=organization.id, key_id=key_id)
            .first()
        )
        if row is None:
            raise UnknownKey(key_id)
        if row.revoked_at is not None:
            raise Refused(Refusal("revoked_already", _("This key is revoked already.")))
        _forget(row)
        row.revoked_at, row.revoked_by, row.reason = at, by.id, reason
        row.save(update_fields=["revoked_at", "revoked_by", "reason"])
        _record(organization.id, "releases.key_revoked", row, by=by.id, at=at)
    return row


def _in_use(organization: Organization) -> Mapping[str, object]:
    """The key with which an organisation signs here; keys of its other instances only verify."""
    return {
        "organization_id": organization.id,
        "retired_at__isnull": True,
        "revoked_at__isnull": True,
        "fetched_from": "",
    }


def _make(
    organization: Organization, *, by: User | None, at: datetime
) -> tuple[SigningKey, Ed25519PrivateKey]:
    private = Ed25519PrivateKey.generate()
    raw = private.public_key().public_bytes_raw()
    row = SigningKey.objects.create(
        organization=organization,
        key_id=hashlib.sha256(raw).hexdigest()[:16],
        public_key=base64.b64encode(raw).decode(),
        made_at=at,
        made_by=by.id if by else None,
    )
    sealed = _fernet().encrypt(private.private_bytes_raw()).decode()
    SigningSecret.objects.create(organization_id=organization.id, key_id=row.key_id, sealed=sealed)
    _record(organization.id, "releases.key_made", row, by=row.made_by, at=at)
    return row, private


def _forget(row: SigningKey) -> None:
    """Throw the private half away: what signs no more cannot be stolen."""
    SigningSecret.objects.filter(organization_id=row.organization_id, key_id=row.key_id).delete()


def _record(organization_id: UUID, action: str, row: SigningKey, *, by: UUID | None, at: datetime) -> None:
    audit.record(organization_id=organization_id, by=by, at=at, action=action, subject=row.key_id)
    changed(TOPIC)


def _unsealed(sealed: str) -> Ed25519PrivateKey:
    try:
        return Ed25519PrivateKey.from_private_bytes(_fernet().decrypt(sealed.encode()))
    except InvalidToken as wrong:
        raise SecretUnreadable from wrong


def _fernet() -> MultiFernet:
    return MultiFernet([_one(str(key)) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _one(secret: str) -> Fernet:
    digest = hashlib.sha256(b"livinglab.releases.signing:" + secret.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
