"""Whether a package is sound: every fault by file and line, and how ready it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Final

from livinglab.packages.adapters.document_syntax import document_faults, message_faults
from livinglab.packages.adapters.known_files import read_known
from livinglab.packages.adapters.package_files import text_of
from livinglab.packages.adapters.template_syntax import read_template
from livinglab.packages.domain.checks import (
    Case,
    Known,
    Part,
    Reading,
    faults_of,
    missing,
    readiness,
    severity,
)
from livinglab.packages.domain.faults import Fault, PackageRefused, Severity
from livinglab.packages.domain.package import Package
from livinglab.packages.queries.differences import compare
from livinglab.packages.queries.fault_words import sentence
from livinglab.packages.queries.play import Mismatch, play
from livinglab.packages.queries.reading import parse_package, read_files

_GRAVEST: Final = (Severity.ERROR, Severity.WARNING, Severity.HINT)
_MOST_FAULTS: Final = 50  # of one template's markup
_NOTHING_KNOWN: Final = Known()

__all__ = ["Known", "Report", "check_files", "check_path", "known_here", "sentence", "severity"]


@dataclass(frozen=True, slots=True)
class Report:
    """What was found. `package` is None where it could not be read; `unmet` are requirements that are not met."""

    faults: tuple[Fault, ...]
    package: Package | None
    readiness: int
    unmet: tuple[Part, ...]

    def of(self, wanted: Severity) -> tuple[Fault, ...]:
        """This function will return the faults of one severity."""
        return tuple(fault for fault in self.faults if severity(fault) is wanted)

    @property
    def is_sound(self) -> bool:
        """Whether there is no error: only then may a package be built, signed and published."""
        return not self.of(Severity.ERROR)


@lru_cache
def known_here(reference: Path, instruments: Path) -> Known:
    """This function will return the code lists of this installation: functions, sectors, indicators."""
    return read_known(reference, instruments)


def check_path(path: Path, *, known: Known = _NOTHING_KNOWN, previous: Path | None = None) -> Report:
    """This function will check the package in a folder, zip or git repository, as `check_files` does."""
    try:
        files = read_files(path)
        before = read_files(previous) if previous else None
    except PackageRefused as refused:
        return _unread(refused)
    return check_files(files, known=known, previous=before)


def check_files(
    files: Mapping[str, bytes], *, known: Known = _NOTHING_KNOWN, previous: Mapping[str, bytes] | None = None
) -> Report:
    """This function will check a package by its files. `known` are code lists outside it, as far as they are given.

    Scenarios are played only where nothing else is wrong. `previous` are the files of the version before, from which
    the number of this one must follow.
    """
    try:
        package = parse_package(files)
    except PackageRefused as refused:
        return _unread(refused)
    readings, faults = _templates(package)
    faults += faults_of(Case(package, readings, known))
    if previous is not None:
        faults += _too_low(package, previous)
    if not any(severity(fault) is Severity.ERROR for fault in faults):
        faults += _played(package)
    return Report(_sorted(faults), package, readiness(faults), missing(faults))


def _unread(refused: PackageRefused) -> Report:
    return Report(_sorted(refused.faults), None, 0, tuple(Part))


def _too_low(package: Package, previous: Mapping[str, bytes]) -> list[Fault]:
    before, after = (
        {path: text_of(path, one) for path, one in side.items()} for side in (previous, package.files)
    )
    found = compare(before, after)
    if found.is_enough:
        return []
    said = {"before": str(found.before), "least": str(found.least), "version": package.manifest.version}
    return [Fault("P126", "package.yaml", package.line("package.yaml", "version"), said)]


def _sorted(faults: list[Fault] | tuple[Fault, ...]) -> tuple[Fault, ...]:
    once = {(*_place(fault), *fault.said.items()): fault for fault in faults}
    return tuple(sorted(once.values(), key=_place))


def _place(fault: Fault) -> tuple[object, ...]:
    return (fault.path, fault.line, _GRAVEST.index(severity(fault)), fault.code)


def _templates(package: Package) -> tuple[dict[str, Reading], list[Fault]]:
    readings: dict[str, Reading] = {}
    faults: list[Fault] = []
    for templates, look in ((package.documents, document_faults), (package.messages, message_faults)):
        for template in templates.values():
            readings[template.path], found = read_template(template.path, template.text)
            faults += [*found, *islice(look(template.path, template.text), _MOST_FAULTS)]
    return readings, faults


def _played(package: Package) -> list[Fault]:
    return [
        Fault("P710", scenario.path, one.line, _said(one))
        for scenario in package.scenarios.values()
        for one in play(package, scenario).mismatches
    ]


def _said(mismatch: Mismatch) -> dict[str, str]:
    return {"what": mismatch.what, "expected": _shown(mismatch.expected), "seen": _shown(mismatch.seen)}


def _shown(value: object) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, tuple | list) else str(value)
    return text[:160] or "–"
