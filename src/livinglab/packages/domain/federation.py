"""What another Living Lab instance says it has: keys, packages and their releases. docs/federation.md."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from livinglab.packages.domain.words import Words

FORMAT: Final = "livinglab-federation/1"
#: where the index stands at each instance
INDEX_PATH: Final = "/.well-known/livinglab-packages.json"
OFFERS_PATH: Final = "/.well-known/livinglab-offers.json"
#: packages of one page of an index, and pages that a reader follows
PACKAGES_A_PAGE: Final = 200
MOST_PAGES: Final = 100
MOST_BYTES_OF_A_PAGE: Final = 4 * 1024 * 1024


class Why(StrEnum):
    """Why nothing was fetched from another instance."""

    ADDRESS = "address"
    PRIVATE = "private"
    UNREACHABLE = "unreachable"
    SLOW = "slow"
    TOO_LARGE = "too_large"
    REDIRECTED = "redirected"
    STATUS = "status"
    WRONG_KIND = "wrong_kind"
    TOO_MANY_PAGES = "too_many_pages"
    UNKNOWN_PACKAGE = "unknown_package"
    UNKNOWN_VERSION = "unknown_version"
    OTHER_CONTENT = "other_content"


class NotFetched(Exception):
    """Another instance could not be asked, or answered what is refused; `said` fills the words of the reason."""

    def __init__(self, why: Why, **said: str) -> None:
        super().__init__(f"{why}: {said}")
        self.why = why
        self.said: Mapping[str, str] = said


@dataclass(frozen=True, slots=True)
class InstanceKey:
    """A key that an instance publishes for one of its publishers: 32 raw bytes."""

    publisher: str
    id: str
    raw: bytes = field(repr=False)
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class OfferedRelease:
    """A version in the index of an instance; `archive` is the path of its signed zip there."""

    version: str
    digest: str
    key: str
    size: int
    archive: str
    is_withdrawn: bool
    reason: str


@dataclass(frozen=True, slots=True)
class OfferedPackage:
    """A package in the index of an instance, its releases from the highest version on."""

    publisher: str
    publisher_name: str
    id: str
    name: Words
    is_synthetic: bool
    releases: tuple[OfferedRelease, ...]

    @property
    def identity(self) -> str:
        """The publisher's code and the package's id, which is the same at every instance."""
        return f"{self.publisher}/{self.id}"

    def release(self, version: str = "") -> OfferedRelease | None:
        """This function will return a version, or without one the highest that is not withdrawn; None for no such."""
        found = (
            one for one in self.releases if (one.version == version if version else not one.is_withdrawn)
        )
        return next(found, None)


@dataclass(frozen=True, slots=True)
class Index:
    """What an instance publishes, all pages of it together."""

    name: str
    keys: tuple[InstanceKey, ...]
    packages: tuple[OfferedPackage, ...]

    def package(self, identity: str) -> OfferedPackage | None:
        """This function will return a package by `CODE/ID`, None where the instance has none."""
        return next((one for one in self.packages if one.identity == identity), None)


@dataclass(frozen=True, slots=True)
class OfferedChange:
    """A change that a region of the other instance offers back to the origin of a package."""

    publisher: str
    package: str
    base_version: str
    base_digest: str
    adopter: str
    title: str
    why: str
    digest: str
    offered_at: datetime
    archive: str
