"""Reads the evidence guide of an instrument, in our own words, from `evidence/<code>.yaml` beside its file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from yaml.nodes import Node, ScalarNode, SequenceNode

from livinglab.assessments.adapters.text_files import read_text
from livinglab.assessments.adapters.yaml_nodes import Reader, Unreadable, compose
from livinglab.assessments.domain.evidence_guide import (
    AgeLimit,
    Coverage,
    EvidenceGuide,
    EvidenceKind,
    FollowUpLimit,
    GuideItem,
    IndicatorGuide,
    LevelGuide,
    SourceWording,
    SupervisingAgency,
)
from livinglab.assessments.domain.instrument_rules import InstrumentErrors, Rule
from livinglab.assessments.domain.instruments import CriteriaSource, CriteriaStatus, Instrument

_LEVEL_KEYS = (
    "items", "max_age_months", "of", "follow_up_within_months", "after", "source_wording", "recurs_within_months",
    "covers",
)  # fmt: skip


def load_evidence_guide(instrument_path: Path, instrument: Instrument) -> EvidenceGuide | None:
    """Return the guide, None for an instrument without one. Raises InstrumentErrors naming every problem."""
    path = instrument_path.parent / "evidence" / f"{instrument.code}.yaml"
    if not path.exists():
        return None
    try:
        root = compose(str(path), read_text(path))
    except Unreadable as problem:
        raise InstrumentErrors([problem.args[0]]) from problem
    reader = _EvidenceReader(str(path), instrument)
    guide = reader.attempt(lambda: reader.guide(root))
    if reader.errors or guide is None:
        raise InstrumentErrors(reader.errors)
    return guide


class _EvidenceReader(Reader):
    def __init__(self, file: str, instrument: Instrument) -> None:
        super().__init__(file)
        self._code = instrument.code
        self._levels = {str(level): level for level in instrument.scale.levels}
        self._numbers = {each.key: each.number for each in instrument.indicators()}
        self._shared: dict[str, GuideItem] = {}
        self._age_rules: dict[str, dict[str, tuple[AgeLimit, ...]]] = {}

    def guide(self, root: Node) -> EvidenceGuide:
        found = self.fields(root, ("instrument", "status", "source", "evidence"), ("shared", "age_rules"))
        named = self.scalar(found["instrument"])
        if named != self._code:
            self.refuse(found["instrument"], Rule.KNOWN_REFERENCES, f"{named} is not {self._code}")
        source = self.all_of([partial(self._source, found)])
        if "shared" in found:
            self._shared = self._shared_items(found["shared"])
        for each in self._optional_list(found.get("age_rules")):
            self._age_rule(each)
        return EvidenceGuide(self._code, source[0], self._by_number(found["evidence"]))

    def _source(self, found: dict[str, Node]) -> CriteriaSource:
        return CriteriaSource(self.word(found["status"], CriteriaStatus), self.scalar(found["source"]))

    def _optional_list(self, node: Node | None) -> list[Node]:
        if node is None or (isinstance(node, SequenceNode) and not node.value):
            return []
        return self.items(node)

    def _shared_items(self, node: Node) -> dict[str, GuideItem]:
        read = {key: self.attempt(partial(self._item, value)) for key, value in self.pairs(node).items()}
        return {key: each for key, each in read.items() if each is not None}

    def _age_rule(self, node: Node) -> None:
        """Keep one rule of the form {indicator: "1", level: 3, max_age_months: 12, of: review}."""
        found = self.fields(node, ("indicator", "level", "max_age_months", "of"))
        key, level = self.scalar(found["indicator"]), self.scalar(found["level"])
        if key not in self._numbers or level not in self._levels:
            raise self.refuse(
                node, Rule.KNOWN_REFERENCES, f"{self._code} has no indicator {key} at level {level}"
            )
        limit = AgeLimit(self._months(found["max_age_months"]), self.word(found["of"], EvidenceKind))
        of_indicator = self._age_rules.setdefault(key, {})
        of_indicator[level] = (*of_indicator.get(level, ()), limit)

    def _by_number(self, node: Node) -> Mapping[int, IndicatorGuide]:
        found = self.pairs(node)
        with self.together():
            for key, value in found.items():
                if key not in self._numbers:
                    self.refuse(value, Rule.KNOWN_REFERENCES, f"{self._code} has no indicator {key}")
            for key in self._numbers:
                if key not in found:
                    self.refuse(node, Rule.EVIDENCE_COMPLETE, f"the evidence of indicator {key} is missing")
            read = {
                self._numbers[key]: self.attempt(partial(self._indicator, key, value))
                for key, value in found.items()
                if key in self._numbers
            }
        return {number: each for number, each in read.items() if each is not None}

    def _indicator(self, key: str, node: Node) -> IndicatorGuide:
        if "items" in self.pairs(node):
            return self._without_levels(key, node)
        return self._with_levels(key, node)

    def _without_levels(self, key: str, node: Node) -> IndicatorGuide:
        """Return the guide of an indicator whose items belong to no level."""
        found = self.fields(node, ("items",), ("agencies", "agency_roles"))
        levels = tuple(
            LevelGuide(self._levels[level], age_limits=limits)
            for level, limits in sorted(self._age_rules.get(key, {}).items())
        )
        return IndicatorGuide(
            self._numbers[key], levels, self.every(found["items"], self._item), self._agencies(found)
        )

    def _agencies(self, found: dict[str, Node]) -> tuple[SupervisingAgency, ...]:
        names = self.every(found["agencies"], self.scalar) if "agencies" in found else ()
        roles = self.pairs(found["agency_roles"]) if "agency_roles" in found else {}
        with self.together():
            for name, value in roles.items():
                if name not in names:
                    self.refuse(value, Rule.KNOWN_REFERENCES, f"{name} is not among the `agencies`")
        return tuple(
            SupervisingAgency(name, self.bilingual(roles[name]) if name in roles else None) for name in names
        )

    def _with_levels(self, key: str, node: Node) -> IndicatorGuide:
        found = self.pairs(node)
        everywhere = self._age_limits(found.pop("all_levels")) if "all_levels" in found else ()
        with self.together():
            for level, value in found.items():
                if level not in self._levels:
                    self.refuse(value, Rule.LEVELS_COMPLETE, f"indicator {key} has no level {level}")
        missing = [level for level in self._levels if level not in found]
        if missing:
            message = f"indicator {key}: level {', '.join(missing)} is missing"
            raise self.refuse(node, Rule.EVIDENCE_COMPLETE, message)
        levels = self.all_of(
            [partial(self._level, level, found[level], everywhere) for level in self._levels]
        )
        return IndicatorGuide(self._numbers[key], levels)

    def _age_limits(self, node: Node) -> tuple[AgeLimit, ...]:
        found = self.fields(node, ("max_age_months", "of"))
        return (AgeLimit(self._months(found["max_age_months"]), self.word(found["of"], EvidenceKind)),)

    def _level(self, level: str, node: Node, everywhere: tuple[AgeLimit, ...]) -> LevelGuide:
        found = self.fields(node, ("items",), _LEVEL_KEYS[1:])
        self._together(node, found, "max_age_months", "of")
        self._together(node, found, "follow_up_within_months", "after", "source_wording")
        own: tuple[AgeLimit, ...] = ()
        if "max_age_months" in found:
            own = (AgeLimit(self._months(found["max_age_months"]), self.word(found["of"], EvidenceKind)),)
        return LevelGuide(
            level=self._levels[level],
            items=self.every(found["items"], self._item),
            age_limits=(*own, *everywhere),
            follow_up=self._follow_up(found) if "follow_up_within_months" in found else None,
            recurs_within_months=self._months(found["recurs_within_months"])
            if "recurs_within_months" in found
            else None,
            covers=self._coverage(found["covers"]) if "covers" in found else None,
        )

    def _together(self, node: Node, found: dict[str, Node], *keys: str) -> None:
        """Refuse a level that has some of these keys but not all: a rule without its subject says nothing."""
        there = [key for key in keys if key in found]
        if there and len(there) < len(keys):
            missing = ", ".join(key for key in keys if key not in found)
            raise self.refuse(node, Rule.REQUIRED_KEYS, f"{', '.join(there)} without {missing}")

    def _follow_up(self, found: dict[str, Node]) -> FollowUpLimit:
        return FollowUpLimit(
            self._months(found["follow_up_within_months"]),
            self.word(found["after"], EvidenceKind),
            self.word(found["source_wording"], SourceWording),
        )

    def _coverage(self, node: Node) -> Coverage:
        found = self.fields(node, ("years", "of"))
        return Coverage(self._positive(found["years"]), self.word(found["of"], EvidenceKind))

    def _months(self, node: Node) -> int:
        return self._positive(node)

    def _positive(self, node: Node) -> int:
        number = self.integer(node)
        if not 1 <= number <= 600:
            raise self.refuse(node, Rule.EXPECTED_SHAPE, f"expected 1 to 600, found {number}")
        return number

    def _item(self, node: Node) -> GuideItem:
        if isinstance(node, ScalarNode):
            return self._shared_item(node)
        found = self.fields(node, ("id", "en"), ("kinds", "optional", "alternative"))
        with self.together():
            words = self.bilingual(_only(node, ("id", "en")))
            kinds = self.every(found["kinds"], self._kind) if "kinds" in found else ()
        return GuideItem(words, kinds, self._flag(found, "optional"), self._flag(found, "alternative"))

    def _kind(self, node: Node) -> EvidenceKind:
        return self.word(node, EvidenceKind)

    def _shared_item(self, node: Node) -> GuideItem:
        name = self.scalar(node)
        if name not in self._shared:
            known = ", ".join(sorted(self._shared)) or "none"
            message = f"{name!r} does not stand under `shared`; known: {known}"
            raise self.refuse(node, Rule.KNOWN_REFERENCES, message)
        return self._shared[name]

    def _flag(self, found: dict[str, Node], key: str) -> bool:
        if key not in found:
            return False
        if not re.fullmatch("true|false", self.scalar(found[key])):
            raise self.refuse(found[key], Rule.EXPECTED_SHAPE, f"expected `{key}: true` or `false`")
        return self.scalar(found[key]) == "true"


def _only(node: Node, keys: tuple[str, ...]) -> Node:
    """Return the mapping `node` with only some of its keys, at the same line."""
    kept = [pair for pair in node.value if pair[0].value in keys]
    return type(node)(node.tag, kept, node.start_mark, node.end_mark)
