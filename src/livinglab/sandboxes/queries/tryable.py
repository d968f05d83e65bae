"""Which packages can be tried: one door, so that the pages need not know where a package comes from.

A published version comes from `releases`; the packages that come with the program stand in the folder `packages/` and
can be tried before anybody publishes them. What is published goes before what is in the folder.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from django.conf import settings

from livinglab.packages.domain.faults import PackageRefused
from livinglab.packages.domain.package import Package
from livinglab.packages.domain.words import Words
from livinglab.packages.queries.reading import parse_package, read_package, read_zip
from livinglab.releases.queries import pages, releases


@dataclass(frozen=True, slots=True)
class Offer:
    """A package that can be tried, as a list shows it."""

    publisher: str
    publisher_name: str
    package: str
    name: Words
    summary: Words


def offered() -> tuple[Offer, ...]:
    """This function will return the packages that can be tried, by name. One query."""
    found = {
        (one.manifest.publisher.code, one.manifest.id): Offer(
            one.manifest.publisher.code,
            one.manifest.publisher.name,
            one.manifest.id,
            one.manifest.name,
            one.manifest.summary,
        )
        for one in with_the_program()
    }
    for listing in pages.offered():
        key = (listing.publisher.code, listing.package_id)
        name, summary = Words(listing.name_id, listing.name_en), Words(listing.summary_id, listing.summary_en)
        found[key] = Offer(key[0], listing.publisher.name, key[1], name, summary)
    return tuple(sorted(found.values(), key=lambda one: (one.name.id, one.publisher)))


def find(publisher: str, package: str, version: str = "") -> Package | None:
    """This function will return a package that can be tried, its newest version unless one is named; None for none.

    One or two queries, and one more the first time that a version is asked for.
    """
    if not version:
        listing = releases.find_listing(publisher, package)
        version = listing.newest.version if listing and listing.newest else ""
    release = releases.find_release(publisher, package, version) if version else None
    if release is not None and releases.is_listed(release):
        return _released(release.id)
    for one in with_the_program():
        if (one.manifest.publisher.code, one.manifest.id) == (publisher, package):
            return one if version in ("", one.manifest.version) else None
    return None


def with_the_program() -> tuple[Package, ...]:
    """This function will return the packages that come with the program; those that cannot be read are left out."""
    return tuple(one for folder in _folders() if (one := _read(folder)))


def forget() -> None:
    """This function will have every package read anew at its next use."""
    _read_at.cache_clear()
    _released.cache_clear()


@lru_cache(50)
def _released(release_id: UUID) -> Package:
    """This function will return the package of a release, which never changes."""
    return parse_package(read_zip(releases.content_of(release_id)))


def _folders() -> list[Path]:
    root = Path(settings.ROOT) / "packages"
    return sorted(one for one in root.iterdir() if one.is_dir()) if root.is_dir() else []


def _read(folder: Path) -> Package | None:
    """This function will return the package of a folder; read again only when one of its files changed."""
    files = [one.stat() for one in folder.rglob("*") if one.is_file()]
    return _read_at(folder, len(files), max((one.st_mtime_ns for one in files), default=0))


@lru_cache(50)
def _read_at(folder: Path, count: int, newest: int) -> Package | None:
    try:
        return read_package(folder)
    except PackageRefused:
        return None
