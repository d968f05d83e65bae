"""What assessors concluded, and what the figures alone suggest: a start to write from, never a verdict.

Source of the order: Pedoman Menteri PANRB 3/2024, part F (strengths: levels 4-5, highest first; weaknesses: 1-2,
lowest first; excellence: the best aspect, weakness: the worst).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from livinglab.assessments.queries import Aspect, Indicator, Instrument
from livinglab.evaluations.domain.ratings import strengths, weaknesses
from livinglab.evaluations.models import AspectFinding, Recommendation
from livinglab.evaluations.queries.records import Standing


@dataclass(frozen=True, slots=True)
class RatedIndicator:
    """An indicator at the level that stands."""

    key: str
    indicator: Indicator
    level: Decimal


@dataclass(frozen=True, slots=True)
class AspectFigures:
    """One aspect: its index, what it fulfils, and its strengths and weaknesses in the order of the guide."""

    aspect: Aspect
    exact: Fraction
    value: Decimal
    fulfilled: tuple[RatedIndicator, ...]  # level 2 and above
    strengths: tuple[RatedIndicator, ...]
    weaknesses: tuple[RatedIndicator, ...]


def aspect_figures(instrument: Instrument, standing: Standing) -> tuple[AspectFigures, ...]:
    """This function will return the figures of each aspect, in the order of the regulation."""
    return tuple(_figures(aspect, standing) for aspect in instrument.aspects)


def best_and_worst(figures: Sequence[AspectFigures]) -> tuple[list[AspectFigures], list[AspectFigures]]:
    """This function will return the aspects with the highest and the lowest index; several when they tie."""
    highest, lowest = max(one.exact for one in figures), min(one.exact for one in figures)
    best = [one for one in figures if one.exact == highest]
    return best, [one for one in figures if one.exact == lowest]


def findings_of(organization_id: UUID, evaluation_id: UUID) -> dict[str, AspectFinding]:
    """This function will return what assessors wrote of each aspect. One query."""
    rows = AspectFinding.objects.filter(organization_id=organization_id, evaluation_id=evaluation_id)
    return {row.aspect: row for row in rows}


def recommendation_of(organization_id: UUID, evaluation_id: UUID) -> Recommendation | None:
    """This function will return the assessors' closing words, None before they wrote any. One query."""
    rows = Recommendation.objects.filter(organization_id=organization_id, evaluation_id=evaluation_id)
    return rows.first()


def _figures(aspect: Aspect, standing: Standing) -> AspectFigures:
    score = standing.score.aspects[aspect.code]
    by_number = {one.key: one for one in aspect.indicators}
    rated = [(key, level) for key, level in standing.levels.items() if key.split("-")[0] in by_number]
    named = {key: RatedIndicator(key, by_number[key.split("-")[0]], level) for key, level in rated}
    return AspectFigures(
        aspect=aspect,
        exact=score.exact,
        value=score.rounded,
        fulfilled=tuple(named[key] for key, level in rated if level >= 2),
        strengths=tuple(named[key] for key, _level in strengths(rated)),
        weaknesses=tuple(named[key] for key, _level in weaknesses(rated)),
    )
