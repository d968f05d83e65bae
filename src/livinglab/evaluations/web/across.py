"""What the checks say of one indicator in the whole sheet: asked by its form when it is opened and after every save."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from livinglab.evaluations.access import evaluation_page
from livinglab.evaluations.domain.checks import Remark
from livinglab.evaluations.queries.checks import remarks_across
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.rated import assessed_levels
from livinglab.evaluations.queries.records import keys_of
from livinglab.evaluations.web.external import assessor_page
from livinglab.evaluations.web.level_form import RemarkLine, remark_line
from livinglab.kernel import clock


@require_safe
@evaluation_page
def of_answer(request: HttpRequest, place: Place, indicator: str) -> HttpResponse:
    """This function will tell what an answer is among the others, as all of them are stored now."""
    _ensure_known(place, indicator)
    found = remarks_across(place, indicator, day=clock.today())
    return _part(request, place, indicator, found, "evaluations:answer")


@require_safe
@assessor_page
def of_score(request: HttpRequest, place: Place, indicator: str) -> HttpResponse:
    """This function will tell what a level is among the others, as assessors give them, drafts of this one included."""
    _ensure_known(place, indicator)
    levels: dict[str, Decimal] | None = assessed_levels(place, indicator)
    if levels is None:
        raise Http404(indicator)
    found = remarks_across(place, indicator, day=clock.today(), levels=levels)
    return _part(request, place, indicator, found, "evaluations:score")


def _ensure_known(place: Place, indicator: str) -> None:
    if indicator not in keys_of(place.instrument, {indicator: None}):
        raise Http404(indicator)


def _part(
    request: HttpRequest, place: Place, indicator: str, found: Iterable[Remark], page: str
) -> HttpResponse:
    lines = tuple(_lines(place, indicator, found, page))
    return render(request, "evaluations/across.html", {"lines": lines})


def _lines(
    place: Place, indicator: str, found: Iterable[Remark], page: str
) -> Iterator[tuple[RemarkLine, str, str]]:
    """Each remark; of one that stands at another indicator its number and page too."""
    code, year = place.organization.code, place.participation.year
    for one in found:
        other = "" if one.indicator in (indicator, None) else str(one.indicator)
        yield remark_line(one), other, reverse(page, args=[code, year, other]) if other else ""
