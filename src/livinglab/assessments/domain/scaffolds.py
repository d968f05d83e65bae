"""Sentences to begin Fakta, Analisis and Justifikasi with, per group of indicators.

What a writer must fill in stands between << and >>; a text that still holds one is not finished.
Source: Pedoman Menteri PANRB 3/2024, part B, whose templates are restated in our own words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from livinglab.assessments.domain.instruments import CriteriaSource, Indicator, Instrument, Text

PLACEHOLDER: Final = re.compile(r"<<[^<>]{1,120}>>")


class Subject(StrEnum):
    """What the indicators of a group ask about."""

    POLICY = "policy"  # a rule that was adopted
    PRACTICE = "practice"  # something done and recorded
    SERVICE = "service"  # an application that serves people


@dataclass(frozen=True, slots=True)
class Scaffold:
    """How to begin the explanation of an indicator of some domains or aspects (`parts`, by code)."""

    parts: tuple[str, ...]
    subject: Subject
    facts: Text
    analysis: Text
    justification: Text


@dataclass(frozen=True, eq=False, slots=True)
class Scaffolds:
    """The scaffolds of one instrument, each indicator under exactly one, and what they rest on."""

    instrument: str
    source: CriteriaSource
    scaffolds: tuple[Scaffold, ...]

    def of(self, instrument: Instrument, indicator: Indicator) -> Scaffold:
        """Return the scaffold of an indicator."""
        aspect = instrument.aspect_of(indicator)
        domain = instrument.domain_of(aspect)
        codes = {aspect.code} | ({domain.code} if domain else set())
        return next(each for each in self.scaffolds if codes & set(each.parts))


def part_codes(instrument: Instrument) -> tuple[str, ...]:
    """Return the codes that scaffolds are written for: the domains, or the aspects where there are none."""
    return tuple(part.code for part in instrument.domains or instrument.aspects)
