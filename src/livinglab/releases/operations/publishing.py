"""Sending a version to be published: read, checked, compared with the version before it, signed, kept for ever."""

import base64
from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from livinglab.accounts.queries import User
from livinglab.kernel.events import publish
from livinglab.kernel.refusals import Refusal, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Organization
from livinglab.packages.domain.contents import SIGNATURE
from livinglab.packages.domain.faults import PackageRefused, Severity
from livinglab.packages.domain.package import Package
from livinglab.packages.queries.check import Report
from livinglab.packages.queries.differences import Comparison, compare
from livinglab.packages.queries.reading import digest_of, read_zip
from livinglab.packages.queries.sealing import PublicKey, build, sign, signature, verify
from livinglab.releases import policies
from livinglab.releases.domain.states import ReleaseState
from livinglab.releases.domain.told import changes_of, listing_words, told, version_parts
from livinglab.releases.events import ReleaseMoved
from livinglab.releases.models import Listing, Release, SigningKey
from livinglab.releases.operations.keys import key_in_use
from livinglab.releases.operations.reviews import record
from livinglab.releases.queries.checking import checked
from livinglab.releases.queries.parties import actor_of


class NotPublishable(Exception):
    """The checks found errors; nothing was kept. `report` says each with file, line and reason."""

    def __init__(self, report: Report) -> None:
        super().__init__(f"{len(report.of(Severity.ERROR))} errors")
        self.report = report


def submit(*, organization: Organization, content: bytes, by: User, at: datetime) -> Release:
    """This function will keep a package as a version that waits for its review, signed with the publisher's key.

    The same content sent twice is the same release. Errors: `PackageRefused` for what is no zip, and for a signature
    inside that does not fit, or by a revoked key of the publisher; `NotPublishable` for errors of the checks;
    `Refused` by the policy, for another publisher's code, and for a version that is not as high as what changed
    requires.
    """
    with tenancy(organization.id):
        ensure(policies.may_publish(actor_of(by), publisher_id=organization.id))
        files = read_zip(content)
        report = checked(files)
        package = report.package
        if package is None or not report.is_sound:
            raise NotPublishable(report)
        ensure(_refusal_of_publisher(package, organization))
        listing = listing_of(package, organization, at=at)
        digest = digest_of(files)
        known = listing.releases.select_related("listing__publisher").filter(digest=digest).first()
        if known is not None:
            return known
        _refuse_tampered(files, package, organization)
        compared = _compared(listing, package)
        ensure(_refusal_of_version(compared))
        key, private = key_in_use(organization=organization, by=by, at=at)
        seal = sign(package, private, at)
        release = keep(
            listing,
            report,
            compared,
            content=build(package, seal),
            key=key,
            signature=signature(seal).value,
            signed_at=at,
            submitted_by=by.id,
        )
        record(release, "releases.submitted", by=by.id, at=at, facts={"digest": digest})
        tell(release)
    return release


def keep(
    listing: Listing, report: Report, compared: Comparison | None, *, content: bytes, **origin: object
) -> Release:
    """This function will make the row of a sound package that waits for its review, also of one from elsewhere.

    `compared`: what changed since the version before it; `origin`: the fields of the row that say who signed it when.
    """
    package = report.package
    assert package is not None, "an unsound package is never kept"
    return Release.objects.create(
        listing=listing,
        version=package.manifest.version,
        version_parts=version_parts(package.manifest.version),
        digest=digest_of(package.files),
        content=content,
        size=len(content),
        words=told(package),
        changes=changes_of(package.files["CHANGELOG.md"].decode(), package.manifest.version),
        requires=compared.requires.name.lower() if compared else "major",
        readiness=report.readiness,
        derived_from=origin_of(package),
        state=ReleaseState.IN_REVIEW,
        **origin,
    )


def tell(release: Release) -> None:
    """This function will tell the others where a new release stands."""
    publish(
        ReleaseMoved(
            organization_id=release.listing.publisher_id,
            listing_id=release.listing_id,
            release_id=release.id,
            state=release.state,
        )
    )


def listing_of(package: Package, organization: Organization, *, at: datetime) -> Listing:
    """This function will return the locked listing of a package's identity, made when this is its first version."""
    known = Listing.objects.select_for_update().filter(
        publisher_id=organization.id, package_id=package.manifest.id
    )
    if (listing := known.first()) is not None:
        return listing
    return Listing.objects.create(
        publisher=organization,
        package_id=package.manifest.id,
        derived_from=origin_of(package),
        is_synthetic=organization.is_synthetic,
        changed_at=at,
        **listing_words(package.manifest),
    )


def _refuse_tampered(files: Mapping[str, bytes], package: Package, organization: Organization) -> None:
    """Raise `PackageRefused` where a package was signed and is not what was signed, or the key does not count any more.

    A key that this platform does not know says nothing about it: its signature gives way to the platform's own.
    """
    if SIGNATURE not in files:
        return
    keys = [
        PublicKey(organization.code, base64.b64decode(one.public_key), one.revoked_at)
        for one in SigningKey.objects.filter(organization_id=organization.id)
    ]
    try:
        verify(files, package.manifest, keys)
    except PackageRefused as refused:
        if any(one.code != "P092" for one in refused.faults):
            raise


def _compared(listing: Listing, package: Package) -> Comparison | None:
    """Return what changed since the highest version that was not returned by a reviewer, None for a first version."""
    row = listing.releases.exclude(state=ReleaseState.RETURNED).order_by("-version_parts").first()
    if row is None:
        return None
    before = {path: text.decode() for path, text in read_zip(bytes(row.content)).items()}
    return compare(before, {path: text.decode() for path, text in package.files.items()})


def origin_of(package: Package) -> Release | None:
    """This function will return the release here that a derived package names, None for one of its own or elsewhere."""
    origin = package.manifest.derived_from
    if origin is None:
        return None
    return Release.objects.filter(
        listing__publisher__code=origin.publisher,
        listing__package_id=origin.id,
        version=origin.version,
        digest=origin.digest,
    ).first()


def _refusal_of_publisher(package: Package, organization: Organization) -> Refusal | None:
    code = package.manifest.publisher.code
    if code == organization.code:
        return None
    return Refusal(
        "other_publisher",
        _("package.yaml names the publisher %(named)s. Yours is %(own)s.")
        % {"named": code, "own": organization.code},
    )


def _refusal_of_version(compared: Comparison | None) -> Refusal | None:
    if compared is None or compared.is_enough:
        return None
    return Refusal(
        "version_too_low",
        _("Version %(old)s is published. What changed requires at least %(least)s.")
        % {"old": compared.before, "least": compared.least},
    )
