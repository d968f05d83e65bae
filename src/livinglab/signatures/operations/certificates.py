"""Certificates of officials: issued by the local authority or entered from BSrE, and revoked."""

from datetime import datetime, timedelta
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from django.utils.translation import gettext_lazy as _

from livinglab.accounts.queries import User
from livinglab.audit import operations as audit
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Organization, roles_in
from livinglab.signatures import policies
from livinglab.signatures.adapters.authority import Subject
from livinglab.signatures.adapters.services import local_signer
from livinglab.signatures.domain.services import Service
from livinglab.signatures.models import Certificate

#: as long as those of BSrE
VALID_DAYS = 730


class UnknownCertificate(Exception):
    """The organisation has no such certificate."""


def issue(
    *,
    organization: Organization,
    user_id: UUID,
    name: str,
    position: str,
    passphrase: str,
    days: int = VALID_DAYS,
    by: User,
    at: datetime,
) -> Certificate:
    """This function will make a key for an official and issue its certificate, sealed with their passphrase.

    `days` is how long it is valid. Errors: `Refused` by the policy, in production, and for a second one in force.
    """
    ensure(policies.may_keep(roles_in(by, organization.id)))
    with tenancy(organization.id):
        authority = local_signer(at=at)
        has_one = _in_force(organization.id, user_id) is not None
        ensure(policies.may_enrol(is_local=authority is not None, passphrase=passphrase, has_one=has_one))
        assert authority is not None, "the policy refuses without one"
        subject = Subject(name, position, organization.name)
        made = authority.enrol(
            subject, passphrase=passphrase, valid_from=at, valid_until=at + timedelta(days=days)
        )
        return _kept(
            organization, user_id, name, position, Service.LOCAL, made.pem, made.sealed, by=by, at=at
        )


def enter(
    *, organization: Organization, user_id: UUID, position: str, pem: str, by: User, at: datetime
) -> Certificate:
    """This function will enter the certificate that BSrE issued to an official; its key stays there.

    Errors: `Refused` by the policy, for what is no certificate in PEM, and for a second one in force.
    """
    ensure(policies.may_keep(roles_in(by, organization.id)))
    try:
        certificate = x509.load_pem_x509_certificate(pem.encode())
    except ValueError:
        raise Refused(
            Refusal("no_certificate_in_pem", _("This is no certificate in PEM. Download it anew from BSrE."))
        ) from None
    if not isinstance(certificate.public_key(), ec.EllipticCurvePublicKey | rsa.RSAPublicKey):
        raise Refused(Refusal("no_signing_key", _("The key of this certificate cannot sign documents.")))
    with tenancy(organization.id):
        if _in_force(organization.id, user_id) is not None:
            ensure(policies.may_enrol(is_local=True, passphrase="", has_one=True))
        names = certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
        name = str(names[0].value)[:120] if names else certificate.subject.rfc4514_string()[:120]
        return _kept(organization, user_id, name, position, Service.BSRE, pem, "", by=by, at=at)


def revoke(
    *, organization: Organization, certificate_id: UUID, reason: str, by: User, at: datetime
) -> Certificate:
    """This function will revoke a certificate: nobody signs with it from now on; what it signed before stays good.

    Errors: `UnknownCertificate`; `Refused` by the policy, without a reason, and for one that is revoked.
    """
    ensure(policies.may_keep(roles_in(by, organization.id)))
    reason = " ".join(reason.split())
    with tenancy(organization.id):
        row = (
            Certificate.objects.select_for_update()
            .filter(organization_id=organization.id, id=certificate_id)
            .first()
        )
        if row is None:
            raise UnknownCertificate(certificate_id)
        ensure(policies.may_revoke(revoked_at=row.revoked_at, reason=reason))
        row.revoked_at, row.revoked_by, row.reason, row.sealed = at, by.id, reason, ""
        row.save(update_fields=["revoked_at", "revoked_by", "reason", "sealed"])
        _record(organization.id, "signatures.certificate_revoked", row, by=by, at=at)
    return row


def _in_force(organization_id: UUID, user_id: UUID) -> Certificate | None:
    """Return the official's certificate that is not revoked, locked; an expired one too."""
    return (
        Certificate.objects.select_for_update()
        .filter(organization_id=organization_id, user_id=user_id, revoked_at__isnull=True)
        .first()
    )


def _kept(
    organization: Organization,
    user_id: UUID,
    name: str,
    position: str,
    service: Service,
    pem: str,
    sealed: str,
    *,
    by: User,
    at: datetime,
) -> Certificate:
    certificate = x509.load_pem_x509_certificate(pem.encode())
    row = Certificate.objects.create(
        organization_id=organization.id,
        user_id=user_id,
        name=name,
        position=position,
        service=service,
        serial=f"{certificate.serial_number:x}",
        pem=pem,
        sealed=sealed,
        valid_from=certificate.not_valid_before_utc,
        valid_until=certificate.not_valid_after_utc,
        issued_at=at,
        issued_by=by.id,
    )
    _record(organization.id, "signatures.certificate_issued", row, by=by, at=at)
    return row


def _record(organization_id: UUID, action: str, row: Certificate, *, by: User, at: datetime) -> None:
    audit.record(organization_id=organization_id, by=by.id, at=at, action=action, subject=row.serial)
