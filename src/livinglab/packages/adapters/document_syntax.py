"""The HTML of documents and the CommonMark of messages, checked as they stand in the package."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from markdown_it import MarkdownIt

from livinglab.packages.adapters.markup import CLASSES, TAGS
from livinglab.packages.adapters.template_syntax import VALUE, lines_matching, without_expressions
from livinglab.packages.domain.faults import Fault

LONGEST_MESSAGE: Final = 10_000
_EMPTY: Final = frozenset({"br", "hr", "img"})
_PICTURES: Final = frozenset({"qr:", "letterhead:"})
_TAG: Final = re.compile(r'<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-zA-Z][a-zA-Z:-]*="[^"<>]*")*)\s*(/?)>')
_ATTRIBUTE: Final = re.compile(r'([a-zA-Z][a-zA-Z:-]*)="([^"<>]*)"')
_ADDRESS: Final = re.compile(
    r"[a-zA-Z][a-zA-Z0-9+.-]{1,15}://|\bwww\.|\b(?:javascript|data|vbscript|mailto):", re.IGNORECASE
)
_ENTITY: Final = re.compile(r"&(?!(?:[a-zA-Z][a-zA-Z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});)")
_COMMONMARK: Final = MarkdownIt("commonmark")
_REFUSED: Final = {
    "html_block": "P613",
    "html_inline": "P613",
    "link_open": "P614",
    "image": "P614",
    "code_block": "P622",
    "fence": "P622",
    "code_inline": "P622",
}


def document_faults(path: str, template: str) -> Iterator[Fault]:
    """This function will yield what the HTML of a document may not hold, by line."""
    text = without_expressions(template)
    open_tags: list[tuple[str, int]] = []
    place = 0
    line = 1
    for start in (found.start() for found in re.finditer("<", text)):
        line += text.count("\n", place, start)
        place = start
        tag = _TAG.match(text, start)
        if tag is None:
            yield Fault("P609", path, line, {"near": text[start : start + 30].split("\n")[0]})
        else:
            yield from _tag_faults(path, line, tag, open_tags)
    for name, opened in open_tags:
        yield Fault("P608", path, opened, {"element": name})
    yield from _address_faults(path, text)
    for number, found in lines_matching(_ENTITY, text):
        yield Fault("P609", path, number, {"near": found})


def _tag_faults(
    path: str, line: int, tag: re.Match[str], open_tags: list[tuple[str, int]]
) -> Iterator[Fault]:
    closing, name, attributes, _ = tag.groups()
    if name not in TAGS:
        yield Fault("P606", path, line, {"element": name[:40]})
        return
    if closing:
        if not open_tags or open_tags[-1][0] != name or attributes:
            yield Fault("P608", path, line, {"element": name})
        if open_tags and open_tags[-1][0] == name:
            open_tags.pop()
        return
    if name not in _EMPTY:
        open_tags.append((name, line))
    yield from _attribute_faults(path, line, name, attributes)


def _attribute_faults(path: str, line: int, name: str, attributes: str) -> Iterator[Fault]:
    found = _ATTRIBUTE.findall(attributes)
    allowed = {"class", "src", "alt"} if name == "img" else {"class"}
    for key, value in found:
        wrong_class = key == "class" and not set(value.split()) <= CLASSES
        if key not in allowed or wrong_class or VALUE in value:
            yield Fault(
                "P607",
                path,
                line,
                {"element": name, "attribute": f'{key}="{value[:40]}"'.replace(VALUE, "…")},
            )
    said = dict(found)
    if name == "img" and said.get("src") not in _PICTURES:
        yield Fault("P610", path, line)
    if name == "img" and not said.get("alt", "").strip():
        yield Fault("P618", path, line)


def message_faults(path: str, template: str) -> Iterator[Fault]:
    """This function will yield what a message may not hold, by line."""
    text = without_expressions(template)
    if len(text) > LONGEST_MESSAGE:
        yield Fault("P621", path, 0, {"most": str(LONGEST_MESSAGE)})
        return
    first = text.split("\n", 1)[0]
    if not first.startswith("# ") or not first[2:].strip():
        yield Fault("P612", path, 1)
    for block in _COMMONMARK.parse(text):
        line = (block.map[0] if block.map else 0) + 1
        for token in (block, *(block.children or ())):
            if token.type in _REFUSED:
                yield Fault(_REFUSED[token.type], path, line)
    yield from _address_faults(path, text)


def _address_faults(path: str, text: str) -> Iterator[Fault]:
    for line, found in lines_matching(_ADDRESS, text):
        yield Fault("P611", path, line, {"address": found})
