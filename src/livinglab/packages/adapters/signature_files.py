"""`signature.json` and keys: Ed25519 (RFC 8032) by the library `cryptography`."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from livinglab.packages.adapters.json_files import read_json
from livinglab.packages.adapters.package_files import text_of
from livinglab.packages.adapters.schemas import violations
from livinglab.packages.adapters.shapes import an_object, text
from livinglab.packages.domain.contents import SIGNATURE
from livinglab.packages.domain.faults import PackageRefused
from livinglab.packages.domain.manifest import Manifest
from livinglab.packages.domain.signatures import Signature, key_id, signed_text


class KeyUnusable(Exception):
    """A file holds no Ed25519 key in PEM, or one locked with a password."""


def signature_from(content: bytes) -> Signature:
    """This function will return what a `signature.json` says. Errors: PackageRefused with the line."""
    located = read_json(SIGNATURE, text_of(SIGNATURE, content))
    if faults := violations(located, "signature"):
        raise PackageRefused(tuple(faults))
    found = an_object(located.value)
    return Signature(*(text(found[key]) for key in ("publisher", "key", "digest", "at", "signature")))


def signed(manifest: Manifest, digest: str, private: Ed25519PrivateKey, at: datetime) -> bytes:
    """This function will return the `signature.json` of a package, signed at a moment."""
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    value = private.sign(signed_text(manifest, digest, moment))
    found = {
        "publisher": manifest.publisher.code,
        "key": key_id(raw_public(private)),
        "digest": digest,
        "at": moment,
        "signature": base64.b64encode(value).decode(),
    }
    return (json.dumps(found, indent=2) + "\n").encode()


def is_signed_by(raw: bytes, value: str, message: bytes) -> bool:
    """This function will tell whether a signature (base64) of a message is by a raw public key."""
    try:
        Ed25519PublicKey.from_public_bytes(raw).verify(base64.b64decode(value, validate=True), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def new_key() -> Ed25519PrivateKey:
    """This function will return a new private key."""
    return Ed25519PrivateKey.generate()


def private_pem(private: Ed25519PrivateKey) -> bytes:
    """This function will return a private key as PEM (PKCS 8), without a password: keep the file to its owner."""
    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def public_pem(private: Ed25519PrivateKey) -> bytes:
    """This function will return the public half of a key as PEM."""
    return private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def raw_public(private: Ed25519PrivateKey) -> bytes:
    """This function will return the 32 bytes of a key's public half."""
    return private.public_key().public_bytes_raw()


def private_from(pem: bytes) -> Ed25519PrivateKey:
    """This function will return the private key of a PEM file. Errors: KeyUnusable."""
    try:
        found = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError) as error:
        raise KeyUnusable from error
    if not isinstance(found, Ed25519PrivateKey):
        raise KeyUnusable
    return found


def public_from(pem: bytes) -> bytes:
    """This function will return the raw public key of a PEM file. Errors: KeyUnusable."""
    try:
        found = load_pem_public_key(pem)
    except (ValueError, TypeError) as error:
        raise KeyUnusable from error
    if not isinstance(found, Ed25519PublicKey):
        raise KeyUnusable
    return found.public_bytes_raw()
