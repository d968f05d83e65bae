"""Whether a published result can be true: which values can arise from levels, and which index from them.

Exact: for each printed domain value every exact value that rounds to it is tried, so a finding proves that no
set of levels gives the row. A row without a finding may still be wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import product

from livinglab.assessments.domain.instruments import Comparison, Instrument
from livinglab.assessments.domain.reachable import INDEX, exact_values
from livinglab.assessments.domain.scoring import WHOLE, band_of, round_half_up


class FindingKind(StrEnum):
    """What cannot be true of a published row."""

    IMPOSSIBLE_INDEX = "impossible_index"
    IMPOSSIBLE_DOMAIN = "impossible_domain"
    INDEX_NOT_FROM_DOMAINS = "index_not_from_domains"
    PREDICATE_NOT_OF_INDEX = "predicate_not_of_index"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing in a row that no set of levels gives.

    `part` is the domain's code or "index"; `printed` what the source says; `expected` what it could say instead,
    nothing where the value is impossible in itself.
    """

    kind: FindingKind
    part: str
    printed: str
    expected: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """What a source printed for one organisation and year."""

    index: Decimal | None
    predicate: str
    domains: Mapping[str, Decimal]


def check_figures(instrument: Instrument, year: int, figures: Figures) -> Iterator[Finding]:
    """Yield each thing in `figures` that cannot be true under the instrument of `year`."""
    yield from _impossible_values(instrument, figures)
    candidates = exact_indices(instrument, figures)
    if figures.index is not None and candidates:
        fitting = [each for each in candidates if round_half_up(each, instrument.places) == figures.index]
        if not fitting:
            could_be = sorted({str(round_half_up(each, instrument.places)) for each in candidates})
            yield Finding(FindingKind.INDEX_NOT_FROM_DOMAINS, INDEX, str(figures.index), tuple(could_be))
        candidates = fitting
    yield from _check_predicate(instrument, year, figures, candidates)


def _impossible_values(instrument: Instrument, figures: Figures) -> Iterator[Finding]:
    if figures.index is not None and figures.index not in exact_values(instrument, INDEX):
        yield Finding(FindingKind.IMPOSSIBLE_INDEX, INDEX, str(figures.index), ())
    for code, value in figures.domains.items():
        if value not in exact_values(instrument, code):
            yield Finding(FindingKind.IMPOSSIBLE_DOMAIN, code, str(value), ())


def exact_indices(instrument: Instrument, figures: Figures) -> list[Fraction]:
    """Return every exact index that these domain values leave possible; none unless all are printed."""
    parts = instrument.domains or instrument.aspects
    if any(part.code not in figures.domains for part in parts):
        return []
    choices = [exact_values(instrument, part.code).get(figures.domains[part.code], ()) for part in parts]
    weights = [part.weight for part in parts]
    return [
        sum((weight * value for weight, value in zip(weights, values, strict=True)), Fraction(0)) / WHOLE
        for values in product(*choices)
    ]


def _check_predicate(
    instrument: Instrument, year: int, figures: Figures, candidates: list[Fraction]
) -> Iterator[Finding]:
    if not figures.predicate or figures.index not in exact_values(instrument, INDEX):
        return
    if instrument.predicate_rule(year).compares is Comparison.ROUNDED:
        candidates = [Fraction(figures.index)]
    elif not candidates:
        candidates = list(exact_values(instrument, INDEX)[figures.index])
    names = {band_of(instrument, each).name.id for each in candidates}
    if figures.predicate not in names:
        printed, expected = figures.predicate, tuple(sorted(names))
        yield Finding(FindingKind.PREDICATE_NOT_OF_INDEX, INDEX, printed, expected)
