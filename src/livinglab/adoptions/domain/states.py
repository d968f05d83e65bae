"""The way of an adoption, of the agreement before it, and of a change offered back. The tables are the rule."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class AdoptionState(StrEnum):
    """Where an adoption stands."""

    PREPARING = "preparing"  # parameters, agreement and requirements are worked on
    LIVE = "live"  # citizens may apply
    PAUSED = "paused"  # nobody may apply, open cases go on
    ENDED = "ended"  # no longer run; the record stays


class AdoptionStep(StrEnum):
    """What moves an adoption."""

    GO_LIVE = "go_live"
    PAUSE = "pause"
    RESUME = "resume"
    END = "end"


ADOPTION_STEPS: Final[Mapping[tuple[AdoptionState, AdoptionStep], AdoptionState]] = {
    (AdoptionState.PREPARING, AdoptionStep.GO_LIVE): AdoptionState.LIVE,
    (AdoptionState.PREPARING, AdoptionStep.END): AdoptionState.ENDED,
    (AdoptionState.LIVE, AdoptionStep.PAUSE): AdoptionState.PAUSED,
    (AdoptionState.LIVE, AdoptionStep.END): AdoptionState.ENDED,
    (AdoptionState.PAUSED, AdoptionStep.RESUME): AdoptionState.LIVE,
    (AdoptionState.PAUSED, AdoptionStep.END): AdoptionState.ENDED,
}


class Manner(StrEnum):
    """*Amati, tiru, plek* or *amati, tiru, modifikasi*: measured from what differs, never declared."""

    AS_IS = "as_is"
    ADAPTED = "adapted"


class OfferState(StrEnum):
    """Where a change offered back to the origin stands."""

    OFFERED = "offered"
    TAKEN = "taken"  # it is in a later release
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
