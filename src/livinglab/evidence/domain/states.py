"""The states a piece of evidence can be in."""

from enum import StrEnum


class Kind(StrEnum):
    """How a piece is kept."""

    FILE = "file"
    LINK = "link"


class ReviewState(StrEnum):
    """What the organisation's own reviewer found."""

    UNREVIEWED = "unreviewed"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class ScanState(StrEnum):
    """What the scanner said. An infected file is never kept, so there is no state for it."""

    CLEAN = "clean"
    NOT_SCANNED = "not_scanned"  # no scanner is set up, or the piece is a link
