"""Signing with the authority of this installation: for demonstrations and tests."""

import base64
import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from cryptography import x509
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)

from livinglab.signatures.adapters.authority import Holder, LocalAuthority, Subject
from livinglab.signatures.adapters.pades import sign_pdf
from livinglab.signatures.adapters.signers import Credential, Occasion, Secret, WrongPassphrase

_SALT: Final = 16
#: scrypt with 16 MB and some 40 ms: each guess at a passphrase costs as much
_COST: Final = {"n": 2**14, "r": 8, "p": 1}


@dataclass(frozen=True, slots=True)
class LocalSigner:
    """Opens an official's key with their passphrase and this installation's secret, and signs in this process.

    `secrets` are SECRET_KEY and the ones before it; a key is sealed with the first and opened with any.
    """

    authority: LocalAuthority
    secrets: Sequence[str] = field(repr=False)

    def enrol(
        self, subject: Subject, *, passphrase: str, valid_from: datetime, valid_until: datetime
    ) -> Credential:
        """This function will make a key for an official and issue its certificate."""
        key = ec.generate_private_key(ec.SECP256R1())
        issued = self.authority.issue(
            subject, key.public_key(), valid_from=valid_from, valid_until=valid_until
        )
        salt = os.urandom(_SALT)
        private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        sealed = _lock(self.secrets[0], passphrase, salt).encrypt(private)
        return Credential(issued.public_bytes(Encoding.PEM).decode(), f"{salt.hex()}:{sealed.decode()}")

    def sign(self, pdf: bytes, *, credential: Credential, secret: Secret, occasion: Occasion) -> bytes:
        """This function will return the PDF with a signature of level B-LTA appended. Errors: `WrongPassphrase`."""
        certificate = x509.load_pem_x509_certificate(credential.pem.encode())
        holder = Holder(certificate, self._opened(credential, secret.passphrase))
        return sign_pdf(pdf, holder=holder, authority=self.authority, occasion=occasion)

    def _opened(self, credential: Credential, passphrase: str) -> ec.EllipticCurvePrivateKey:
        salt, _, sealed = credential.sealed.partition(":")
        for one in self.secrets:
            try:
                private = _lock(one, passphrase, bytes.fromhex(salt)).decrypt(sealed.encode())
            except InvalidToken:
                continue
            key = load_der_private_key(private, password=None)
            assert isinstance(key, ec.EllipticCurvePrivateKey), "only such keys are sealed"
            return key
        raise WrongPassphrase


def _lock(secret: str, passphrase: str, salt: bytes) -> Fernet:
    """Return what opens a key: the database alone does not, nor the passphrase without this installation's secret."""
    typed = hashlib.scrypt(passphrase.encode(), salt=salt, dklen=32, **_COST)
    mixed = hashlib.sha256(b"livinglab.signatures.key:" + secret.encode() + b":" + typed).digest()
    return Fernet(base64.urlsafe_b64encode(mixed))
