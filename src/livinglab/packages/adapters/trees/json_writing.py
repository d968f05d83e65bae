"""JSON as this platform writes it: two spaces a level, what fits on one line stands on one line."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Final

WIDTH: Final = 160


def write_json(value: object) -> str:
    """This function will write plain data as canonical JSON; keys stay in their order."""
    return _write(value, 0, 0) + "\n"


def depth(value: object) -> int:
    """This function will return how deep lists and objects are nested; 0 for a single value."""
    if isinstance(value, Mapping):
        return 1 + max((depth(part) for part in value.values()), default=0)
    if isinstance(value, list):
        return 1 + max((depth(part) for part in value), default=0)
    return 0


def _write(value: object, level: int, used: int) -> str:
    line = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, Mapping | list) or (used + len(line) <= WIDTH and depth(value) <= 2):
        return line
    inner = "  " * (level + 1)
    parts: Sequence[str]
    if isinstance(value, Mapping):
        parts = [
            f"{inner}{json.dumps(key, ensure_ascii=False)}: {_write(part, level + 1, 0)}"
            for key, part in value.items()
        ]
        opened, closed = "{", "}"
    else:
        parts = [f"{inner}{_write(part, level + 1, len(inner))}" for part in value]
        opened, closed = "[", "]"
    return "\n".join((opened, ",\n".join(parts), "  " * level + closed))
