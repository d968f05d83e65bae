"""Markdown and the log of versions as trees of blocks: sections, lists, tables, paragraphs."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from typing import Final

from livinglab.packages.domain.compare.elements import Branch, Element, Leaf, Run, Shape
from livinglab.packages.domain.compare.versions import Version

_HEADING: Final = re.compile(r"(#{1,6})\s+\S.*")
_ITEM: Final = re.compile(r"(\s*(?:[-*+]|\d{1,9}[.)])\s+)(\S.*)")
_FENCE: Final = re.compile(r"\s*(```|~~~)")
_LOG: Final = "log"


def markdown_tree(text: str) -> Element:
    """This function will return the tree of a Markdown text; `written` gives the text back."""
    return Run(_sections(deque(_blocks(text)), 0))


def log_tree(text: str) -> Element:
    """This function will return the tree of CHANGELOG.md: one section for each version, whatever their order."""
    run = markdown_tree(text)
    assert isinstance(run, Run)
    top = run.items[0] if run.items else None
    head: list[Element] = list(run.items)
    if isinstance(top, Branch) and top.kind == "section" and len(run.items) == 1 and _version(top) is None:
        head = [top.children["title"], *_parts(top)]
    versions: dict[str, Element] = {}
    intro: list[Element] = []
    for part in head:
        version = _version(part)
        if version is None and not versions:
            intro.append(part)
        elif version is None or str(version) in versions:
            return run  # no log of versions: compared like any other text
        else:
            versions[str(version)] = part
    if not versions:
        return run
    return Branch(
        {"intro": Run(tuple(intro)), "versions": Branch(versions, Shape.LIST, key="version")}, kind=_LOG
    )


def write_blocks(element: Element) -> str:
    """This function will write a text from its tree; a log's versions newest first."""
    if isinstance(element, Branch) and element.kind == _LOG:
        intro, versions = element.children["intro"], element.children["versions"]
        assert isinstance(versions, Branch)
        newest_first = sorted(versions.children.items(), key=lambda pair: _order(pair[0]), reverse=True)
        parts = [_laid_out(intro).strip("\n"), *(_laid_out(part).strip("\n") for _, part in newest_first)]
        return "\n\n".join(part for part in parts if part) + "\n"
    return _laid_out(element)


def _laid_out(element: Element) -> str:
    """Join blocks with the empty lines before them; one that stands elsewhere now never runs into its neighbour."""
    text, previous = "", ""
    for kind, before, value in _leaves(element, ""):
        gap, mark = before[: before.rfind("\n") + 1], before[before.rfind("\n") + 1 :]
        apart = "\n\n" if kind == "paragraph" and previous in ("paragraph", "item") else "\n"
        if previous:
            text += gap if gap.count("\n") >= len(apart) else apart
        text += mark + value
        previous = kind
    return text + "\n"


def _leaves(element: Element, before: str) -> Iterator[tuple[str, str, str]]:
    """Yield each block with its kind and all that stands before it."""
    if isinstance(element, Leaf):
        yield element.kind, before + element.before, str(element.value)
        return
    before += element.before
    for part in element.items if isinstance(element, Run) else element.children.values():
        yield from _leaves(part, before)
        before = ""


def _order(version: str) -> Version:
    return Version.parse(version) or Version(0, 0, 0)


def _version(part: Element) -> Version | None:
    if not isinstance(part, Branch) or part.kind != "section":
        return None
    return Version.parse(
        str(getattr(part.children["title"], "value", "")).lstrip("# ").split(" ")[0].strip("[]")
    )


def _parts(section: Branch) -> tuple[Element, ...]:
    parts = section.children["parts"]
    return parts.items if isinstance(parts, Run) else ()


def _blocks(text: str) -> list[Leaf]:
    """Cut a text into its blocks, each with the layout before it."""
    lines = text.removesuffix("\n").split("\n")
    found: list[Leaf] = []
    before, at = "", 0
    while at < len(lines):
        if not lines[at].strip():
            before, at = before + lines[at] + "\n", at + 1
            continue
        end = _end(lines, at)
        kind, mark, value = _kind("\n".join(lines[at:end]))
        found.append(Leaf(value, prose=kind != "code", kind=kind, before=before + mark))
        before, at = "\n", end
    return found


def _kind(block: str) -> tuple[str, str, str]:
    first = block.split("\n", 1)[0]
    if _HEADING.fullmatch(first):
        return "heading", "", block
    if item := _ITEM.match(block):
        return "item", item.group(1), block[len(item.group(1)) :]
    if first.lstrip().startswith("|"):
        return "row", "", block
    return ("code" if _FENCE.match(first) else "paragraph"), "", block


def _end(lines: list[str], at: int) -> int:
    """Return the line after the block that begins here."""
    first = lines[at]
    if _HEADING.fullmatch(first) or first.lstrip().startswith("|"):
        return at + 1
    if fence := _FENCE.match(first):
        closing = (n for n in range(at + 1, len(lines)) if lines[n].strip().startswith(fence.group(1)))
        return next(closing, len(lines) - 1) + 1
    end = at + 1
    while end < len(lines) and lines[end].strip() and not _begins(lines[end]):
        end += 1
    return end


def _begins(line: str) -> bool:
    return bool(
        _HEADING.fullmatch(line) or _ITEM.match(line) or _FENCE.match(line) or line.lstrip().startswith("|")
    )


def _sections(blocks: deque[Leaf], level: int) -> tuple[Element, ...]:
    """Nest blocks under their headings, and neighbouring items and rows in lists and tables; what was taken is gone."""
    found: list[Element] = []
    while blocks:
        block = blocks[0]
        if block.kind == "heading":
            depth = len(str(block.value)) - len(str(block.value).lstrip("#"))
            if depth <= level:
                break
            blocks.popleft()
            title = Leaf(block.value, prose=True, kind="title")
            found.append(_container("section", {"title": title}, _sections(blocks, depth), block.before))
        elif block.kind in ("item", "row"):
            group: list[Leaf] = []
            while blocks and blocks[0].kind == block.kind:
                group.append(blocks.popleft())
            found.append(_container("list" if block.kind == "item" else "table", {}, tuple(group), ""))
        else:
            found.append(blocks.popleft())
    return tuple(found)


def _container(kind: str, head: dict[str, Element], parts: tuple[Element, ...], before: str) -> Branch:
    return Branch({**head, "parts": Run(parts)}, Shape.TEXT, kind=kind, before=before)
