"""A document's template as a tree of blocks: paragraphs, items and cells as leaves; what holds them as branches."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from livinglab.packages.domain.compare.elements import Branch, Element, Leaf, Run, Shape, written

_TOKEN: Final = re.compile(
    r"\{#[^{}]*#\}|\{%[^{}]*%\}|<!--(?:(?!-->|<!--).)*-->|</?[a-zA-Z][^<>]*>", re.DOTALL
)
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_STATEMENT: Final = re.compile(r"\{%-?\s*(\w+)")
_BLOCKS: Final = frozenset(
    {"h1", "h2", "h3", "p", "table", "thead", "tbody", "tr", "th", "td", "ol", "ul", "li"}
    | {"hr", "div", "header", "footer", "section", "dl", "dt", "dd"}
)
_OPENING: Final = {"if": "endif", "for": "endfor"}
_BETWEEN: Final = frozenset({"else", "elif"})


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    name: str = ""  # of a block's tag or a statement; empty for text and inline tags
    closes: bool = False
    statement: bool = False


class _Unbalanced(Exception):
    """Tags and statements do not nest."""


def document_tree(text: str) -> Element:
    """This function will return the tree of a document's template; one that does not nest is taken line by line."""
    tokens = _tokens(text)
    try:
        items, _ = _items(tokens, 0, "")
    except (_Unbalanced, RecursionError):
        lines = text.removesuffix("\n").split("\n")
        items = tuple(Leaf(line, prose=True, kind="line", before="\n") for line in lines)
    return Run(items)


def write_document(element: Element) -> str:
    """This function will write a template from its tree."""
    return written(element).strip("\n") + "\n"


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    at = 0
    for match in _TOKEN.finditer(text):
        if match.start() > at:
            found.append(_Token(text[at : match.start()]))
        found.append(_token(match.group()))
        at = match.end()
    if at < len(text):
        found.append(_Token(text[at:]))
    return found


def _token(text: str) -> _Token:
    if statement := _STATEMENT.match(text):
        name = statement.group(1)
        return _Token(text, name, closes=name.startswith("end"), statement=True)
    tag = _TAG.match(text)
    if tag and tag.group(2).lower() in _BLOCKS:
        return _Token(text, tag.group(2).lower(), closes=bool(tag.group(1)))
    return _Token(text)


def _items(tokens: list[_Token], at: int, until: str) -> tuple[tuple[Element, ...], int]:
    """Read blocks up to the token that closes `until`; return them and its place."""
    found: list[Element] = []
    before = ""
    while at < len(tokens):
        token = tokens[at]
        if token.closes:
            if token.name != until:
                raise _Unbalanced
            if before:
                found.append(Leaf("", kind="gap", before=before))
            return tuple(found), at
        if not token.name and not token.text.strip():
            before, at = before + token.text, at + 1
            continue
        item, at = _item(tokens, at, before)
        found.append(item)
        before = ""
    if until:
        raise _Unbalanced
    if before:
        found.append(Leaf("", kind="gap", before=before))
    return tuple(found), at


def _item(tokens: list[_Token], at: int, before: str) -> tuple[Element, int]:
    token = tokens[at]
    if not token.name or (token.statement and token.name not in _OPENING and token.name not in _BETWEEN):
        return _text(tokens, at, before)
    if token.name == "hr" or token.name in _BETWEEN:
        return Leaf(token.text, prose=True, kind=token.name, before=before), at + 1
    closing = _OPENING.get(token.name, token.name) if token.statement else token.name
    end = _close(tokens, at, closing)
    if token.statement or any(one.name in _BLOCKS for one in tokens[at + 1 : end]):
        items, end = _items(tokens, at + 1, closing)
        opened = Leaf(token.text, prose=True, kind="tag")
        parts: dict[str, Element] = {
            "tag": opened,
            "parts": Run(items),
            "end": Leaf(tokens[end].text, kind="end"),
        }
        return Branch(parts, Shape.TEXT, kind=token.name, before=before), end + 1
    text = "".join(one.text for one in tokens[at : end + 1])
    return Leaf(text, prose=True, kind=token.name, before=before), end + 1


def _text(tokens: list[_Token], at: int, before: str) -> tuple[Leaf, int]:
    """Take text that stands outside of any block, up to the next block."""
    end = at
    while end < len(tokens) and (not tokens[end].name or end == at):
        end += 1
    return Leaf("".join(one.text for one in tokens[at:end]), prose=True, kind="text", before=before), end


def _close(tokens: list[_Token], at: int, closing: str) -> int:
    """Return the place of the token that closes the block that begins here."""
    opening = tokens[at].name
    depth = 0
    for place in range(at, len(tokens)):
        if tokens[place].name == opening and not tokens[place].closes:
            depth += 1
        elif tokens[place].closes and tokens[place].name == closing:
            depth -= 1
            if not depth:
                return place
    raise _Unbalanced
