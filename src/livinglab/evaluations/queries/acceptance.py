"""How many of the levels that regions claimed their assessors confirmed: one count over all, never of one region."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from django.db.models import Count, F, Q, QuerySet

from livinglab.assessments.queries import Instrument
from livinglab.evaluations.domain.intervals import FEWEST
from livinglab.evaluations.domain.process import State
from livinglab.evaluations.domain.stages import Stage
from livinglab.evaluations.models import RatedDifference


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Answers above the lowest level that an assessor rated, of how many regions, and how many were confirmed.

    An answer is confirmed when the level decided is the claimed one or a higher one.
    """

    answers: int
    regions: int
    confirmed: int

    @property
    def is_of_enough_regions(self) -> bool:
        """Whether it tells of no single region."""
        return self.regions >= FEWEST

    @property
    def rate(self) -> Fraction:
        """The share of claimed levels that were confirmed, from 0 to 1."""
        return Fraction(self.confirmed, self.answers)


def measured_acceptance(instrument: Instrument) -> Acceptance | None:
    """This function will return what was measured for an instrument; None with fewer than five regions. One query.

    Only decided evaluations of real rounds count: what assessors write before the decision is nobody's to publish.
    """
    found = _rated(instrument).aggregate(**_COUNTS)
    return Acceptance(**found) if found["regions"] >= FEWEST else None


def acceptance_by_indicator(instrument: Instrument) -> dict[str, Acceptance]:
    """This function will return what was measured for each indicator, however little: who shows it minds `FEWEST`.

    One query.
    """
    rows = _rated(instrument).values("indicator").annotate(**_COUNTS).order_by("indicator")
    named = rows.values_list("indicator", *_COUNTS)
    return {indicator: Acceptance(*counts) for indicator, *counts in named}


_COUNTS: Final = {
    "answers": Count("id"),
    "regions": Count("participation__organization", distinct=True),
    "confirmed": Count("id", filter=Q(external_level__gte=F("self_level"))),
}


def _rated(instrument: Instrument) -> "QuerySet[RatedDifference]":
    return RatedDifference.objects.exclude(stage=Stage.SELF).filter(
        participation__state=State.DECIDED,
        participation__round__is_synthetic=False,
        participation__round__instrument=instrument.code,
        self_level__gt=instrument.scale.minimum,
    )
