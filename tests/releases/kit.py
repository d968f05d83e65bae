"""Packages to publish, the people who publish and review them, and versions made from the ones of the project."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from django.conf import settings

from livinglab.accounts.models import User
from livinglab.organizations.models import Organization
from livinglab.organizations.queries import Role
from livinglab.packages.queries.reading import parse_package, read_files
from livinglab.packages.queries.sealing import build
from livinglab.releases.domain.states import Point, ReleaseStep
from livinglab.releases.models import Release
from livinglab.releases.operations import reviews
from livinglab.releases.operations.publishing import submit
from tests.organizations.people import make_member, organization
from tests.packages.first import first_version

AT: Final = datetime(2026, 11, 2, 3, tzinfo=UTC)
PUBLISHER: Final = "32.11"
OTHER: Final = "14.08"
MINISTRY: Final = "kementerian-panrb"
PACKAGES: Final = Path(settings.ROOT) / "packages"


def files_of(name: str, publisher: Organization, **texts: str) -> dict[str, bytes]:
    """Return the files of one of the project's packages under another publisher, some texts replaced by path.

    The letter of hardship comes as its first version, 1.0.0.
    """
    files = first_version(read_files(PACKAGES / name)) if name == "sktm" else read_files(PACKAGES / name)
    manifest = files["package.yaml"].decode()
    start = manifest.index('  code: "') if '  code: "' in manifest else manifest.index('{code: "')
    code = manifest[start:].split('"')[1]
    files["package.yaml"] = manifest.replace(f'"{code}"', f'"{publisher.code}"', 1).encode()
    return {**files, **{path: text.encode() for path, text in texts.items()}}


def zipped(files: dict[str, bytes]) -> bytes:
    """Return the zip of a package's files."""
    return build(parse_package(files))


def raised(files: dict[str, bytes], version: str, **changed: tuple[str, str]) -> dict[str, bytes]:
    """Return the next version of a package: its number, its log, and texts replaced in files by path."""
    after = dict(files)
    manifest = after["package.yaml"].decode()
    before = next(line for line in manifest.splitlines() if line.startswith("version: "))
    after["package.yaml"] = manifest.replace(before, f"version: {version}", 1).encode()
    log = after["CHANGELOG.md"].decode()
    after["CHANGELOG.md"] = log.replace("## ", f"## {version}\n\n- Perubahan.\n\n## ", 1).encode()
    for path, (old, new) in changed.items():
        text = after[path].decode()
        assert old in text, f"{path} does not say {old!r}"
        after[path] = text.replace(old, new, 1).encode()
    return after


def published(
    publisher: str = PUBLISHER, name: str = "sktm", *, files: dict[str, bytes] | None = None
) -> Release:
    """Return a release that a coordinator sent and a reviewer listed."""
    return listed(sent(publisher, name, files=files))


def sent(publisher: str = PUBLISHER, name: str = "sktm", *, files: dict[str, bytes] | None = None) -> Release:
    """Return a release that a coordinator sent and that waits for its review."""
    home = organization(publisher)
    content = zipped(files or files_of(name, home))
    return submit(organization=home, content=content, by=coordinator(publisher), at=AT)


def listed(release: Release) -> Release:
    """Return a release after a reviewer answered each point and listed it."""
    by = reviewer()
    for point in Point:
        reviews.answer(release_id=release.id, point=point, is_met=True, by=by, at=AT)
    return reviews.take(release_id=release.id, step=ReleaseStep.LIST, by=by, at=AT)


def coordinator(code: str = PUBLISHER) -> User:
    """Return the one coordinator of an organisation in these tests."""
    known = User.objects.filter(email=f"sekda.{code}@uji.example").first()
    return known or make_member(f"sekda.{code}", Role.COORDINATOR, code)


def reviewer() -> User:
    """Return the one ministry's officer in these tests."""
    known = User.objects.filter(email="petugas.telaah@uji.example").first()
    return known or make_member("petugas.telaah", Role.MINISTRY, MINISTRY)
