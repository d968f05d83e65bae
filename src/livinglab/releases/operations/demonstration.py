"""The project's own packages on offer, for demo mode: published by regions that do not exist."""

from datetime import datetime
from pathlib import Path

from livinglab.accounts.queries import User
from livinglab.kernel.refusals import Refused
from livinglab.organizations.queries import Organization
from livinglab.packages.queries.reading import digest_of, read_package
from livinglab.packages.queries.sealing import build
from livinglab.releases.domain.states import Point, ReleaseState, ReleaseStep
from livinglab.releases.models import Release
from livinglab.releases.operations import reviews
from livinglab.releases.operations.publishing import submit


def offer(
    *, publisher: Organization, folder: Path, by_publisher: User, by_reviewer: User, at: datetime
) -> Release:
    """This function will publish and list the package in a folder; once: a second call changes nothing.

    Errors: ValueError for a publisher that exists, and for a package that is refused, saying which and why; those of
    `submit` but `Refused`.
    """
    if not publisher.is_synthetic:
        raise ValueError("packages of the demonstration are published by fictitious regions only")
    package = read_package(folder)
    known = Release.objects.filter(
        listing__publisher=publisher, listing__package_id=package.manifest.id, digest=digest_of(package.files)
    ).first()
    if known is not None and known.state != ReleaseState.IN_REVIEW:
        return known
    content = build(package)
    try:
        release = submit(organization=publisher, content=content, by=by_publisher, at=at)
    except Refused as refused:
        manifest = package.manifest
        raise ValueError(
            f"packages/{folder.name}, version {manifest.version}: {refused.refusal.reason}"
        ) from refused
    if release.state != ReleaseState.IN_REVIEW:
        return release
    for point in Point:
        reviews.answer(
            release_id=release.id, point=point, is_met=True, note="Peragaan.", by=by_reviewer, at=at
        )
    return reviews.take(release_id=release.id, step=ReleaseStep.LIST, by=by_reviewer, at=at)
