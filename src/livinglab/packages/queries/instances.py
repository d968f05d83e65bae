"""Other Living Lab instances: what they publish, and one package of theirs with its digest and signature verified."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import quote

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from livinglab.packages.adapters.federation_files import index_from, offers_from
from livinglab.packages.adapters.other_instances import Instance, Reach, fetch, instance_at
from livinglab.packages.adapters.zips import MOST_BYTES_OF_ZIP, read_zip
from livinglab.packages.domain.contents import digest_of
from livinglab.packages.domain.federation import (
    INDEX_PATH,
    MOST_BYTES_OF_A_PAGE,
    MOST_PAGES,
    OFFERS_PATH,
    Index,
    InstanceKey,
    NotFetched,
    OfferedChange,
    OfferedPackage,
    OfferedRelease,
    Why,
)
from livinglab.packages.domain.package import Package
from livinglab.packages.queries.reading import parse_package
from livinglab.packages.queries.sealing import PublicKey, verify

__all__ = [
    "Index",
    "InstanceKey",
    "NotFetched",
    "OfferedChange",
    "OfferedPackage",
    "OfferedRelease",
    "Pulled",
    "Reach",
    "address_of",
    "content_of_change",
    "index_of",
    "offers_of",
    "pull",
    "reach_here",
    "reason",
]

_JSON: Final = "application/json"
_ZIP: Final = "application/zip"
#: what is left to a page when the others took all: too little to be answered
_LEAST_SECONDS: Final = 0.01
_REASONS: Final[Mapping[Why, Promise | str]] = {
    Why.ADDRESS: _(
        "%(address)s is not the address of an instance. Write https:// and the name of the server, nothing behind it."
    ),
    Why.PRIVATE: _(
        "%(host)s leads into a private network, which is not asked. Whoever runs this installation can allow it: "
        "FEDERATION_ALLOWED_HOSTS=%(place)s."
    ),
    Why.UNREACHABLE: _("%(host)s could not be reached (%(problem)s). Check the address, or try again later."),
    Why.SLOW: _("%(host)s did not answer completely within %(seconds)s seconds. Try again later."),
    Why.TOO_LARGE: _("%(host)s answered with more than %(most)s KiB. Nothing of it was kept."),
    Why.REDIRECTED: _("%(host)s points to another address, which is not followed. Write the address itself."),
    Why.STATUS: _("%(host)s answered with status %(status)s instead of a document."),
    Why.WRONG_KIND: _("%(host)s answered with %(kind)s where %(expected)s was expected."),
    Why.TOO_MANY_PAGES: _("The list of %(host)s does not end after %(most)s pages."),
    Why.UNKNOWN_PACKAGE: _("%(host)s has no package %(identity)s."),
    Why.UNKNOWN_VERSION: _("%(host)s does not offer this version of %(identity)s. It has: %(known)s."),
    Why.OTHER_CONTENT: _("What %(host)s sent is not %(identity)s %(version)s as its list says: %(problem)s"),
}


@dataclass(frozen=True, slots=True)
class Pulled:
    """A release of another instance, verified: its files, where it came from and the key that signed it."""

    address: str
    package: Package
    files: Mapping[str, bytes] = field(repr=False)
    content: bytes = field(repr=False)
    release: OfferedRelease
    key: InstanceKey


def reach_here() -> Reach:
    """This function will return how far requests of this installation may go (docs/settings.md)."""
    return Reach(allowed=settings.FEDERATION_ALLOWED_HOSTS)


def reason(error: NotFetched) -> str:
    """This function will say why nothing was fetched and what to do, in the language in force."""
    return str(_REASONS[error.why]) % error.said


def address_of(address: str, reach: Reach) -> str:
    """This function will return the one way to write an instance's address. Errors: NotFetched."""
    return instance_at(address, reach).address


