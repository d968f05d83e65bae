"""The door to editing a package's files: read as plain data, written back, and examined part by part."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from livinglab.packages.adapters.json_files import read_json
from livinglab.packages.adapters.located import Place
from livinglab.packages.adapters.trees.comments import comments_of
from livinglab.packages.adapters.trees.files import read_tree
from livinglab.packages.adapters.trees.json_writing import write_json
from livinglab.packages.adapters.trees.yaml_writing import write_yaml
from livinglab.packages.adapters.yaml_files import read_yaml
from livinglab.packages.domain.compare.elements import same
from livinglab.packages.domain.contents import MOST_BYTES_OF_A_FILE
from livinglab.packages.domain.editing.places import standing_at
from livinglab.packages.domain.faults import Fault, PackageRefused, Severity
from livinglab.packages.domain.package import Package
from livinglab.packages.queries.check import Report, check_files, sentence, severity
from livinglab.packages.queries.reading import parse_package

__all__ = [
    "Examined",
    "Finding",
    "Place",
    "as_it_was",
    "cell_of",
    "data_of",
    "examine",
    "unreadable",
    "written",
]

_LINE_SEPARATORS: Final = {"\u2028": "\\u2028", "\u2029": "\\u2029"}
_MISSING: Final = "P020"


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault with the part of the file that it is about; `place` is empty for a file as a whole, or one of text."""

    fault: Fault
    place: Place

    @property
    def path(self) -> str:
        """The file."""
        return self.fault.path

    @property
    def severity(self) -> Severity:
        """How grave it is."""
        return severity(self.fault)

    @property
    def said(self) -> str:
        """What is wrong and what to do, in the language in force."""
        return sentence(self.fault)


@dataclass(frozen=True, slots=True)
class Examined:
    """What the checks found in the files of a package, by part."""

    report: Report
    findings: tuple[Finding, ...]

    @property
    def package(self) -> Package | None:
        """The package, None where its files cannot be read."""
        return self.report.package

    def errors(self) -> tuple[Finding, ...]:
        """This function will return the errors alone: what keeps the package from being put to work."""
        return tuple(one for one in self.findings if one.severity is Severity.ERROR)

    def of(self, path: str) -> tuple[Finding, ...]:
        """This function will return what was found in one file."""
        return tuple(one for one in self.findings if one.path == path)


def data_of(path: str, text: str) -> object:
    """This function will return a JSON or YAML file as plain data. Errors: PackageRefused."""
    return (read_json(path, text) if path.endswith(".json") else read_yaml(path, text)).value


def written(path: str, data: object, before: str) -> str:
    """This function will write plain data as a file; what says the same as before stays as it was, byte for byte.

    Comments of YAML stay with their keys. Errors: PackageRefused where `before` cannot be read.
    """
    if path.endswith(".json"):
        return as_it_was(path, write_json(data), before)
    return as_it_was(path, write_yaml(data, comments_of(path, before) if before else None), before)


def as_it_was(path: str, text: str, *known: str | None) -> str:
    """This function will return the first known text of a file that says the same as this one, else this one."""
    for one in known:
        if one and (one == text or _say_the_same(path, one, text)):
            return one
    return text


def _say_the_same(path: str, one: str, other: str) -> bool:
    try:
        return same(read_tree(path, one), read_tree(path, other))
    except PackageRefused:
        return False


def unreadable(texts: Mapping[str, str], paths: frozenset[str]) -> tuple[Finding, ...]:
    """This function will return why these files of a package cannot be read, by part; nothing where they can."""
    try:
        parse_package(_spread_out(texts))
    except PackageRefused as refused:
        return tuple(_finding(one, _places(texts)) for one in refused.faults if one.path in paths)
    return ()


def examine(texts: Mapping[str, str]) -> Examined:
    """This function will check a package by its files and say of each fault which part it is about."""
    report = check_files(_spread_out(texts))
    places = _places(texts)
    return Examined(report, tuple(_finding(fault, places) for fault in report.faults))


def _spread_out(texts: Mapping[str, str]) -> dict[str, bytes]:
    """Write each file of data so that every part of it has a line of its own: then a line says which part."""
    return {path: _spread(path, text).encode() for path, text in texts.items()}


def _spread(path: str, text: str) -> str:
    if not path.endswith((".json", ".yaml")):
        return text
    try:
        data = data_of(path, text)
    except PackageRefused:
        return text
    spread = json.dumps(data, ensure_ascii=False, indent=1)
    for sign, escaped in _LINE_SEPARATORS.items():
        spread = spread.replace(sign, escaped)
    is_longer = len(spread.encode()) >= MOST_BYTES_OF_A_FILE > len(text.encode())
    return text if is_longer else spread + "\n"


def _places(texts: Mapping[str, str]) -> dict[str, dict[int, Place]]:
    found: dict[str, dict[int, Place]] = {}
    for path, text in texts.items():
        if path.endswith((".json", ".yaml")):
            try:
                lines = read_json(path, _spread(path, text)).lines
            except PackageRefused:
                continue
            found[path] = {line: place for place, line in lines.items()}
    return found


def _finding(fault: Fault, places: Mapping[str, Mapping[int, Place]]) -> Finding:
    place = places.get(fault.path, {}).get(fault.line, ())
    if fault.code == _MISSING:
        place = (*place, fault.said["key"])
    return Finding(fault, place)


def cell_of(finding: Finding, data: object) -> Place:
    """This function will return the cell of a decision table that a finding about its row speaks of, else the row."""
    if finding.place[:1] != ("rows",) or len(finding.place) < 2:
        return finding.place
    row, said = finding.place[:2], finding.fault.said
    for side in ("when", "then"):
        cells = standing_at(data, (*row, side))
        for column, cell in cells.items() if isinstance(cells, Mapping) else ():
            named = said.get("name") or said.get("value")
            if said.get("expression", "\0") == str(cell)[:120] or (named and named in str(cell)):
                return (*row, side, str(column))
    if fault_column := said.get("column"):
        outputs = standing_at(data, ("outputs",))
        is_output = any(
            isinstance(one, Mapping) and one.get("id") == fault_column
            for one in (outputs if isinstance(outputs, list) else ())
        )
        return (*row, "then" if is_output else "when", fault_column)
    return finding.place if len(finding.place) > 3 else row
