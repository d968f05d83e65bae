"""All rows of one evaluation that many pages need, in three statements. Call these inside its transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from livinglab.accounts.queries import name_of
from livinglab.evaluations.models import Answer, Evaluation, EvidenceUse, Score
from livinglab.evaluations.queries import records
from livinglab.evaluations.queries.evidence_uses import uses_of


@dataclass(frozen=True, slots=True)
class Rows:
    """An evaluation with its answers by indicator, the scores of all stages as they were given, and its evidence.

    `evaluation` is None before anybody touched it. `names` are of those who answer and those who scored.
    """

    evaluation: Evaluation | None
    answers: Mapping[str, Answer]
    scores: Sequence[Score]
    uses: Sequence[EvidenceUse]
    names: Mapping[UUID, str]


def rows_of(organization_id: UUID, evaluation_id: UUID) -> Rows:
    """This function will return the rows of an evaluation. Three queries, four before anybody answered."""
    answered = Answer.objects.filter(organization_id=organization_id, evaluation_id=evaluation_id)
    answers = list(
        answered.select_related("agency", "evaluation").annotate(assignee_name=name_of("assignee_id"))
    )
    scored = Score.objects.filter(organization_id=organization_id, evaluation_id=evaluation_id)
    scores = list(scored.annotate(scorer_name=name_of("scored_by")).order_by("indicator", "scored_at"))
    evaluation = answers[0].evaluation if answers else records.find_evaluation(organization_id, evaluation_id)
    people = {row.assignee_id: row.assignee_name for row in answers}
    people |= {row.scored_by: row.scorer_name for row in scores}
    return Rows(
        evaluation=evaluation,
        answers={row.indicator: row for row in answers},
        scores=scores,
        uses=uses_of(organization_id, evaluation_id),
        names={key: name for key, name in people.items() if key is not None and name is not None},
    )
