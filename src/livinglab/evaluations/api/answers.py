"""How evaluations are written for the API, and how refusals are answered."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final, cast

from django.http import HttpResponse
from django.utils.translation import gettext as _

from livinglab.evaluations import policies
from livinglab.evaluations.api import schemas
from livinglab.evaluations.domain.answers import AnswerState, AnswerStep
from livinglab.evaluations.domain.process import State, steps_from
from livinglab.evaluations.domain.sheet import EvidenceItem
from livinglab.evaluations.models import Answer, Evaluation, Objection, Participation, Round, Score
from livinglab.evaluations.operations.answer_steps import refusal_of_step
from livinglab.evaluations.operations.answers import EditConflict
from livinglab.evaluations.operations.problems import Problem
from livinglab.evaluations.operations.scores import ScoreConflict
from livinglab.evaluations.queries import records
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.raters import mark_of, raters
from livinglab.kernel.refusals import Refusal, Refused
from livinglab.kernel.unknown import UnknownValue
from livinglab.ui.api import errors
from livinglab.ui.api.lists import decimal_text

#: refusals about who asks; all others are about what was asked, or when
_ABOUT_THE_PERSON: Final = frozenset(
    {
        "exempt",
        "not_a_reader",
        "not_your_step",
        "not_a_team_keeper",
        "not_a_writer",
        "not_an_assessor",
        "not_an_assigner",
        "not_an_opener",
        "not_the_ministry",
        "not_the_opener",
        "not_the_region",
        "not_the_review_team",
        "own_agency",
    }
)
#: refusals about something that the address names and that is not there
_ABOUT_THE_ADDRESS: Final = frozenset(
    {"no_such_aspect", "no_such_objection", "no_such_score", "takes_no_part"}
)
_HUNDREDTH: Final = Decimal("0.01")
_STEPS: Final = tuple(step for step in AnswerStep if step is not AnswerStep.SAVE)


def standing_of(one: Participation) -> dict[str, Any]:
    """This function will return whether a participation's figures are official, and the words for it."""
    official = bool(one.decision_number) and not one.round.is_synthetic
    words = _("Official result.") if official else _("Pre-assessment, not an official result.")
    return {
        "is_official": official,
        "status": words,
        "decision_number": one.decision_number or None,
        "decision_date": one.decision_date,
    }


def round_item(one: Round) -> schemas.RoundItem:
    """This function will return a round; it carries `participants`, its count."""
    return schemas.RoundItem(
        id=str(one.id),
        title=one.title,
        instrument=one.instrument,
        year=one.year,
        kind=cast(Any, one.kind),  # the database holds nothing else
        opened_by=one.opened_by.code,
        self_until=one.self_until,
        document_until=one.document_until,
        interview_until=one.interview_until,
        ends_on=one.ends_on,
        participants=one.participants,  # type: ignore[attr-defined]  # annotated by the query
        is_synthetic=one.is_synthetic,
    )


def published_item(one: Participation) -> schemas.PublishedItem:
    """This function will return what an organisation lets everybody see of one year."""
    index = one.standing_index if one.state == State.DECIDED else one.self_index
    return schemas.PublishedItem(
        **standing_of(one),
        year=one.year,
        instrument=one.round.instrument,
        index=decimal_text(index),
        levels={key: str(level) for key, level in one.published_levels.items()},
        is_synthetic=one.round.is_synthetic,
    )


def evaluation_item(place: Place) -> schemas.EvaluationItem:
    """This function will return an evaluation with the stages that the reader may see. Eight queries."""
    here, year = place.organization.id, place.participation.year
    both = raters(place)
    given = records.answers(here, place.participation.id)
    stages = []
    if both is not None:
        scored = [entry for line in both.lines for entry in line.entries.values()]
        levels = records.levels_by_stage(given, scored, state=both.state)
        for stage in both.stages:
            found = records.standing_at(place.instrument, year, levels, stage)
            stages.append(
                schemas.StageItem(
                    stage=stage.value,
                    index=str(decimal_text(found.score.index)),
                    levels={key: str(decimal_text(level)) for key, level in found.levels.items()},
                )
            )
    state = both.state if both else State.SELF
    return schemas.EvaluationItem(
        **standing_of(place.participation),
        code=place.organization.code,
        year=year,
        instrument=place.instrument.code,
        kind=place.kind.value,
        state=state.value,
        index=stages[-1].index if stages and any(row.level is not None for row in given.values()) else None,
        stages=stages,
        answers=[_head(key, given.get(key)) for key in records.keys_of(place.instrument, given)],
        steps=[
            schemas.NextStepItem(
                step=step,
                refusal=_words(policies.may_take_step(place.actor, step, state=state, kind=place.kind)),
            )
            for step in steps_from(state, place.kind)
        ],
    )


