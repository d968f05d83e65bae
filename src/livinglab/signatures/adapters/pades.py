"""PAdES B-LTA with pyHanko: the signature, its timestamp, what proves it, and an archive timestamp over all."""

import io
from datetime import datetime

from asn1crypto import keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_signer import DSSContentSettings, SigDSSPlacementPreference
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from livinglab.signatures.adapters.authority import Holder, LocalAuthority
from livinglab.signatures.adapters.signers import Occasion
from livinglab.signatures.adapters.timestamps import LocalTimeStamper

FIELD = "Signature"
DIGEST = "sha256"
#: hexadecimal digits kept for a signature: it takes some 10,000 with its timestamp; trying how many takes a signature
_ROOM = 16_384
#: the proofs come before the archive timestamp, which so covers every byte of the file
_PROOFS = DSSContentSettings(
    include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_NEXT_TS, skip_if_unneeded=True
)


def sign_pdf(pdf: bytes, *, holder: Holder, authority: LocalAuthority, occasion: Occasion) -> bytes:
    """This function will return the PDF with a PAdES B-LTA signature of the holder appended; what was there stays.

    Errors: pyHanko's `SigningError` when the certificate is not good at that moment.
    """
    at = occasion.at
    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm=DIGEST,
        location=occasion.place,
        reason=occasion.reason,
        name=common_name(holder.certificate),
        subfilter=SigSeedSubFilter.PADES,
        embed_validation_info=True,
        use_pades_lta=True,
        dss_settings=_PROOFS,
        timestamp_field_name="ArchiveTimestamp",
        validation_context=_context(holder.certificate, authority, at=at),
    )
    stamper = LocalTimeStamper(signer_of(authority.stamps, authority), at=at)
    signer = PdfSigner(
        metadata,
        signer_of(holder, authority),
        timestamper=stamper,
        new_field_spec=SigFieldSpec(FIELD),
    )
    out: io.BytesIO = signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), bytes_reserved=_ROOM)
    return out.getvalue()


def common_name(certificate: x509.Certificate) -> str:
    """This function will return the name that a certificate gives its holder."""
    found = certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return str(found[0].value) if found else certificate.subject.rfc4514_string()


def _context(certificate: x509.Certificate, authority: LocalAuthority, *, at: datetime) -> ValidationContext:
    stamps = authority.stamps.certificate
    return ValidationContext(
        trust_roots=[as_asn1(authority.root.certificate)],
        other_certs=[as_asn1(authority.issuing.certificate), as_asn1(authority.responder.certificate)],
        ocsps=[
            authority.ocsp_response(certificate, revoked_at=None, at=at),
            authority.ocsp_response(stamps, revoked_at=None, at=at),
        ],
        crls=[authority.crl(at=at)],
        revocation_mode="require",
        allow_fetching=False,
        moment=at,
    )


def signer_of(holder: Holder, authority: LocalAuthority) -> SimpleSigner:
    """This function will return pyHanko's signer of a holder, with the issuing certificate at hand."""
    private = holder.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return SimpleSigner(
        signing_cert=as_asn1(holder.certificate),
        signing_key=keys.PrivateKeyInfo.load(private),
        cert_registry=SimpleCertificateStore.from_certs([as_asn1(authority.issuing.certificate)]),
    )


def as_asn1(certificate: x509.Certificate) -> asn1.Certificate:
    """This function will return a certificate as pyHanko's libraries take it."""
    loaded: asn1.Certificate = asn1.Certificate.load(certificate.public_bytes(Encoding.DER))
    return loaded
