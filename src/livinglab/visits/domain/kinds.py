"""Who visits, how something is taken over, and how a commitment is rated."""

from enum import StrEnum


class VisitorKind(StrEnum):
    """Who comes. Each kind is counted for itself: a ministry adopts nothing, and 62 regions are not 62 ministries."""

    REGION = "region"
    MINISTRY = "ministry"
    INSTITUTION = "institution"
    NGO = "ngo"


class Manner(StrEnum):
    """How a step is taken over: observe-imitate-exactly, observe-imitate-modify; empty: in own ways."""

    ATP = "atp"
    ATM = "atm"


class CommitmentState(StrEnum):
    """Where a commitment stands."""

    SIGNED = "signed"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"  # its last day is over, or every step is done


class Occasion(StrEnum):
    """From what a commitment came. Each is counted for itself: a promise without a visit follows up no visit."""

    VISIT = "visit"
    OWN = "own"  # by the region itself
    MEETING = "meeting"  # leaders of regions met and committed


class Potential(StrEnum):
    """What a commitment could bring, as somebody of neither party sees it.

    After the Independent Reporting Mechanism's scale of the Open Government Partnership: potential for results.
    """

    UNCLEAR = "unclear"
    MODEST = "modest"
    SUBSTANTIAL = "substantial"


class Completion(StrEnum):
    """How far a commitment was kept, on the Independent Reporting Mechanism's scale."""

    NO_EVIDENCE = "no_evidence"
    NOT_STARTED = "not_started"
    LIMITED = "limited"
    SUBSTANTIAL = "substantial"
    COMPLETE = "complete"


class MemberStatus(StrEnum):
    """How sure it is that somebody belongs to a cohort."""

    STATED = "stated"  # one source names it
    CONFIRMED = "confirmed"  # two sources that do not depend on each other
    DISPUTED = "disputed"  # sources disagree
