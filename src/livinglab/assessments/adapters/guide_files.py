"""Reads an instrument together with what lies beside it, so that one look shows all there is to mend."""

from __future__ import annotations

from pathlib import Path

from livinglab.assessments.adapters.evidence_files import load_evidence_guide
from livinglab.assessments.adapters.instrument_files import load_instrument
from livinglab.assessments.adapters.precedence_files import load_precedence
from livinglab.assessments.adapters.scaffold_files import load_scaffolds
from livinglab.assessments.domain.evidence_guide import EvidenceGuide
from livinglab.assessments.domain.instrument_rules import InstrumentError, InstrumentErrors
from livinglab.assessments.domain.instruments import Instrument
from livinglab.assessments.domain.scaffolds import Scaffolds


def load_with_guides(path: Path) -> tuple[Instrument, EvidenceGuide | None, Scaffolds | None]:
    """Return an instrument, its evidence guide and its scaffolds. Raises InstrumentErrors with all problems.

    Its declared precedence is read along for its problems. All of these can only be read against a sound
    instrument: its own problems come first.
    """
    instrument = load_instrument(path)
    errors: list[InstrumentError] = []
    guide: EvidenceGuide | None = None
    scaffolds: Scaffolds | None = None
    try:
        guide = load_evidence_guide(path, instrument)
    except InstrumentErrors as problem:
        errors.extend(problem.errors)
    try:
        scaffolds = load_scaffolds(path, instrument)
    except InstrumentErrors as problem:
        errors.extend(problem.errors)
    try:
        load_precedence(path, instrument)
    except InstrumentErrors as problem:
        errors.extend(problem.errors)
    if errors:
        raise InstrumentErrors(errors)
    return instrument, guide, scaffolds
