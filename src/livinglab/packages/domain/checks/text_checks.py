"""Checks of documents and messages, and that everything people read is there in both languages."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Final

from livinglab.packages.domain.checks.expression_checks import Spot, name_faults
from livinglab.packages.domain.checks.graph import Ran, histories
from livinglab.packages.domain.checks.kinds import ERROR, WARNING, Case, Check, Part, gettext_noop
from livinglab.packages.domain.checks.names import (
    IN_DOCUMENTS,
    IN_TEMPLATES,
    OF_PUBLICATIONS,
    Kind,
    Path,
    Thing,
    names_of,
)
from livinglab.packages.domain.faults import Fault
from livinglab.packages.domain.package import Package, Template
from livinglab.packages.domain.process import Node, NodeKind, Process, Register
from livinglab.packages.domain.publications import publishing_steps
from livinglab.packages.domain.words import Words

_TEMPLATE: Final = "section 6: templates"
_DOCUMENT: Final = "section 6: documents"
_MESSAGE: Final = "section 6: messages"
_ACTIVE: Final = "section 6: no active content"

CHECKS: Final = (
    Check(
        "P601", ERROR, Part.DOCUMENTS, _TEMPLATE, gettext_noop("The template cannot be read: %(problem)s.")
    ),
    Check(
        "P602",
        ERROR,
        Part.DOCUMENTS,
        _TEMPLATE,
        gettext_noop("“%(construct)s” is not of the part of Jinja that is allowed."),
    ),
    Check(
        "P603",
        ERROR,
        Part.DOCUMENTS,
        _TEMPLATE,
        gettext_noop("There is no filter “%(filter)s”. Known: %(known)s."),
    ),
    Check("P604", ERROR, Part.DOCUMENTS, _TEMPLATE, gettext_noop("“%(name)s” may not be read.")),
    Check("P605", ERROR, Part.DOCUMENTS, _TEMPLATE, gettext_noop("“%(name)s” is no list to walk through.")),
    Check(
        "P606",
        ERROR,
        Part.DOCUMENTS,
        _ACTIVE,
        gettext_noop("The element “%(element)s” is not allowed in a document."),
    ),
    Check(
        "P607",
        ERROR,
        Part.DOCUMENTS,
        _ACTIVE,
        gettext_noop("The attribute %(attribute)s is not allowed on %(element)s."),
    ),
    Check(
        "P608",
        ERROR,
        Part.DOCUMENTS,
        _DOCUMENT,
        gettext_noop("The element “%(element)s” is not closed where it was opened."),
    ),
    Check(
        "P609",
        ERROR,
        Part.DOCUMENTS,
        _ACTIVE,
        gettext_noop(
            "This is no plain HTML, near “%(near)s”: comments, declarations and bare signs are not "
            "allowed. Write &lt; and &amp; for the signs."
        ),
    ),
    Check(
        "P610",
        ERROR,
        Part.DOCUMENTS,
        _ACTIVE,
        gettext_noop("A picture is qr: or letterhead: and nothing else."),
    ),
    Check(
        "P611",
        ERROR,
        Part.DOCUMENTS,
        _ACTIVE,
        gettext_noop(
            "The address “%(address)s” is not allowed. Use a parameter for what the adopter must name."
        ),
    ),
    Check(
        "P612",
        ERROR,
        Part.DOCUMENTS,
        _MESSAGE,
        gettext_noop("The first line is not the subject. Write “# ” and the subject."),
    ),
    Check("P613", ERROR, Part.DOCUMENTS, _ACTIVE, gettext_noop("HTML is not allowed in a message.")),
    Check(
        "P614",
        ERROR,
        Part.DOCUMENTS,
        _ACTIVE,
        gettext_noop("Links and pictures are not allowed in a message."),
    ),
    Check(
        "P615", WARNING, Part.DOCUMENTS, _TEMPLATE, gettext_noop("“%(id)s” is used nowhere in the process.")
    ),
    Check(
        "P616",
        ERROR,
        Part.DOCUMENTS,
        "section 4",
        gettext_noop("“%(node)s” names “%(id)s”, which does not exist."),
    ),
    Check(
        "P617",
        ERROR,
        Part.DOCUMENTS,
        _TEMPLATE,
        gettext_noop("Loops stand inside each other more than %(most)s deep."),
    ),
    Check("P618", ERROR, Part.DOCUMENTS, "WCAG 2.2, 1.1.1", gettext_noop("The picture has no alt text.")),
    Check(
        "P619",
        ERROR,
        Part.DOCUMENTS,
        "section 4",
        gettext_noop("“%(id)s” is signed before it was issued on every way."),
    ),
    Check(
        "P620",
        WARNING,
        Part.DOCUMENTS,
        _TEMPLATE,
        gettext_noop("The English text reads other names than the Indonesian one: %(names)s."),
    ),
    Check(
        "P621",
        ERROR,
        Part.DOCUMENTS,
        _MESSAGE,
        gettext_noop("The message is longer than %(most)s characters."),
    ),
    Check("P622", ERROR, Part.DOCUMENTS, _MESSAGE, gettext_noop("Code blocks are not allowed in a message.")),
    Check(
        "P801",
        ERROR,
        Part.LANGUAGES,
        "section 1",
        gettext_noop("The Indonesian text of the message “%(id)s” is missing."),
    ),
    Check(
        "P802",
        WARNING,
        Part.LANGUAGES,
        "section 1",
        gettext_noop("The English text of the message “%(id)s” is missing."),
    ),
    Check(
        "P803",
        WARNING,
        Part.LANGUAGES,
        "section 1",
        gettext_noop("%(number)s texts have no English, the first: “%(text)s”."),
    ),
)

_BPMN: Final = "process.bpmn"
_NAMED: Final = {NodeKind.SEND: "message", NodeKind.SERVICE: "document"}


def text_faults(case: Case) -> Iterator[Fault]:
    """This function will yield what is wrong with documents and messages where the process uses them."""
    package = case.package
    names = {**names_of(package), **IN_TEMPLATES}
    if any(True for _step in publishing_steps(package)):
        names |= OF_PUBLICATIONS
    past = histories(package.diagram)
    used: dict[str, dict[str, list[tuple[Ran, Ran]]]] = {"message": {}, "document": {}}
    for process in (package.diagram.main, *package.diagram.called.values()):
        history = past[process.id]
        for node in process.nodes.values():
            what = _NAMED.get(node.kind, "")
            key = node.said.get(what, "")
            if not key:
                continue
            yield from _missing(package, node, what, key)
            always, perhaps = history.always_before[node.id], history.perhaps_before[node.id]
            if node.said.get("kind") == "sign" and ("document", key) not in always:
                yield Fault("P619", _BPMN, node.line, {"id": key})
            used[what].setdefault(key, []).append((always, perhaps))
    for what, key in _after_silence(package.diagram.main):
        yield from _missing(package, package.diagram.main, what, key)
        used[what].setdefault(key, []).append((frozenset(), past[package.diagram.main.id].perhaps_done))
    for what, templates in (("message", package.messages), ("document", package.documents)):
        known = {**names, **IN_DOCUMENTS} if what == "document" else names
        for (key, _), template in templates.items():
            if key not in used[what]:
                yield Fault("P615", template.path, 0, {"id": key})
            yield from _template_faults(case, template, known, used[what].get(key, []))
    yield from _other_names(case)


def _after_silence(process: Process) -> Iterator[tuple[str, str]]:
    """Yield what the applicant gets when nobody decided in time: ("message" or "document", its id)."""
    if process.silence and process.silence.message:
        yield "message", process.silence.message
    if process.silence and process.silence.document:
        yield "document", process.silence.document


def _missing(package: Package, node: Node | Process, what: str, key: str) -> Iterator[Fault]:
    there = {key for key, _ in (package.messages if what == "message" else package.documents)}
    if key not in there:
        yield Fault("P616", _BPMN, node.line, {"node": node.id, "id": key})


def _template_faults(
    case: Case, template: Template, names: Mapping[Path, Thing], uses: list[tuple[Ran, Ran]]
) -> Iterator[Fault]:
    """Yield unknown names. What has not run is empty in a template, so that only what can never have run is wrong."""
    reading = case.readings.get(template.path)
    if reading is None:
        return
    perhaps = frozenset[tuple[str, str]]().union(*(one for _, one in uses))
    everything = frozenset((path[0], path[1]) for path in names if len(path) > 1)
    everything |= {("check", one.value) for one in Register} | {("publication", "")}
    ran = perhaps if uses else everything
    seen: set[tuple[Path, int]] = set()
    for use in reading.names:
        if (use.path, use.line) not in seen:
            seen.add((use.path, use.line))
            yield from name_faults(use.path, names, Spot(template.path, use.line, ran, ran))
    for loop in reading.loops:
        thing = names.get(loop.path)
        if thing is None or thing.kind is not Kind.LIST:
            yield Fault("P605", template.path, loop.line, {"name": ".".join(loop.path)})


def _other_names(case: Case) -> Iterator[Fault]:
    package = case.package
    for templates in (package.messages, package.documents):
        for (key, language), template in templates.items():
            own = templates.get((key, "id"))
            if language != "en" or own is None:
                continue
            english, indonesian = (
                {use.path for use in case.readings[one.path].names} if one.path in case.readings else set()
                for one in (template, own)
            )
            if english != indonesian:
                listed = ", ".join(sorted(".".join(path) for path in english ^ indonesian))
                yield Fault("P620", template.path, 1, {"names": listed[:160]})


def language_faults(case: Case) -> Iterator[Fault]:
    """This function will yield messages without a language, and files with texts that have no English."""
    package = case.package
    ids = sorted({key for key, _ in package.messages})
    for key in ids:
        for language, code in (("id", "P801"), ("en", "P802")):
            if (key, language) not in package.messages:
                other = "en" if language == "id" else "id"
                yield Fault(code, package.messages[key, other].path, 0, {"id": key})
    for path, part in _parts(package):
        missing = [words for words in _words(part) if not words.en]
        if missing:
            said = {"number": str(len(missing)), "text": missing[0].id[:60]}
            yield Fault("P803", path, _line_of(package, path, missing[0].id), said)


def _parts(package: Package) -> Iterator[tuple[str, object]]:
    yield "package.yaml", package.manifest
    for form in (package.form, *package.tasks.values()):
        yield form.path, form
    for table in package.rules.values():
        yield table.path, table
    for scenario in package.scenarios.values():
        yield scenario.path, scenario


def _line_of(package: Package, path: str, text: str) -> int:
    before, found, _ = package.files[path].decode().partition(text)
    return before.count("\n") + 1 if found else 0


def _words(value: object) -> Iterator[Words]:
    """Yield every text in two languages inside a value, however deep."""
    if isinstance(value, Words):
        yield value
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            if field.name != "hint" or not hasattr(
                value, "per"
            ):  # a hint of a parameter is a value, not a text
                yield from _words(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _words(one)
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _words(one)
