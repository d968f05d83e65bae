"""Turns the nodes of an instrument file into the values of the domain, part by part.

A part that cannot be read stays empty, its errors recorded: the rules are then checked on the other parts, so
that one look at the errors shows all there is to mend.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from yaml.nodes import Node

from livinglab.assessments.adapters.criteria_files import Criteria
from livinglab.assessments.adapters.yaml_nodes import Reader
from livinglab.assessments.domain.instrument_rules import Rule
from livinglab.assessments.domain.instruments import (
    Aspect,
    Band,
    Capability,
    CapabilityLevel,
    Comparison,
    Confidence,
    Crosswalk,
    Domain,
    EvidenceReuse,
    ExternalIndex,
    Indicator,
    IndicatorOrigin,
    InForce,
    Instrument,
    PredicateRule,
    Regulation,
    RuleStatus,
    Scale,
    Text,
    Variant,
    Years,
)

_Part = TypeVar("_Part")
_REQUIRED = (
    "code", "title", "short", "index_name", "regulation", "in_force", "years", "scale", "index", "bands",
    "predicate_rules", "capabilities",
)  # fmt: skip
_OPTIONAL = ("replaces", "domains", "aspects", "variants", "crosswalk")


@dataclass(slots=True)
class Parts:
    """The parts of an instrument as far as they could be read."""

    code: str | None = None
    title: Text | None = None
    short: Text | None = None
    index_name: Text | None = None
    regulation: Regulation | None = None
    replaces: str | None = None
    in_force: InForce | None = None
    years: Years | None = None
    scale: Scale | None = None
    places: int | None = None
    bands: tuple[Band, ...] = ()
    predicate_rules: tuple[PredicateRule, ...] = ()
    capabilities: tuple[Capability, ...] = ()
    domains: tuple[Domain, ...] = ()
    aspects: tuple[Aspect, ...] = ()
    variants: tuple[Variant, ...] = ()
    crosswalk: Crosswalk | None = None

    def indicators(self) -> tuple[Indicator, ...]:
        """Return all indicators in order."""
        return tuple(indicator for aspect in self.aspects for indicator in aspect.indicators)

    def instrument(self, criteria: Criteria | None) -> Instrument:
        """Return the whole instrument; every part must have been read."""
        assert self.code
        assert self.title
        assert self.short
        assert self.index_name
        assert self.regulation
        assert self.in_force
        assert self.years
        assert self.scale
        assert self.places is not None
        worded = {a.code: _with_criteria(a, criteria) for a in self.aspects}
        domains = tuple(
            replace(domain, aspects=tuple(worded[aspect.code] for aspect in domain.aspects))
            for domain in self.domains
        )
        return Instrument(
            code=self.code,
            title=self.title,
            short=self.short,
            index_name=self.index_name,
            regulation=self.regulation,
            replaces=self.replaces,
            in_force=self.in_force,
            years=self.years,
            scale=self.scale,
            places=self.places,
            bands=self.bands,
            predicate_rules=self.predicate_rules,
            capabilities=self.capabilities,
            domains=domains,
            aspects=tuple(worded.values()),
            variants=self.variants,
            crosswalk=self.crosswalk,
            criteria=criteria.source if criteria else None,
        )


def _with_criteria(aspect: Aspect, criteria: Criteria | None) -> Aspect:
    if criteria is None:
        return aspect
    return replace(
        aspect,
        indicators=tuple(
            replace(each, criteria=criteria.by_number[each.number]) for each in aspect.indicators
        ),
    )


class InstrumentReader(Reader):
    """Reads the parts of one instrument file."""

    def read(self, root: Node) -> Parts:
        """Return the parts of the file; what could not be read is empty and recorded in `errors`."""
        parts = Parts()
        fields = self.attempt(lambda: self.fields(root, (), (*_REQUIRED, *_OPTIONAL))) or {}
        missing = [key for key in _REQUIRED if key not in fields]
        if missing:
            self.refuse(root, Rule.REQUIRED_KEYS, f"missing: {', '.join(missing)}")
        if ("domains" in fields) == ("aspects" in fields):
            self.refuse(root, Rule.REQUIRED_KEYS, "expected either `domains` or `aspects`")

        def part(key: str, read: Callable[[Node], _Part]) -> _Part | None:
            return self.attempt(lambda: read(fields[key])) if key in fields else None

        parts.code, parts.replaces = part("code", self.code), part("replaces", self.code)
        parts.title, parts.short = part("title", self.bilingual), part("short", self.bilingual)
        parts.index_name = part("index_name", self.bilingual)
        parts.regulation = part("regulation", self.regulation)
        parts.in_force, parts.years = part("in_force", self.in_force), part("years", self.years)
        parts.scale, parts.places = part("scale", self.scale), part("index", self.places)
        parts.bands = part("bands", lambda node: self.every(node, self.band)) or ()
        parts.predicate_rules = (
            part("predicate_rules", lambda node: self.every(node, self.predicate_rule)) or ()
        )
        parts.capabilities = part("capabilities", self.capabilities) or ()
        parts.domains = part("domains", lambda node: self.every(node, self.domain)) or ()
        parts.aspects = part("aspects", lambda node: self.every(node, self.aspect)) or tuple(
            aspect for domain in parts.domains for aspect in domain.aspects
        )
        parts.variants = part("variants", lambda node: self.every(node, self.variant)) or ()
        parts.crosswalk = part("crosswalk", self.crosswalk)
        return parts

    def code(self, node: Node) -> str:
        """Return an instrument's code such as spbe-2020, which is also its place in addresses."""
        text = self.scalar(node)
        if not re.fullmatch(r"[a-z][a-z0-9-]{1,39}", text):
            raise self.refuse(
                node, Rule.EXPECTED_SHAPE, f"expected small letters, digits and hyphens, found {text!r}"
            )
        return text

    def short_code(self, node: Node) -> str:
        """Return the code of a part such as D1, A7 or sangat-baik."""
        text = self.scalar(node)
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]{0,39}", text):
            raise self.refuse(
                node, Rule.EXPECTED_SHAPE, f"expected letters, digits and hyphens, found {text!r}"
            )
        return text

    def regulation(self, node: Node) -> Regulation:
        """Return the regulation behind the instrument."""
        found = self.fields(node, ("name", "citation", "structure", "texts", "sources"))
        return Regulation(
            name=self.scalar(found["name"]),
            citation=self.bilingual(found["citation"]),
            structure=self.word(found["structure"], Confidence),
            texts=self.word(found["texts"], Confidence),
            sources=self.every(found["sources"], self.bilingual),
        )

    def in_force(self, node: Node) -> InForce:
        """Return the days on which the instrument is law."""
        found = self.fields(node, ("from",), ("until",))
        return InForce(self.day(found["from"]), self.day(found["until"]) if "until" in found else None)

    def years(self, node: Node) -> Years:
        """Return the evaluation years."""
        found = self.fields(node, ("from",), ("to",))
        return Years(self.integer(found["from"]), self.integer(found["to"]) if "to" in found else None)

    def scale(self, node: Node) -> Scale:
        """Return the scale of levels."""
        found = self.fields(node, ("min", "max", "decimals"))
        return Scale(*(self.integer(found[key]) for key in ("min", "max", "decimals")))

    def places(self, node: Node) -> int:
        """Return to how many places the index is published; half-up is the one rounding there is."""
        found = self.fields(node, ("rounding", "places"))
        if self.scalar(found["rounding"]) != "half_up":
            raise self.refuse(found["rounding"], Rule.KNOWN_WORDS, "known roundings: half_up")
        places = self.integer(found["places"])
        if places > 6:
            raise self.refuse(found["places"], Rule.EXPECTED_SHAPE, "expected 0 to 6 places")
        return places

    def band(self, node: Node) -> Band:
        """Return one predicate band."""
        found = self.fields(node, ("code", "name", "from"), ("label", "below", "to"))
        if ("below" in found) == ("to" in found):
            raise self.refuse(node, Rule.REQUIRED_KEYS, "expected either `below` (open) or `to` (closed)")
        return Band(
            code=self.short_code(found["code"]),
            name=self.bilingual(found["name"]),
            label=self.bilingual(found["label"]) if "label" in found else None,
            lower=self.decimal(found["from"]),
            upper=self.decimal(found["to"] if "to" in found else found["below"]),
            closed="to" in found,
        )

    def predicate_rule(self, node: Node) -> PredicateRule:
        """Return the predicate rule of some years."""
        found = self.fields(node, ("from", "compares", "status", "source"), ("to",))
        return PredicateRule(
            years=Years(self.integer(found["from"]), self.integer(found["to"]) if "to" in found else None),
            compares=self.word(found["compares"], Comparison),
            status=self.word(found["status"], RuleStatus),
            source=self.bilingual(found["source"]),
        )

    def capabilities(self, node: Node) -> tuple[Capability, ...]:
        """Return the ladders of levels."""
        return self.all_of([partial(self.capability, key, value) for key, value in self.pairs(node).items()])

    def capability(self, code: str, node: Node) -> Capability:
        """Return one ladder of levels."""
        found = self.fields(node, ("name", "status", "levels"))
        levels = [partial(self.capability_level, *pair) for pair in self.pairs(found["levels"]).items()]
        return Capability(
            code, self.bilingual(found["name"]), self.word(found["status"], Confidence), self.all_of(levels)
        )

    def capability_level(self, key: str, node: Node) -> CapabilityLevel:
        """Return one step of a ladder."""
        if not re.fullmatch(r"\d{1,3}", key):
            raise self.refuse(node, Rule.EXPECTED_SHAPE, f"expected a level as a whole number, found {key!r}")
        found = self.fields(node, ("name", "meaning"))
        return CapabilityLevel(int(key), self.bilingual(found["name"]), self.bilingual(found["meaning"]))

    def domain(self, node: Node) -> Domain:
        """Return one domain with its aspects."""
        found = self.fields(node, ("code", "name", "short", "weight", "aspects"))
        return Domain(
            code=self.short_code(found["code"]),
            name=self.bilingual(found["name"]),
            short=self.bilingual(found["short"]),
            weight=self.fraction(found["weight"]),
            aspects=self.every(found["aspects"], self.aspect),
        )

    def aspect(self, node: Node) -> Aspect:
        """Return one aspect with its indicators."""
        found = self.fields(node, ("code", "name", "weight", "indicators"))
        return Aspect(
            code=self.short_code(found["code"]),
            name=self.bilingual(found["name"]),
            weight=self.fraction(found["weight"]),
            indicators=self.every(found["indicators"], self.indicator),
        )

    def indicator(self, node: Node) -> Indicator:
        """Return one indicator, still without its criteria."""
        optional = ("crosswalk", "external_index")
        found = self.fields(node, ("number", "name", "short", "weight", "capability"), optional)
        return Indicator(
            number=self.integer(found["number"]),
            name=self.bilingual(found["name"]),
            short=self.bilingual(found["short"]),
            weight=self.fraction(found["weight"]),
            capability=self.short_code(found["capability"]),
            origin=self.origin(found["crosswalk"]) if "crosswalk" in found else None,
            external_index=self.external_index(found["external_index"])
            if "external_index" in found
            else None,
        )

    def origin(self, node: Node) -> IndicatorOrigin:
        """Return the older indicators an indicator comes from; the list may be empty for a new one."""
        found = self.fields(node, ("evidence", "indicators"))
        listed = found["indicators"]
        numbers = () if listed.value == [] else self.every(listed, self.integer)
        return IndicatorOrigin(self.word(found["evidence"], EvidenceReuse), numbers)

    def external_index(self, node: Node) -> ExternalIndex:
        """Return the index of another agency that an indicator rests on."""
        found = self.fields(node, ("abbreviation", "name", "steward", "status"))
        return ExternalIndex(
            abbreviation=self.scalar(found["abbreviation"]),
            name=self.bilingual(found["name"]),
            steward=self.scalar(found["steward"]),
            status=self.word(found["status"], Confidence),
        )

    def variant(self, node: Node) -> Variant:
        """Return one way to score an indicator under several keys."""
        found = self.fields(node, ("code", "name", "aspect", "splits", "keys", "weights", "source"))
        if self.scalar(found["weights"]) != "equal":
            raise self.refuse(found["weights"], Rule.KNOWN_WORDS, "known ways to share weights: equal")
        return Variant(
            code=self.short_code(found["code"]),
            name=self.bilingual(found["name"]),
            aspect=self.short_code(found["aspect"]),
            splits=self.integer(found["splits"]),
            keys=self.every(found["keys"], self.scalar),
            source=self.bilingual(found["source"]),
        )

    def crosswalk(self, node: Node) -> Crosswalk:
        """Return which older instrument the origins refer to. Its status can only be unofficial."""
        found = self.fields(node, ("instrument", "status", "source"))
        if self.scalar(found["status"]) != "unofficial":
            raise self.refuse(found["status"], Rule.KNOWN_WORDS, "known: unofficial")
        return Crosswalk(self.code(found["instrument"]), self.bilingual(found["source"]))
