"""How well a version is proven where it runs: from real cases, never from likes.

Each part is a share of successes, and what counts of it is the lower end of its Wilson interval (Wilson 1927, JASA 22,
209-212), so that nine of ten does not beat nine hundred of a thousand. `docs/catalogue.md` has the formula.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import StrEnum
from math import sqrt
from typing import Final

#: fewer real cases than this say nothing
FEWEST_CASES: Final = 30
#: fewer ratings than this say nothing about satisfaction
FEWEST_RATINGS: Final = 30
#: the two-sided 95 per cent interval of the normal distribution
Z: Final = 1.959964


class Part(StrEnum):
    """What is counted."""

    STANDARD = "standard"  # cases answered within the service standard
    SATISFACTION = "satisfaction"  # ratings that are satisfied
    COMPLAINTS = "complaints"  # cases without a complaint
    STEPS = "steps"  # index steps put down to it that assessors confirmed


#: our choice, in tenths: what a resident notices weighs most
WEIGHTS: Final[dict[Part, int]] = {Part.STANDARD: 4, Part.SATISFACTION: 3, Part.COMPLAINTS: 2, Part.STEPS: 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is known of one version at one adopter. Counts of real cases; synthetic ones never count.

    Errors: ValueError for a negative count and for a part larger than its whole.
    """

    cases: int = 0  # handled to their end
    kept: int = 0  # of them within the service standard
    heard: int = 0  # of the cases: ended while a complaint could name its application
    complained: int = 0  # of them with at least one complaint
    ratings: int = 0
    satisfied: int = 0  # of the ratings
    steps_claimed: int = 0  # index steps for which it was shown as evidence, and a decision was given
    steps_confirmed: int = 0  # of them

    def __post_init__(self) -> None:
        if any(getattr(self, one.name) < 0 for one in fields(self)):
            raise ValueError("counts are not negative")
        pairs = (
            (self.kept, self.cases),
            (self.heard, self.cases),
            (self.complained, self.heard),
            (self.satisfied, self.ratings),
            (self.steps_confirmed, self.steps_claimed),
        )
        if any(part > whole for part, whole in pairs):
            raise ValueError("a part is not larger than its whole")

    def __add__(self, other: "Evidence") -> "Evidence":
        return Evidence(
            **{one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(self)}
        )


@dataclass(frozen=True, slots=True)
class Proof:
    """A score from 0 to 1 in thousandths, None below thirty cases; `missing` says which parts count as nothing yet."""

    score: float | None
    cases_missing: int
    missing: tuple[Part, ...]


def wilson_lower(successes: int, trials: int) -> float:
    """This function will return the lower end of Wilson's 95 per cent interval of a share, 0 without trials."""
    if trials == 0:
        return 0.0
    share, square = successes / trials, Z * Z
    middle = share + square / (2 * trials)
    margin = Z * sqrt(share * (1 - share) / trials + square / (4 * trials * trials))
    return max(0.0, (middle - margin) / (1 + square / trials))


def prove(evidence: Evidence) -> Proof:
    """This function will return the score of one version at one adopter: the weighted sum of what is surely reached.

    A part without enough counts adds nothing and is named; more kept cases never lower the score.
    """
    missing = tuple(part for part in Part if not _is_counted(part, evidence))
    if evidence.cases < FEWEST_CASES:
        return Proof(None, FEWEST_CASES - evidence.cases, missing)
    total = sum(WEIGHTS[part] * wilson_lower(*_share(part, evidence)) for part in Part if part not in missing)
    return Proof(round(total / sum(WEIGHTS.values()), 3), 0, missing)


def prove_version(adopters: Iterable[Evidence]) -> Proof:
    """This function will return the score of one version over all its adopters: their counts added up."""
    return prove(sum(adopters, Evidence()))


def _share(part: Part, evidence: Evidence) -> tuple[int, int]:
    return {
        Part.STANDARD: (evidence.kept, evidence.cases),
        Part.SATISFACTION: (evidence.satisfied, evidence.ratings),
        Part.COMPLAINTS: (evidence.heard - evidence.complained, evidence.heard),
        Part.STEPS: (evidence.steps_confirmed, evidence.steps_claimed),
    }[part]


def _is_counted(part: Part, evidence: Evidence) -> bool:
    fewest = {Part.SATISFACTION: FEWEST_RATINGS, Part.STEPS: 1}.get(part, FEWEST_CASES)
    return _share(part, evidence)[1] >= fewest
