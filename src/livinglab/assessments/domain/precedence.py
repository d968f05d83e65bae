"""Declared precedence: the step of one indicator that must come before a step of another, and why.

Levels are cumulative, so a step "to level n" also stands for having reached n.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from livinglab.assessments.domain.instrument_rules import PathStep, Rule, Violation
from livinglab.assessments.domain.instruments import Instrument, Text

StepAt = tuple[int, int]  # indicator number, level it raises to


class PrecedenceStatus(StrEnum):
    """Who says that one step comes before another."""

    OURS = "ours"
    LAW = "law"


@dataclass(frozen=True, slots=True)
class PrecedenceRule:
    """For each level of `after` in `levels`: the level that `before` must have reached first."""

    before: int
    after: int
    levels: Mapping[int, int]
    reason: Text


@dataclass(frozen=True, eq=False, slots=True)
class Precedence:
    """The precedence of one instrument. Without a file an instrument has none."""

    instrument: str
    status: PrecedenceStatus
    source: Text
    rules: tuple[PrecedenceRule, ...]


def check_precedence(instrument: Instrument, rules: tuple[PrecedenceRule, ...]) -> Iterator[Violation]:
    """Yield a violation for each unknown indicator, level outside the scale, doubled pair, and cycle."""
    numbers = {each.number for each in instrument.indicators()}
    seen: set[tuple[int, int]] = set()
    sound = True
    for position, rule in enumerate(rules):
        path: tuple[PathStep, ...] = ("precedence", position)
        found = [*_unknown(instrument, rule, numbers, path), *_outside(instrument, rule, path)]
        if rule.before == rule.after:
            message = f"indicator {rule.after} cannot come before itself; its levels are cumulative anyway"
            found.append(Violation(Rule.NO_CYCLES, path, message))
        if (rule.before, rule.after) in seen:
            message = f"{rule.before} before {rule.after} is declared twice; put all its levels into one rule"
            found.append(Violation(Rule.DECLARED_ONCE, path, message))
        seen.add((rule.before, rule.after))
        sound = sound and not found
        yield from found
    if sound:
        yield from _cycles(instrument, rules)


def _unknown(
    instrument: Instrument, rule: PrecedenceRule, numbers: set[int], path: tuple[PathStep, ...]
) -> Iterator[Violation]:
    for key, number in (("before", rule.before), ("after", rule.after)):
        if number not in numbers:
            message = f"{instrument.code} has no indicator {number} (it has 1 to {max(numbers)})"
            yield Violation(Rule.KNOWN_REFERENCES, (*path, key), message)


def _outside(instrument: Instrument, rule: PrecedenceRule, path: tuple[PathStep, ...]) -> Iterator[Violation]:
    low, high = instrument.scale.minimum + 1, instrument.scale.maximum
    for after, before in rule.levels.items():
        if not (low <= after <= high and low <= before <= high):
            message = f"{after}: {before} names a level outside {low} to {high}, to which a step can lead"
            yield Violation(Rule.LEVELS_IN_SCALE, (*path, "levels", str(after)), message)


def _cycles(instrument: Instrument, rules: tuple[PrecedenceRule, ...]) -> Iterator[Violation]:
    """Yield a violation at the first rule of a circle of steps that wait for each other."""
    sorter: TopologicalSorter[StepAt] = TopologicalSorter()
    for number in {number for rule in rules for number in (rule.before, rule.after)}:
        for level in list(instrument.scale.levels)[2:]:
            sorter.add((number, level), (number, level - 1))
    for rule in rules:
        for after, before in rule.levels.items():
            sorter.add((rule.after, after), (rule.before, before))
    try:
        sorter.prepare()
    except CycleError as error:
        circle: list[StepAt] = error.args[1]
        yield _circle(circle, rules)


def _circle(circle: Iterable[StepAt], rules: tuple[PrecedenceRule, ...]) -> Violation:
    steps = list(circle)
    pairs = {(one[0], other[0]) for one, other in pairwise(steps)}
    position = max(n for n, rule in enumerate(rules) if (rule.before, rule.after) in pairs)
    shown = " before ".join(f"{number} to level {level}" for number, level in steps)
    return Violation(Rule.NO_CYCLES, ("precedence", position), f"these steps wait for each other: {shown}")
