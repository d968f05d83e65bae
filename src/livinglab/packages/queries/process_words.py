"""A process as an ordered list in words: each step, who takes it, by when, and where it leads."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from livinglab.packages.domain.bookings import is_booking
from livinglab.packages.domain.checks.graph import Graph
from livinglab.packages.domain.package import Package
from livinglab.packages.domain.process import (
    Diagram,
    Flow,
    Node,
    NodeKind,
    Outcome,
    Process,
    Publishes,
    ServiceKind,
)
from livinglab.packages.domain.process_order import in_order, is_attached
from livinglab.packages.queries.condition_words import Values, condition_words, values_of
from livinglab.packages.queries.law_words import law_words

__all__ = [
    "KINDS",
    "OUTCOMES",
    "PUBLISHED",
    "SERVICES",
    "WAITS",
    "Names",
    "Step",
    "Told",
    "Way",
    "names_of",
    "told",
    "within",
    "without_filling",
]

_FILLED_IN: Final = re.compile(r"\{\{[^}]*\}\}")
_DURATION: Final = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?")

KINDS: Final[Mapping[NodeKind, Promise | str]] = {
    NodeKind.START: gettext_lazy("Start"),
    NodeKind.END: gettext_lazy("End"),
    NodeKind.USER: gettext_lazy("Task of a person"),
    NodeKind.SERVICE: gettext_lazy("Done by the system"),
    NodeKind.RULE: gettext_lazy("Decision table"),
    NodeKind.SEND: gettext_lazy("Message to the applicant"),
    NodeKind.RECEIVE: gettext_lazy("Wait for the applicant"),
    NodeKind.EXCLUSIVE: gettext_lazy("Decision"),
    NodeKind.PARALLEL: gettext_lazy("Several at the same time"),
    NodeKind.CALL: gettext_lazy("Process of its own"),
    NodeKind.TIMER: gettext_lazy("Wait for a time"),
    NodeKind.BOUNDARY: gettext_lazy("Time limit at a step"),
}
SERVICES: Final[Mapping[str, Promise | str]] = {
    ServiceKind.ISSUE: gettext_lazy("Issue a document"),
    ServiceKind.SIGN: gettext_lazy("Sign a document"),
    ServiceKind.PAY: gettext_lazy("Ask for a payment"),
    ServiceKind.CHECK_IDENTITY: gettext_lazy("Check the identity"),
    ServiceKind.CHECK_WELFARE: gettext_lazy("Check the welfare data"),
    ServiceKind.REGISTER: gettext_lazy("Enter it in the register"),
    ServiceKind.BOOK: gettext_lazy("Book a place"),
    ServiceKind.GIVE_BACK: gettext_lazy("Give the place back"),
}
PUBLISHED: Final[Mapping[str, Promise | str]] = {
    Publishes.DATA: gettext_lazy("Published as data: everybody can read what is filled in."),
    Publishes.LEGAL_DOCUMENT: gettext_lazy(
        "Published as a legal document: everybody can read what is filled in."
    ),
}
WAITS: Final[Mapping[str, Promise | str]] = {
    "answer": gettext_lazy("Wait until the applicant corrects the form"),
    "payment": gettext_lazy("Wait for the payment"),
}
OUTCOMES: Final[Mapping[str, Promise | str]] = {
    Outcome.GRANTED: gettext_lazy("The application is granted"),
    Outcome.REFUSED: gettext_lazy("The application is refused"),
    Outcome.LAPSED: gettext_lazy("The application lapses"),
    Outcome.WITHDRAWN: gettext_lazy("The application is withdrawn"),
    Outcome.HANDED_OVER: gettext_lazy("The application is handed over"),
}


@dataclass(frozen=True, slots=True)
class Names:
    """What the parts that a process names are called, by their ids; what has no name here stands as its id."""

    roles: Mapping[str, str]
    forms: Mapping[str, str]
    rules: Mapping[str, str]
    documents: Mapping[str, str]
    messages: Mapping[str, str]
    parameters: Mapping[str, str]
    laws: Mapping[str, str]
    values: Values


@dataclass(frozen=True, slots=True)
class Way:
    """Where a step leads: the arrow and what it is called, its condition ("" for none), and the step at its end.

    `when` is the condition in words, empty where only the expression itself says it.
    """

    id: str
    name: str
    condition: str
    when: str
    is_otherwise: bool
    target: str
    target_name: str


@dataclass(frozen=True, slots=True)
class Step:
    """A step in words. `facts` are sentences about it; `ways` are empty where simply the next step follows.

    `limits` are the times at its border: how long, and where that leads.
    """

    id: str
    name: str
    kind: str
    role: str
    deadline: str
    facts: tuple[str, ...]
    ways: tuple[Way, ...]
    limits: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A process in words: `silence` says what it means when nobody decides in time, or nothing."""

    id: str
    silence: str
    steps: tuple[Step, ...]


