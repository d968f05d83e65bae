"""The way of a release, and who may move it. The tables are the rule; docs/releases.md draws them."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class ReleaseState(StrEnum):
    """Where a release stands. Its content never changes, in no state."""

    IN_REVIEW = "in_review"  # the automatic checks passed and its publisher signed it
    RETURNED = "returned"  # the reviewer found something; a next version answers it
    LISTED = "listed"  # anybody may try and adopt it
    WITHDRAWN = "withdrawn"  # no longer offered; who runs it keeps it


class ReleaseStep(StrEnum):
    """What moves a release."""

    LIST = "list"
    RETURN = "return"
    WITHDRAW = "withdraw"


class Side(StrEnum):
    """Who takes a step: a reviewer of a ministry, or the publishing region."""

    REVIEWER = "reviewer"
    PUBLISHER = "publisher"


STEPS: Final[Mapping[tuple[ReleaseState, ReleaseStep], ReleaseState]] = {
    (ReleaseState.IN_REVIEW, ReleaseStep.LIST): ReleaseState.LISTED,
    (ReleaseState.IN_REVIEW, ReleaseStep.RETURN): ReleaseState.RETURNED,
    (ReleaseState.IN_REVIEW, ReleaseStep.WITHDRAW): ReleaseState.WITHDRAWN,
    (ReleaseState.LISTED, ReleaseStep.WITHDRAW): ReleaseState.WITHDRAWN,
}

TAKEN_BY: Final[Mapping[ReleaseStep, frozenset[Side]]] = {
    ReleaseStep.LIST: frozenset({Side.REVIEWER}),
    ReleaseStep.RETURN: frozenset({Side.REVIEWER}),
    ReleaseStep.WITHDRAW: frozenset({Side.PUBLISHER, Side.REVIEWER}),
}


def next_state(state: ReleaseState, step: ReleaseStep) -> ReleaseState | None:
    """This function will return where a step leads from a state, or None where it may not be taken."""
    return STEPS.get((state, step))


class Point(StrEnum):
    """What a reviewer looks at before a release is listed; each is answered for itself."""

    LAW = "law"  # the legal basis exists and covers what is asked and decided
    PRIVACY = "privacy"  # UU 27/2022: only what is needed, with ground, purpose and retention
    SECURITY = "security"  # four eyes where money or rights are at stake; nothing reaches outside undeclared
    ACCESSIBILITY = "accessibility"  # plain words, readable on a phone, a way for people without one


class AdvisoryKind(StrEnum):
    """What an advisory says of the versions it names."""

    VULNERABLE = "vulnerable"
    WITHDRAWN = "withdrawn"
    FAULTY = "faulty"


class Severity(StrEnum):
    """How soon an adopter must act."""

    LOW = "low"
    HIGH = "high"
    CRITICAL = "critical"
