"""What the automatic checks say of a package here, where functions, sectors and indicators are known."""

from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

from django.conf import settings

from livinglab.packages.queries.check import Report, check_files, known_here
from livinglab.packages.queries.reading import read_zip
from livinglab.releases.queries.releases import content_of


def checked(files: Mapping[str, bytes]) -> Report:
    """This function will check a package, also against the functions, sectors and indicators that are known here."""
    known = known_here(Path(settings.REFERENCE_DIR), Path(settings.INSTRUMENTS_DIR))
    return check_files(files, known=known)


def report_of(release_id: UUID) -> Report:
    """This function will return what the checks of today say of a release: checks may have come since it was sent."""
    return checked(read_zip(content_of(release_id)))
