"""Whether a document is byte for byte what was signed, also where the signature itself does not reach.

A signature covers the file but for its own place in it. That place is looked at too: its padding must be empty, and
each certificate inside must be one that its issuer signed. So no byte of a file can change unseen.
"""

import hashlib
from collections.abc import Iterable
from typing import Final

from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter, validate_sig_integrity
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

#: what may have been added after a signature without changing what was signed: proofs, and further signatures
_HARMLESS: Final = ModificationLevel.FORM_FILLING


def is_whole(embedded: EmbeddedPdfSignature, known: Iterable[x509.Certificate]) -> bool:
    """This function will tell whether nothing was changed since a signature, and nothing but proofs was added.

    `known` are the certificates at hand, to compare with those in the signature.
    """
    embedded.compute_integrity_info()
    coverage: SignatureCoverageLevel = embedded.evaluate_signature_coverage()
    if coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        return False
    modified = getattr(embedded.diff_result, "modification_level", ModificationLevel.OTHER)
    is_allowed = coverage is SignatureCoverageLevel.ENTIRE_FILE or modified <= _HARMLESS
    if not is_allowed or embedded.summarise_integrity_info()["docmdp_ok"] is False:
        return False
    return (
        _is_padded_with_nothing(embedded.pkcs7_content)
        and _is_signed(embedded)
        and _are_issued(embedded, known)
    )


def _is_signed(embedded: EmbeddedPdfSignature) -> bool:
    """Return whether the digest in the signature is that of the file, and the signature that of its certificate."""
    content = embedded.signed_data["encap_content_info"]
    kind = content["content_type"].native
    digest = embedded.compute_digest()
    if kind == "tst_info":  # a timestamp signs what it says, and that names the digest
        if content["content"].parsed["message_imprint"]["hashed_message"].native != digest:
            return False
        digest = hashlib.new(embedded.md_algorithm, bytes(content["content"])).digest()
    checked = validate_sig_integrity(
        embedded.signer_info, embedded.signer_cert, expected_content_type=kind, actual_digest=digest
    )
    return all(checked)


def _is_padded_with_nothing(content: bytes) -> bool:
    """Return whether after the signature its place in the file holds zeros only."""
    return not content[len(cms.ContentInfo.load(content).dump()) :].strip(b"\0")


def _are_issued(embedded: EmbeddedPdfSignature, known: Iterable[x509.Certificate]) -> bool:
    enclosed = list(_certificates(embedded.signed_data))
    for token in extract_tst_data_iter(embedded.signer_info, signed=False):
        enclosed += _certificates(token)
    by_name = {one.subject: one for one in (*enclosed, *known)}
    return all(_is_issued(one, by_name.get(one.issuer)) for one in enclosed)


def _certificates(signed: cms.SignedData) -> Iterable[x509.Certificate]:
    return (x509.load_der_x509_certificate(one.chosen.dump()) for one in signed["certificates"])


def _is_issued(certificate: x509.Certificate, issuer: x509.Certificate | None) -> bool:
    """Return False for a certificate whose issuer is at hand and did not sign it."""
    if issuer is None:
        return True
    try:
        certificate.verify_directly_issued_by(issuer)
    except (InvalidSignature, TypeError, ValueError):
        return False
    return True
