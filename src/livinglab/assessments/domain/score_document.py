"""A score as the command line and the API print it: decimals as text, fractions in lowest terms."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TypedDict

from livinglab.assessments.domain.instruments import Instrument
from livinglab.assessments.domain.scoring import PartScore, Score


class ScoreDocument(TypedDict):
    """A score in JSON types."""

    instrument: str
    index: str
    index_exact: str
    predicate: str
    domains: dict[str, str]
    aspects: dict[str, str]


def score_document(instrument: Instrument, score: Score) -> ScoreDocument:
    """Return `score` in JSON types; the predicate by its published Indonesian name."""
    return ScoreDocument(
        instrument=instrument.code,
        index=str(score.index),
        index_exact=exact_text(score.index_exact),
        predicate=score.predicate.name.id,
        domains=_rounded(score.domains),
        aspects=_rounded(score.aspects),
    )


def exact_text(number: Fraction) -> str:
    """Return a fraction in lowest terms ("601/400"), a whole number without a denominator ("3")."""
    return str(number)


def _rounded(parts: Mapping[str, PartScore]) -> dict[str, str]:
    return {code: str(part.rounded) for code, part in parts.items()}
