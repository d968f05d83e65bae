"""Uploads that are looked at, and what they are compared with. Inside the tenancy of their organisation."""

from collections.abc import Mapping
from uuid import UUID

from livinglab.packages.domain.contents import BESIDE
from livinglab.packages.queries.reading import read_zip
from livinglab.releases.domain.states import ReleaseState
from livinglab.releases.models import ReceivedPackage, Release
from livinglab.releases.queries.releases import content_of


def find_received(organization_id: UUID, received_id: UUID) -> ReceivedPackage | None:
    """This function will return an upload of an organisation, None where there is none. One query."""
    return ReceivedPackage.objects.filter(organization_id=organization_id, id=received_id).first()


def head_of(organization_id: UUID, package_id: str) -> Release | None:
    """This function will return the highest version that no reviewer returned, None for none. One query."""
    rows = Release.objects.defer("content", "words").filter(
        listing__publisher_id=organization_id, listing__package_id=package_id
    )
    return rows.exclude(state=ReleaseState.RETURNED).order_by("-version_parts").first()


def existing_texts(organization_id: UUID, package_id: str) -> Mapping[str, str]:
    """This function will return the files of a package's highest version. Errors: ValueError where there is none."""
    head = head_of(organization_id, package_id)
    if head is None:
        raise ValueError(package_id)
    return _texts(content_of(head.id))


def received_texts(row: ReceivedPackage) -> Mapping[str, str]:
    """This function will return the files of an upload."""
    return _texts(bytes(row.content))


def _texts(content: bytes) -> Mapping[str, str]:
    return {path: text.decode() for path, text in read_zip(content).items() if path not in BESIDE}
