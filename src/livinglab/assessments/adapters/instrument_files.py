"""Reads instruments from their YAML files: every problem of a file is found, with its line and its rule."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from yaml.nodes import Node

from livinglab.assessments.adapters import criteria_files
from livinglab.assessments.adapters.instrument_parts import InstrumentReader, Parts
from livinglab.assessments.adapters.text_files import read_text
from livinglab.assessments.adapters.yaml_nodes import Unreadable, compose, line_at
from livinglab.assessments.domain import instrument_rules
from livinglab.assessments.domain.instrument_rules import InstrumentError, InstrumentErrors, Rule, Violation
from livinglab.assessments.domain.instruments import Instrument


def load_instruments(directory: Path) -> tuple[Instrument, ...]:
    """Return all instruments of `directory`, newest first.

    Raises InstrumentErrors with the problems of all files.
    """
    errors: list[InstrumentError] = []
    found: list[Instrument] = []
    for path in sorted(directory.glob("*.yaml")):
        try:
            found.append(load_instrument(path))
        except InstrumentErrors as problem:
            errors.extend(problem.errors)
    if not found and not errors:
        errors.append(InstrumentError(str(directory), 1, Rule.FILE_READABLE, "no instrument file here"))
    errors.extend(_two_in_force(directory, found))
    if errors:
        raise InstrumentErrors(errors)
    return tuple(sorted(found, key=lambda each: each.in_force.from_date, reverse=True))


def _two_in_force(directory: Path, found: list[Instrument]) -> Iterator[InstrumentError]:
    for one, other in combinations(sorted(found, key=lambda each: each.in_force.from_date), 2):
        shared_days = one.in_force.until is None or other.in_force.from_date <= one.in_force.until
        shared_years = one.years.last is None or other.years.first <= one.years.last
        if shared_days or shared_years:
            path = directory / f"{other.code}.yaml"
            line = line_at(compose(str(path), read_text(path)), ("in_force",))
            message = f"{one.code} and {other.code} hold on the same day or year; only one may be in force"
            yield InstrumentError(str(path), line, Rule.ONE_IN_FORCE, message)


def load_instrument(path: Path, *, with_criteria: bool = True) -> Instrument:
    """Return the instrument of one file. Raises InstrumentErrors with all its problems.

    The criteria come from `criteria/<code>.yaml` beside it; scoring needs none (`with_criteria=False`).
    """
    root = _compose(path)
    reader = InstrumentReader(str(path))
    parts = reader.read(root)
    errors = list(reader.errors)
    errors.extend(
        InstrumentError(str(path), line_at(root, violation.path), violation.rule, violation.message)
        for violation in _violations(path, parts)
    )
    criteria = None
    countable = Rule.INDICATOR_NUMBERS not in {error.rule for error in errors}
    if with_criteria and countable and parts.code and parts.scale and parts.aspects:
        try:
            criteria = criteria_files.load_criteria(path, parts.code, parts.scale, parts.indicators())
        except InstrumentErrors as problem:
            errors.extend(problem.errors)
    if errors:
        raise InstrumentErrors(errors)
    return parts.instrument(criteria)


def _compose(path: Path) -> Node:
    try:
        return compose(str(path), read_text(path))
    except Unreadable as problem:
        raise InstrumentErrors([problem.args[0]]) from problem


def _violations(path: Path, parts: Parts) -> Iterator[Violation]:
    """Yield what the domain's rules find, for the parts that could be read."""
    rules = instrument_rules
    if parts.code is not None and parts.code != path.stem:
        yield Violation(Rule.FILE_NAME_IS_CODE, ("code",), f"{parts.code} must live in {parts.code}.yaml")
    if parts.scale is not None:
        yield from rules.check_scale(parts.scale)
    if parts.bands and parts.scale:
        yield from rules.check_bands(parts.bands, parts.scale)
    if parts.years:
        if parts.in_force:
            yield from rules.check_dates(parts.in_force, parts.years)
        if parts.predicate_rules:
            yield from rules.check_predicate_rules(parts.predicate_rules, parts.years)
    if parts.aspects:
        yield from _structure_violations(path, parts)


def _structure_violations(path: Path, parts: Parts) -> Iterator[Violation]:
    rules = instrument_rules
    yield from rules.check_weights(parts.domains, parts.aspects)
    yield from rules.check_numbers(parts.domains, parts.aspects)
    yield from rules.check_codes(parts.domains, parts.aspects)
    if parts.capabilities and parts.scale:
        yield from rules.check_capabilities(parts.capabilities, parts.scale, parts.domains, parts.aspects)
    yield from rules.check_variants(parts.variants, parts.domains, parts.aspects)
    older = parts.crosswalk.instrument if parts.crosswalk else None
    known = _indicator_numbers_beside(path, older) if older else frozenset[int]()
    if older and known is None:
        yield Violation(
            Rule.KNOWN_REFERENCES, ("crosswalk", "instrument"), f"no readable {older}.yaml beside it"
        )
    else:
        yield from rules.check_origins(parts.domains, parts.aspects, older, known or frozenset())
    if parts.replaces and not (path.parent / f"{parts.replaces}.yaml").is_file():
        yield Violation(Rule.KNOWN_REFERENCES, ("replaces",), f"no {parts.replaces}.yaml beside it")


def _indicator_numbers_beside(path: Path, code: str) -> frozenset[int] | None:
    """Return the indicator numbers of another instrument in the same folder; None if it cannot be read."""
    try:
        other = load_instrument(path.parent / f"{code}.yaml", with_criteria=False)
    except InstrumentErrors:
        return None
    return frozenset(each.number for each in other.indicators())
