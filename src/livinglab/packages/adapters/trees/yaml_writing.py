"""YAML as this platform writes it: two spaces a level, short values on one line, comments where they were."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Final

from livinglab.packages.adapters.located import Place
from livinglab.packages.adapters.trees.comments import Comment
from livinglab.packages.adapters.trees.json_writing import WIDTH, depth

_PLAIN: Final = re.compile(r"[^\W_](?:[\w .()/;+=%!?–,:-]*[\w.()/;+=%!?–])?")
_FLOW_PLAIN: Final = re.compile(r"[^\W_](?:[\w .()/;+=%!–-]*[\w.()/;+=%!–])?")
# words that some reader takes for something else than a text
_MEANT: Final = re.compile(
    r"(?i:true|false|yes|no|on|off|null|y|n)"
    r"|-?[0-9]+([.][0-9]*)?([eE][0-9+-]+)?|[.][0-9]+|0[xo][0-9a-fA-F]+"
)


def write_yaml(value: object, comments: Mapping[Place, Comment] | None = None) -> str:
    """This function will write plain data so that reading it again gives the same."""
    known = comments or {}
    if not isinstance(value, Mapping) or not value:
        return _inline(value) + "\n"
    lines = list(_block(value, "", (), known))
    lines += known[()].above if () in known else ()
    return "\n".join(lines) + "\n"


def _block(value: object, indent: str, place: Place, comments: Mapping[Place, Comment]) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from _entry(f"{_scalar(str(key), flow=False)}:", part, indent, (*place, str(key)), comments)
    elif isinstance(value, list):
        for number, part in enumerate(value):
            named = part.get("id") if isinstance(part, Mapping) else None
            inner = (*place, f"id={named}" if isinstance(named, str) else number)
            yield from _item(part, indent, inner, comments)


def _entry(
    head: str, value: object, indent: str, place: Place, comments: Mapping[Place, Comment]
) -> Iterator[str]:
    comment = comments.get(place, Comment())
    yield from (indent + line for line in comment.above)
    beside = f"  {comment.beside}" if comment.beside else ""
    line = f"{indent}{head} {_inline(value)}"
    commented = any(other[: len(place)] == place and other != place for other in comments)
    if isinstance(value, str) and _is_literal(value):
        chomp = {True: "|", False: "|-"}[value.endswith("\n")]
        yield f"{indent}{head} {chomp}{beside}"
        yield from (f"{indent}  {row}".rstrip() for row in value.removesuffix("\n").split("\n"))
    elif _fits(value, line) and not commented:
        yield line + beside
    else:
        yield f"{indent}{head}{beside}"
        yield from _block(value, indent + "  ", place, comments)


def _item(value: object, indent: str, place: Place, comments: Mapping[Place, Comment]) -> Iterator[str]:
    """Write a list's item; what does not fit on one line begins on the line of its dash."""
    commented = any(other[: len(place)] == place and other != place for other in comments)
    if not isinstance(value, Mapping) or (not commented and _fits(value, f"{indent}- {_inline(value)}")):
        yield from _entry("-", value, indent, place, comments)
        return
    comment = comments.get(place, Comment())
    yield from (indent + line for line in comment.above)
    lines = list(_block(value, indent + "  ", place, comments))
    first = next(number for number, line in enumerate(lines) if not line.lstrip().startswith("#"))
    yield from lines[:first]
    beside = f"  {comment.beside}" if comment.beside else ""
    yield f"{indent}- {lines[first].lstrip()}{beside}"
    yield from lines[first + 1 :]


def _fits(value: object, line: str) -> bool:
    if not isinstance(value, Mapping | list) or not value:
        return True
    return len(line) <= WIDTH and depth(value) <= 2


def _inline(value: object) -> str:
    if isinstance(value, Mapping):
        return (
            "{"
            + ", ".join(f"{_scalar(str(key), flow=True)}: {_nested(part)}" for key, part in value.items())
            + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(_nested(part) for part in value) + "]"
    return _scalar(value, flow=False)


def _nested(value: object) -> str:
    return _inline(value) if isinstance(value, Mapping | list) else _scalar(value, flow=True)


def _scalar(value: object, *, flow: bool) -> str:
    if isinstance(value, str):
        pattern = _FLOW_PLAIN if flow else _PLAIN
        safe = pattern.fullmatch(value) and ": " not in value and not _MEANT.fullmatch(value)
        return value if safe else json.dumps(value, ensure_ascii=False).replace("\u2028", "\\u2028")
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value)


def _is_literal(value: str) -> bool:
    """Whether a text of several lines can stand as it is, under a bar."""
    rows = value.removesuffix("\n").split("\n")
    return (
        len(rows) > 1
        and not value.startswith((" ", "\n", "\t"))
        and not value.endswith("\n\n")
        and all(row == row.rstrip() for row in rows)
        and value.isprintable() is False
        and all(character == "\n" or character.isprintable() for character in value)
    )
