"""What assessors and the review team do beside scoring, in the API: findings, recommendation, verdicts, validity."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router
from ninja.errors import HttpError

from livinglab.evaluations.api import answers as written
from livinglab.evaluations.api import conclusion_schemas as schemas
from livinglab.evaluations.api.evidence import Letter
from livinglab.evaluations.api.session import HERE, Code, Indicator, Year, place_of, session
from livinglab.evaluations.domain.stages import Stage
from livinglab.evaluations.models import Recommendation
from livinglab.evaluations.operations import findings, scores, verdicts
from livinglab.evaluations.operations.score_drafts import ScoreRefused
from livinglab.evaluations.queries import conclusions as queries
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.raters import Raters, raters
from livinglab.evaluations.queries.raters import evidence_of as uses_under
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.kernel.unknown import UnknownValue
from livinglab.ui.api.lists import PlainText, decimal_text

router = Router(tags=["evaluations"])
Aspect = PlainText


@router.get(
    f"{HERE}/findings", response=list[schemas.FindingItem], auth=session, summary="Findings by aspect"
)
def list_findings(request: HttpRequest, code: Code, year: Year) -> Any:
    """Figures and words of each aspect, for assessors and the ministry; a region reads them in the report."""
    place = _outside(request)
    return _findings(place, _raters(place))


@router.put(
    f"{HERE}/findings/{{aspect}}", response=schemas.FindingItem, auth=session, summary="Write a finding"
)
def put_finding(
    request: HttpRequest, code: Code, year: Year, aspect: Aspect, body: schemas.FindingBody
) -> Any:
    """Fulfilment, strengths and weaknesses of one aspect; written again, it replaces what stood there."""
    place = place_of(request)
    try:
        findings.write_finding(place=place, aspect=aspect, **body.model_dump(), at=clock.now())
    except Refused as error:
        return written.refused(error)
    except ScoreRefused as error:
        return written.problems(error.problems)
    return next(one for one in _findings(place, _raters(place)) if one.aspect == aspect)


@router.get(
    f"{HERE}/recommendation", response=schemas.RecommendationItem, auth=session, summary="Recommendation"
)
def get_recommendation(request: HttpRequest, code: Code, year: Year) -> Any:
    """The closing words, for assessors and the ministry; a region reads them in the report."""
    place = _outside(request)
    return _closing(queries.recommendation_of(place.organization.id, place.participation.id))


@router.put(
    f"{HERE}/recommendation",
    response=schemas.RecommendationItem,
    auth=session,
    summary="Write the recommendation",
)
def put_recommendation(request: HttpRequest, code: Code, year: Year, body: schemas.RecommendationBody) -> Any:
    """Monitoring ends without one. Written again, it replaces what stood there."""
    place = place_of(request)
    try:
        row = findings.write_recommendation(place=place, **body.model_dump(), at=clock.now())
    except Refused as error:
        return written.refused(error)
    except ScoreRefused as error:
        return written.problems(error.problems)
    return _closing(row)


@router.put(
    f"{HERE}/scores/{{indicator}}/validity",
    response=schemas.ValidityItem,
    auth=session,
    summary="Mark a score valid or not",
)
def put_validity(
    request: HttpRequest, code: Code, year: Year, indicator: Indicator, body: schemas.ValidityBody
) -> Any:
    """The ministry's review team does; a correction is a score of its own."""
    place = place_of(request)
    key = written.known_indicator(place, indicator)
    try:
        row = scores.mark_validity(
            place=place,
            indicator=key,
            stage=Stage(body.stage),
            is_valid=body.is_valid,
            note=body.note,
            at=clock.now(),
        )
    except Refused as error:
        return written.refused(error)
    return schemas.ValidityItem(
        indicator=key, stage=cast(Any, row.stage), is_valid=row.is_valid, note=row.validity_note
    )


@router.put(
    f"{HERE}/answers/{{indicator}}/evidence/{{letter}}/verdict",
    response=schemas.VerdictItem,
    auth=session,
    summary="Say whether a piece proves it",
)
def put_verdict(
    request: HttpRequest,
    code: Code,
    year: Year,
    indicator: Indicator,
    letter: Letter,
    body: schemas.VerdictBody,
) -> Any:
    """An assigned assessor accepts or refuses a piece where it stands; a new verdict replaces the old one."""
    place = place_of(request)
    key = written.known_indicator(place, indicator)
    uses = {
        one.letter: one.piece_id for one in uses_under(place.organization.id, place.participation.id, key)
    }
    if letter not in uses:
        raise UnknownValue(_("letter"), letter, list(uses), status=404)
    try:
        row = verdicts.judge(
            place=place,
            indicator=key,
            piece_id=uses[letter],
            is_accepted=body.is_accepted,
            note=body.note,
            at=clock.now(),
        )
    except Refused as error:
        return written.refused(error)
    return schemas.VerdictItem(indicator=key, letter=letter, is_accepted=row.is_accepted, note=row.note)


@router.post(
    f"{HERE}/shown-scores", response=schemas.ShownItem, auth=session, summary="Show the region the scores"
)
def show_scores(request: HttpRequest, code: Code, year: Year) -> Any:
    """Those of the stage under way, so that the region can object in time."""
    try:
        row = scores.show(place=place_of(request), at=clock.now())
    except Refused as error:
        return written.refused(error)
    return schemas.ShownItem(stage=cast(Any, row.shown_stage))


def _outside(request: HttpRequest) -> Place:
    """The place of somebody from outside. Errors: `HttpError`, 403, for members of the region."""
    place = place_of(request)
    if not place.actor.is_external:
        raise HttpError(403, _("Only the assessors assigned to this region and the ministry open this."))
    return place


def _raters(place: Place) -> Raters:
    """Both raters; nobody outside is let in before the evaluation was sent, so there are some."""
    found = raters(place)
    if found is None:
        raise UnknownValue(_("year"), place.participation.year, status=404)
    return found


def _findings(place: Place, found: Raters) -> list[schemas.FindingItem]:
    rows = queries.findings_of(place.organization.id, place.participation.id)
    items = []
    for one in queries.aspect_figures(place.instrument, found.now):
        row = rows.get(one.aspect.code)
        items.append(
            schemas.FindingItem(
                aspect=one.aspect.code,
                index=str(decimal_text(one.value)),
                strengths_by_level=[each.key for each in one.strengths],
                weaknesses_by_level=[each.key for each in one.weaknesses],
                fulfilment=row.fulfilment if row else None,
                strengths=row.strengths if row else None,
                weaknesses=row.weaknesses if row else None,
            )
        )
    return items


def _closing(row: Recommendation | None) -> schemas.RecommendationItem:
    return schemas.RecommendationItem(
        summary=row.summary if row else None,
        excellence=row.excellence if row else None,
        weakness=row.weakness if row else None,
        advice=row.advice if row else None,
    )
