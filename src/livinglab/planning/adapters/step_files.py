"""Reads what a region says about steps: its own efforts (`indicator,to_level,effort[,rupiah]`), and locks."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from livinglab.planning.adapters.row_files import Row, RowProblem, RowProblems, read_rows, shown
from livinglab.planning.domain.problems import StepKey

MAXIMUM_EFFORT: Final = 10**12
MAXIMUM_RUPIAH: Final = 10**13
EFFORT_HEADER = ("indicator", "to_level", "effort")
COST_HEADER = (*EFFORT_HEADER, "rupiah")
_LOCK_HEADERS = (("indicator", "to_level"), ("indicator", "to_level", "rule"))
_NUMBER = re.compile(r"(\d{1,13})(\.\d{1,6})?", re.ASCII)
_RUPIAH = re.compile(r"\d{1,14}", re.ASCII)
RULES: Final = {
    "lock": "locked",
    "locked": "locked",
    "promise": "promised",
    "promised": "promised",
    "exclude": "excluded",
    "excluded": "excluded",
}


@dataclass(frozen=True, slots=True)
class Wishes:
    """Steps that must be in the plan, were promised already, or may not be in it."""

    locked: frozenset[StepKey] = frozenset()
    promised: frozenset[StepKey] = frozenset()
    excluded: frozenset[StepKey] = frozenset()


@dataclass(frozen=True, slots=True)
class Known:
    """What the rows of a file may name: the indicators in order, and the levels a step can lead to."""

    indicators: tuple[str, ...]
    levels: range


@dataclass(frozen=True, slots=True)
class ToldEfforts:
    """What a file says of steps: their effort, and of those with a cost in rupiah that cost."""

    efforts: dict[StepKey, Fraction]
    costs: dict[StepKey, Fraction]


def read_efforts(file: str, content: bytes, known: Known, needed: Collection[StepKey]) -> ToldEfforts:
    """Return the effort, and where it is told the cost, of each step in a CSV file.

    Raises RowProblems naming line and rule. Each of the `needed` steps has one row; rows of other steps of the
    instrument are allowed and read.
    """
    told = ToldEfforts({}, {})
    efforts = told.efforts
    problems: list[RowProblem] = []
    lines: dict[StepKey, int] = {}
    rows = read_rows(file, content, (EFFORT_HEADER, COST_HEADER))
    for row in rows:
        found = [*_step_problems(file, row, known), *_effort_problems(file, row), *_cost_problems(file, row)]
        if not found and (first := lines.setdefault(_key(row), row.line)) != row.line:
            message = f"{_named(_key(row))} has a row already, on line {first}"
            found.append(RowProblem(file, row.line, "one-row-per-step", message))
        problems.extend(found)
        if not found:
            efforts[_key(row)] = Fraction(row.cells["effort"])
            if row.cells.get("rupiah"):
                told.costs[_key(row)] = Fraction(row.cells["rupiah"])
    end = rows[-1].line if rows else 1
    if not problems:
        problems.extend(
            RowProblem(file, end, "row-for-every-open-step", f"{_named(key)} is open but has no row")
            for key in needed
            if key not in efforts
        )
    if problems:
        raise RowProblems(problems)
    return told


def read_locks(file: str, content: bytes, known: Known) -> Wishes:
    """Return the locks of a CSV file `indicator,to_level[,rule]`; without a rule a step is locked.

    Raises RowProblems naming line and rule, also for a step that is named twice.
    """
    wishes: dict[str, set[StepKey]] = {"locked": set(), "promised": set(), "excluded": set()}
    problems: list[RowProblem] = []
    lines: dict[StepKey, int] = {}
    for row in read_rows(file, content, _LOCK_HEADERS):
        found = list(_step_problems(file, row, known))
        word = row.cells.get("rule", "").lower() or "locked"
        if word not in RULES:
            message = f"unknown rule {shown(word)}; known: locked, promised, excluded"
            found.append(RowProblem(file, row.line, "known-rules", message))
        if not found and (first := lines.setdefault(_key(row), row.line)) != row.line:
            message = f"{_named(_key(row))} is named on line {first} already; keep one of the two"
            found.append(RowProblem(file, row.line, "one-row-per-step", message))
        problems.extend(found)
        if not found:
            wishes[RULES[word]].add(_key(row))
    if problems:
        raise RowProblems(problems)
    return Wishes(**{name: frozenset(keys) for name, keys in wishes.items()})


def _step_problems(file: str, row: Row, known: Known) -> Iterator[RowProblem]:
    indicator, level = row.cells["indicator"], row.cells["to_level"]
    if indicator not in known.indicators:
        message = (
            f"no indicator {shown(indicator)} (there are {known.indicators[0]} to {known.indicators[-1]})"
        )
        yield RowProblem(file, row.line, "known-indicators", message)
    low, high = known.levels[0], known.levels[-1]
    if not re.fullmatch(r"\d{1,3}", level, re.ASCII) or int(level) not in known.levels:
        message = f"indicator {shown(indicator)}: a step leads to level {low} to {high}, not {shown(level)}"
        yield RowProblem(file, row.line, "levels-in-scale", message)


def _effort_problems(file: str, row: Row) -> Iterator[RowProblem]:
    text = row.cells["effort"]
    where = f"indicator {shown(row.cells['indicator'])} to level {shown(row.cells['to_level'])}"
    if text.startswith(("-", "−")) and _NUMBER.fullmatch(text[1:]):
        yield RowProblem(file, row.line, "effort-not-negative", f"{where}: {shown(text)} is below 0")
    elif not _NUMBER.fullmatch(text) or Fraction(text) > MAXIMUM_EFFORT:
        message = (
            f"{where}: {shown(text)} is not an effort; write a number from 0 to {MAXIMUM_EFFORT} "
            "with a point and at most 6 places"
        )
        yield RowProblem(file, row.line, "effort-is-a-number", message)


def _cost_problems(file: str, row: Row) -> Iterator[RowProblem]:
    text = row.cells.get("rupiah", "")
    if text and (not _RUPIAH.fullmatch(text) or int(text) > MAXIMUM_RUPIAH):
        where = f"indicator {shown(row.cells['indicator'])} to level {shown(row.cells['to_level'])}"
        message = (
            f"{where}: {shown(text)} is no cost; write whole rupiah from 0 to {MAXIMUM_RUPIAH} without points"
        )
        yield RowProblem(file, row.line, "cost-is-whole-rupiah", message)


def _key(row: Row) -> StepKey:
    return row.cells["indicator"], int(row.cells["to_level"])


def _named(key: StepKey) -> str:
    return f"indicator {key[0]} to level {key[1]}"
