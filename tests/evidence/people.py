"""Officers, and the shortest way to a piece."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from livinglab.accounts.models import User
from livinglab.audit.queries import latest_entries
from livinglab.evidence import operations
from livinglab.evidence.operations import Details, Reader, Upload
from livinglab.evidence.queries import Piece
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.models import Organization
from livinglab.organizations.operations import grant_membership
from livinglab.organizations.queries import Role, roles_in
from tests.evidence import files

AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


def officer(region: Organization, role: Role, name: str = "") -> User:
    name = name or role.value
    user = User.objects.create_user(f"{name}@{region.code}.example", None, name=name.title())
    grant_membership(user=user, organization=region, role=role, by=None, at=AT)
    return user


def details(**more: Any) -> Details:
    return Details(**{"title": "Perbup Arsitektur SPBE", "type": "policy", **more})


def upload(content: bytes, name: str = "perbup.pdf", declared: str = "") -> Upload:
    return Upload(BytesIO(content), name, declared)


def add(
    region: Organization, by: User, content: bytes | None = None, name: str = "perbup.pdf", **more: Any
) -> Piece:
    return operations.add_file(
        organization_id=region.id,
        upload=upload(files.pdf() if content is None else content, name),
        details=details(**more),
        by=by.id,
        at=AT,
    )


def link(region: Organization, by: User, url: str = "https://siakkab.go.id/", **more: Any) -> Piece:
    return operations.add_link(organization_id=region.id, url=url, details=details(**more), by=by.id, at=AT)


def reader(user: User, region: Organization, *assesses: Piece) -> Reader:
    return Reader(user.id, str(user), roles_in(user, region.id), {one.id for one in assesses})


def trail(region: Organization) -> list[tuple[str, dict[str, object]]]:
    """Actions and facts of evidence, oldest first."""
    with tenancy(region.id):
        entries = latest_entries(region.id, limit=1000)
    return [(one.action, one.facts) for one in reversed(entries) if one.action.startswith("evidence.")]
