"""What the API says of packages, their versions and warnings."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from livinglab.releases.models import Advisory, Listing, Release

InBothLanguages = Annotated[dict[str, str], Field(examples=[{"id": "Surat keterangan", "en": "Letter"}])]


class PackageItem(Schema):
    """A service package, in the words of its newest offered version."""

    publisher: str = Field(description="Code of the publishing organisation.", examples=["32.11"])
    publisher_name: str
    id: str = Field(
        description="With the publisher's code the identity; it never changes.", examples=["sktm"]
    )
    name: InBothLanguages
    summary: InBothLanguages
    functions: list[str]
    sector: str | None = Field(description="Perpres 95/2018 article 44; only on the public side.")
    indicators: list[str] = Field(
        description="Instrument, indicator and level that it may evidence.", examples=[["spbe-2020/45/4"]]
    )
    maturity: Literal["drafted", "piloted", "in_use"]
    version: str | None = Field(description="The newest that is offered; null when all were withdrawn.")
    changed_at: str = Field(description="When something about it was last published, listed or withdrawn.")
    synthetic: bool = Field(description="True for what a demo person entered: invented.")
    path: str = Field(description="Address of its page in Indonesian.")


class VersionItem(Schema):
    """A published version; its content never changes."""

    version: str = Field(examples=["1.2.0"])
    state: Literal["listed", "withdrawn"]
    reason: str | None = Field(description="Why it was withdrawn.")
    digest: str = Field(description="Content address: `sha256sum` of its listing computes it.")
    requires: Literal["major", "minor", "patch", "none"] = Field(
        description="What its changes require of the version number."
    )
    readiness: int = Field(description="Score of the checks, 0 to 100.")
    changes: str | None = Field(description="Its part of the log, as Markdown.")
    size: int = Field(description="Bytes of the signed zip.")
    archive: str = Field(description="Address of the signed zip.")


class AdvisoryItem(Schema):
    """A warning about versions, by the publisher or a ministry."""

    versions: list[str]
    kind: Literal["vulnerable", "withdrawn", "faulty"]
    severity: Literal["low", "high", "critical"]
    text: str
    fixed_in: str | None = Field(description="The version that mends it.")
    issued_by: str = Field(description="Name of the organisation that warns.")
    issued_at: str
    lifted_at: str | None


class PackageDetail(PackageItem):
    """A service package with its versions and the warnings about them."""

    versions: list[VersionItem] = Field(description="The highest version first.")
    advisories: list[AdvisoryItem] = Field(description="Also those that were lifted.")


class DerivedFromItem(Schema):
    """The version that a package was derived from."""

    publisher: str
    package: str
    version: str


class ProvenanceItem(Schema):
    """Who signed a version, with what, and where it was fetched from."""

    publisher: str
    key: str = Field(description="First 16 hexadecimal digits of the SHA-256 of the public key.")
    public_key: str = Field(description="32 bytes of Ed25519 in base64.")
    revoked_at: str | None = Field(description="From then on nothing more that the key signs counts.")
    signature: str = Field(description="In base64, over the text that the format of packages names.")
    signed_at: str
    fetched_from: str | None = Field(
        description="The other instance it was fetched from; null for one published here."
    )
    derived_from: DerivedFromItem | None


class VersionDetail(VersionItem):
    """A version with its signature and provenance, and what is warned of it."""

    provenance: ProvenanceItem
    advisories: list[AdvisoryItem] = Field(description="Warnings in force about this version.")


def package_fields(row: Listing) -> dict[str, object]:
    """This function will return the fields of a package as the API says them."""
    return {
        "publisher": row.publisher.code,
        "publisher_name": row.publisher.name,
        "id": row.package_id,
        "name": {"id": row.name_id, "en": row.name_en},
        "summary": {"id": row.summary_id, "en": row.summary_en},
        "functions": row.functions,
        "sector": row.sector or None,
        "indicators": row.indicators,
        "maturity": row.maturity,
        "version": row.newest.version if row.newest else None,
        "changed_at": row.changed_at.isoformat(),
        "synthetic": row.is_synthetic,
        "path": f"/packages/{row.publisher.code}/{row.package_id}/",
    }


def version_fields(listing: Listing, row: Release) -> dict[str, object]:
    """This function will return the fields of a version as the API says them."""
    return {
        "version": row.version,
        "state": row.state,
        "reason": row.reason or None,
        "digest": row.digest,
        "requires": row.requires,
        "readiness": row.readiness,
        "changes": row.changes or None,
        "size": row.size,
        "archive": f"/packages/{listing.publisher.code}/{listing.package_id}/{row.version}/archive/",
    }


def provenance_fields(listing: Listing, row: Release) -> dict[str, object]:
    """This function will return who signed a version and where it came from; no person is named."""
    origin = row.derived_from
    return {
        "publisher": listing.publisher.code,
        "key": row.key.key_id,
        "public_key": row.key.public_key,
        "revoked_at": row.key.revoked_at.isoformat() if row.key.revoked_at else None,
        "signature": row.signature,
        "signed_at": row.signed_at.isoformat(),
        "fetched_from": row.fetched_from or None,
        "derived_from": {
            "publisher": origin.listing.publisher.code,
            "package": origin.listing.package_id,
            "version": origin.version,
        }
        if origin
        else None,
    }


def advisory_fields(row: Advisory) -> dict[str, object]:
    """This function will return a warning as the API says it."""
    return {
        "versions": row.versions,
        "kind": row.kind,
        "severity": row.severity,
        "text": row.text,
        "fixed_in": row.fixed_in or None,
        "issued_by": row.issued_for.name,
        "issued_at": row.issued_at.isoformat(),
        "lifted_at": row.lifted_at.isoformat() if row.lifted_at else None,
    }
