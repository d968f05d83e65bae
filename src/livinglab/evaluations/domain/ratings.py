"""What the organisation sees of its assessors' scores, and what there is to object to."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from livinglab.evaluations.domain.process import STAGE_OF, State
from livinglab.evaluations.domain.stages import ORDER, Stage

#: levels that are a strength or a weakness of an aspect (Pedoman MenPANRB 3/2024, F.1)
STRENGTH: Final = Decimal(4)
WEAKNESS: Final = Decimal(2)


def is_shown(stage: Stage, *, state: State, shown_stage: str) -> bool:
    """This function will say whether the organisation sees the scores of a stage.

    It sees what it sent itself, every stage that is over, the stage that the assessors showed, and everything once
    the scores are consolidated. So nobody follows an assessor's pen, and everybody can object before the end.
    """
    present = STAGE_OF[state]
    return (
        stage is Stage.SELF
        or ORDER.index(stage) < ORDER.index(present)
        or present is Stage.CONSOLIDATED
        or stage == shown_stage
    )


def shown_stages(*, state: State, shown_stage: str) -> tuple[Stage, ...]:
    """This function will return the stages whose scores the organisation sees, in the order of the procedure."""
    return tuple(stage for stage in ORDER if is_shown(stage, state=state, shown_stage=shown_stage))


def may_be_requested(requested: Decimal, *, own: Decimal, external: Decimal, decimals: int) -> bool:
    """This function will say whether an objection can ask for a level: from the own one up to next to the assessor's.

    An objection defends the own answer; it asks for no more than was answered.
    """
    low, high = sorted((own, external))
    is_fine = requested == requested.quantize(Decimal(1).scaleb(-decimals))
    return low <= requested <= high and requested != external and is_fine


def strengths(levels: Sequence[tuple[str, Decimal]]) -> list[tuple[str, Decimal]]:
    """This function will return the indicators at level 4 and above, the highest first, then as they were given."""
    return sorted((one for one in levels if one[1] >= STRENGTH), key=lambda one: -one[1])


def weaknesses(levels: Sequence[tuple[str, Decimal]]) -> list[tuple[str, Decimal]]:
    """This function will return the indicators at level 2 and below, the lowest first, then as they were given."""
    return sorted((one for one in levels if one[1] <= WEAKNESS), key=lambda one: one[1])
