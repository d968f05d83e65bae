"""Documents: issued as archivable PDF, signed one by one or many at once, and revoked."""

import hashlib
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from livinglab.accounts.queries import User
from livinglab.audit import operations as audit
from livinglab.documents.queries import page_as_archive
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Organization, roles_in
from livinglab.signatures import policies
from livinglab.signatures.adapters.services import NotSetUp, signer_for
from livinglab.signatures.adapters.signers import (
    AnswerDistrusted,
    Credential,
    NotRegistered,
    Occasion,
    Secret,
    SigningFailed,
    WrongPassphrase,
)
from livinglab.signatures.domain.codes import code_of
from livinglab.signatures.domain.services import Service
from livinglab.signatures.models import Certificate, IssuedDocument, IssuedFile, PublicDocument
from livinglab.signatures.operations.letters import Letter, html_of
from livinglab.signatures.queries.issued import certificate_of

_FAILURES = {
    WrongPassphrase: policies.WRONG_PASSPHRASE,
    NotRegistered: policies.NOT_REGISTERED,
    AnswerDistrusted: policies.DISTRUSTED,
}


class UnknownDocument(Exception):
    """The organisation issued no such document."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one of several that were to be signed: its id; `refusal` None when it was signed."""

    id: UUID
    refusal: Refusal | None


def draft(
    *, organization: Organization, title: str, number: str, body: str, language: str, is_synthetic: bool
) -> bytes:
    """This function will return a document as PDF before it is issued, for whoever looks through it; nothing is kept.

    Errors: `PdfUnavailable` where Pango is missing.
    """
    letter = Letter(
        organization=organization.name,
        title=title,
        number=number,
        body=body,
        language=language,
        origin="",
        code="",
        is_draft=True,
        is_synthetic=is_synthetic,
    )
    return page_as_archive(html_of(letter))


def issue(
    *,
    organization: Organization,
    kind: str,
    subject_id: UUID,
    title: str,
    number: str,
    body: str,
    language: str,
    origin: str,
    needs_signature: bool = True,
    is_synthetic: bool = False,
    by: UUID | None,
    at: datetime,
) -> IssuedDocument:
    """This function will make an archivable PDF of a document's safe HTML, with the code by which anybody checks it.

    `body` is what `packages` rendered; `origin` is where this installation is reached, such as https://layanan.go.id.
    Without `needs_signature` it carries no code, since what anybody checks is the signature.
    What was issued for the same subject in the same language and is not revoked is returned as it is.
    Errors: `PdfUnavailable` where Pango is missing.
    """
    with tenancy(organization.id):
        known = IssuedDocument.objects.filter(
            organization_id=organization.id,
            kind=kind,
            subject_id=subject_id,
            language=language,
            revoked_at__isnull=True,
        ).first()
        if known is not None:
            return known
        code = code_of(os.urandom(12))
        letter = Letter(
            organization=organization.name,
            title=title,
            number=number,
            body=body,
            language=language,
            origin=origin,
            code=code if needs_signature else "",
            is_synthetic=is_synthetic,
        )
        pdf = page_as_archive(html_of(letter))
        row = IssuedDocument.objects.create(
            organization_id=organization.id,
            kind=kind,
            subject_id=subject_id,
            title=title,
            number=number,
            language=language,
            code=code,
            sha256=hashlib.sha256(pdf).hexdigest(),
            issued_at=at,
            issued_by=by,
            is_synthetic=is_synthetic,
        )
        IssuedFile.objects.create(organization_id=organization.id, document=row, content=pdf)
        _record("signatures.document_issued", row, by=by, at=at)
    return row


def sign(
    *, organization: Organization, document_id: UUID, passphrase: str, nik: str = "", by: User, at: datetime
) -> IssuedDocument:
    """This function will sign a document with the official's certificate; anybody can check it from then on.

    `nik` is the national identity number, which BSrE asks for. Neither it nor the passphrase is kept anywhere.
    Errors: `UnknownDocument`; `Refused` by the policies, and with the reason when the service did not sign.
    """
    with tenancy(organization.id):
        row = _locked(organization.id, document_id)
        certificate = certificate_of(organization.id, by.id)
        ensure(policies.may_be_signed(signed_at=row.signed_at, revoked_at=row.revoked_at))
        ensure(policies.may_sign(certificate, at=at))
        assert certificate is not None, "the policy refuses without one"
        file = IssuedFile.objects.get(organization_id=organization.id, document=row)
        occasion = Occasion(reason=f"{row.title} {row.number}", place=organization.name, at=at)
        signed = _signed(bytes(file.content), certificate, Secret(passphrase, nik), occasion)
        file.content = signed
        file.save(update_fields=["content"])
        row.sha256 = hashlib.sha256(signed).hexdigest()
        row.certificate, row.signed_at = certificate, at
        row.save(update_fields=["sha256", "certificate", "signed_at"])
        _show(organization, row, certificate, at=at)
        _record("signatures.document_signed", row, by=by.id, at=at)
    return row


def sign_many(
    *,
    organization: Organization,
    document_ids: Iterable[UUID],
    passphrase: str,
    nik: str = "",
    by: User,
    at: datetime,
) -> list[Outcome]:
    """This function will sign the documents that an official looked through, each by itself, as `in_turn` does."""

    def act(document_id: UUID) -> None:
        sign(organization=organization, document_id=document_id, passphrase=passphrase, nik=nik, by=by, at=at)

    return in_turn(document_ids, act)


