"""What regions let everybody see of their evaluations: consented to and sent, or decided. Shared rows only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from livinglab.assessments.queries import Instrument, get_instrument
from livinglab.evaluations.domain.process import State
from livinglab.evaluations.models import Participation
from livinglab.evaluations.queries.participations import participations

#: pages that show this are as fresh as this topic
TOPIC = "evaluations"


@dataclass(frozen=True, slots=True)
class PublishedEvaluation:
    """The levels of one region and year that everybody may see.

    `decision_number` is empty until the decision: then the figures are a pre-assessment, not an official result.
    """

    instrument: Instrument
    year: int
    levels: Mapping[str, Decimal]
    index: Decimal | None
    decision_number: str
    decision_date: date | None
    is_synthetic: bool

    @property
    def is_official(self) -> bool:
        """Whether a decision stands behind the figures, and they are of a real round."""
        return bool(self.decision_number) and not self.is_synthetic


def published_evaluation(organization_id: UUID, instrument: str = "") -> PublishedEvaluation | None:
    """This function will return the newest evaluation of an organisation that may be seen; None without. One query.

    `instrument` is the code of the one it must have been done with; any if empty.
    """
    rows = participations().filter(organization_id=organization_id).exclude(published_levels={})
    if instrument:
        rows = rows.filter(round__instrument=instrument)
    row = rows.order_by("-year").first()
    return _published(row) if row else None


def _published(row: Participation) -> PublishedEvaluation:
    return PublishedEvaluation(
        instrument=get_instrument(row.round.instrument),
        year=row.year,
        levels={key: Decimal(level) for key, level in row.published_levels.items()},
        index=row.standing_index if row.state == State.DECIDED else row.self_index,
        decision_number=row.decision_number,
        decision_date=row.decision_date,
        is_synthetic=row.round.is_synthetic,
    )
