"""What must hold inside an instrument: each check yields violations with a rule and a place in the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from livinglab.assessments.domain.instruments import (
    Aspect,
    Band,
    Capability,
    Domain,
    Indicator,
    InForce,
    PredicateRule,
    Scale,
    Variant,
    Years,
)

PathStep = str | int


class Rule(StrEnum):
    """The rules an instrument file can break, by the name that errors print."""

    FILE_READABLE = "file-readable"
    YAML_SYNTAX = "yaml-syntax"
    NO_ALIASES = "no-aliases"
    EXPECTED_SHAPE = "expected-shape"
    REQUIRED_KEYS = "required-keys"
    KNOWN_KEYS = "known-keys"
    NO_DOUBLE_KEYS = "no-double-keys"
    KNOWN_WORDS = "known-words"
    BOTH_LANGUAGES = "both-languages"
    QUOTED_DECIMALS = "quoted-decimals"
    FILE_NAME_IS_CODE = "file-name-is-code"
    UNIQUE_CODES = "unique-codes"
    INDICATOR_NUMBERS = "indicator-numbers"
    POSITIVE_WEIGHTS = "positive-weights"
    WEIGHTS_ADD_UP = "weights-add-up"
    BANDS_COVER_SCALE = "bands-cover-scale"
    RULES_COVER_YEARS = "rules-cover-years"
    DATES_IN_ORDER = "dates-in-order"
    KNOWN_REFERENCES = "known-references"
    LEVELS_COMPLETE = "levels-complete"
    CRITERIA_COMPLETE = "criteria-complete"
    EVIDENCE_COMPLETE = "evidence-complete"
    SCAFFOLDS_COMPLETE = "scaffolds-complete"
    LEVELS_IN_SCALE = "levels-in-scale"
    NO_CYCLES = "no-cycles"
    DECLARED_ONCE = "declared-once"
    ONE_IN_FORCE = "one-in-force"


@dataclass(frozen=True, slots=True)
class InstrumentError:
    """One thing wrong with an instrument file: where (line from 1), which rule, and what to do."""

    file: str
    line: int
    rule: Rule
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.rule}: {self.message}"


class InstrumentErrors(ValueError):
    """Everything that is wrong with an instrument file."""

    def __init__(self, errors: Iterable[InstrumentError]) -> None:
        self.errors = tuple(sorted(errors, key=lambda error: (error.file, error.line)))
        super().__init__("\n".join(str(error) for error in self.errors))


@dataclass(frozen=True, slots=True)
class Violation:
    """A broken rule at a path of keys and positions in the file, e.g. ("bands", 2, "from")."""

    rule: Rule
    path: tuple[PathStep, ...]
    message: str


def shown(number: Fraction) -> str:
    """Write `number` as a plain decimal where it is one, else as a fraction."""
    denominator = number.denominator
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
    if denominator != 1:
        return str(number)
    return format((Decimal(number.numerator) / Decimal(number.denominator)).normalize(), "f")


def check_weights(domains: tuple[Domain, ...], aspects: tuple[Aspect, ...]) -> Iterator[Violation]:
    """Yield a violation for each weight that is not positive or not the sum of its parts."""
    for path, aspect in aspect_paths(domains, aspects):
        yield from _check_sum(path, aspect.code, aspect.weight, [each.weight for each in aspect.indicators])
        for position, indicator in enumerate(aspect.indicators):
            yield from _check_positive((*path, "indicators", position), indicator.weight)
    for position, domain in enumerate(domains):
        weights = [aspect.weight for aspect in domain.aspects]
        yield from _check_sum(("domains", position), domain.code, domain.weight, weights)
    top: tuple[Domain, ...] | tuple[Aspect, ...] = domains or aspects
    key = "domains" if domains else "aspects"
    whole = sum((part.weight for part in top), Fraction(0))
    if whole != 100:
        yield Violation(
            Rule.WEIGHTS_ADD_UP, (key,), f"the {key} weigh {shown(whole)} together; they must weigh 100"
        )


def _check_positive(path: tuple[PathStep, ...], weight: Fraction) -> Iterator[Violation]:
    if weight <= 0:
        yield Violation(
            Rule.POSITIVE_WEIGHTS, (*path, "weight"), f"the weight {shown(weight)} is not above 0"
        )


def _check_sum(
    path: tuple[PathStep, ...], code: str, weight: Fraction, parts: list[Fraction]
) -> Iterator[Violation]:
    total = sum(parts, Fraction(0))
    if total != weight:
        message = f"{code} weighs {shown(weight)}, but its parts weigh {shown(total)} together"
        yield Violation(Rule.WEIGHTS_ADD_UP, (*path, "weight"), message)


def aspect_paths(
    domains: tuple[Domain, ...], aspects: tuple[Aspect, ...]
) -> Iterator[tuple[tuple[PathStep, ...], Aspect]]:
    """Yield each aspect with its place in the file."""
    if not domains:
        yield from ((("aspects", position), aspect) for position, aspect in enumerate(aspects))
        return
    for position, domain in enumerate(domains):
        for inner, aspect in enumerate(domain.aspects):
            yield ("domains", position, "aspects", inner), aspect


def indicator_paths(
    domains: tuple[Domain, ...], aspects: tuple[Aspect, ...]
) -> Iterator[tuple[tuple[PathStep, ...], Indicator]]:
    """Yield each indicator with its place in the file."""
    for path, aspect in aspect_paths(domains, aspects):
        for position, indicator in enumerate(aspect.indicators):
            yield (*path, "indicators", position), indicator


def check_numbers(domains: tuple[Domain, ...], aspects: tuple[Aspect, ...]) -> Iterator[Violation]:
    """Yield a violation for each indicator number that comes twice, and for holes in 1 … n."""
    seen: set[int] = set()
    for path, indicator in indicator_paths(domains, aspects):
        if indicator.number in seen:
            message = f"indicator {indicator.number} is defined twice"
            yield Violation(Rule.INDICATOR_NUMBERS, (*path, "number"), message)
        seen.add(indicator.number)
    holes = sorted(set(range(1, len(seen) + 1)) - seen)
    if holes:
        missing = ", ".join(map(str, holes))
        message = f"indicators must be numbered from 1 without a hole; missing: {missing}"
        yield Violation(Rule.INDICATOR_NUMBERS, ("domains" if domains else "aspects",), message)


def check_codes(domains: tuple[Domain, ...], aspects: tuple[Aspect, ...]) -> Iterator[Violation]:
    """Yield a violation for each code that two domains or aspects share."""
    placed: list[tuple[tuple[PathStep, ...], str]] = [
        *((("domains", position), domain.code) for position, domain in enumerate(domains)),
        *((path, aspect.code) for path, aspect in aspect_paths(domains, aspects)),
    ]
    counts = Counter(code for _, code in placed)
    for path, code in placed:
        if counts[code] > 1:
            yield Violation(
                Rule.UNIQUE_CODES, (*path, "code"), f"the code {code} is used {counts[code]} times"
            )


def check_bands(bands: tuple[Band, ...], scale: Scale) -> Iterator[Violation]:
    """Yield a violation for each gap or overlap of the bands, and where they do not cover the scale."""
    if bands[0].lower != scale.minimum:
        message = f"the first band starts at {bands[0].lower}, the scale at {scale.minimum}"
        yield Violation(Rule.BANDS_COVER_SCALE, ("bands", 0, "from"), message)
    for position, band in enumerate(bands):
        if band.lower >= band.upper:
            message = f"{band.code} ends at {band.upper}, which is not above its start {band.lower}"
            yield Violation(Rule.BANDS_COVER_SCALE, ("bands", position), message)
        if position:
            yield from _check_joint(position, bands[position - 1], band)
    if bands[-1].upper != scale.maximum or not bands[-1].closed:
        message = f'the last band must end with `to: "{scale.maximum}.00"`, the top of the scale'
        yield Violation(Rule.BANDS_COVER_SCALE, ("bands", len(bands) - 1), message)


def _check_joint(position: int, before: Band, band: Band) -> Iterator[Violation]:
    path = ("bands", position, "from")
    if before.upper < band.lower:
        message = f"gap: nothing holds an index from {before.upper} to {band.lower}"
        yield Violation(Rule.BANDS_COVER_SCALE, path, message)
    elif before.upper > band.lower or before.closed:
        message = f"overlap: {before.code} reaches {before.upper}, {band.code} starts at {band.lower}"
        yield Violation(Rule.BANDS_COVER_SCALE, path, message)


def check_predicate_rules(rules: tuple[PredicateRule, ...], years: Years) -> Iterator[Violation]:
    """Yield a violation unless the rules cover the evaluation years once each, in order."""
    expected: int | None = years.first
    for position, rule in enumerate(rules):
        path = ("predicate_rules", position)
        if expected is None or rule.years.first != expected:
            due = "no further rule" if expected is None else str(expected)
            message = f"starts in {rule.years.first}; expected {due}"
            yield Violation(Rule.RULES_COVER_YEARS, (*path, "from"), message)
        if rule.years.last is not None and rule.years.last < rule.years.first:
            message = f"ends in {rule.years.last}, before it starts"
            yield Violation(Rule.RULES_COVER_YEARS, (*path, "to"), message)
        expected = None if rule.years.last is None else rule.years.last + 1
    if rules[-1].years.last != years.last:
        message = (
            f"the rules end in {rules[-1].years.last or 'no year'}, the years in {years.last or 'no year'}"
        )
        yield Violation(Rule.RULES_COVER_YEARS, ("predicate_rules", len(rules) - 1), message)


def check_dates(in_force: InForce, years: Years) -> Iterator[Violation]:
    """Yield a violation where a span ends before it begins."""
    if in_force.until is not None and in_force.until < in_force.from_date:
        yield Violation(Rule.DATES_IN_ORDER, ("in_force", "until"), "ends before it begins")
    if years.last is not None and years.last < years.first:
        yield Violation(Rule.DATES_IN_ORDER, ("years", "to"), "ends before it begins")


def check_scale(scale: Scale) -> Iterator[Violation]:
    """Yield a violation for a scale without levels or with more places than an index has."""
    if not 0 <= scale.minimum < scale.maximum <= 100:
        message = f"levels from {scale.minimum} to {scale.maximum}; expected 0 ≤ min < max ≤ 100"
        yield Violation(Rule.EXPECTED_SHAPE, ("scale",), message)
    if not 0 <= scale.decimals <= 4:
        yield Violation(Rule.EXPECTED_SHAPE, ("scale", "decimals"), "expected 0 to 4 places")


def check_capabilities(
    capabilities: tuple[Capability, ...],
    scale: Scale,
    domains: tuple[Domain, ...],
    aspects: tuple[Aspect, ...],
) -> Iterator[Violation]:
    """Yield a violation for each capability without all levels and each unknown one that is named."""
    for capability in capabilities:
        levels = [each.level for each in capability.levels]
        if levels != list(scale.levels):
            message = f"levels {levels} are described; expected {list(scale.levels)}, in this order"
            yield Violation(Rule.LEVELS_COMPLETE, ("capabilities", capability.code, "levels"), message)
    known = {each.code for each in capabilities}
    for path, indicator in indicator_paths(domains, aspects):
        if indicator.capability not in known:
            message = f"unknown capability {indicator.capability!r}; known: {', '.join(sorted(known))}"
            yield Violation(Rule.KNOWN_REFERENCES, (*path, "capability"), message)


def check_variants(
    variants: tuple[Variant, ...], domains: tuple[Domain, ...], aspects: tuple[Aspect, ...]
) -> Iterator[Violation]:
    """Yield a violation for each variant that splits what is not there, or clashes with an indicator."""
    keys = {indicator.key for _, indicator in indicator_paths(domains, aspects)}
    numbers = {a.code: {each.number for each in a.indicators} for _, a in aspect_paths(domains, aspects)}
    for position, variant in enumerate(variants):
        path = ("variants", position)
        if variant.aspect not in numbers:
            yield Violation(Rule.KNOWN_REFERENCES, (*path, "aspect"), f"unknown aspect {variant.aspect}")
        elif variant.splits not in numbers[variant.aspect]:
            message = f"indicator {variant.splits} is not one of aspect {variant.aspect}"
            yield Violation(Rule.KNOWN_REFERENCES, (*path, "splits"), message)
        taken = (set(variant.keys) & keys) - {str(variant.splits)}
        if taken or len(set(variant.keys)) != len(variant.keys) or len(variant.keys) < 2:
            message = "expected two or more different keys that no other indicator uses"
            yield Violation(Rule.INDICATOR_NUMBERS, (*path, "keys"), message)


def check_origins(
    domains: tuple[Domain, ...], aspects: tuple[Aspect, ...], older: str | None, known: frozenset[int]
) -> Iterator[Violation]:
    """Yield a violation for each origin that is not among the `known` indicators of the older instrument."""
    for path, indicator in indicator_paths(domains, aspects):
        if indicator.origin is None:
            continue
        if older is None:
            message = "this file has no `crosswalk` that says which instrument is meant"
            yield Violation(Rule.KNOWN_REFERENCES, (*path, "crosswalk"), message)
            continue
        unknown = [number for number in indicator.origin.indicators if number not in known]
        if unknown:
            message = f"{older} has no indicator {', '.join(map(str, unknown))}"
            yield Violation(Rule.KNOWN_REFERENCES, (*path, "crosswalk", "indicators"), message)
