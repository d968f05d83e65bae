"""A certificate authority of our own for demonstrations and tests: root, issuing CA, OCSP responder, timestamps.

Its keys lie in a folder that only the server's own user reads. Nothing here speaks to a network.
"""

import os
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

#: what every certificate of it says, so that nobody takes one for a real one
MARK: Final = "SINTETIS"
ROOT, ISSUING, RESPONDER, STAMPS = "root", "issuing", "ocsp", "timestamps"
#: where a certificate says that its revocation can be asked; the answers are in each file, the names lead nowhere
_OCSP_ADDRESS: Final = "http://ocsp.livinglab.invalid/"
_CRL_ADDRESS: Final = "http://crl.livinglab.invalid/issuing.crl"
_ROOT_CRL_ADDRESS: Final = "http://crl.livinglab.invalid/root.crl"
#: documents (RFC 9336), and mail, which readers built on NSS insist on
_SIGNING: Final = (x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36"), ExtendedKeyUsageOID.EMAIL_PROTECTION)
_YEAR: Final = timedelta(days=365)
_LEEWAY: Final = timedelta(minutes=5)
_FRESH: Final = timedelta(days=7)
_PRIVATE: Final = 0o600


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a certificate names."""

    name: str
    position: str
    organization: str


@dataclass(frozen=True, slots=True)
class Holder:
    """A certificate with its private key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True)
class LocalAuthority:
    """The authority whose keys lie in a folder."""

    root: Holder
    issuing: Holder
    responder: Holder
    stamps: Holder

    def issue(
        self,
        subject: Subject,
        public: ec.EllipticCurvePublicKey,
        *,
        valid_from: datetime,
        valid_until: datetime,
    ) -> x509.Certificate:
        """This function will issue the certificate of an official, ECDSA on P-256, for signing documents only."""
        builder = _builder(_named(subject), self.issuing.certificate.subject, public, valid_from, valid_until)
        builder = (
            builder.add_extension(_usage(digital_signature=True, content_commitment=True), critical=True)
            .add_extension(x509.ExtendedKeyUsage(_SIGNING), critical=False)
            .add_extension(_asked_at(), critical=False)
            .add_extension(_listed_at(_CRL_ADDRESS), critical=False)
        )
        return _signed(builder, self.issuing, public)

    def ocsp_response(
        self, certificate: x509.Certificate, *, revoked_at: datetime | None, at: datetime
    ) -> bytes:
        """This function will answer whether a certificate of the issuing CA is good (RFC 6960), in DER."""
        status = ocsp.OCSPCertStatus.REVOKED if revoked_at else ocsp.OCSPCertStatus.GOOD
        builder = (
            ocsp.OCSPResponseBuilder()
            .add_response(
                cert=certificate,
                issuer=self.issuing.certificate,
                algorithm=hashes.SHA1(),  # noqa: S303  only names the certificate, as RFC 5019 demands
                cert_status=status,
                this_update=at,
                next_update=at + _FRESH,
                revocation_time=revoked_at,
                revocation_reason=x509.ReasonFlags.unspecified if revoked_at else None,
            )
            .responder_id(ocsp.OCSPResponderEncoding.HASH, self.responder.certificate)
            .certificates([self.responder.certificate])
        )
        return builder.sign(self.responder.key, hashes.SHA256()).public_bytes(Encoding.DER)

    def crl(self, *, at: datetime) -> bytes:
        """This function will return the root's list of revoked authorities, which is empty (RFC 5280), in DER."""
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.root.certificate.subject)
            .last_update(at)
            .next_update(at + _FRESH)
            .add_extension(x509.CRLNumber(int(at.timestamp())), critical=False)
            .add_extension(_key_id(self.root), critical=False)
        )
        return builder.sign(self.root.key, hashes.SHA256()).public_bytes(Encoding.DER)

    def root_pem(self) -> bytes:
        """This function will return what a verifier must trust, in PEM."""
        return self.root.certificate.public_bytes(Encoding.PEM)


def open_authority(folder: Path, *, at: datetime) -> LocalAuthority:
    """This function will return the authority in a folder, made on the spot when there is none.

    It is made beside its place and renamed into it: of two processes that start together one wins, whole.
    """
    if not folder.exists():
        _make(folder, at=at)
    root, issuing, responder, stamps = (_load(folder, name) for name in (ROOT, ISSUING, RESPONDER, STAMPS))
    return LocalAuthority(root, issuing, responder, stamps)


