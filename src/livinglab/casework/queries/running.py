"""What a case runs on: the package of its version, with the register of its place."""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Final
from uuid import UUID

from livinglab.casework.models import Case, ServiceVersion
from livinglab.packages.domain.bookings import Places
from livinglab.packages.domain.package import Package
from livinglab.packages.domain.running.storing import from_json
from livinglab.packages.queries import cases
from livinglab.packages.queries.cases import Runner
from livinglab.packages.queries.reading import parse_package, read_zip

#: packages that a process keeps read; they are the same for everybody who runs the same content
_KEPT: Final = 128


class _Loading:
    """Hashes as its digest, so that the content is read from the database only when nobody keeps the package."""

    def __init__(self, version_id: UUID, digest: str) -> None:
        self.version_id, self.digest = version_id, digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Loading) and other.digest == self.digest


@lru_cache(maxsize=_KEPT)
def _package(loading: _Loading) -> Package:
    content = ServiceVersion.objects.values_list("content", flat=True).get(id=loading.version_id)
    return parse_package(read_zip(bytes(content)))


def package_of(version: ServiceVersion) -> Package:
    """This function will return the package of a version, inside its organisation's transaction."""
    return _package(_Loading(version.id, version.digest))


def runner_of(
    version: ServiceVersion,
    *,
    zone: str,
    count: Callable[[str, datetime], int] | None = None,
    places: Places | None = None,
    address: Callable[[str], str] | None = None,
) -> Runner:
    """This function will return what runs the cases of a version.

    `count` gives the numbers of documents and publications, `address` where a publication stands, and `places` counts
    who holds a place in an hour.
    """
    return cases.runner(package_of(version), zone=zone, count=count, places=places, address=address)


def state_of(case: Case) -> cases.Case:
    """This function will return how a case stands, as the runtime knows it."""
    return from_json(case.state)
