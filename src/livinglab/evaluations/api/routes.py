"""One evaluation in the API: its answers, checks and scores, for its members and assessors."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router

from livinglab.evaluations import remarks
from livinglab.evaluations.api import answers as written
from livinglab.evaluations.api import (
    assessors,
    bias,
    conclusions,
    evidence,
    evidence_files,
    objections,
    papers,
    rounds,
    schemas,
    universities,
    versions,
    work,
)
from livinglab.evaluations.api.session import HERE, Code, Indicator, Year, place_of, session
from livinglab.evaluations.domain.answers import AnswerStep, Draft
from livinglab.evaluations.domain.opinions import Opinion
from livinglab.evaluations.domain.process import Step
from livinglab.evaluations.operations import answer_steps, answers, process, scores
from livinglab.evaluations.operations.answers import AnswerRefused, EditConflict
from livinglab.evaluations.operations.score_drafts import ScoreRefused
from livinglab.evaluations.operations.scores import ScoreConflict, present_score
from livinglab.evaluations.queries import records
from livinglab.evaluations.queries.checks import remarks_of
from livinglab.evaluations.queries.places import Place
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.ui.api.lists import PlainText, decimal_text

router = Router(tags=["evaluations"])
Mark = Annotated[PlainText | None, Query(description="Names the entry as it was read.")]
for _one in (
    assessors,
    bias,
    conclusions,
    evidence,
    evidence_files,
    objections,
    papers,
    rounds,
    universities,
    versions,
    work,
):
    router.add_router("", _one.router)


@router.get(HERE, response=schemas.EvaluationItem, auth=session, summary="One evaluation")
def get_evaluation(request: HttpRequest, code: Code, year: Year) -> Any:
    """State, answers, and the exact index of each stage that the reader may see."""
    return written.evaluation_item(place_of(request))


@router.post(f"{HERE}/steps", response=schemas.EvaluationItem, auth=session, summary="Move an evaluation on")
def take_step(request: HttpRequest, code: Code, year: Year, body: schemas.StepBody) -> Any:
    """Approve, reopen, sign, send, open the next stage, consolidate, decide."""
    place = place_of(request)
    try:
        _move(place, body)
    except Refused as error:
        return written.refused(error)
    place.participation.refresh_from_db()
    return written.evaluation_item(place)


def _move(place: Place, body: schemas.StepBody) -> None:
    step, at = Step(body.step), clock.now()
    if step is Step.APPROVE:
        process.approve(place=place, at=at)
    elif step is Step.REOPEN:
        process.reopen(place=place, at=at)
    elif step is Step.SIGN:
        process.sign(
            place=place,
            minutes_number=body.number,
            minutes_date=body.day,
            has_consent=body.has_consent,
            at=at,
        )
    elif step is Step.SEND:
        process.send(place=place, at=at)
    elif step is Step.DECIDE:
        process.decide(place=place, number=body.number, day=body.day, at=at)
    else:
        process.advance(place=place, step=step, at=at)


@router.get(f"{HERE}/answers/{{indicator}}", response=schemas.AnswerItem, auth=session, summary="One answer")
def get_answer(request: HttpRequest, code: Code, year: Year, indicator: Indicator) -> Any:
    """What is stored, and which steps the reader may take with it."""
    place = place_of(request)
    return _answer(place, written.known_indicator(place, indicator))


@router.put(
    f"{HERE}/answers/{{indicator}}", response=schemas.SavedAnswer, auth=session, summary="Store an answer"
)
def put_answer(
    request: HttpRequest, code: Code, year: Year, indicator: Indicator, body: schemas.AnswerBody
) -> Any:
    """Stored on top of `base_version`; fields that only one of two writers changed are merged.

    409: both changed the same field; the answer says what is stored and its version. 422 names every problem.
    """
    place = place_of(request)
    key = written.known_indicator(place, indicator)
    level = None if body.level is None else Decimal(body.level)
    draft = Draft(level, frozenset(body.met), body.facts, body.analysis, body.external_source)
    try:
        saved = answers.save(
            place=place, indicator=key, draft=draft, base_version=body.base_version, at=clock.now()
        )
    except Refused as error:
        return written.refused(error)
    except AnswerRefused as error:
        return written.problems(error.problems)
    except EditConflict as error:
        return written.edit_conflict(error)
    index = decimal_text(saved.standing.score.index)
    said = written.standing_of(place.participation)
    return {**said, "answer": _answer(place, key), "index": index, "merged": saved.merged}


@router.post(
    f"{HERE}/answers/{{indicator}}/steps",
    response=schemas.AnswerItem,
    auth=session,
    summary="Hand an answer on",
)
def take_answer_step(
    request: HttpRequest, code: Code, year: Year, indicator: Indicator, body: schemas.AnswerStepBody
) -> Any:
    """Hand in, take back, accept, return with a reason, validate."""
    place = place_of(request)
    key = written.known_indicator(place, indicator)
    try:
        answer_steps.take_step(
            place=place, indicator=key, step=AnswerStep(body.step), reason=body.reason, at=clock.now()
        )
    except Refused as error:
        return written.refused(error)
    return _answer(place, key)


def _answer(place: Place, indicator: str) -> schemas.AnswerItem:
    evaluation = records.find_evaluation(place.organization.id, place.participation.id)
    row = records.find_answer(place.organization.id, place.participation.id, indicator)
    return written.answer_item(place, evaluation, indicator, row)


@router.get(
    f"{HERE}/checks", response=list[schemas.RemarkItem], auth=session, summary="What the quality checks say"
)
def list_checks(request: HttpRequest, code: Code, year: Year) -> Any:
    """Errors, warnings and hints on the sheet as it stands today; errors keep it from being sent."""
    found = remarks_of(place_of(request), day=clock.today())
    return [
        schemas.RemarkItem(
            id=one.check.id,
            severity=one.check.severity.value,
            indicator=one.indicator,
            level=one.level,
            message=remarks.message(one),
        )
        for one in found
    ]


@router.put(
    f"{HERE}/scores/{{indicator}}", response=schemas.SavedScore, auth=session, summary="Score an answer"
)
def put_score(
    request: HttpRequest, code: Code, year: Year, indicator: Indicator, body: schemas.ScoreBody
) -> Any:
    """An assessor's level at the present stage, with its justification, on top of the entry named by `mark`.

    409: another assessor changed it; the answer says what is stored and its mark. 422 names every problem.
    """
    place = place_of(request)
    key = written.known_indicator(place, indicator)
    met = None if body.met is None else frozenset(body.met)
    opinion = Opinion(Decimal(body.level), body.facts, body.analysis, body.justification, met)
    try:
        saved = scores.score(place=place, indicator=key, opinion=opinion, mark=body.mark, at=clock.now())
    except Refused as error:
        return written.refused(error)
    except ScoreRefused as error:
        return written.problems(error.problems)
    except ScoreConflict as error:
        return written.score_conflict(error, key)
    index = decimal_text(saved.standing.score.index)
    said = written.standing_of(place.participation)
    return {**said, "score": written.score_item(key, saved.score), "index": index}


@router.get(f"{HERE}/scores/{{indicator}}", response=schemas.ScoreItem, auth=session, summary="One score")
def get_score(request: HttpRequest, code: Code, year: Year, indicator: Indicator) -> Any:
    """The entry at the present stage, for assessors and the ministry; a region reads its levels in the stages."""
    place = place_of(request)
    key = written.known_indicator(place, indicator)
    evaluation = records.find_evaluation(place.organization.id, place.participation.id)
    row = present_score(evaluation, key) if evaluation and place.actor.is_external else None
    return written.score_item(key, row)


@router.delete(
    f"{HERE}/scores/{{indicator}}", response=schemas.SavedScore, auth=session, summary="Take a score back"
)
def clear_score(request: HttpRequest, code: Code, year: Year, indicator: Indicator, mark: Mark = None) -> Any:
    """Of the stage under way: the level before stands again. 409: somebody changed it since it was read."""
    place = place_of(request)
    key = written.known_indicator(place, indicator)
    try:
        cleared = scores.clear(place=place, indicator=key, mark=mark or "", at=clock.now())
    except Refused as error:
        return written.refused(error)
    except ScoreConflict as error:
        return written.score_conflict(error, key)
    index = decimal_text(cleared.standing.score.index)
    said = written.standing_of(place.participation)
    return {**said, "score": written.score_item(key, None), "index": index}
