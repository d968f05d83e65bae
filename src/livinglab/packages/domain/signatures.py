"""Who published a package: what is signed, by which key, and whether that still counts. Section 8 of the standard."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from livinglab.packages.domain.manifest import FORMAT, Manifest


@dataclass(frozen=True, slots=True)
class Signature:
    """What `signature.json` holds. `at` is as written (`2026-11-22T06:00:00Z`), `value` in base64."""

    publisher: str
    key: str
    digest: str
    at: str
    value: str


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key of a publisher: 32 raw bytes; from `revoked_at` on nothing more that it signs counts."""

    publisher: str
    raw: bytes
    revoked_at: datetime | None = None

    @property
    def id(self) -> str:
        """The first 16 hexadecimal digits of the SHA-256 of the raw key."""
        return key_id(self.raw)


def key_id(raw: bytes) -> str:
    """This function will return the id of a raw public key: 16 hexadecimal digits."""
    return hashlib.sha256(raw).hexdigest()[:16]


def signed_text(manifest: Manifest, digest: str, at: str) -> bytes:
    """This function will return what is signed: format, publisher, id, version, digest and moment, a line each."""
    parts = (FORMAT, manifest.publisher.code, manifest.id, manifest.version, digest, at)
    return "".join(f"{part}\n" for part in parts).encode()
