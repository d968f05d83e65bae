"""The steps that a visit is for, and the promises of a commitment: read from text, and held against each other."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from livinglab.visits.domain.kinds import Manner

_STEP: Final = re.compile(r"(?P<indicator>[0-9A-Za-z-]{1,6}):(?P<level>\d)")


@dataclass(frozen=True, slots=True, order=True)
class StepKey:
    """Raising one indicator to a level."""

    indicator: str
    to_level: int

    def __str__(self) -> str:
        return f"{self.indicator}:{self.to_level}"


@dataclass(frozen=True, slots=True)
class Promised:
    """A step with its last day, and how it is taken over (none: in own ways)."""

    step: StepKey
    due_on: date
    manner: Manner | None = None


class StepUnread(ValueError):
    """A part of the text is no step; the message is that part."""


class Fault(StrEnum):
    """What is wrong with a promise."""

    NONE_NAMED = "none_named"
    TWICE = "twice"
    PAST = "past"
    AFTER_END = "after_end"
    BEFORE_LOWER = "before_lower"  # the higher level of an indicator is due before the lower one
    HELD = "held"  # the region has this level already


@dataclass(frozen=True, slots=True)
class Clash:
    """The first promise that cannot hold, why, and the nearest day or level that can."""

    fault: Fault
    step: StepKey | None = None
    nearest_day: date | None = None
    level: int | None = None


def read_steps(text: str) -> tuple[StepKey, ...]:
    """This function will return the steps of a text such as "21:4,22:3", each once. Errors: `StepUnread`."""
    found: dict[StepKey, None] = {}
    for part in filter(None, (one.strip() for one in re.split(r"[,;\s]+", text))):
        step = _STEP.fullmatch(part)
        if step is None:
            raise StepUnread(part[:40])
        found[StepKey(step["indicator"], int(step["level"]))] = None
    return tuple(found)


def write_steps(steps: Iterable[StepKey]) -> str:
    """This function will return steps as `read_steps` reads them."""
    return ",".join(str(one) for one in steps)


def first_clash(
    promises: Iterable[Promised], *, today: date, ends_on: date, held: Mapping[str, int | Decimal]
) -> Clash | None:
    """This function will return the first promise that cannot hold, in their order, None when all can.

    `held` are the levels that the region is known to have; an indicator that is not in it is unknown.
    """
    listed = tuple(promises)
    if not listed:
        return Clash(Fault.NONE_NAMED)
    for number, one in enumerate(listed):
        if any(earlier.step == one.step for earlier in listed[:number]):
            return Clash(Fault.TWICE, one.step)
        if (clash := _alone(one, today, ends_on, held) or _among(one, listed)) is not None:
            return clash
    return None


def _alone(one: Promised, today: date, ends_on: date, held: Mapping[str, int | Decimal]) -> Clash | None:
    level = held.get(one.step.indicator)
    if level is not None and level >= one.step.to_level:
        return Clash(Fault.HELD, one.step, level=int(level) + 1)
    if one.due_on > ends_on:
        return Clash(Fault.AFTER_END, one.step, nearest_day=ends_on)
    if one.due_on < today:
        return Clash(Fault.PAST, one.step, nearest_day=today)
    return None


def _among(one: Promised, listed: tuple[Promised, ...]) -> Clash | None:
    lower = [
        other
        for other in listed
        if other.step.indicator == one.step.indicator
        and other.step.to_level < one.step.to_level
        and other.due_on > one.due_on
    ]
    if not lower:
        return None
    latest = max(lower, key=lambda other: other.due_on)
    return Clash(Fault.BEFORE_LOWER, one.step, nearest_day=latest.due_on, level=latest.step.to_level)
