"""Reads the sentence scaffolds of an instrument from `scaffolds/<code>.yaml` beside its file."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from yaml.nodes import Node

from livinglab.assessments.adapters.text_files import read_text
from livinglab.assessments.adapters.yaml_nodes import Reader, Unreadable, compose
from livinglab.assessments.domain.instrument_rules import InstrumentErrors, Rule
from livinglab.assessments.domain.instruments import CriteriaSource, CriteriaStatus, Instrument, Text
from livinglab.assessments.domain.scaffolds import PLACEHOLDER, Scaffold, Scaffolds, Subject, part_codes


def load_scaffolds(instrument_path: Path, instrument: Instrument) -> Scaffolds | None:
    """Return the scaffolds, None for an instrument without any. Raises InstrumentErrors naming every problem."""
    path = instrument_path.parent / "scaffolds" / f"{instrument.code}.yaml"
    if not path.exists():
        return None
    try:
        root = compose(str(path), read_text(path))
    except Unreadable as problem:
        raise InstrumentErrors([problem.args[0]]) from problem
    reader = _ScaffoldReader(str(path), instrument)
    scaffolds = reader.attempt(lambda: reader.whole(root))
    if reader.errors or scaffolds is None:
        raise InstrumentErrors(reader.errors)
    return scaffolds


class _ScaffoldReader(Reader):
    def __init__(self, file: str, instrument: Instrument) -> None:
        super().__init__(file)
        self._code, self._parts = instrument.code, part_codes(instrument)

    def whole(self, root: Node) -> Scaffolds:
        found = self.fields(root, ("instrument", "status", "source", "scaffolds"))
        named = self.scalar(found["instrument"])
        if named != self._code:
            self.refuse(found["instrument"], Rule.KNOWN_REFERENCES, f"{named} is not {self._code}")
        source = CriteriaSource(self.word(found["status"], CriteriaStatus), self.scalar(found["source"]))
        scaffolds = self.every(found["scaffolds"], self._scaffold)
        self._each_part_once(found["scaffolds"], scaffolds)
        return Scaffolds(self._code, source, scaffolds)

    def _each_part_once(self, node: Node, scaffolds: tuple[Scaffold, ...]) -> None:
        times = Counter(part for each in scaffolds for part in each.parts)
        for part in self._parts:
            if times[part] != 1:
                message = f"{part} has {times[part]} scaffolds; each domain or aspect needs one"
                self.refuse(node, Rule.SCAFFOLDS_COMPLETE, message)

    def _scaffold(self, node: Node) -> Scaffold:
        found = self.fields(node, ("for", "subject", "facts", "analysis", "justification"))
        with self.together():
            parts = self.every(found["for"], self._part)
        return Scaffold(
            parts=parts,
            subject=self.word(found["subject"], Subject),
            facts=self._sentence(found["facts"]),
            analysis=self._sentence(found["analysis"]),
            justification=self._sentence(found["justification"]),
        )

    def _part(self, node: Node) -> str:
        code = self.scalar(node)
        if code not in self._parts:
            message = f"{self._code} has no part {code}; known: {', '.join(self._parts)}"
            raise self.refuse(node, Rule.KNOWN_REFERENCES, message)
        return code

    def _sentence(self, node: Node) -> Text:
        """Return the sentence; both languages leave the same number of places to fill in, at least one."""
        words = self.bilingual(node)
        places = {len(PLACEHOLDER.findall(words.id)), len(PLACEHOLDER.findall(words.en))}
        if len(places) > 1 or 0 in places:
            message = "expected the same number of <<places to fill in>> in both languages, at least one"
            raise self.refuse(node, Rule.SCAFFOLDS_COMPLETE, message)
        return words
