"""Building, signing and verifying: what leaves its publisher, and whether it is what was published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from livinglab.packages.adapters import signature_files
from livinglab.packages.adapters.git_objects import broken
from livinglab.packages.adapters.git_repositories import (
    Edition,
    read_repository,
    repository_in,
    write_repository,
)
from livinglab.packages.adapters.publiccode import publiccode
from livinglab.packages.adapters.signature_files import KeyUnusable
from livinglab.packages.adapters.zips import write_zip
from livinglab.packages.domain.contents import PUBLICCODE, SIGNATURE, digest_of
from livinglab.packages.domain.faults import Fault, PackageRefused
from livinglab.packages.domain.manifest import Manifest
from livinglab.packages.domain.package import Package
from livinglab.packages.domain.signatures import PublicKey, Signature, signed_text

__all__ = [
    "Edition",
    "KeyUnusable",
    "PublicKey",
    "Signature",
    "at_version",
    "build",
    "export",
    "new_key",
    "private_key",
    "private_pem",
    "public_key",
    "public_pem",
    "raw_public",
    "sign",
    "signature",
    "verify",
]

new_key = signature_files.new_key
private_key = signature_files.private_from
private_pem = signature_files.private_pem
public_key = signature_files.public_from
public_pem = signature_files.public_pem
raw_public = signature_files.raw_public
signature = signature_files.signature_from


def build(package: Package, seal: bytes | None = None) -> bytes:
    """This function will return the zip file of a package: the same content gives the same file, byte for byte."""
    return write_zip(_complete(package, seal))


def _complete(package: Package, seal: bytes | None) -> dict[str, bytes]:
    released = date.fromisoformat(signature(seal).at[:10]) if seal else None
    files = {**package.files, PUBLICCODE: publiccode(package.manifest, released)}
    return {**files, SIGNATURE: seal} if seal else files


def export(folder: Path, editions: Sequence[Edition]) -> None:
    """This function will write published versions, oldest first, as a new bare git repository.

    Errors: FileExistsError where something stands at `folder`.
    """
    write_repository(folder, editions)


def at_version(path: Path, version: str) -> dict[str, bytes]:
    """This function will return the files of a published version in a git repository. Errors: PackageRefused."""
    repository = repository_in(path)
    if repository is None:
        raise broken("HEAD")
    return read_repository(repository, at=f"v{version}")


def sign(package: Package, private: Ed25519PrivateKey, at: datetime) -> bytes:
    """This function will return the `signature.json` that a publisher puts beside a package at a moment."""
    return signature_files.signed(package.manifest, digest_of(package.files), private, at)


def verify(
    files: Mapping[str, bytes],
    manifest: Manifest,
    keys: Iterable[PublicKey],
    *,
    recorded_at: datetime | None = None,
) -> Signature:
    """This function will return who signed these files, if they are what was signed and the key counts.

    `recorded_at` is when the platform itself recorded the publication, which keeps it valid after its key is revoked.
    Errors: PackageRefused: not signed, changed, signed by another publisher, an unknown or a revoked key.
    """
    if SIGNATURE not in files:
        raise _refused("P090")
    found = signature(files[SIGNATURE])
    digest = digest_of(files)
    if found.publisher != manifest.publisher.code:
        raise _refused("P095", signed=found.publisher, publisher=manifest.publisher.code)
    if found.digest != digest:
        raise _refused("P091", signed=found.digest, found=digest)
    key = next((one for one in keys if (one.publisher, one.id) == (found.publisher, found.key)), None)
    if key is None:
        raise _refused("P092", key=found.key, publisher=found.publisher)
    message = signed_text(manifest, digest, found.at)
    if not signature_files.is_signed_by(key.raw, found.value, message):
        raise _refused("P094")
    if key.revoked_at and (recorded_at is None or recorded_at >= key.revoked_at):
        raise _refused("P093", key=key.id, at=key.revoked_at.isoformat())
    return found


def _refused(code: str, **said: str) -> PackageRefused:
    return PackageRefused((Fault(code, SIGNATURE, 0, said),))