def names_of(package: Package, language: str) -> Names:
    """This function will return what the parts of a package are called in a language."""
    manifest = package.manifest
    subjects = {
        ident: without_filling(template.text.partition("\n")[0].lstrip("# "))
        for (ident, spoken), template in sorted(
            package.messages.items(), key=lambda one: one[0][1] == language
        )
    }
    return Names(
        roles={one.id: one.name.in_language(language) for one in manifest.roles},
        forms={ident: form.title.in_language(language) for ident, form in package.tasks.items()},
        rules={ident: table.title.in_language(language) for ident, table in package.rules.items()},
        documents={one.id: one.name.in_language(language) for one in manifest.documents},
        messages=subjects,
        parameters={one.id: one.name.in_language(language) for one in manifest.parameters},
        laws={one.id: law_words(manifest, one.id) for one in manifest.law},
        values=values_of(package, language),
    )


def without_filling(text: str) -> str:
    """This function will return a line of a template with … for what is filled in from the case."""
    return _FILLED_IN.sub("…", text).strip()


def told(diagram: Diagram, names: Names) -> tuple[Told, ...]:
    """This function will tell the main process and then those that it calls, in the language in force."""
    return tuple(_told(one, names) for one in (diagram.main, *diagram.called.values()))


def within(duration: str, calendar: str, names: Names) -> str:
    """This function will say a time limit: "2 working days"; of a parameter, that it is set at the place."""
    if duration.startswith("=param."):
        ident = duration.removeprefix("=param.")
        name = names.parameters.get(ident, ident)
        if calendar == "working":
            return _("as many working days as “%(parameter)s” says") % {"parameter": name}
        return _("as many days as “%(parameter)s” says") % {"parameter": name}
    found = _DURATION.fullmatch(duration)
    if not duration or found is None:
        return ""
    days, hours, minutes = (int(part or 0) for part in found.groups())
    parts = []
    if days and calendar != "calendar":
        parts.append(ngettext("%(num)s working day", "%(num)s working days", days) % {"num": days})
    elif days:
        parts.append(ngettext("%(num)s day", "%(num)s days", days) % {"num": days})
    if hours and calendar == "working":
        parts.append(ngettext("%(num)s office hour", "%(num)s office hours", hours) % {"num": hours})
    elif hours:
        parts.append(ngettext("%(num)s hour", "%(num)s hours", hours) % {"num": hours})
    if minutes:
        parts.append(ngettext("%(num)s minute", "%(num)s minutes", minutes) % {"num": minutes})
    return " ".join(parts)


def _told(process: Process, names: Names) -> Told:
    graph = Graph(process)
    order = in_order(process)
    after = dict(itertools.pairwise(order))
    silence = ""
    if process.silence:
        outcome, law = str(OUTCOMES[process.silence.outcome]), names.laws.get(process.silence.law, "")
        said = {"outcome": outcome, "law": law}
        silence = _("When nobody decides within the service standard: %(outcome)s.") % said
        if law:
            silence = _("When nobody decides within the service standard: %(outcome)s, by %(law)s.") % said
    return Told(process.id, silence, tuple(_step(graph, name, after.get(name, ""), names) for name in order))


