"""What the parts of a package are called, and which part leans on which: by name, across files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from livinglab.packages.domain import bookings
from livinglab.packages.domain.compare.elements import (
    Branch,
    Element,
    Leaf,
    Run,
    Tree,
    child,
    children,
    plain,
    step,
    text,
    written,
)

Name = tuple[str, ...]  # a kind, such as "field", and what tells one of that kind from others
PROCESS: Final = "process.bpmn"
FORM: Final = "form.schema.json"
PACKAGE: Final = "package.yaml"
_QUOTED: Final = re.compile(r"'[^']*'|\"[^\"]*\"")
_NAMES: Final = re.compile(r"\b(form|param|task|rule|booking)\.([a-z][a-z0-9_-]*)(?:\.([a-z][a-z0-9_]*))?")
_TEMPLATE: Final = re.compile(r"\{\{([^{}]*)\}\}|\{%([^{}]*)%\}")
_CHOSEN: Final = re.compile(r"\bform\.([a-z][a-z0-9_]*)\s*[!=]=\s*'([^']*)'")
_EXPRESSIONS: Final = frozenset({"x-show-if"})


def names(tree: Tree) -> dict[Name, str]:
    """This function will return every name that other parts may use, with the path of what bears it."""
    found: dict[Name, str] = {}
    for path, element in tree.items():
        for pattern, kind in _FILES:
            if match := pattern.fullmatch(path):
                found[kind, match.group(1)] = path
        found.update(_inner_names(path, element))
    return found


def _inner_names(path: str, element: Element) -> Iterator[tuple[Name, str]]:
    if path.endswith(".schema.json"):
        yield from _fields(element, path, ("field",) if path == FORM else ("answer", _stem(path)))
    elif path.startswith("rules/"):
        for part in ("inputs", "outputs"):
            for key in children(element, part):
                yield (part, _stem(path), key), f"{path}#/{part}[id={key}]"
    for part in _PARTS.get(path, ()):
        for key in children(element, part):
            yield (part, key), f"{path}#/{part}[id={key}]"


_PARTS: Final = {
    PACKAGE: ("roles", "parameters", "documents"),
    PROCESS: ("processes", "lanes", "elements"),
}
_FILES: Final = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        (r"tasks/(.+)\.schema\.json", "tasks"),
        (r"rules/(.+)\.json", "rules"),
        (r"documents/([^.]+)\.html", "templates"),
        (r"messages/([^.]+)\.id\.md", "messages"),
    )
)


def _fields(form: Element, path: str, kind: Name) -> Iterator[tuple[Name, str]]:
    for key, field in children(form, "properties").items():
        yield (*kind, key), f"{path}#/properties/{key}"
        for value in children(field, "enum"):
            yield (*kind, key, value), f"{path}#/properties/{key}/enum[{value}]"
    for page in children(form, "x-pages"):
        yield ("page", path, page), f"{path}#/x-pages[id={page}]"


def leanings(tree: Tree) -> Iterator[tuple[str, Name]]:
    """This function will yield each use of a name: the path of what uses it, and the name."""
    process = children(tree.get(PROCESS), "elements")
    forms = {key: text(element, "ll:form") for key, element in process.items()}
    for path, element in tree.items():
        if path == PROCESS:
            yield from _process(element)
        elif path == PACKAGE:
            yield from _package(element)
        elif path.startswith("scenarios/"):
            yield from _scenario(element, path, forms)
        elif path.startswith("rules/"):
            yield from _rule(element, path)
        if path.endswith((".html", ".md")) and path != "README.md":
            yield from _template(element, path, forms)
        elif path != PACKAGE:
            yield from _expressions(element, f"{path}#", forms, every=not path.endswith(".schema.json"))
        if path.endswith(".schema.json"):
            yield from _pages(element, path)


def _used(expression: str, forms: Mapping[str, str]) -> Iterator[Name]:
    """Return the names in an expression; texts in quotes are no names, but a choice compared with one is."""
    for match in _CHOSEN.finditer(expression):
        yield ("field", match.group(1), match.group(2))
    for match in _NAMES.finditer(_QUOTED.sub("''", expression)):
        root, first, second = match.groups()
        if root == "form":
            yield ("field", first)
        elif root == "booking":
            yield ("elements", first)
        elif root == "param":
            yield ("parameters", first)
        elif second and root == "task":
            yield ("answer", forms.get(first) or first, second)
        elif second:
            yield ("outputs", first, second)


def _expressions(
    element: Element, path: str, forms: Mapping[str, str], *, every: bool
) -> Iterator[tuple[str, Name]]:
    """Look for names in every text of a file of data, or only under the keys that hold expressions."""
    if isinstance(element, Leaf):
        if every and isinstance(element.value, str) and not element.prose:
            for name in _used(element.value, forms):
                yield path, name
    elif isinstance(element, Run):
        for number, item in enumerate(element.items, 1):
            yield from _expressions(item, f"{path}[{number}]", forms, every=every)
    else:
        for key, part in element.children.items():
            inner = every or key in _EXPRESSIONS
            yield from _expressions(part, path + step(element, key), forms, every=inner)


def _template(element: Element, path: str, forms: Mapping[str, str]) -> Iterator[tuple[str, Name]]:
    whole = " ".join(str(part) for part in _texts(element))
    for match in _TEMPLATE.finditer(whole):
        for name in _used(match.group(1) or match.group(2), forms):
            yield path, name


def _texts(element: Element) -> Iterator[str]:
    if isinstance(element, Branch) and element.kind == "log":
        return
    yield written(element)


def _process(process: Element) -> Iterator[tuple[str, Name]]:
    for key, lane in children(process, "lanes").items():
        yield f"{PROCESS}#/lanes[id={key}]", ("roles", key)
        yield f"{PROCESS}#/lanes[id={key}]/process", ("processes", text(lane, "process"))
    for key, element in children(process, "elements").items():
        for attribute, kind in _ATTRIBUTES.items():
            if value := text(element, attribute):
                yield f"{PROCESS}#/elements[id={key}]/{attribute}", (kind, value)


_ATTRIBUTES: Final = {
    "lane": "lanes",
    "process": "processes",
    "sourceRef": "elements",
    "targetRef": "elements",
    "default": "elements",
    "attachedToRef": "elements",
    "calledElement": "processes",
    "ll:form": "tasks",
    "ll:rule": "rules",
    "ll:document": "documents",
    "ll:message": "messages",
    "ll:not-by": "elements",
    **{f"ll:{one}": "field" for one in bookings.FIELDS},
    **{f"ll:{one}": "parameters" for one in bookings.PARAMETERS},
}


def _package(package: Element) -> Iterator[tuple[str, Name]]:
    for key, document in children(package, "documents").items():
        yield f"{PACKAGE}#/documents[id={key}]", ("templates", key)
        if signer := text(document, "signed_by"):
            yield f"{PACKAGE}#/documents[id={key}]/signed_by", ("roles", signer)
    for key in children(package, "roles"):
        yield f"{PACKAGE}#/roles[id={key}]", ("lanes", key)
    if rule := text(package, "standard", "fee", "rule"):
        output = text(package, "standard", "fee", "output")
        yield f"{PACKAGE}#/standard/fee", ("outputs", rule, output)
    if parameter := text(package, "standard", "duration", "within", "parameter"):
        yield f"{PACKAGE}#/standard/duration/within/parameter", ("parameters", parameter)


def _rule(rule: Element, path: str) -> Iterator[tuple[str, Name]]:
    for row, cells in children(rule, "rows").items():
        for part, kind in (("when", "inputs"), ("then", "outputs")):
            for column in children(cells, part):
                yield f"{path}#/rows[id={row}]/{part}/{column}", (kind, _stem(path), column)


def _pages(form: Element, path: str) -> Iterator[tuple[str, Name]]:
    for key, field in children(form, "properties").items():
        if page := text(field, "page"):
            yield f"{path}#/properties/{key}/page", ("page", path, page)


def _scenario(scenario: Element, path: str, forms: Mapping[str, str]) -> Iterator[tuple[str, Name]]:
    for key in children(scenario, "parameters"):
        yield f"{path}#/parameters/{key}", ("parameters", key)
    steps = child(scenario, "steps")
    for number, one in enumerate(steps.items if isinstance(steps, Run) else (), 1):
        place = f"{path}#/steps[{number}]"
        if role := text(one, "as"):
            yield f"{place}/as", ("roles", role)
        yield from _answers(one, place, forms)
        for part, kind in (("waiting", "elements"), ("breached", "elements"), ("messages", "messages")):
            for key in children(one, "expect", part):
                yield f"{place}/expect/{part}", (kind, key)
        for key in children(one, "expect", "documents"):
            yield f"{place}/expect/documents", ("documents", key)
        for rule, outputs in children(one, "expect", "rules").items():
            for output in children(outputs):
                yield f"{place}/expect/rules/{rule}/{output}", ("outputs", rule, output)


def _answers(one: Element, place: str, forms: Mapping[str, str]) -> Iterator[tuple[str, Name]]:
    task = text(one, "task")
    if task:
        yield f"{place}/task", ("elements", task)
    kind: Name = ("answer", forms.get(task) or task) if task else ("field",)
    for key, answer in children(one, "answers").items():
        yield f"{place}/answers/{key}", (*kind, key)
        value = plain(answer)
        if isinstance(value, str):
            yield f"{place}/answers/{key}", (*kind, key, value)


def _stem(path: str) -> str:
    return path.rpartition("/")[2].partition(".")[0]
