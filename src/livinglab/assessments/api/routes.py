"""Instruments, scores and published results in the public API."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import Path, Query, Router
from ninja.decorators import decorate_view

from livinglab.assessments import queries
from livinglab.assessments.api import schemas
from livinglab.assessments.api.result_table import results_as_csv
from livinglab.assessments.domain.instrument_document import instrument_document
from livinglab.assessments.domain.instruments import Instrument, UnknownYear
from livinglab.assessments.domain.levels import LevelErrors, clean_levels
from livinglab.assessments.domain.score_document import score_document
from livinglab.assessments.domain.scoring import level_keys
from livinglab.assessments.models import PublishedResult
from livinglab.kernel import clock
from livinglab.kernel.freshness import fresh_by
from livinglab.kernel.unknown import Known, UnknownValue
from livinglab.organizations.queries import Kind, find_organization
from livinglab.ui.api.lists import AS_CSV, Listing, PageQuery, PlainText, decimal_text, list_answer

router = Router(tags=["assessments"])


@router.get(
    "/instruments", response=list[schemas.InstrumentItem], by_alias=True, summary="Assessment instruments"
)
@decorate_view(fresh_by("instruments"))
def list_instruments(request: HttpRequest) -> Any:
    """All instruments, newest first."""
    return [instrument_document(each, whole=False) for each in queries.instruments()]


@router.get("/instruments/{code}", response=schemas.InstrumentAnswer, by_alias=True, summary="One instrument")
@decorate_view(fresh_by("instruments"))
def get_instrument(request: HttpRequest, code: Annotated[PlainText, Path(examples=["spbe-2020"])]) -> Any:
    """Domains, aspects and indicators with exact weights, bands, predicate rules, criteria in our own words."""
    return instrument_document(queries.get_instrument(code), whole=True)


@router.post("/score", response=schemas.ScoreAnswer, summary="Score a set of levels")
def score(request: HttpRequest, body: schemas.ScoreRequest) -> Any:
    """The exact index of a set of levels. A 422 names every level that is wrong."""
    instrument = _wanted(body.instrument)
    raw = {key: _exact(level) for key, level in body.levels.items()}
    try:
        levels = clean_levels(raw, level_keys(instrument, raw), instrument.scale)
        result = queries.score(instrument, levels, body.year)
    except LevelErrors as errors:
        return _wrong_levels(errors)
    except UnknownYear as error:
        raise UnknownValue(_("year"), error.year, [str(error.years)]) from error
    return score_document(instrument, result)


@router.get(
    "/results",
    response=Listing[schemas.ResultItem],
    openapi_extra=AS_CSV,
    summary="Published results as sourced claims",
)
@decorate_view(fresh_by("results", "organizations"))
def list_results(
    request: HttpRequest,
    page: PageQuery,
    year: Annotated[int | None, Query(description="Evaluation year.", examples=[2024])] = None,
    kind: Annotated[
        Literal["province", "regency", "city", "central"] | None, Query(description="Kind of organisation.")
    ] = None,
    province: Annotated[
        PlainText | None, Query(description="Code of a province, for itself and its regions.")
    ] = None,
    claims: Annotated[
        Literal["leading", "all"], Query(description="Only the leading claim of each year, or all of them.")
    ] = "leading",
) -> Any:
    """What was published about each organisation and year, each with its source and reliability.

    Where sources disagree, all their claims are kept and the most reliable leads.
    """
    found = _filtered(year, kind, province, leading=claims == "leading")
    if page.format == "csv":
        return results_as_csv([result_item(one) for one in found])
    return list_answer(request, page, found, result_item, schema=schemas.ResultItem, name="results")


def _wanted(code: str | None) -> Instrument:
    if code is None:
        present = queries.instrument_in_force(clock.today())
        return present or queries.instruments()[0]
    for each in queries.instruments():
        if each.code == code:
            return each
    known = [Known(each.code, each.short.en) for each in queries.instruments()]
    raise UnknownValue(_("instrument"), code, known)


def _exact(level: object) -> object:
    """Return a JSON number with a point as the decimal that was sent, so that 3.0 is not taken for 3."""
    return Decimal(repr(level)) if isinstance(level, float) else level


def _wrong_levels(errors: LevelErrors) -> HttpResponse:
    problems = [{"indicator": e.key, "problem": e.problem, "message": e.message} for e in errors.errors]
    error = {"status": 422, "message": "; ".join(str(errors).splitlines()), "problems": problems}
    return JsonResponse({"error": error}, status=422)


def _filtered(
    year: int | None, kind: str | None, province: str | None, *, leading: bool
) -> QuerySet[PublishedResult]:
    found = queries.all_claims(year)
    if year is not None and year not in (years := queries.result_years()):
        raise UnknownValue(_("year"), year, years)
    if leading:
        found = found.filter(is_leading=True)
    if kind is not None:
        found = found.filter(organization__kind=kind)
    if province is not None:
        place = find_organization(province)
        if place is None or place.kind != Kind.PROVINCE:
            raise UnknownValue(_("province"), province)
        found = found.filter(Q(organization=place) | Q(organization__province=place))
    return found.select_related("organization__province")


def result_item(one: PublishedResult) -> schemas.ResultItem:
    """Return a claim as the API writes it."""
    result, place = queries.to_result(one), one.organization
    return schemas.ResultItem(
        code=place.code,
        name=place.name,
        kind=place.kind,
        province_code=place.province.code if place.province else None,
        year=result.year,
        instrument=result.instrument,
        index=decimal_text(result.index),
        predicate=result.predicate or None,
        domains={code: str(value) for code, value in result.domains.items()},
        source=result.source,
        decision=result.decision or None,
        reliability=result.reliability,
        leads=result.is_leading,
        note=result.note or None,
    )
