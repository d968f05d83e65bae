"""What people are told of packages: adopters of their origin, publishers of their adopters."""

from datetime import timedelta
from enum import StrEnum
from typing import Final


class NoticeKind(StrEnum):
    """What happened, as far as it concerns somebody else."""

    NEWER = "newer"  # to adopters: a newer version is offered
    WITHDRAWN = "withdrawn"  # to who runs it: a version is offered no more
    WARNED = "warned"  # to who runs one of the versions: vulnerable, faulty or withdrawn
    WARNING_LIFTED = "warning_lifted"
    AGREEMENT_WAITS = "agreement_waits"  # to the side that has not signed
    AGREED = "agreed"  # to the adopter: both sides signed
    OFFERED = "offered"  # to the publisher
    OFFER_WITHDRAWN = "offer_withdrawn"  # to the publisher
    OFFER_TAKEN = "offer_taken"  # to the offerer
    OFFER_DECLINED = "offer_declined"  # to the offerer
    FAULT_FOUND = "fault_found"  # to the publisher: the first report of a fault
    FAULT_OF_MANY = "fault_of_many"  # to the publisher: as many adopters as count report the same
    FAULT_ANSWERED = "fault_answered"  # to who reported it


#: what nobody switches off: it may be about the safety of a service that runs
ALWAYS: Final = frozenset({NoticeKind.WITHDRAWN, NoticeKind.WARNED, NoticeKind.WARNING_LIFTED})
#: what a reader may switch off, in the order of the settings
OPTIONAL: Final = tuple(kind for kind in NoticeKind if kind not in ALWAYS)

#: how many adopters report one fault before its publisher is told again
MANY: Final = 3
#: how long a notice is shown, and how long it is kept
SHOWN_FOR: Final = timedelta(days=14)
KEPT_FOR: Final = timedelta(days=90)
#: how long a mail that was refused is tried again
MAILED_WITHIN: Final = timedelta(days=2)