def _make(folder: Path, *, at: datetime) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(mkdtemp(dir=folder.parent, prefix=".authority-"))  # 0700
    try:
        for name, holder in _new(at).items():
            _write(draft / f"{name}.pem", holder.certificate.public_bytes(Encoding.PEM))
            _write(draft / f"{name}.key", _unprotected(holder.key))
        try:
            draft.rename(folder)
        except OSError:
            if not folder.is_dir():  # else another process was first
                raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _new(at: datetime) -> dict[str, Holder]:
    since = at - _LEEWAY
    root_key = ec.generate_private_key(ec.SECP256R1())
    root_name = _named(Subject(f"Living Lab Root ({MARK})", "", "Living Lab"))
    builder = _builder(root_name, root_name, root_key.public_key(), since, at + 20 * _YEAR)
    root = Holder(_authority(builder, Holder(_itself(builder, root_key), root_key), root_key, 1), root_key)
    issuing_key = ec.generate_private_key(ec.SECP256R1())
    issuing_name = _named(Subject(f"Living Lab Issuing CA ({MARK})", "", "Living Lab"))
    builder = _builder(issuing_name, root_name, issuing_key.public_key(), since, at + 15 * _YEAR)
    builder = builder.add_extension(_listed_at(_ROOT_CRL_ADDRESS), critical=False)
    issuing = Holder(_authority(builder, root, issuing_key, 0), issuing_key)
    return {
        ROOT: root,
        ISSUING: issuing,
        RESPONDER: _service(
            "OCSP", issuing, ExtendedKeyUsageOID.OCSP_SIGNING, since, at + 15 * _YEAR, no_check=True
        ),
        STAMPS: _service(
            "Timestamps", issuing, ExtendedKeyUsageOID.TIME_STAMPING, since, at + 15 * _YEAR, no_check=False
        ),
    }


def _itself(builder: x509.CertificateBuilder, key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    """Return a certificate signed by its own key, whose key identifier the root names as its issuer."""
    return _with_identifiers(builder, key.public_key(), key.public_key()).sign(key, hashes.SHA256())


def _authority(
    builder: x509.CertificateBuilder, issuer: Holder, key: ec.EllipticCurvePrivateKey, below: int
) -> x509.Certificate:
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=below), critical=True)
    usage = _usage(key_cert_sign=True, crl_sign=True)
    return _signed(builder.add_extension(usage, critical=True), issuer, key.public_key())


def _service(
    name: str,
    issuer: Holder,
    purpose: x509.ObjectIdentifier,
    since: datetime,
    until: datetime,
    *,
    no_check: bool,
) -> Holder:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = _named(Subject(f"Living Lab {name} ({MARK})", "", "Living Lab"))
    builder = (
        _builder(subject, issuer.certificate.subject, key.public_key(), since, until)
        .add_extension(_usage(digital_signature=True), critical=True)
        .add_extension(x509.ExtendedKeyUsage([purpose]), critical=True)
    )
    if no_check:
        builder = builder.add_extension(x509.OCSPNoCheck(), critical=False)
    else:
        builder = builder.add_extension(_asked_at(), critical=False)
    return Holder(_signed(builder, issuer, key.public_key()), key)


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    public: ec.EllipticCurvePublicKey,
    since: datetime,
    until: datetime,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
    )


def _signed(
    builder: x509.CertificateBuilder, issuer: Holder, public: ec.EllipticCurvePublicKey
) -> x509.Certificate:
    builder = _with_identifiers(builder, public, issuer.key.public_key())
    return builder.sign(issuer.key, hashes.SHA256())


def _with_identifiers(
    builder: x509.CertificateBuilder, public: ec.EllipticCurvePublicKey, issuer: ec.EllipticCurvePublicKey
) -> x509.CertificateBuilder:
    return builder.add_extension(
        x509.SubjectKeyIdentifier.from_public_key(public), critical=False
    ).add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer), critical=False)


def _key_id(holder: Holder) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(holder.key.public_key())


def _asked_at() -> x509.AuthorityInformationAccess:
    address = x509.UniformResourceIdentifier(_OCSP_ADDRESS)
    return x509.AuthorityInformationAccess(
        [x509.AccessDescription(AuthorityInformationAccessOID.OCSP, address)]
    )


def _listed_at(address: str) -> x509.CRLDistributionPoints:
    place = x509.UniformResourceIdentifier(address)
    return x509.CRLDistributionPoints([x509.DistributionPoint([place], None, None, None)])


def _named(subject: Subject) -> x509.Name:
    parts = [
        (NameOID.COUNTRY_NAME, "ID"),
        (NameOID.ORGANIZATION_NAME, subject.organization),
        (NameOID.TITLE, subject.position),
        (NameOID.COMMON_NAME, subject.name),
    ]
    # 64 characters are the most that each may have (RFC 5280, appendix A)
    return x509.Name([x509.NameAttribute(oid, text[:64]) for oid, text in parts if text])


def _usage(
    *,
    digital_signature: bool = False,
    content_commitment: bool = False,
    key_cert_sign: bool = False,
    crl_sign: bool = False,
) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        content_commitment=content_commitment,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=key_cert_sign,
        crl_sign=crl_sign,
        encipher_only=False,
        decipher_only=False,
    )


def _unprotected(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)


def _load(folder: Path, name: str) -> Holder:
    key = serialization.load_pem_private_key((folder / f"{name}.key").read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{name}.key is no key of an elliptic curve")
    return Holder(x509.load_pem_x509_certificate((folder / f"{name}.pem").read_bytes()), key)
