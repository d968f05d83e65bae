"""Reads the declared precedence of an instrument from `precedence/<code>.yaml` beside its file."""

from __future__ import annotations

from pathlib import Path

from yaml.nodes import Node

from livinglab.assessments.adapters.text_files import read_text
from livinglab.assessments.adapters.yaml_nodes import Reader, Unreadable, compose, line_at
from livinglab.assessments.domain.instrument_rules import InstrumentError, InstrumentErrors, Rule
from livinglab.assessments.domain.instruments import Instrument
from livinglab.assessments.domain.precedence import (
    Precedence,
    PrecedenceRule,
    PrecedenceStatus,
    check_precedence,
)


def load_precedence(instrument_path: Path, instrument: Instrument) -> Precedence | None:
    """Return the precedence, None for an instrument without any. Raises InstrumentErrors with every problem."""
    path = instrument_path.parent / "precedence" / f"{instrument.code}.yaml"
    if not path.exists():
        return None
    try:
        root = compose(str(path), read_text(path))
    except Unreadable as problem:
        raise InstrumentErrors([problem.args[0]]) from problem
    reader = _PrecedenceReader(str(path))
    precedence = reader.attempt(lambda: reader.whole(root))
    if reader.errors or precedence is None:
        raise InstrumentErrors(reader.errors)
    errors = [
        InstrumentError(str(path), line_at(root, each.path), each.rule, each.message)
        for each in check_precedence(instrument, precedence.rules)
    ]
    if precedence.instrument != instrument.code:
        line, message = line_at(root, ("instrument",)), f"{precedence.instrument} is not {instrument.code}"
        errors.append(InstrumentError(str(path), line, Rule.KNOWN_REFERENCES, message))
    if errors:
        raise InstrumentErrors(errors)
    return precedence


class _PrecedenceReader(Reader):
    def whole(self, root: Node) -> Precedence:
        found = self.fields(root, ("instrument", "status", "source", "precedence"))
        with self.together():
            status = self.word(found["status"], PrecedenceStatus)
            source = self.bilingual(found["source"])
            rules = self.every(found["precedence"], self._rule)
        return Precedence(self.scalar(found["instrument"]), status, source, rules)

    def _rule(self, node: Node) -> PrecedenceRule:
        found = self.fields(node, ("before", "after", "levels", "reason"))
        return PrecedenceRule(
            before=self.integer(found["before"]),
            after=self.integer(found["after"]),
            levels=self._levels(found["levels"]),
            reason=self.bilingual(found["reason"]),
        )

    def _levels(self, node: Node) -> dict[int, int]:
        pairs = self.pairs(node)
        if not pairs:
            raise self.refuse(node, Rule.EXPECTED_SHAPE, "expected at least one level, such as {3: 3}")
        levels: dict[int, int] = {}
        for key, value in pairs.items():
            if not (key.isascii() and key.isdigit()):
                raise self.refuse(value, Rule.EXPECTED_SHAPE, f"expected a level, found {key!r}")
            levels[int(key[:9])] = self.integer(value)
        return levels
