"""Where a case stands in its process: each step in the order of the drawing, as a list in words and as marks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.utils.translation import gettext as _

from livinglab.packages.domain.process import NodeKind
from livinglab.packages.domain.running.state import Entry, Happened
from livinglab.packages.queries import case_words
from livinglab.packages.queries.cases import Case, Runner
from livinglab.packages.queries.drawing import called_drawn, drawn

#: process files of which a server process keeps the drawing
_KEPT: Final = 128
_DONE: Final = frozenset({Happened.COMPLETED, Happened.ANSWERED, Happened.PAID, Happened.CHECKED})


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the process and how it stands; `css` is done, now, late or open."""

    id: str
    name: str
    who: str
    css: str
    said: str


def standing(runs: Runner, case: Case | None, history: Iterable[Entry], *, language: str) -> tuple[Step, ...]:
    """This function will return the tasks of the process in the order of its drawing, and how each stands.

    `case` is None before it began; `history` is what happened to it, in any order.
    """
    history = tuple(history)
    waiting = {one.node.id: one for one in runs.waiting(case)} if case else {}
    done = {entry.on: entry.at for entry in history if entry.what in _DONE}
    asked = {entry.on for entry in history if entry.what is Happened.ASKED}
    diagram, manifest = runs.package.diagram, runs.package.manifest
    shown: list[Step] = []
    for node in (one for each in (diagram.main, *diagram.called.values()) for one in each.nodes.values()):
        if node.kind not in {NodeKind.USER, NodeKind.RECEIVE} and node.register is None:
            continue
        if node.id in waiting:
            now = waiting[node.id]
            css, said = ("late" if now.is_late else "now"), case_words.until(now, language)
        elif node.id in done:
            late = case is not None and node.id in case.breached
            css = "done"
            said = case_words.moment(done[node.id], language) + (f" · {_('late')}" if late else "")
        else:
            css, said = "open", _open(is_asked=node.id in asked, is_over=case is not None and case.is_over)
        who = case_words.role_name(manifest, node.lane, language)
        shown.append(Step(node.id, case_words.node_name(runs, node.id, language), who, css, said))
    return tuple(shown)


def _open(*, is_asked: bool, is_over: bool) -> str:
    """Return what is said of a step that nobody did: of a case that is over none comes any more."""
    if is_asked:
        return _("asked, not answered")
    return _("not gone through") if is_over else _("not reached")


def marks(steps: Iterable[Step]) -> Mapping[str, Mapping[str, str]]:
    """This function will return how each step stands as marks of the drawing; those that are open have none."""
    said = {"now": _("it stands here"), "late": _("it stands here, late"), "done": _("done")}
    return {one.id: {"kind": one.css, "label": said[one.css]} for one in steps if one.css in said}


@lru_cache(maxsize=_KEPT)
def drawings(file: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """This function will return the drawing of a process file, and one of each process that it calls, by name.

    Errors: PackageRefused where the file is not of the subset of the standard.
    """
    return drawn(file), called_drawn(file)