def _head(indicator: str, row: Answer | None) -> schemas.AnswerHead:
    return schemas.AnswerHead(
        indicator=indicator,
        state=cast(Any, row.state) if row else AnswerState.OPEN.value,
        level=decimal_text(row.level) if row else None,
        version=row.version if row else 0,
    )


def answer_item(
    place: Place, evaluation: Evaluation | None, indicator: str, row: Answer | None
) -> schemas.AnswerItem:
    """This function will return one answer; of an untouched one what an empty one has."""
    steps = [
        schemas.NextStepItem(step=step, refusal=_words(refusal_of_step(place, evaluation, row, step)))
        for step in _STEPS
    ]
    head = _head(indicator, row).model_dump()
    if row is None:
        return schemas.AnswerItem(
            **head, met=[], facts="", analysis="", external_source="", agency=None, due_on=None,
            returned_reason="", changed_at=None, steps=steps,
        )  # fmt: skip
    return schemas.AnswerItem(
        **head,
        met=list(row.met),
        facts=row.facts,
        analysis=row.analysis,
        external_source=row.external_source,
        agency=row.agency.name if row.agency else None,
        due_on=row.due_on,
        returned_reason=row.returned_reason,
        changed_at=row.changed_at,
        steps=steps,
    )


def score_item(indicator: str, row: Score | None) -> schemas.ScoreItem:
    """This function will return an assessor's entry, empty where the stage has none."""
    return schemas.ScoreItem(
        indicator=indicator,
        stage=cast(Any, row.stage) if row else None,
        level=decimal_text(row.level) if row else None,
        met=list(row.met) if row else None,
        facts=row.facts if row else None,
        analysis=row.analysis if row else None,
        justification=row.justification if row else None,
        mark=mark_of(row),
    )


def rounded(value: Decimal) -> Decimal:
    """This function will return a mean with two decimals, half up as the regulations round."""
    return value.quantize(_HUNDREDTH, ROUND_HALF_UP)


def known_indicator(place: Place, indicator: str) -> str:
    """This function will return the key of an indicator of the evaluation's instrument. Errors: `UnknownValue`, 404."""
    keys = records.keys_of(place.instrument, {indicator: None})
    if indicator not in keys:
        raise UnknownValue(_("indicator"), indicator, keys, status=404)
    return indicator


def _words(refusal: Refusal | None) -> str | None:
    return None if refusal is None else str(refusal.reason)


def refused(error: Refused) -> HttpResponse:
    """This function will answer a refusal: 403 about the person, 404 about the address, else 422; `code` is stable."""
    refusal = error.refusal
    status = 404 if refusal.code in _ABOUT_THE_ADDRESS else 403 if refusal.code in _ABOUT_THE_PERSON else 422
    return errors.error(status, str(refusal.reason), code=refusal.code)


def problems(found: Iterable[Problem]) -> HttpResponse:
    """This function will answer 422 with every problem of a body, by field."""
    return errors.problems((one.field, str(one.message)) for one in found)


def edit_conflict(error: EditConflict) -> HttpResponse:
    """This function will answer 409 with what the other writer left and its version."""
    stored = error.stored
    left = {
        "level": None if stored.level is None else str(stored.level),
        "met": sorted(stored.met),
        "facts": stored.facts,
        "analysis": stored.analysis,
        "external_source": stored.external_source,
        "version": error.version,
    }
    fields = list(error.found.conflicts)
    words = _("Somebody else changed the same fields meanwhile.")
    return errors.error(409, words, fields=fields, stored=left)


def score_conflict(error: ScoreConflict, indicator: str) -> HttpResponse:
    """This function will answer 409 with the entry that another assessor left and its mark."""
    left = score_item(indicator, error.stored).model_dump(mode="json")
    return errors.error(409, _("Another assessor changed this score meanwhile."), stored=left)


def evidence_item(indicator: str, one: EvidenceItem) -> schemas.EvidenceItem:
    """This function will return a piece of evidence where it stands for an indicator."""
    same = ("letter", "level", "title", "reference", "document_number", "issued_on", "expires_on")
    return schemas.EvidenceItem(
        indicator=indicator,
        piece=one.id,
        is_link=one.is_link,
        is_exempt=one.is_exempt,
        is_accepted=one.is_accepted,
        **{name: getattr(one, name) for name in same},
    )


def objection_item(one: Objection) -> schemas.ObjectionItem:
    """This function will return an objection with what became of it."""
    return schemas.ObjectionItem(
        id=one.id,
        indicator=one.indicator,
        stage=cast(Any, one.stage),
        requested_level=str(one.requested_level.quantize(_HUNDREDTH)),  # as the database keeps it
        reason=one.reason,
        raised_at=one.raised_at,
        outcome=cast(Any, one.outcome or None),
        outcome_reason=one.outcome_reason,
        settled_at=one.settled_at,
    )