def in_turn(ids: Iterable[UUID], act: Callable[[UUID], object]) -> list[Outcome]:
    """This function will do what signs one thing for each of several, in their order, and return what became of each.

    One that is refused does not stop the others, except when the passphrase is wrong or the service does not answer:
    then none of the rest is tried, so that no account is locked by one mistyped word. `act` raises `Refused` or
    `UnknownDocument`, and leaves nothing behind when it does.
    """
    outcomes: list[Outcome] = []
    stopped: Refusal | None = None
    for each in dict.fromkeys(ids):
        refusal = stopped or _tried(act, each)
        if refusal in (policies.WRONG_PASSPHRASE, policies.NOT_REGISTERED, policies.UNAVAILABLE):
            stopped = refusal
        outcomes.append(Outcome(each, refusal))
    return outcomes


def revoke(
    *, organization: Organization, document_id: UUID, reason: str, by: User, at: datetime
) -> IssuedDocument:
    """This function will revoke a document: whoever checks it reads that, and why. Its file stays as it is.

    Errors: `UnknownDocument`; `Refused` by the policy, without a reason, and for one that is revoked.
    """
    ensure(policies.may_keep(roles_in(by, organization.id)))
    reason = " ".join(reason.split())
    with tenancy(organization.id):
        row = _locked(organization.id, document_id)
        ensure(policies.may_revoke(revoked_at=row.revoked_at, reason=reason))
        row.revoked_at, row.revoked_by, row.reason = at, by.id, reason
        row.save(update_fields=["revoked_at", "revoked_by", "reason"])
        PublicDocument.objects.filter(code=row.code).update(revoked_at=at, reason=reason)
        _record("signatures.document_revoked", row, by=by.id, at=at)
    return row


def revoke_issued(
    *, organization: Organization, kind: str, subject_id: UUID, reason: str, by: User, at: datetime
) -> list[IssuedDocument]:
    """This function will revoke what was issued for a subject, in each of its languages, all or nothing.

    Errors: `Refused` by the policies, and where nothing is left that could be revoked.
    """
    ensure(policies.may_keep(roles_in(by, organization.id)))
    with tenancy(organization.id):
        rows = IssuedDocument.objects.filter(
            organization_id=organization.id, kind=kind, subject_id=subject_id
        ).order_by("id")
        good = [one.id for one in rows if one.revoked_at is None]
        if not good:
            raise Refused(policies.REVOKED if rows else policies.UNKNOWN)
        return [
            revoke(organization=organization, document_id=one, reason=reason, by=by, at=at) for one in good
        ]


def delete_files(*, organization_id: UUID, kind: str, subject_ids: Iterable[UUID], at: datetime) -> int:
    """This function will delete the files of documents that name whom they are about, and return how many those were.

    What is left is what anybody may know, with the fingerprint of the file, so that who holds it can still check it.
    The caller writes the audit entry: it deletes more of the same people in the same transaction.
    """
    with tenancy(organization_id):
        rows = IssuedDocument.objects.filter(
            organization_id=organization_id,
            kind=kind,
            subject_id__in=list(subject_ids),
            deleted_at__isnull=True,
        )
        codes = dict(rows.values_list("id", "code"))
        if not codes:
            return 0
        IssuedFile.objects.filter(organization_id=organization_id, document_id__in=list(codes)).delete()
        PublicDocument.objects.filter(code__in=list(codes.values())).update(deleted_at=at)
        rows.filter(id__in=list(codes)).update(deleted_at=at)
    return len(codes)


def _tried(act: Callable[[UUID], object], each: UUID) -> Refusal | None:
    try:
        act(each)
    except Refused as refused:
        return refused.refusal
    except UnknownDocument:
        return policies.UNKNOWN
    return None


def _signed(pdf: bytes, certificate: Certificate, secret: Secret, occasion: Occasion) -> bytes:
    credential = Credential(certificate.pem, certificate.sealed)
    try:
        signer = signer_for(Service(certificate.service), at=occasion.at)
        return signer.sign(pdf, credential=credential, secret=secret, occasion=occasion)
    except NotSetUp:
        raise Refused(policies.NOT_SET_UP) from None
    except SigningFailed as failed:
        raise Refused(_FAILURES.get(type(failed), policies.UNAVAILABLE)) from None


def _locked(organization_id: UUID, document_id: UUID) -> IssuedDocument:
    row = (
        IssuedDocument.objects.select_for_update()
        .filter(organization_id=organization_id, id=document_id)
        .first()
    )
    if row is None:
        raise UnknownDocument(document_id)
    return row


def _show(organization: Organization, row: IssuedDocument, certificate: Certificate, *, at: datetime) -> None:
    PublicDocument.objects.create(
        organization_id=organization.id,
        code=row.code,
        title=row.title,
        number=row.number,
        signer=certificate.name,
        position=certificate.position,
        sha256=row.sha256,
        signed_at=at,
        is_synthetic=row.is_synthetic,
    )


def _record(action: str, row: IssuedDocument, *, by: UUID | None, at: datetime) -> None:
    audit.record(
        organization_id=row.organization_id,
        by=by,
        at=at,
        action=action,
        subject=str(row.id),
        facts={"number": row.number, "sha256": row.sha256},
    )
