"""One organisation's working sheet as its page shows it: few queries, whatever it holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from livinglab.accounts.queries import names_of
from livinglab.evaluations.domain.answers import AnswerState
from livinglab.evaluations.domain.process import STAGE_OF, State
from livinglab.evaluations.domain.stages import Stage
from livinglab.evaluations.models import Answer
from livinglab.evaluations.queries import records
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.records import Standing


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of some indicators have a level, were handed in, and are validated."""

    total: int
    answered: int
    handed_in: int
    validated: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The answers of a sheet, who they were given to, and what the levels are worth now.

    `standing` counts an indicator without an answer as the lowest level; None before the first answer.
    """

    keys: tuple[str, ...]
    answers: Mapping[str, Answer]
    people: Mapping[UUID, str]
    levels: Mapping[str, Decimal]
    standing: Standing | None

    def progress(self, keys: Iterable[str]) -> Progress:
        """Return how far these indicators are."""
        rows = [self.answers.get(key) for key in keys]
        states = [AnswerState(row.state) if row else AnswerState.OPEN for row in rows]
        return Progress(
            total=len(rows),
            answered=sum(row is not None and row.level is not None for row in rows),
            handed_in=sum(state in HANDED_IN for state in states),
            validated=sum(state is AnswerState.VALIDATED for state in states),
        )


HANDED_IN = frozenset({AnswerState.ANSWERED, AnswerState.ACCEPTED, AnswerState.VALIDATED})


def overview_of(place: Place) -> Overview:
    """This function will return a sheet as its page shows it. Two queries while the region works, then three."""
    here, participation = place.organization.id, place.participation
    state = State(participation.state)
    stage = STAGE_OF[state]
    given = records.answers(here, participation.id)
    scored = [] if stage is Stage.SELF else records.scores(here, participation.id)
    levels = records.levels_by_stage(given, scored, state=state)
    has_any = any(levels.values())
    standing = records.standing_at(place.instrument, participation.year, levels, stage) if has_any else None
    own = {key: row.level for key, row in given.items() if row.level is not None}
    people = {row.assignee_id for row in given.values() if row.assignee_id is not None}
    return Overview(
        keys=records.keys_of(place.instrument, given),
        answers=given,
        people=names_of(people) if people else {},
        levels=own if stage is Stage.SELF else (standing.levels if standing else {}),
        standing=standing,
    )
