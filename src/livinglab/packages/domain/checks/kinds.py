"""What a check of a package is, and what it looks at.

Ids are stable: a check that is dropped leaves its number unused, a new one takes the next of its hundred.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from livinglab.packages.domain.faults import Severity
from livinglab.packages.domain.package import Package

ERROR: Final = Severity.ERROR
WARNING: Final = Severity.WARNING
HINT: Final = Severity.HINT


def gettext_noop(text: str) -> str:
    """This function will mark English words for the translators; they are translated where they are shown."""
    return text


class Part(StrEnum):
    """What a check belongs to: a requirement of readiness. Its weight stands in `WEIGHTS`."""

    FILES = "files"
    SERVICE = "service"
    STANDARD = "standard"
    DATA = "data"
    FORM = "form"
    PROCESS = "process"
    RULES = "rules"
    DOCUMENTS = "documents"
    SCENARIOS = "scenarios"
    LANGUAGES = "languages"


#: the share of each requirement in readiness, in per cent; together 100
WEIGHTS: Final[Mapping[Part, int]] = {
    Part.FILES: 5,
    Part.SERVICE: 10,
    Part.STANDARD: 15,
    Part.DATA: 10,
    Part.FORM: 10,
    Part.PROCESS: 15,
    Part.RULES: 10,
    Part.DOCUMENTS: 10,
    Part.SCENARIOS: 10,
    Part.LANGUAGES: 5,
}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that is looked for. `source` is the section of docs/package-format.md, or the law, that asks for it."""

    id: str
    severity: Severity
    part: Part
    source: str
    message: str


@dataclass(frozen=True, slots=True)
class NameUse:
    """A name that a template reads, and on which line."""

    path: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Loop:
    """A list that a template walks through, and on which line."""

    path: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What a template reads: names, and lists that it walks through; names of a row stand under the list's own name."""

    names: tuple[NameUse, ...] = ()
    loops: tuple[Loop, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What is known outside a package; each may be left out, and is then not asked for.

    `instruments` has the indicators of each; `functions` the national application's field of each, empty for none.
    """

    instruments: Mapping[str, frozenset[int]] | None = None
    functions: Mapping[str, str] | None = None
    sectors: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A package that could be read, what its templates read (by path), and what is known outside it."""

    package: Package
    readings: Mapping[str, Reading] = field(default_factory=dict)
    known: Known = field(default_factory=Known)
