"""One answer with what its page and its checks need of the rest. Call this inside the organisation's transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from livinglab.accounts.queries import names_of
from livinglab.evaluations.domain.answers import Draft
from livinglab.evaluations.domain.sheet import AnswerLine, Sheet
from livinglab.evaluations.models import Answer, Evaluation, EvidenceUse
from livinglab.evaluations.queries import records
from livinglab.evaluations.queries.evidence_uses import items_of, uses_of
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.sheets import line_of, previous_levels
from livinglab.evidence.queries import pieces_by_id


@dataclass(frozen=True, slots=True)
class Reading:
    """One answer as it is stored. `sheet` holds this answer alone; `uses` are its evidence by letter."""

    indicator: str
    keys: tuple[str, ...]
    evaluation: Evaluation | None
    answer: Answer | None
    sheet: Sheet
    uses: Mapping[str, EvidenceUse]

    @property
    def line(self) -> AnswerLine:
        """The answer as a value."""
        return self.sheet.answers[self.indicator]

    @property
    def stored(self) -> Draft:
        """What is stored of the texts and the level."""
        line = self.line
        return Draft(line.level, line.met, line.facts, line.analysis, line.external_source)

    @property
    def version(self) -> int:
        """How often somebody changed it; 0 before the first time."""
        return self.answer.version if self.answer else 0


def is_asked(place: Place, indicator: str) -> bool:
    """This function will say whether the instrument asks for an indicator here. One query at most."""
    return indicator in records.keys_of(place.instrument, _touched(place))


def read_answer(place: Place, indicator: str, *, day: date) -> Reading | None:
    """This function will return one answer with its evidence; None for an indicator the instrument does not have.

    At most six queries; evidence of the other indicators is read too, since the same file may serve many.
    """
    here, participation = place.organization.id, place.participation
    keys = records.keys_of(place.instrument, _touched(place))
    if indicator not in keys:
        return None
    answer = records.find_answer(here, participation.id, indicator)
    uses = uses_of(here, participation.id)
    pieces = pieces_by_id(here, {one.piece_id for one in uses}) if uses else {}
    line = line_of(indicator, answer, _names(answer), items_of(uses, pieces).get(indicator, ()))
    return Reading(
        indicator=indicator,
        keys=keys,
        evaluation=records.find_evaluation(here, participation.id),
        answer=answer,
        sheet=_alone(place, line, day),
        uses={one.letter: one for one in uses if one.indicator == indicator},
    )


def _touched(place: Place) -> Mapping[str, object] | None:
    """The indicators somebody touched: they say which variant of an instrument is used, where it has any."""
    if not place.instrument.variants:
        return None
    rows = Answer.objects.filter(organization_id=place.organization.id, evaluation_id=place.participation.id)
    return dict.fromkeys(rows.values_list("indicator", flat=True))


def _names(answer: Answer | None) -> Mapping[UUID, str]:
    return names_of({answer.assignee_id}) if answer and answer.assignee_id else {}


def _alone(place: Place, line: AnswerLine, day: date) -> Sheet:
    participation = place.participation
    return Sheet(
        region_code=place.organization.code,
        region_name=place.organization.name,
        instrument=place.instrument.code,
        year=participation.year,
        kind=place.kind,
        day=day,
        answers={line.indicator: line},
        is_synthetic=participation.round.is_synthetic,
        previous_levels=previous_levels(participation, place.earlier),
    )
