"""The map of one round: one array of regions for each colour, made by PostgreSQL."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Any, Final

from django.conf import settings
from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection
from django.db.models import Case, F, IntegerField, QuerySet, Value, When

from livinglab.evaluations.adapters.tile_files import TilePlace, tile_places
from livinglab.evaluations.domain.process import State
from livinglab.evaluations.models import Participation
from livinglab.evaluations.queries.kept_sql import kept_sql
from livinglab.evaluations.queries.overview import Scope
from livinglab.organizations.queries import REGIONAL, Kind


class Colour(StrEnum):
    """What the tiles of the map are coloured by."""

    STATE = "state"
    PROGRESS = "progress"
    INDEX = "index"


#: lower bounds of the seven steps of progress, in per cent of the indicators that have a level
PROGRESS_BOUNDS: Final = (1, 20, 40, 60, 80, 100)
#: lower bounds of the seven steps of an index
INDEX_BOUNDS: Final = tuple(Decimal(text) for text in ("1.50", "2.00", "2.50", "3.00", "3.50", "4.00"))


@dataclass(frozen=True, slots=True)
class Tint:
    """The regions of one colour on the map: `step` 0 has no figure, 1 to 7 are the steps of the colour."""

    step: int
    codes: tuple[str, ...]
    names: tuple[str, ...]
    are_cities: tuple[bool, ...]


def tints(scope: Scope, colour: Colour) -> list[Tint]:
    """This function will return the regions of each colour. One query, one row for each colour.

    The three arrays of a row come from one scan, so their places agree; in which order is nobody's business.
    """
    sql, parameters = kept_sql(scope, _COLOURED[colour])
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rows = cursor.fetchall()
    return [
        Tint(step, tuple(codes), tuple(names), tuple(kind == Kind.CITY for kind in kinds))
        for step, codes, names, kinds in rows
    ]


def _coloured(colour: Colour, scope: Scope) -> "QuerySet[Participation, Any]":
    return (
        scope.participants()
        .filter(organization__kind__in=REGIONAL, organization__is_synthetic=False)
        .annotate(step=_step(colour))
        .values("step")
        .annotate(
            codes=ArrayAgg("organization__code"),
            names=ArrayAgg("organization__name"),
            kinds=ArrayAgg("organization__kind"),
        )
        .order_by("step")
        .values_list("step", "codes", "names", "kinds")
    )


def _step(colour: Colour) -> Case:
    if colour is Colour.STATE:
        cases = [When(state=state, then=Value(step)) for state, step in STATE_STEPS.items()]
    elif colour is Colour.PROGRESS:
        cases = [
            When(answered__gte=F("indicators") * bound / 100.0, then=Value(step))
            for step, bound in sorted(enumerate(PROGRESS_BOUNDS, start=2), reverse=True)
        ]
    else:
        cases = [When(present_index__isnull=True, then=Value(0))]
        cases += [
            When(present_index__gte=bound, then=Value(step))
            for step, bound in sorted(enumerate(INDEX_BOUNDS, start=2), reverse=True)
        ]
    return Case(*cases, default=Value(1), output_field=IntegerField())


#: the further a region is, the further its tile stands from the ground; an untouched one is the first step
STATE_STEPS: Final = {
    State.SELF: 1,
    State.APPROVED: 2,
    State.SIGNED: 3,
    State.DOCUMENT: 4,
    State.INTERVIEW: 5,
    State.VISIT: 5,
    State.CONSOLIDATED: 6,
    State.DECIDED: 7,
}


#: the query of each colour, each a function of its own: see `kept_sql`
_COLOURED: Final = {colour: partial(_coloured, colour) for colour in Colour}


def places() -> dict[str, TilePlace]:
    """This function will return the tile of each region by code. Read once per process."""
    return tile_places(settings.REFERENCE_DIR / "tiles.csv")
