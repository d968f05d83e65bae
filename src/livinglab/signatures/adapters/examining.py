"""What the signatures of a PDF prove, found out offline with pyHanko: nothing named inside a file is ever fetched.

The verdict follows ETSI EN 319 102-1 (validation with long-term material); levels follow EN 319 142-1.
"""

import asyncio
import hashlib
import io
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from asn1crypto import crl as asn1_crl
from asn1crypto import ocsp as asn1_ocsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate, AdESPassed, AdESSubIndic
from pyhanko.sign.validation.ades import (
    AdESBasicValidationResult,
    ades_basic_validation,
    ades_lta_validation,
    ades_with_time_validation,
)
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.policy_decl import (
    CertificateFetchingRule,
    LocalKnowledge,
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko.sign.validation.status import StandardCMSSignatureStatus
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.policy_decl import (
    NO_REVOCATION,
    REQUIRE_REVINFO,
    CertRevTrustPolicy,
    RevocationCheckingPolicy,
)
from pyhanko_certvalidator.registry import SimpleTrustManager
from pyhanko_certvalidator.revinfo.archival import CRLContainer, OCSPContainer

from livinglab.signatures.adapters.wholeness import is_whole
from livinglab.signatures.domain.verdicts import Examination, Integrity, Level, Signature, Verdict

_log = logging.getLogger("livinglab.signatures")
_SIGNED: Final = b"/ByteRange"
_END: Final = b"%%EOF"
_HEAD: Final = 1024
_STAMP: Final = "/DocTimeStamp"
_OFFLINE: Final = RevocationInfoGatheringSpec(
    online_fetching_rule=RevinfoOnlineFetchingRule.LOCAL_ONLY,
    certificate_fetching_rule=CertificateFetchingRule.NEVER_FETCH,
)
_VERDICTS: Final[dict[AdESSubIndic, Verdict]] = {
    AdESPassed.OK: Verdict.VALID,
    AdESFailure.HASH_FAILURE: Verdict.CHANGED,
    AdESFailure.SIG_CRYPTO_FAILURE: Verdict.CHANGED,
    AdESFailure.FORMAT_FAILURE: Verdict.CHANGED,
    AdESFailure.REVOKED: Verdict.REVOKED,
    AdESIndeterminate.REVOKED_NO_POE: Verdict.REVOKED,
    AdESIndeterminate.REVOKED_CA_NO_POE: Verdict.REVOKED,
    AdESFailure.NOT_YET_VALID: Verdict.EXPIRED,
    AdESIndeterminate.NOT_YET_VALID: Verdict.EXPIRED,
    AdESIndeterminate.EXPIRED: Verdict.EXPIRED,
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE: Verdict.EXPIRED,
    AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED: Verdict.EXPIRED,
    AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND: Verdict.UNTRUSTED,
    AdESIndeterminate.CERTIFICATE_CHAIN_GENERAL_FAILURE: Verdict.UNTRUSTED,
    AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE: Verdict.UNTRUSTED,
    AdESIndeterminate.NO_SIGNING_CERTIFICATE_FOUND: Verdict.UNTRUSTED,
}


class NotReadable(ValueError):
    """The bytes are no PDF, or one that cannot be read."""


@dataclass(frozen=True, slots=True)
class _Document:
    signatures: tuple[EmbeddedPdfSignature, ...]
    stamps: tuple[EmbeddedPdfSignature, ...]
    proofs: LocalKnowledge
    known: tuple[x509.Certificate, ...]


def examine(pdf: bytes, *, trusted: Sequence[x509.Certificate], at: datetime) -> Examination:
    """This function will return what the signatures of a PDF prove at a moment, for who trusts these roots.

    Nothing is fetched: a proof that is not in the file counts as missing. Errors: `NotReadable`.
    """
    if b"%PDF-" not in pdf[:_HEAD]:
        raise NotReadable
    digest = hashlib.sha256(pdf).hexdigest()
    try:
        document = _read(pdf)
    except Exception as broken:  # a hostile file can break the parser at any place
        if _SIGNED not in pdf:
            raise NotReadable from broken
        return Examination(digest, (_BROKEN,))
    is_one_lost = pdf.count(_SIGNED) > len(document.signatures) + len(document.stamps)
    if is_one_lost or (document.signatures and not pdf.rstrip().endswith(_END)):
        return Examination(digest, (_BROKEN,))
    roots = [asn1.Certificate.load(one.public_bytes(Encoding.DER)) for one in trusted]
    return Examination(digest, tuple(_signature(one, document, roots, at) for one in document.signatures))


def _read(pdf: bytes) -> _Document:
    reader = PdfFileReader(io.BytesIO(pdf), strict=False)
    found, proofs = tuple(reader.embedded_signatures), _proofs(reader)
    stored = (x509.load_der_x509_certificate(one.dump()) for one in proofs.known_certs)
    return _Document(
        tuple(one for one in found if one.sig_object_type != _STAMP),
        tuple(one for one in found if one.sig_object_type == _STAMP),
        proofs,
        tuple(stored),
    )


def _proofs(reader: PdfFileReader) -> LocalKnowledge:
    """Return the certificates, answers and lists that lie in the file's store of proofs."""
    if "/DSS" not in reader.root:
        return LocalKnowledge()
    store = DocumentSecurityStore.read_dss(reader)
    answers = (asn1_ocsp.OCSPResponse.load(one.get_object().data) for one in store.ocsps)
    lists = (asn1_crl.CertificateList.load(one.get_object().data) for one in store.crls)
    return LocalKnowledge(
        known_certs=list(store.load_certs()),
        known_ocsps=[one for answer in answers for one in OCSPContainer.load_multi(answer)],
        known_crls=[CRLContainer(one) for one in lists],
    )


def _signature(
    embedded: EmbeddedPdfSignature, document: _Document, roots: list[asn1.Certificate], at: datetime
) -> Signature:
    try:
        return _proven(embedded, document, roots, at)
    except Exception as broken:  # likewise: what is left of a damaged file
        _log.info("a signature could not be examined: %s", type(broken).__name__)
    try:
        return _named(_BROKEN, embedded)
    except Exception:  # not even its certificate can be read
        return _BROKEN


def _proven(
    embedded: EmbeddedPdfSignature, document: _Document, roots: list[asn1.Certificate], at: datetime
) -> Signature:
    level = _level(embedded, document)
    is_intact = all(is_whole(one, document.known) for one in (embedded, *_later(embedded, document)))
    result = asyncio.run(_judged(embedded, document, roots, level, at))
    stamped = _stamped(embedded)
    found = _VERDICTS.get(result.ades_subindic, Verdict.UNPROVEN)
    if found is Verdict.VALID and not _was_in_force(embedded.signer_cert, stamped or at):
        found = Verdict.EXPIRED
    verdict = found if is_intact else Verdict.CHANGED
    return replace(
        _named(_BROKEN, embedded),
        time=stamped or embedded.self_reported_timestamp,
        is_time_proven=stamped is not None,
        integrity=Integrity.CHANGED if verdict is Verdict.CHANGED else Integrity.INTACT,
        level=level,
        verdict=verdict,
        reason="" if verdict is Verdict.VALID else _reason(result, verdict),
    )


def _was_in_force(holder: asn1.Certificate, at: datetime) -> bool:
    return bool(holder.not_valid_before <= at <= holder.not_valid_after)


def _named(signature: Signature, embedded: EmbeddedPdfSignature) -> Signature:
    """Return a signature with the names that its certificate gives."""
    holder = embedded.signer_cert
    subject = holder.subject.native
    return replace(
        signature,
        signer=_text(subject.get("common_name")) or holder.subject.human_friendly,
        position=_text(subject.get("title")),
        organization=_text(subject.get("organization_name")),
        issuer=_text(holder.issuer.native.get("common_name")) or holder.issuer.human_friendly,
        serial=f"{holder.serial_number:x}",
    )


def _later(embedded: EmbeddedPdfSignature, document: _Document) -> tuple[EmbeddedPdfSignature, ...]:
    """Return the archive timestamps that were put over a signature afterwards."""
    return tuple(one for one in document.stamps if one.signed_revision > embedded.signed_revision)


async def _judged(
    embedded: EmbeddedPdfSignature,
    document: _Document,
    roots: list[asn1.Certificate],
    level: Level,
    at: datetime,
) -> AdESBasicValidationResult[StandardCMSSignatureStatus]:
    """Return pyHanko's judgement by the process of the level (EN 319 102-1, sections 5.3, 5.5 and 5.6).

    Whether the certificate was revoked is asked where the file can answer. Of who stamped the time it is not asked:
    the answer in the file would have to be newer than the last timestamp, and nothing is fetched.
    """
    has_proof = level in (Level.B_LT, Level.B_LTA)
    spec = SignatureValidationSpec(
        cert_validation_policy=_policy(roots, REQUIRE_REVINFO if has_proof else NO_REVOCATION),
        ts_cert_validation_policy=_policy(roots, NO_REVOCATION),
        revinfo_gathering_policy=_OFFLINE,
        local_knowledge=document.proofs,
    )
    moment = ValidationTimingInfo(validation_time=at, best_signature_time=at, point_in_time_validation=True)
    if level is Level.B_LTA:
        return await ades_lta_validation(embedded, PdfSignatureValidationSpec(spec), timing_info=moment)
    validation = ades_basic_validation if level is Level.B_B else ades_with_time_validation
    return await validation(
        embedded.signed_data, spec, timing_info=moment, raw_digest=embedded.compute_digest()
    )


def _policy(roots: list[asn1.Certificate], checking: RevocationCheckingPolicy) -> CertValidationPolicySpec:
    return CertValidationPolicySpec(
        trust_manager=SimpleTrustManager.build(trust_roots=roots),
        revinfo_policy=CertRevTrustPolicy(checking, retroactive_revinfo=True),
    )


def _level(embedded: EmbeddedPdfSignature, document: _Document) -> Level:
    """Return the level that the file has the parts for; whether they are worth anything, the verdict says."""
    if _stamped(embedded) is None:
        return Level.B_B
    if not _has_proof(embedded, document.proofs):
        return Level.B_T
    return Level.B_LTA if _later(embedded, document) else Level.B_LT


def _has_proof(embedded: EmbeddedPdfSignature, proofs: LocalKnowledge) -> bool:
    """Return whether the file holds an answer about the signer's certificate, or the issuer's list."""
    holder = embedded.signer_cert
    answered = (one.extract_single_response() for one in proofs.known_ocsps)
    return any(
        one is not None and one["cert_id"]["serial_number"].native == holder.serial_number for one in answered
    ) or any(one.crl_data.issuer == holder.issuer for one in proofs.known_crls)


def _stamped(embedded: EmbeddedPdfSignature) -> datetime | None:
    """Return the moment that a timestamp over the signature names, None without one."""
    for token in extract_tst_data_iter(embedded.signer_info, signed=False):
        moment: datetime = token["encap_content_info"]["content"].parsed["gen_time"].native
        return moment
    return None


def _reason(result: AdESBasicValidationResult[StandardCMSSignatureStatus], verdict: Verdict) -> str:
    if result.ades_subindic is AdESPassed.OK:  # what was found beside it
        found = AdESFailure.HASH_FAILURE if verdict is Verdict.CHANGED else AdESIndeterminate.EXPIRED
        return str(found.standard_name)
    return str(result.ades_subindic.standard_name)


def _text(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return str(value) if value else ""


#: of a file that was signed and then damaged so that its signatures cannot be read any more
_BROKEN: Final = Signature(
    signer="",
    position="",
    organization="",
    issuer="",
    serial="",
    time=None,
    is_time_proven=False,
    integrity=Integrity.CHANGED,
    level=Level.B_B,
    verdict=Verdict.CHANGED,
    reason=AdESFailure.FORMAT_FAILURE.standard_name,
)
