"""The states a piece of evidence can be in, and why somebody opens an exempt one."""

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


class Purpose(StrEnum):
    """Why somebody opens an exempt piece: one of few words, so that the audit trail holds no personal data."""

    PREPARE = "prepare"  # to write the organisation's own answer
    REVIEW = "review"  # to check it inside the organisation
    ASSESS = "assess"  # as an assigned assessor
    SUPERVISE = "supervise"  # as the inspectorate
