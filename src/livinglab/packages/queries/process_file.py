"""A process file opened to be changed: its parts as a tree and as typed values, and how they are written back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from livinglab.packages.adapters.process_files import diagram_from
from livinglab.packages.adapters.trees.bpmn import bpmn_tree
from livinglab.packages.adapters.trees.bpmn_writing import write_bpmn
from livinglab.packages.domain.compare.elements import Branch, Element, Leaf, children
from livinglab.packages.domain.process import Diagram, Process

__all__ = ["CannotChange", "Opened", "Why", "new_id", "opened", "said_with", "way"]

_PATH: Final = "process.bpmn"
_PROSE: Final = "name"
_TIMER: Final = ("<timerEventDefinition>", "<timeDuration>")


class Why(StrEnum):
    """Why a change of the process is not possible."""

    NO_SUCH_STEP = "no_such_step"
    NO_SUCH_WAY = "no_such_way"
    NOT_A_LANE = "not_a_lane"
    HAS_NO_SINGLE_WAY_ON = "has_no_single_way_on"
    HAS_A_LIMIT = "has_a_limit"
    TAKES_NO_LIMIT = "takes_no_limit"
    LEADS_NOWHERE = "leads_nowhere"
    IS_THE_ONLY_WAY = "is_the_only_way"
    IS_THE_WAY_OTHERWISE = "is_the_way_otherwise"


class CannotChange(Exception):
    """A change of the process is not possible; `step` is the id of the step or way it is about."""

    def __init__(self, why: Why, step: str) -> None:
        super().__init__(f"{why}: {step}")
        self.why = why
        self.step = step


@dataclass(frozen=True, slots=True)
class Opened:
    """A process file as a tree, and as typed values."""

    file: str
    diagram: Diagram
    tree: Branch

    def processes(self) -> tuple[Process, ...]:
        """This function will return the main process and those that it calls."""
        return (self.diagram.main, *self.diagram.called.values())

    def process_of(self, step: str) -> Process:
        """This function will return the process that holds a step. Errors: CannotChange."""
        for process in self.processes():
            if step in process.nodes:
                return process
        raise CannotChange(Why.NO_SUCH_STEP, step)

    def process_with(self, flow: str) -> Process:
        """This function will return the process that holds a way. Errors: CannotChange."""
        for process in self.processes():
            if flow in process.flows:
                return process
        raise CannotChange(Why.NO_SUCH_WAY, flow)

    def elements(self) -> Mapping[str, Element]:
        """This function will return the steps and ways of all processes by id, in the order of the file."""
        return children(self.tree, "elements")

    def written(self, elements: Mapping[str, Element], *, is_drawn: bool = True) -> str:
        """This function will write the file with these elements; where steps come or go, its drawing is made anew."""
        branch = self.tree.children["elements"]
        assert isinstance(branch, Branch)
        whole = {**self.tree.children, "elements": Branch(elements, branch.shape, key=branch.key)}
        return write_bpmn(Branch(whole, self.tree.shape), ("", self.file if is_drawn else "", ""))


def opened(file: str) -> Opened:
    """This function will open a process file. Errors: PackageRefused."""
    return Opened(file, diagram_from(_PATH, file), bpmn_tree(_PATH, file))


def said_with(element: Element, name: str, value: str) -> Branch:
    """This function will return an element of which something more is said, or no longer where the value is empty."""
    parts = dict(children(element))
    if name == "timer":
        inner = dict(children(parts.get(_TIMER[0])))
        parts[_TIMER[0]] = Branch({**inner, _TIMER[1]: Leaf(value)})
    elif not value:
        parts.pop(name, None)
    elif isinstance(parts.get(name), Branch):
        parts[name] = Branch({**children(parts[name]), "text": Leaf(value)})
    else:
        parts[name] = Leaf(value, prose=name == _PROSE)
    return Branch(parts)


def way(process: Process, ident: str, source: str, target: str) -> Branch:
    """This function will return a new way from one step to another."""
    said = {
        "element": "sequenceFlow",
        "process": process.id,
        "id": ident,
        "sourceRef": source,
        "targetRef": target,
    }
    return Branch({key: Leaf(value) for key, value in said.items()})


def new_id(known: Mapping[str, Element], name: str) -> str:
    """This function will make an id that nothing has, from the words of a name."""
    base = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:40] or "step"
    base = base if base[0].isalpha() else f"step_{base}"
    numbered = (base if number == 1 else f"{base}_{number}" for number in range(1, len(known) + 2))
    return next(one for one in numbered if one not in known)
