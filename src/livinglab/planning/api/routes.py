"""The plan of a region in the public API: what the page shows to everybody, as the command prints it."""

from __future__ import annotations

from typing import Annotated, Any, Final

from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Path, Query, Router
from ninja.decorators import decorate_view

from livinglab.kernel import clock
from livinglab.kernel.freshness import fresh_by
from livinglab.kernel.unknown import Unprocessable
from livinglab.planning.api.schemas import PlanAnswer
from livinglab.planning.queries.made import made_plan
from livinglab.planning.queries.places import region_of
from livinglab.planning.queries.requests import read_asked
from livinglab.planning.queries.starts import read_instrument, start_of
from livinglab.planning.remarks import no_start
from livinglab.ui.api.lists import PlainText

router = Router(tags=["planning"])
Text = PlainText | None
_CERTAINTY: Final = gettext_noop(
    "The chance, from 0.25 to 0.99, that the confirmed index reaches what is asked; it needs an index to reach."
)
_ACCEPT: Final = gettext_noop(
    "The percent of claimed steps that assessors are assumed to accept; by default what was measured."
)
_RUPIAH: Final = gettext_noop(
    "What a unit of effort costs in rupiah: for the one-page brief, and for a budget to be weighed."
)
_BUDGET: Final = gettext_noop(
    "At most so many rupiah in all; it needs `rupiah`, what a unit of effort costs."
)
_INSTRUMENT: Final = gettext_noop(
    "The instrument to plan with; by default that of the newest evaluation or published result. Where a region has no "
    "levels of it yet, they are estimated from the older one by an unofficial crosswalk, and `origin` says `carried`."
)


@router.get(
    "/regions/{code}/plan",
    response=PlanAnswer,
    by_alias=True,
    exclude_unset=True,
    summary="The cheapest proven plan of a region",
)
@decorate_view(fresh_by("results", "organizations", "evaluations"))
def get_plan(
    request: HttpRequest,
    code: Annotated[PlainText, Path(examples=["14.08"])],
    target: Annotated[Text, Query(description="The index to reach.", examples=["3.60"])] = None,
    band: Annotated[Text, Query(description="Instead of a target: the predicate to reach.")] = None,
    by: Annotated[Text, Query(description="The last day, such as 2027-12-31.")] = None,
    effort: Annotated[Text, Query(description="At most this effort in all.")] = None,
    steps: Annotated[Text, Query(description="At most so many steps.")] = None,
    capacity: Annotated[Text, Query(description="The effort that each year can carry.")] = None,
    lock: Annotated[Text, Query(description="Steps that must be in the plan, such as 12:3,20:2.")] = None,
    promise: Annotated[Text, Query(description="Steps that are promised already.")] = None,
    exclude: Annotated[Text, Query(description="Steps that may not be in the plan.")] = None,
    precedence: Annotated[Text, Query(description="`off` leaves out which step comes before which.")] = None,
    certainty: Annotated[Text, Query(description=_CERTAINTY, examples=["0.9"])] = None,
    accept: Annotated[Text, Query(description=_ACCEPT, examples=["80"])] = None,
    budget: Annotated[Text, Query(description=_BUDGET, examples=["1500000000"])] = None,
    rupiah: Annotated[Text, Query(description=_RUPIAH, examples=["25000000"])] = None,
    instrument: Annotated[Text, Query(description=_INSTRUMENT, examples=["pemdi-2026"])] = None,
) -> Any:
    """From published levels, or made-up ones that give the published result; by default to the next predicate.

    A target that cannot be reached is an answer: `status` says so, with the cheapest way to the highest index.
    """
    organization = region_of(code)
    wanted = read_instrument(instrument or "")
    start = start_of(organization.id, is_member=False, instrument=wanted)
    if start is None:
        said = no_start(organization)
        raise Unprocessable(said["title"], said["text"])
    today = clock.today(organization.zone)
    asked = read_asked(request.GET.dict(), start, today=today)
    return {
        "region": organization.code,
        "start": {
            "year": start.year,
            "origin": start.origin.value,
            "is_synthetic": start.is_synthetic,
            "levels": {key: str(level) for key, level in start.levels.items()},
        },
        "query": asked.query(),
        **made_plan(start, asked, today=today).document,
    }
