"""The files of a package as typed values: every file that cannot be read says so, with its line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Final, TypeVar

from livinglab.packages.adapters.form_files import form_from
from livinglab.packages.adapters.json_files import read_json
from livinglab.packages.adapters.located import Located, Place
from livinglab.packages.adapters.manifest_files import manifest_from
from livinglab.packages.adapters.process_files import diagram_from
from livinglab.packages.adapters.rule_files import table_from
from livinglab.packages.adapters.scenario_files import scenario_from
from livinglab.packages.adapters.schemas import violations
from livinglab.packages.adapters.yaml_files import read_yaml
from livinglab.packages.domain.contents import (
    BESIDE,
    MOST_BYTES,
    MOST_BYTES_OF_A_FILE,
    MOST_CELLS,
    identifier,
    name_faults,
    of_kind,
    set_faults,
)
from livinglab.packages.domain.faults import Fault, PackageRefused
from livinglab.packages.domain.package import Package, Template
from livinglab.packages.domain.tables import Table

_Value = TypeVar("_Value")
#: control characters other than line end, return (said by P032) and tab; direction marks that hide what a text says
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def package_from(files: Mapping[str, bytes]) -> Package:
    """This function will return the package that these files hold.

    Errors: PackageRefused with every fault of every file that cannot be read, so that all can be mended at once.
    """
    faults = [fault for path in sorted(files) for fault in name_faults(path)]
    faults += [*set_faults(files), *_size_faults(files)]
    if faults:
        raise PackageRefused(tuple(faults))
    return _Files(files).package()


def _size_faults(files: Mapping[str, bytes]) -> Iterator[Fault]:
    for path, content in sorted(files.items()):
        if len(content) > MOST_BYTES_OF_A_FILE:
            yield Fault("P008", path, 0, {"most": str(MOST_BYTES_OF_A_FILE // 1024)})
    if sum(len(content) for content in files.values()) > MOST_BYTES:
        yield Fault("P009", "", 0, {"most": str(MOST_BYTES // 1024)})


def text_of(path: str, content: bytes) -> str:
    """This function will return a file as text. Errors: PackageRefused: not UTF-8, a byte-order mark, CR, not NFC."""
    faults = list(_text_faults(path, content))
    if faults:
        raise PackageRefused(tuple(faults))
    return content.decode()


def _text_faults(path: str, content: bytes) -> Iterator[Fault]:
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        yield Fault("P030", path, content.count(b"\n", 0, error.start) + 1)
        return
    if text.startswith("\ufeff"):
        yield Fault("P031", path, 1)
    if "\r" in text:
        yield Fault("P032", path, text.count("\n", 0, text.index("\r")) + 1)
    for number, line in enumerate(text.split("\n"), 1) if not text.isascii() else ():
        if not unicodedata.is_normalized("NFC", line):
            yield Fault("P033", path, number)
            return
    if found := _CONTROL.search(text):
        yield Fault("P034", path, text.count("\n", 0, found.start()) + 1)


class _Files:
    """Reads each file for itself and gathers the faults of all."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        self.faults: list[Fault] = []
        self.lines: dict[str, Mapping[Place, int]] = {}
        self.texts: dict[str, str] = {}
        for path in sorted(files):
            text = self._try(lambda path=path: text_of(path, files[path]))  # type: ignore[misc]
            if text is not None:
                self.texts[path] = text

    def _try(self, read: Callable[[], _Value]) -> _Value | None:
        try:
            return read()
        except PackageRefused as refused:
            self.faults += refused.faults
            return None

    def _read(
        self, path: str, read: Callable[[str, str], Located], schema: str, build: Callable[[Located], _Value]
    ) -> _Value | None:
        if path not in self.texts:
            return None

        def sound() -> _Value:
            located = read(path, self.texts[path])
            faults = violations(located, schema)
            if faults:
                raise PackageRefused(tuple(faults))
            self.lines[path] = located.lines
            return build(located)

        return self._try(sound)

    def _all(
        self,
        kind: str,
        read: Callable[[str, str], Located],
        schema: str,
        build: Callable[[Located], _Value],
    ) -> dict[str, _Value]:
        found = {
            identifier(path): self._read(path, read, schema, build) for path in of_kind(self.files, kind)
        }
        return {key: value for key, value in found.items() if value is not None}

    def package(self) -> Package:
        manifest = self._read("package.yaml", read_yaml, "package", manifest_from)
        form = self._read("form.schema.json", read_json, "form", form_from)
        bpmn = self.texts.get("process.bpmn")
        diagram = None if bpmn is None else self._try(lambda: diagram_from("process.bpmn", bpmn))
        tasks = self._all("task", read_json, "form", form_from)
        rules = self._all("rule", read_json, "rule", table_from)
        self._limit_cells(rules)
        scenarios = self._all("scenario", read_yaml, "scenario", scenario_from)
        if self.faults or manifest is None or form is None or diagram is None:
            raise PackageRefused(
                tuple(sorted(self.faults, key=lambda fault: (fault.path, fault.line, fault.code)))
            )
        return Package(
            files={path: content for path, content in self.files.items() if path not in BESIDE},
            manifest=manifest,
            form=form,
            tasks=tasks,
            diagram=diagram,
            rules=rules,
            documents=self._templates("document"),
            messages=self._templates("message"),
            scenarios=scenarios,
            lines=self.lines,
        )

    def _limit_cells(self, rules: Mapping[str, Table]) -> None:
        cells = sum(len(row.when) + len(row.then) for table in rules.values() for row in table.rows)
        if cells > MOST_CELLS:
            self.faults.append(Fault("P511", "rules", 0, {"number": str(cells), "most": str(MOST_CELLS)}))

    def _templates(self, kind: str) -> dict[tuple[str, str], Template]:
        found = {}
        for path in of_kind(self.files, kind):
            language = "en" if path.endswith((".en.html", ".en.md")) else "id"
            found[identifier(path), language] = Template(identifier(path), path, language, self.texts[path])
        return found
