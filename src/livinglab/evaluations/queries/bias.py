"""The measured bias: own level minus consolidated level, counted and averaged in the database. For the ministry only.

What stands behind a mean: of an indicator, the answers of different regions; of a region, its own answers; of an
assessor or of all, the mean of each region, since answers of one region are not independent of each other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from django.db.models import Avg, Count, F, FloatField, Max, Q, QuerySet, StdDev
from django.db.models.functions import Cast

from livinglab.accounts.queries import names_of
from livinglab.evaluations.domain.intervals import Interval, interval_of_mean
from livinglab.evaluations.domain.stages import Stage
from livinglab.evaluations.models import RatedDifference, Round

DIFFERENCE = Cast(F("self_level") - F("external_level"), FloatField())


@dataclass(frozen=True, slots=True)
class Measured:
    """Differences of one group: how many, their mean and its interval, and how they are spread.

    `units` are what the interval counts (regions, or answers); `lower`, `same`, `higher` count answers where the
    region answered lower than its assessors, the same, higher.
    """

    key: str
    name: str
    pairs: int
    units: int
    mean: float
    interval: Interval | None
    lower: int
    same: int
    higher: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which differences count: of one round or all, and whether those of demonstrations are among them."""

    round_id: UUID | None = None
    with_synthetic: bool = False


@dataclass(frozen=True, slots=True)
class Bias:
    """The bias overall and by group. `untouched`: levels that no assessor scored, which are in no mean."""

    overall: Measured | None
    untouched: int
    regions: int
    by_indicator: tuple[Measured, ...]
    by_region: tuple[Measured, ...]
    by_assessor: tuple[Measured, ...]
    spread: tuple[tuple[Decimal, int], ...] = field(default=())


def bias(chosen: Chosen) -> Bias:
    """This function will return the measured bias. Ten queries, however many regions there are."""
    rows = _rows(chosen)
    scored = rows.exclude(stage=Stage.SELF)
    return Bias(
        overall=_overall(scored),
        untouched=rows.filter(stage=Stage.SELF).count(),
        regions=rows.values("participation").distinct().count(),
        by_indicator=_by_indicator(scored),
        by_region=_by_region(scored),
        by_assessor=_by_assessor(scored),
        spread=_spread(scored),
    )


def compared_rounds() -> list[Round]:
    """This function will return the rounds with consolidated scores, newest first. One query."""
    return list(Round.objects.filter(participations__differences__isnull=False).distinct())


def _rows(chosen: Chosen) -> "QuerySet[RatedDifference]":
    rows = RatedDifference.objects.all()
    if chosen.round_id is not None:
        rows = rows.filter(participation__round_id=chosen.round_id)
    if not chosen.with_synthetic:
        rows = rows.filter(participation__round__is_synthetic=False)
    return rows


_COUNTS = {
    "pairs": Count("id"),
    "lower": Count("id", filter=Q(self_level__lt=F("external_level"))),
    "same": Count("id", filter=Q(self_level=F("external_level"))),
    "higher": Count("id", filter=Q(self_level__gt=F("external_level"))),
}
_MOMENTS = {"mean": Avg(DIFFERENCE), "deviation": StdDev(DIFFERENCE, sample=True)}


def _by_indicator(scored: "QuerySet[RatedDifference]") -> tuple[Measured, ...]:
    """By instrument and indicator: each answer is another region's, so answers are the units."""
    groups = scored.values("participation__round__instrument", "indicator").annotate(**_COUNTS, **_MOMENTS)
    found = [
        _measured(f"{row['participation__round__instrument']}/{row['indicator']}", row["indicator"], row)
        for row in groups
    ]
    return tuple(sorted(found, key=lambda one: (-one.mean, one.key)))


def _by_region(scored: "QuerySet[RatedDifference]") -> tuple[Measured, ...]:
    groups = scored.values("participation__organization__code").annotate(
        name=Max("participation__organization__name"), **_COUNTS, **_MOMENTS
    )
    found = [_measured(row["participation__organization__code"], row["name"], row) for row in groups]
    return tuple(sorted(found, key=lambda one: (-one.mean, one.key)))


def _by_assessor(scored: "QuerySet[RatedDifference]") -> tuple[Measured, ...]:
    counts = {row["assessor"]: row for row in scored.values("assessor").annotate(**_COUNTS)}
    means: dict[UUID, list[float]] = {}
    for who, mean in (
        scored.values("assessor", "participation")
        .annotate(mean=Avg(DIFFERENCE))
        .values_list("assessor", "mean")
    ):
        means.setdefault(who, []).append(mean)
    names = names_of(set(counts))
    found = [_of_means(str(who), names.get(who, ""), counts[who], means[who]) for who in counts]
    return tuple(sorted(found, key=lambda one: (-one.mean, one.name)))


def _overall(scored: "QuerySet[RatedDifference]") -> Measured | None:
    counts = scored.aggregate(**_COUNTS)
    if not counts["pairs"]:
        return None
    means = scored.values("participation").annotate(mean=Avg(DIFFERENCE)).values_list("mean", flat=True)
    return _of_means("all", "", counts, means)


def _spread(scored: "QuerySet[RatedDifference]") -> tuple[tuple[Decimal, int], ...]:
    """How often each difference occurs, from the region lowest to the region highest."""
    groups = scored.values(difference=F("self_level") - F("external_level")).annotate(count=Count("id"))
    return tuple((row["difference"], row["count"]) for row in groups.order_by("difference"))


def _measured(key: str, name: str, row: Mapping[str, object]) -> Measured:
    pairs, mean = _int(row["pairs"]), _float(row["mean"])
    interval = interval_of_mean(count=pairs, mean=mean, deviation=_float(row["deviation"]))
    return Measured(key, name, pairs, pairs, mean, interval, *_counted(row))


def _of_means(key: str, name: str, row: Mapping[str, object], given: Iterable[float]) -> Measured:
    means = list(given)
    count = len(means)
    mean = sum(means) / count
    deviation = (sum((one - mean) ** 2 for one in means) / (count - 1)) ** 0.5 if count > 1 else 0.0
    interval = interval_of_mean(count=count, mean=mean, deviation=deviation)
    return Measured(key, name, _int(row["pairs"]), count, mean, interval, *_counted(row))


def _counted(row: Mapping[str, object]) -> tuple[int, int, int]:
    return _int(row["lower"]), _int(row["same"]), _int(row["higher"])


def _int(value: object) -> int:
    assert isinstance(value, int)
    return value


def _float(value: object) -> float:
    """A single value has no deviation; the database says None."""
    return value if isinstance(value, float) else 0.0
