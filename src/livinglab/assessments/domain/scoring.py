"""The index, exact: from the levels directly, never from rounded parts.

Source: PermenPANRB 59/2020, formulas for aspect, domain and overall index; PermenPANRB 8/2026 weighs alike.
All weights of an instrument are brought to one denominator once, so that a score is a sum of whole numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import lcm

from livinglab.assessments.domain.instruments import Band, Comparison, Indicator, Instrument, Scale, Variant
from livinglab.assessments.domain.levels import Level, LevelErrors, find_level_errors

WHOLE = 100  # percent: what the domains or aspects of an instrument weigh together


@dataclass(frozen=True, slots=True)
class PartScore:
    """The value of one domain or aspect, exact and as it is published."""

    code: str
    exact: Fraction
    rounded: Decimal


@dataclass(frozen=True, slots=True)
class Score:
    """What a set of levels is worth: the index half-up and exact, its parts, its predicate."""

    index: Decimal
    index_exact: Fraction
    domains: Mapping[str, PartScore]
    aspects: Mapping[str, PartScore]
    predicate: Band


@dataclass(frozen=True, slots=True)
class _Part:
    """Positions of a part's scores among the keys, and what to divide their weighted sum by."""

    code: str
    start: int
    end: int
    divisor: int


@dataclass(frozen=True, slots=True)
class _Plan:
    """An instrument (or a variant of it) ready for whole-number arithmetic.

    `weights[i]` × level × `step` summed over all and divided by `divisor` is the index.
    """

    keys: tuple[str, ...]
    weights: tuple[int, ...]
    step: int
    divisor: int
    domains: tuple[_Part, ...]
    aspects: tuple[_Part, ...]


def score(instrument: Instrument, levels: Mapping[str, Level], year: int | None = None) -> Score:
    """Return the exact score of `levels`, keyed by indicator number; `year` chooses the predicate rule.

    Raises LevelErrors naming every wrong level, UnknownYear for a year the instrument was not used in.
    """
    rule = instrument.predicate_rule(year)
    plan = plan_for(instrument, levels)
    steps = _steps(instrument, plan, levels)
    products = [weight * level for weight, level in zip(plan.weights, steps, strict=True)]
    exact = Fraction(sum(products), plan.divisor)
    rounded = round_half_up(exact, instrument.places)
    return Score(
        index=rounded,
        index_exact=exact,
        domains=_part_scores(plan.domains, products, instrument.places),
        aspects=_part_scores(plan.aspects, products, instrument.places),
        predicate=_band_of_rounded(instrument, rounded)
        if rule.compares is Comparison.ROUNDED
        else band_of(instrument, exact),
    )


def indices(instrument: Instrument, rows: Iterable[Sequence[int]]) -> Iterator[Fraction]:
    """Yield the exact index of each row of levels, given in the order of the instrument's indicators.

    For many rows at once: levels are whole numbers in units of the scale's last place, and not checked.
    """
    plan = _plan(instrument, None)
    for row in rows:
        total = sum(weight * level for weight, level in zip(plan.weights, row, strict=True))
        yield Fraction(total, plan.divisor)


def gains(instrument: Instrument, levels: Mapping[str, object]) -> dict[str, Fraction]:
    """Return by key what one level more adds to the index, exact; the keys are those that `levels` use."""
    plan = plan_for(instrument, levels)
    return {
        key: Fraction(weight * plan.step, plan.divisor)
        for key, weight in zip(plan.keys, plan.weights, strict=True)
    }


def predicate_of(instrument: Instrument, exact: Fraction, year: int | None = None) -> Band:
    """Return the band that an exact index earns under the rule of `year`."""
    if instrument.predicate_rule(year).compares is Comparison.ROUNDED:
        return _band_of_rounded(instrument, round_half_up(exact, instrument.places))
    return band_of(instrument, exact)


@lru_cache(maxsize=4096)  # an instrument has some four hundred published values
def _band_of_rounded(instrument: Instrument, index: Decimal) -> Band:
    return band_of(instrument, Fraction(index))


def band_of(instrument: Instrument, index: Fraction) -> Band:
    """Return the band that holds `index`. Raises ValueError outside the scale."""
    for band in instrument.bands:
        if band.holds(index):
            return band
    low, high = instrument.scale.minimum, instrument.scale.maximum
    raise ValueError(f"index: {index} is outside {low} to {high}")


