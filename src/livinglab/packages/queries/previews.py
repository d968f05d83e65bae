"""What a part of a package looks like to people, before it is kept: a field, a message, a document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from livinglab.packages.domain.faults import PackageRefused
from livinglab.packages.domain.manifest import Manifest, ParameterType
from livinglab.packages.domain.package import Package
from livinglab.packages.domain.running.names import names_of
from livinglab.packages.domain.running.state import Case, Text
from livinglab.packages.domain.scenarios import Kind, Scenario
from livinglab.packages.domain.words import Words
from livinglab.packages.queries.cases import runner
from livinglab.packages.queries.play import play
from livinglab.packages.queries.reading import parse_package

__all__ = ["Preview", "document_preview", "message_preview", "readable_package"]


@dataclass(frozen=True, slots=True)
class Preview:
    """A message or document as it comes out. `texts` by language; `subject` is empty for a document.

    `scenario` names the invented case that it was made with.
    """

    texts: Mapping[str, Text]
    scenario: Words


def readable_package(texts: Mapping[str, str]) -> Package | None:
    """This function will return the package of these files, None where they cannot be read as one."""
    try:
        return parse_package({path: text.encode() for path, text in texts.items()})
    except PackageRefused:
        return None


def message_preview(package: Package, message: str, values: Mapping[str, object]) -> Preview | None:
    """This function will return a message as an invented applicant gets it, in the first scenario that sends it.

    `values` are those of parameters, over the origin's hints and those of the scenario. None where no scenario has a
    case. Errors: `BrokenPackage` for a template that cannot be filled in.
    """
    for scenario, case in _cases(package, values):
        for sent in case.sent:
            if sent.message == message:
                return Preview(sent.texts, scenario.title)
    for scenario, case in _cases(package, values):
        machine = runner(package)
        return Preview(machine.kit.message(message, names_of(case, machine.days)), scenario.title)
    return None


def document_preview(package: Package, document: str, values: Mapping[str, object]) -> Preview | None:
    """This function will return a document as it is issued in the first scenario that does. As `message_preview`."""
    for scenario, case in _cases(package, values):
        for issued in case.issued:
            if issued.document == document:
                pages = {one: Text("", page) for one, page in issued.pages.items()}
                return Preview(pages, scenario.title)
    for scenario, case in _cases(package, values):
        machine = runner(package)
        names = {**names_of(case, machine.days), "document": {"number": "CONTOH-1", "qr": "qr:"}}
        pages = {one: Text("", page) for one, page in machine.kit.document(document, names).items()}
        return Preview(pages, scenario.title)
    return None


def _cases(package: Package, values: Mapping[str, object]) -> list[tuple[Scenario, Case]]:
    """Play every scenario to its end, those that are granted first."""
    invented = invented_officials(package.manifest)
    found = []
    for one in sorted(package.scenarios.values(), key=lambda each: (each.kind is not Kind.GRANTED, each.id)):
        scenario = replace(one, parameters={**invented, **one.parameters, **values})
        case = next((step.case for step in reversed(play(package, scenario).steps) if step.case), None)
        if case is not None:
            found.append((scenario, case))
    return found


def invented_parameters(manifest: Manifest, scenarios: Mapping[str, Scenario]) -> dict[str, object]:
    """This function will return values with which a package can be shown: those of its scenarios, else of nobody.

    The scenario that comes first wins. A parameter with a hint keeps it: a scenario that sets it shows another course.
    """
    hinted = {one.id for one in manifest.parameters if one.hint is not None}
    found: dict[str, object] = {}
    for one in scenarios.values():
        found = {**one.parameters, **found}
    return {
        **invented_officials(manifest),
        **{name: value for name, value in found.items() if name not in hinted},
    }


def invented_officials(manifest: Manifest) -> dict[str, object]:
    """This function will return values for what has no hint by its nature: an official, a letterhead of nobody."""
    found: dict[str, object] = {}
    for one in manifest.parameters:
        if one.type is ParameterType.OFFICIAL:
            found[one.id] = {"name": "Pejabat Contoh", "rank": "", "number": ""}
        elif one.type is ParameterType.LETTERHEAD:
            found[one.id] = {"lines": ["Pemerintah Contoh (fiktif)"]}
    return found
