"""What differs between two versions of a process, said step by step, and which steps of the newer one to mark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from livinglab.packages.adapters.process_files import diagram_from
from livinglab.packages.domain.compare.changes import Change, Kind
from livinglab.packages.domain.process import Diagram, Flow, Node
from livinglab.packages.queries.differences import Difference, compare
from livinglab.packages.queries.process_words import Names, within

__all__ = ["Changed", "changed", "marks_of"]

_PATH = "process.bpmn"
_TIMES = frozenset({"ll:within", "ll:calendar", "<timerEventDefinition>"})
_ENDS = frozenset({"sourceRef", "targetRef"})


@dataclass(frozen=True, slots=True)
class Changed:
    """One difference in words. `kind` is added, removed or changed; `part` the step or way, empty for the whole."""

    said: str
    kind: str
    part: str


@dataclass(frozen=True, slots=True)
class _Sides:
    """The steps and ways of both versions, in all their processes, by id."""

    nodes: tuple[Mapping[str, Node], Mapping[str, Node]]
    flows: tuple[Mapping[str, Flow], Mapping[str, Flow]]

    def added(self) -> set[str]:
        return set(self.nodes[1]) - set(self.nodes[0])

    def removed(self) -> set[str]:
        return set(self.nodes[0]) - set(self.nodes[1])


def changed(before: str, after: str, names: Names, language: str) -> tuple[Changed, ...]:
    """This function will say what differs from one file to the other, in the language in force.

    Ways that only lead to or from a step that came or went are told with it. Errors: PackageRefused.
    """
    sides = _sides(diagram_from(_PATH, before), diagram_from(_PATH, after))
    return tuple(_told(compare({_PATH: before}, {_PATH: after}).differences, sides, names, language))


def marks_of(found: Iterable[Changed]) -> dict[str, dict[str, str]]:
    """This function will return the marks of a drawing and its list: by step the kind, and the word that says it."""
    words = {
        "added": pgettext("process", "new"),
        "changed": pgettext("process", "changed"),
        "removed": pgettext("process", "taken out"),
    }
    return {one.part: {"kind": one.kind, "label": words[one.kind]} for one in found if one.part}


def _told(differences: Iterable[Difference], sides: _Sides, names: Names, language: str) -> Iterator[Changed]:
    timed: set[str] = set()
    for one in differences:
        change, part = one.change, _part(one.change)
        if part in timed and _is_time(change):
            continue
        if _follows(change, part, sides):
            continue
        kind = "changed" if change.inside or change.kind is Kind.MOVED else change.kind.value
        said = one.said.in_language(language)
        if part in sides.nodes[0] and part in sides.nodes[1] and _is_time(change):
            timed.add(part)
            said = _time(part, sides, names)
        elif part in sides.added() and not change.inside:
            said = _added(part, sides, names)
        elif part in sides.removed() and not change.inside:
            said = _removed(part, sides)
        yield Changed(said, kind, part)


def _part(change: Change) -> str:
    return change.trail[2] if len(change.trail) > 2 and change.trail[1] == "elements" else ""


def _is_time(change: Change) -> bool:
    return bool(_TIMES.intersection(change.inside))


def _follows(change: Change, part: str, sides: _Sides) -> bool:
    """Tell whether a way changed only because a step at its end came or went: the step's sentence says it."""
    before, after = (flows.get(part) for flows in sides.flows)
    came_or_went = sides.added() | sides.removed()
    if before is None and after is None:
        return False
    touched = {end for flow in (before, after) if flow for end in (flow.source, flow.target)}
    if not touched & came_or_went:
        return False
    if not change.inside:
        plain = before or after
        return plain is not None and not plain.condition
    return change.inside[0] in _ENDS


def _time(part: str, sides: _Sides, names: Names) -> str:
    old, new = (
        within(node.timer or node.said.get("within", ""), node.said.get("calendar", ""), names) or _("none")
        for node in (nodes[part] for nodes in sides.nodes)
    )
    return _("Time limit of “%(step)s”: %(before)s → %(after)s") % {
        "step": _name(part, sides.nodes[1]),
        "before": old,
        "after": new,
    }


def _added(part: str, sides: _Sides, names: Names) -> str:
    node, flows = sides.nodes[1][part], sides.flows[1].values()
    words = {
        "step": _name(part, sides.nodes[1]),
        "before": _listed((one.source for one in flows if one.target == part), sides.nodes[1]),
        "after": _listed((one.target for one in flows if one.source == part), sides.nodes[1]),
        "role": names.roles.get(node.lane, node.lane),
    }
    if node.attached_to:
        words["before"] = _name(node.attached_to, sides.nodes[1])
        return _("Time limit “%(step)s” added at “%(before)s”, by %(role)s") % words
    if words["before"] and words["after"]:
        return _("Step “%(step)s” added between %(before)s and %(after)s, by %(role)s") % words
    if words["before"]:
        return _("Step “%(step)s” added after %(before)s, by %(role)s") % words
    return _("Step “%(step)s” added, by %(role)s") % words


def _removed(part: str, sides: _Sides) -> str:
    flows = sides.flows[0].values()
    words = {
        "step": _name(part, sides.nodes[0]),
        "before": _listed((one.source for one in flows if one.target == part), sides.nodes[0]),
        "after": _listed((one.target for one in flows if one.source == part), sides.nodes[0]),
    }
    if words["before"] and words["after"]:
        return _("Step “%(step)s” taken out from between %(before)s and %(after)s") % words
    return _("Step “%(step)s” taken out") % words


def _name(part: str, nodes: Mapping[str, Node]) -> str:
    node = nodes.get(part)
    return (node.name if node else "") or part


def _listed(parts: Iterable[str], nodes: Mapping[str, Node]) -> str:
    return ", ".join(f"“{_name(one, nodes)}”" for one in dict.fromkeys(parts))


def _sides(before: Diagram, after: Diagram) -> _Sides:
    nodes: list[dict[str, Node]] = []
    flows: list[dict[str, Flow]] = []
    for diagram in (before, after):
        processes = (diagram.main, *diagram.called.values())
        nodes.append({name: node for one in processes for name, node in one.nodes.items()})
        flows.append({name: flow for one in processes for name, flow in one.flows.items()})
    return _Sides((nodes[0], nodes[1]), (flows[0], flows[1]))
