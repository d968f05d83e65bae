"""A text for people as a run of sentences: the finest unit that a merge may put together."""

from __future__ import annotations

import re
from typing import Final

from livinglab.packages.domain.compare.elements import Leaf, Run

# An end of sentence, what may close after it, then space, then no small letter: "No. 5" and "a.n. camat" stay whole.
_END: Final = re.compile(r"(?<=[.!?;:])((?:</\w+>|[\"')\]*_])*)(\s+)(?=[^\sa-z0-9])")
_TEMPLATE: Final = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}")


def sentences(leaf: Leaf) -> Run:
    """This function will cut a text into its sentences; an expression of a template is never cut."""
    value = str(leaf.value)
    closed = [found.span() for found in _TEMPLATE.finditer(value)]
    parts: list[Leaf] = []
    start, gap = 0, ""
    for found in _END.finditer(value):
        at, end = found.start(2), found.end(2)
        if any(begin < at < finish for begin, finish in closed):
            continue
        parts.append(Leaf(value[start:at], prose=True, kind="sentence", before=gap))
        start, gap = end, found.group(2)
    parts.append(Leaf(value[start:], prose=True, kind="sentence", before=gap))
    return Run(tuple(parts))


def joined(run: Run) -> str:
    """This function will put sentences together again, one space between where neither side had more."""
    text = ""
    for item in run.items:
        assert isinstance(item, Leaf)
        text += f"{item.before or ' '}{item.value}" if text else str(item.value)
    return text
