"""What levels moved by hand would be worth: index, predicate, place among regions, effort, and order skipped."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from livinglab.assessments import queries as assessments
from livinglab.assessments.queries import Instrument, Level, Score, Text
from livinglab.comparisons import queries as comparisons
from livinglab.planning.domain.moves import Fall, falls, skipped, steps_taken
from livinglab.planning.domain.problems import Requirement, StepKey
from livinglab.planning.domain.risk import Claim, chance
from livinglab.planning.queries import open_steps
from livinglab.planning.queries.risk import Rate
from livinglab.planning.queries.starts import Start


@dataclass(frozen=True, slots=True)
class Skipped:
    """A step taken although another one must come before it, and why that is so."""

    before: StepKey
    after: StepKey
    reason: Text


@dataclass(frozen=True, slots=True)
class Rank:
    """The place an index would have among the regions ranked in a year; `before` is the region's place in it."""

    year: int
    rank: int
    of: int
    before: int | None


@dataclass(frozen=True, slots=True)
class Simulated:
    """Levels that were moved, and what they are worth. `effort` is that of the steps taken; falls give none back."""

    start: Start
    levels: Mapping[str, Level]
    before: Score
    score: Score
    taken: tuple[StepKey, ...]
    fallen: tuple[Fall, ...]
    effort: Fraction
    skipped: tuple[Skipped, ...]

    @property
    def claimed(self) -> Mapping[str, tuple[Fraction, ...]]:
        """What the steps taken claim, by indicator."""
        gains = assessments.gains(self.start.instrument, self.levels)
        held = {key: Fraction(level) for key, level in self.start.levels.items()}
        found: dict[str, list[Fraction]] = {}
        for key, level in self.taken:
            found.setdefault(key, []).append(gains[key] * (level - held[key]))
            held[key] = Fraction(level)
        return {key: tuple(each) for key, each in found.items()}

    @property
    def held(self) -> Fraction:
        """The index without the steps taken."""
        return self.score.index_exact - sum(
            (sum(each, Fraction(0)) for each in self.claimed.values()), Fraction(0)
        )

    def chance(self, target: Fraction, rate: Rate) -> Fraction:
        """Return the chance that at least `target` is confirmed where these shares of the steps taken are accepted."""
        claims = [Claim(gains, rate.shares.get(key)) for key, gains in self.claimed.items()]
        return chance(self.held, claims, rate.share, target)


def simulated(start: Start, moved: Mapping[str, int], efforts: Mapping[StepKey, Fraction]) -> Simulated:
    """Return what becomes of a start whose indicators in `moved` have these levels; `efforts` holds every open step."""
    instrument = start.instrument
    levels = {**start.levels, **moved}
    before = {key: Fraction(level) for key, level in start.levels.items()}
    after = {key: Fraction(level) for key, level in levels.items()}
    taken = steps_taken(open_steps(instrument, start.levels), before, after)
    return Simulated(
        start=start,
        levels=levels,
        before=assessments.score(instrument, start.levels),
        score=assessments.score(instrument, levels),
        taken=taken,
        fallen=falls(before, after),
        effort=sum((efforts[key] for key in taken), Fraction(0)),
        skipped=_skipped(instrument, before, after),
    )


def _skipped(
    instrument: Instrument, before: Mapping[str, Fraction], after: Mapping[str, Fraction]
) -> tuple[Skipped, ...]:
    declared = assessments.precedence(instrument.code)
    if declared is None:
        return ()
    reasons = {
        Requirement(before=(str(rule.before), low), after=(str(rule.after), high)): rule.reason
        for rule in declared.rules
        for high, low in rule.levels.items()
    }
    return tuple(Skipped(each.before, each.after, reasons[each]) for each in skipped(reasons, before, after))


def rank_of(found: Simulated, organization_id: UUID) -> Rank | None:
    """Return the place among the results of the newest ranked year of the same instrument; None without one.

    The region's own result gives way to the simulated index. Two queries.
    """
    for year in comparisons.ranked_years():
        instrument = assessments.instrument_for_year(year)
        if instrument is found.start.instrument:
            place = comparisons.place_among(year, found.score.index, without=organization_id)
            return Rank(year, place.rank, place.of, place.own)
    return None
