"""What an organisation's own members read of their assessors' work in the audit trail, and what not yet."""

from collections.abc import Sequence
from typing import Final, Protocol
from uuid import UUID

from livinglab.evaluations.domain.process import STAGE_OF, State
from livinglab.evaluations.domain.ratings import is_shown
from livinglab.evaluations.domain.stages import Stage
from livinglab.evaluations.models import Evaluation, Participation

#: what assessors write that the organisation sees with its stage
_OF_STAGES: Final = frozenset(
    {"evaluations.scored", "evaluations.score_cleared", "evaluations.score_reviewed"}
)
#: what it sees once the scores are consolidated
_OF_THE_END: Final = frozenset(
    {"evaluations.evidence_judged", "evaluations.finding_written", "evaluations.recommendation_written"}
)
#: what it never sees: drafts
_OF_THE_PEN: Final = frozenset({"evaluations.score_drafted"})


class Told(Protocol):
    """What is asked of an audit entry."""

    number: int
    action: str
    facts: dict[str, object]


def not_shown(organization_id: UUID, entries: Sequence[Told]) -> set[int]:
    """This function will return the numbers of the entries about assessors' work that is not shown to the region yet.

    The same rule as for the scores themselves (`domain/ratings.py`). Call it inside the organisation's transaction;
    two queries, none where no entry is of an assessor.
    """
    found = [one for one in entries if one.action in _OF_STAGES | _OF_THE_END | _OF_THE_PEN]
    if not found:
        return set()
    years = dict(Participation.objects.filter(organization_id=organization_id).values_list("id", "year"))
    states = {
        years[row.id]: (State(row.state), row.shown_stage)
        for row in Evaluation.objects.filter(organization_id=organization_id, id__in=years)
    }
    return {one.number for one in found if not _is_shown(one, states)}


def _is_shown(entry: Told, states: dict[int, tuple[State, str]]) -> bool:
    year = entry.facts.get("year")
    if entry.action in _OF_THE_PEN or not isinstance(year, int) or year not in states:
        return False
    state, shown_stage = states[year]
    if entry.action in _OF_THE_END:
        return STAGE_OF[state] is Stage.CONSOLIDATED
    return is_shown(Stage(str(entry.facts["stage"])), state=state, shown_stage=shown_stage)