def round_half_up(exact: Fraction, places: int) -> Decimal:
    """Round to `places` decimals, a half always away from zero, as the ministry does; never negative here."""
    unit: int = 10**places
    return _decimal((2 * exact.numerator * unit + exact.denominator) // (2 * exact.denominator), places)


@lru_cache(maxsize=2048)
def _decimal(units: int, places: int) -> Decimal:
    return Decimal(units).scaleb(-places)


def level_keys(instrument: Instrument, levels: Mapping[str, object] | None = None) -> tuple[str, ...]:
    """Return the keys a set of levels must have, in order; those of a variant if `levels` use one."""
    return plan_for(instrument, levels or {}).keys


def plan_for(instrument: Instrument, levels: Mapping[str, object]) -> _Plan:
    """Return the plan for these levels: of the variant whose extra keys they use, else the plain one."""
    for variant in instrument.variants:
        if any(key in levels for key in variant.keys if key != str(variant.splits)):
            return _plan(instrument, variant)
    return _plan(instrument, None)


def _steps(instrument: Instrument, plan: _Plan, levels: Mapping[str, Level]) -> list[int]:
    if _all_whole_and_within(instrument.scale, plan.keys, levels):  # the usual case, four times as fast
        return [int(levels[key]) * plan.step for key in plan.keys]
    errors = find_level_errors(levels, plan.keys, instrument.scale)
    if errors:
        raise LevelErrors(errors)
    return [int(levels[key] * plan.step) for key in plan.keys]


def _all_whole_and_within(scale: Scale, keys: tuple[str, ...], levels: Mapping[str, Level]) -> bool:
    allowed = scale.levels
    return len(levels) == len(keys) and all(
        type(level) is int and level in allowed for level in map(levels.get, keys)
    )


def _part_scores(parts: tuple[_Part, ...], products: list[int], places: int) -> dict[str, PartScore]:
    return {part.code: _part_score(part, sum(products[part.start : part.end]), places) for part in parts}


# A part of ten indicators has forty-one sums, and the country has thousands of them: dividing costs more than asking.
@lru_cache(maxsize=16_384)
def _part_score(part: _Part, total: int, places: int) -> PartScore:
    exact = Fraction(total, part.divisor)
    return PartScore(part.code, exact, round_half_up(exact, places))


@lru_cache(maxsize=64)
def _plan(instrument: Instrument, variant: Variant | None) -> _Plan:
    weighed = {aspect.code: _weighed_keys(aspect.indicators, None) for aspect in instrument.aspects}
    if variant is not None:
        aspect = next(each for each in instrument.aspects if each.code == variant.aspect)
        split = _weighed_keys(aspect.indicators, variant)
        weighed[aspect.code] = [(key, aspect.weight / len(split)) for key, _ in split]
    pairs = [pair for part in weighed.values() for pair in part]
    common = lcm(*(weight.denominator for _, weight in pairs))
    step = 10**instrument.scale.decimals
    unit = common * step
    ends: dict[str, tuple[int, int]] = {}
    for code, part in weighed.items():
        start = next(reversed(ends.values()))[1] if ends else 0
        ends[code] = (start, start + len(part))
    return _Plan(
        keys=tuple(key for key, _ in pairs),
        weights=tuple(int(weight * common) for _, weight in pairs),
        step=step,
        divisor=WHOLE * unit,
        domains=tuple(
            _Part(d.code, ends[d.aspects[0].code][0], ends[d.aspects[-1].code][1], _whole(d.weight * unit))
            for d in instrument.domains
        ),
        aspects=tuple(_Part(a.code, *ends[a.code], _whole(a.weight * unit)) for a in instrument.aspects),
    )


def _weighed_keys(indicators: tuple[Indicator, ...], variant: Variant | None) -> list[tuple[str, Fraction]]:
    pairs: list[tuple[str, Fraction]] = []
    for indicator in indicators:
        split = variant is not None and indicator.number == variant.splits
        keys = variant.keys if variant is not None and split else (indicator.key,)
        pairs.extend((key, indicator.weight) for key in keys)
    return pairs


def _whole(number: Fraction) -> int:
    assert number.denominator == 1, "the common denominator divides every sum of weights"
    return number.numerator
