"""How a practice comes before the public: written by an officer, published by who answers for the region."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class State(StrEnum):
    """Where the newest text of a practice stands. What was published stays public while a newer text is written."""

    DRAFT = "draft"
    SUBMITTED = "submitted"  # handed in for publication
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"  # taken from the public; it stays readable for the region


class Step(StrEnum):
    """What moves a practice on."""

    SAVE = "save"
    SUBMIT = "submit"
    RETURN = "return"  # with a reason
    PUBLISH = "publish"
    WITHDRAW = "withdraw"


S, T = State, Step

#: (state, step) -> state
STEPS: Final[Mapping[tuple[State, Step], State]] = MappingProxyType(
    {
        (S.DRAFT, T.SAVE): S.DRAFT,
        (S.DRAFT, T.SUBMIT): S.SUBMITTED,
        (S.DRAFT, T.WITHDRAW): S.WITHDRAWN,
        (S.SUBMITTED, T.RETURN): S.DRAFT,
        (S.SUBMITTED, T.PUBLISH): S.PUBLISHED,
        (S.SUBMITTED, T.WITHDRAW): S.WITHDRAWN,
        (S.PUBLISHED, T.SAVE): S.DRAFT,
        (S.PUBLISHED, T.WITHDRAW): S.WITHDRAWN,
    }
)

#: steps of who answers for the region; the others are for everybody who writes
OF_PUBLISHERS: Final = frozenset({T.RETURN, T.PUBLISH})


def after(state: State, step: Step) -> State | None:
    """This function will return the state that a step leads to, None where it is not possible."""
    return STEPS.get((state, step))


def open_steps(state: State) -> tuple[Step, ...]:
    """This function will return the steps that a state leaves open, in their order."""
    return tuple(step for step in Step if (state, step) in STEPS)
