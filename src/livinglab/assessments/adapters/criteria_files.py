"""Reads the criteria of an instrument, in our own words, from `criteria/<code>.yaml` beside its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from yaml.nodes import Node

from livinglab.assessments.adapters.text_files import read_text
from livinglab.assessments.adapters.yaml_nodes import Reader, Unreadable, compose
from livinglab.assessments.domain.instrument_rules import InstrumentError, InstrumentErrors, Rule
from livinglab.assessments.domain.instruments import (
    CriteriaSource,
    CriteriaStatus,
    Criterion,
    Indicator,
    Scale,
    Text,
)


@dataclass(frozen=True, slots=True)
class Criteria:
    """The criteria of all indicators, and what they rest on."""

    source: CriteriaSource
    by_number: Mapping[int, tuple[Criterion, ...]]


def load_criteria(
    instrument_path: Path, code: str, scale: Scale, indicators: tuple[Indicator, ...]
) -> Criteria:
    """Return the criteria. Raises InstrumentErrors naming each missing indicator and level."""
    path = instrument_path.parent / "criteria" / f"{code}.yaml"
    try:
        root = compose(str(path), read_text(path))
    except Unreadable as problem:
        error: InstrumentError = problem.args[0]
        raise InstrumentErrors([error]) from problem
    reader = _CriteriaReader(str(path), code, scale, tuple(each.number for each in indicators))
    criteria = reader.attempt(lambda: reader.criteria(root))
    if reader.errors or criteria is None:
        raise InstrumentErrors(reader.errors)
    return criteria


class _CriteriaReader(Reader):
    def __init__(self, file: str, code: str, scale: Scale, numbers: tuple[int, ...]) -> None:
        super().__init__(file)
        self._code, self._scale, self._numbers = code, scale, numbers

    def criteria(self, root: Node) -> Criteria:
        found = self.fields(root, ("instrument", "status", "source", "criteria"), ("cumulative",))
        named = self.scalar(found["instrument"])
        if named != self._code:
            self.refuse(found["instrument"], Rule.KNOWN_REFERENCES, f"{named} is not {self._code}")
        source = self.all_of([partial(self._source, found)])
        return Criteria(source[0], self._by_number(found["criteria"]))

    def _source(self, found: dict[str, Node]) -> CriteriaSource:
        return CriteriaSource(self.word(found["status"], CriteriaStatus), self.scalar(found["source"]))

    def _by_number(self, node: Node) -> dict[int, tuple[Criterion, ...]]:
        found = self.pairs(node)
        known = {str(number): number for number in self._numbers}
        with self.together():
            for key, value in found.items():
                if key not in known:
                    self.refuse(value, Rule.KNOWN_REFERENCES, f"{self._code} has no indicator {key}")
            for key in known:
                if key not in found:
                    self.refuse(node, Rule.CRITERIA_COMPLETE, f"the criteria of indicator {key} are missing")
            levels = {
                known[key]: self.attempt(partial(self._levels, key, value))
                for key, value in found.items()
                if key in known
            }
        return {number: each or () for number, each in levels.items()}

    def _levels(self, key: str, node: Node) -> tuple[Criterion, ...]:
        found = self.pairs(node)
        changed = self._changed(found.pop("changed")) if "changed" in found else {}
        expected = [str(level) for level in self._scale.levels]
        for level, value in found.items():
            if level not in expected:
                self.refuse(value, Rule.LEVELS_COMPLETE, f"indicator {key} has no level {level}")
        missing = [level for level in expected if level not in found]
        if missing:
            message = f"indicator {key}: level {', '.join(missing)} is missing"
            raise self.refuse(node, Rule.CRITERIA_COMPLETE, message)
        return self.all_of(
            [partial(self._criterion, level, found[level], changed.get(level)) for level in expected]
        )

    def _changed(self, node: Node) -> dict[str, int]:
        return {level: self.integer(year) for level, year in self.pairs(node).items()}

    def _criterion(self, level: str, node: Node, changed_in: int | None) -> Criterion:
        return Criterion(int(level), self._text(node), changed_in)

    def _text(self, node: Node) -> Text | None:
        """Return the words, or None where the file says that nothing was published."""
        if any(key == "unpublished" and value.value == "true" for key, value in self.pairs(node).items()):
            return None
        return self.bilingual(node)
