"""What becomes of levels that are moved by hand: which steps are taken, what falls, and which order is skipped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from livinglab.planning.domain.problems import Requirement, StepKey


@dataclass(frozen=True, slots=True)
class Fall:
    """An indicator that is moved below the level it has. It gives back no effort."""

    indicator: str
    from_level: Fraction
    to_level: Fraction


def steps_taken(
    steps: Iterable[StepKey], before: Mapping[str, Fraction], after: Mapping[str, Fraction]
) -> tuple[StepKey, ...]:
    """Return those of `steps` that lie above the level before and not above the level after, in their order."""
    return tuple(
        (indicator, level) for indicator, level in steps if before[indicator] < level <= after[indicator]
    )


def falls(before: Mapping[str, Fraction], after: Mapping[str, Fraction]) -> tuple[Fall, ...]:
    """Return which indicators stand lower after than before, in their order."""
    return tuple(
        Fall(indicator, level, after[indicator])
        for indicator, level in before.items()
        if after[indicator] < level
    )


def skipped(
    requirements: Iterable[Requirement], before: Mapping[str, Fraction], after: Mapping[str, Fraction]
) -> tuple[Requirement, ...]:
    """Return the requirements that steps taken now would leave unmet: the step is taken, what it waits for is not held.

    Of the same two indicators only the one of the highest step is named. Steps held before are bound by nothing.
    """
    unmet: dict[tuple[str, str], Requirement] = {}
    for each in sorted(requirements, key=lambda one: one.after[1]):
        indicator, level = each.after
        waits_for, needed = each.before
        taken = indicator in after and before[indicator] < level <= after[indicator]
        if taken and after.get(waits_for, needed) < needed:
            unmet[waits_for, indicator] = each
    return tuple(unmet.values())