def index_of(address: str, reach: Reach, *, identity: str = "") -> Index:
    """This function will return what an instance publishes, or with `identity` what it says of that package alone.

    `reach.seconds` hold for all its pages together. Errors: NotFetched; PackageRefused, by line, for an index that does
    not follow its schema.
    """
    instance = instance_at(address, reach)
    path = INDEX_PATH + (f"?package={quote(identity, safe='/')}" if identity else "")
    name, keys, packages = "", list[InstanceKey](), list[OfferedPackage]()
    until = time.monotonic() + reach.seconds
    for _page in range(MOST_PAGES):
        left = replace(reach, seconds=max(until - time.monotonic(), _LEAST_SECONDS))
        content = fetch(instance, path, left, kind=_JSON, most_bytes=MOST_BYTES_OF_A_PAGE)
        found, path = index_from(INDEX_PATH.rsplit("/", 1)[1], content)
        name = found.name
        keys += found.keys
        packages += found.packages
        if not path:
            return Index(name, tuple(dict.fromkeys(keys)), tuple(packages))
    raise NotFetched(Why.TOO_MANY_PAGES, host=instance.host, most=str(MOST_PAGES))


def pull(address: str, identity: str, version: str, reach: Reach) -> Pulled:
    """This function will return a release of another instance, the newest that it offers where `version` is empty.

    Its digest is that of the index and its signature by a key that the instance publishes and did not revoke.
    Errors: NotFetched; PackageRefused for what is tampered with, unsigned or signed by a revoked key.
    """
    instance = instance_at(address, reach)
    index = index_of(address, reach, identity=identity)
    package = index.package(identity)
    if package is None:
        raise NotFetched(Why.UNKNOWN_PACKAGE, host=instance.host, identity=identity[:80])
    release = package.release(version)
    if release is None or release.is_withdrawn:
        known = ", ".join(one.version for one in package.releases if not one.is_withdrawn) or "–"
        raise NotFetched(Why.UNKNOWN_VERSION, host=instance.host, identity=identity, known=known)
    content = fetch(instance, release.archive, reach, kind=_ZIP, most_bytes=MOST_BYTES_OF_ZIP)
    return _verified(instance, index, package, release, content)


def offers_of(address: str, reach: Reach) -> tuple[OfferedChange, ...]:
    """This function will return the changes that an instance's regions offer back. Errors: as `index_of`."""
    content = fetch(
        instance_at(address, reach), OFFERS_PATH, reach, kind=_JSON, most_bytes=MOST_BYTES_OF_A_PAGE
    )
    return offers_from(OFFERS_PATH.rsplit("/", 1)[1], content)


def content_of_change(address: str, change: OfferedChange, reach: Reach) -> bytes:
    """This function will return the zip of an offered change, if it has the digest that was told.

    Errors: NotFetched; PackageRefused for what is no zip of a package.
    """
    instance = instance_at(address, reach)
    content = fetch(instance, change.archive, reach, kind=_ZIP, most_bytes=MOST_BYTES_OF_ZIP)
    found = digest_of(read_zip(content))
    if found != change.digest:
        raise NotFetched(
            Why.OTHER_CONTENT,
            host=instance.host,
            identity=f"{change.publisher}/{change.package}",
            version=change.base_version,
            problem=found,
        )
    return content


def _verified(
    instance: Instance, index: Index, package: OfferedPackage, release: OfferedRelease, content: bytes
) -> Pulled:
    files = read_zip(content)
    found = parse_package(files)
    told = (package.identity, release.version, release.digest)
    sent = (found.manifest.identity, found.manifest.version, digest_of(files))
    if sent != told:
        raise NotFetched(
            Why.OTHER_CONTENT,
            host=instance.host,
            identity=package.identity,
            version=release.version,
            problem=" ".join(sent),
        )
    keys = {one.id: one for one in index.keys if one.publisher == package.publisher}
    known = [PublicKey(one.publisher, one.raw, one.revoked_at) for one in keys.values()]
    seal = verify(files, found.manifest, known)
    return Pulled(instance.address, found, files, content, release, keys[seal.key])