def _step(graph: Graph, name: str, following: str, names: Names) -> Step:
    node = graph.process.nodes[name]
    ways = tuple(_way(graph.process, node, flow, names) for flow in graph.outgoing[name])
    plain = len(ways) == 1 and not ways[0].condition and ways[0].target == following
    limits = [one for one in graph.boundaries.get(name, ()) if is_attached(graph.process, one.id)]
    return Step(
        id=node.id,
        name=node.name or node.id,
        kind=_kind(graph, node),
        role=names.roles.get(node.lane, node.lane),
        deadline=within(node.timer or node.said.get("within", ""), node.said.get("calendar", ""), names),
        facts=tuple(_facts(graph.process, node, names)),
        ways=() if plain else ways,
        limits=tuple(_step(graph, one.id, "", names) for one in limits),
    )


def _kind(graph: Graph, node: Node) -> str:
    said = node.said
    if node.kind is NodeKind.SERVICE:
        return str(SERVICES.get(said.get("kind", ""), KINDS[node.kind]))
    if node.kind is NodeKind.RECEIVE:
        return str(WAITS.get(said.get("waits-for", ""), KINDS[node.kind]))
    if node.kind is NodeKind.PARALLEL and len(graph.outgoing[node.id]) < 2:
        return _("Wait until all of them are done")
    if node.kind is NodeKind.EXCLUSIVE and len(graph.outgoing[node.id]) < 2:
        return _("Several ways meet")
    return str(KINDS[node.kind])


def _facts(process: Process, node: Node, names: Names) -> list[str]:
    said, found = node.said, []
    if said.get("form"):
        found.append(_("Fills in “%(form)s”.") % {"form": names.forms.get(said["form"], said["form"])})
    if said.get("publishes"):
        found.append(str(PUBLISHED[said["publishes"]]))
    if said.get("not-by"):
        other = process.nodes.get(said["not-by"])
        found.append(
            _("Not by the person who did “%(step)s” (four eyes).")
            % {"step": other.name if other and other.name else said["not-by"]}
        )
    if said.get("rule"):
        found.append(
            _("Decided by the table “%(rule)s”.") % {"rule": names.rules.get(said["rule"], said["rule"])}
        )
    if is_booking(node):
        found += _booking_facts(node, names)
    if node.register is not None:
        found.append(_("It waits for the answer, a day at most, and goes on without one as not checked."))
    found += _papers(said, names)
    if said.get("outcome"):
        found.append(str(OUTCOMES[said["outcome"]]) + ".")
    if node.kind is NodeKind.BOUNDARY:
        found.append(_("The step is broken off then.") if node.interrupts else _("The step stays open."))
    return found


def _papers(said: Mapping[str, str], names: Names) -> list[str]:
    found = []
    if said.get("document"):
        name = names.documents.get(said["document"], said["document"])
        found.append(_("The document: “%(document)s”.") % {"document": name})
    if said.get("message"):
        subject = names.messages.get(said["message"], said["message"])
        found.append(_("The message: “%(message)s”.") % {"message": subject})
    return found


def _booking_facts(node: Node, names: Names) -> list[str]:
    said = {one: names.parameters.get(value, value) for one, value in node.said.items()}
    counter = names.values.get(f"form.{node.said.get('counter', '')}")
    facts = [
        _(
            "Each hour has as many places as “%(places)s” says, from “%(opens)s” to “%(closes)s” on working days."
        )
        % {"places": said.get("places"), "opens": said.get("opens"), "closes": said.get("closes")}
    ]
    if counter:
        facts.append(_("Places are counted for each “%(counter)s”.") % {"counter": counter.title})
    return facts


def _way(process: Process, node: Node, flow: Flow, names: Names) -> Way:
    target = process.nodes.get(flow.target)
    return Way(
        id=flow.id,
        name=flow.name,
        condition=flow.condition,
        when=condition_words(flow.condition, names.values) if flow.condition else "",
        is_otherwise=node.default_flow == flow.id,
        target=flow.target,
        target_name=(target.name if target else "") or flow.target,
    )
