"""YAML 1.2's plain part: no anchors, aliases, tags or repeated keys; every value with its line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import yaml

from livinglab.packages.adapters.located import DEEPEST, NUMBER, Located, Place, number_from, refused

_CONSTANTS: Final = {"": None, "~": None, "null": None, "true": True, "false": False}
#: what libyaml says of a place -> our code; what is not listed is said in general words
_PROBLEMS: Final = {
    "expected ',' or ']'": "yaml_list_open",
    "expected ',' or '}'": "yaml_object_open",
    "expected key": "yaml_indent",
    "expected ':'": "yaml_indent",
    "expected '-' indicator": "yaml_dash",
    "entries are not allowed": "yaml_dash",
    "values are not allowed": "yaml_colon",
    "keys are not allowed": "yaml_colon",
    "cannot start any token": "yaml_sign",
    "tab character": "yaml_sign",
    "unexpected end of stream": "yaml_end",
    "document indicator": "yaml_end",
    "escape character": "yaml_escape",
    "hexdecimal number": "yaml_escape",
    "directive": "yaml_directive",
    "incompatible YAML": "yaml_directive",
    "<document start>": "yaml_left_over",
    "node content": "yaml_left_over",
    "control characters": "yaml_control",
}


def read_yaml(path: str, text: str) -> Located:
    """This function will return one YAML document as plain data with lines. Errors: PackageRefused with the line."""
    reader = _Reader(path, iter(yaml.parse(text, Loader=yaml.CSafeLoader)))
    try:
        return reader.document()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise refused("P012", path, line, problem=_problem(error.problem or "")) from error
    except yaml.YAMLError as error:
        raise refused("P012", path, 1, problem="yaml_control") from error


class _Reader:
    def __init__(self, path: str, events: Iterator[yaml.Event]) -> None:
        self.path = path
        self.events = events
        self.lines: dict[Place, int] = {}

    def document(self) -> Located:
        next(self.events)
        if not isinstance(next(self.events), yaml.DocumentStartEvent):
            raise refused("P012", self.path, 1, problem="yaml_empty")
        value = self._value(next(self.events), ())
        next(self.events)
        if not isinstance(after := next(self.events), yaml.StreamEndEvent):
            raise refused("P012", self.path, _line(after), problem="yaml_second")
        return Located(self.path, value, self.lines)

    def _value(self, event: yaml.Event, place: Place) -> object:
        line = _line(event)
        self.lines.setdefault(place, line)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise refused("P014", self.path, line)
        if getattr(event, "tag", None):
            raise refused("P015", self.path, line, tag=str(getattr(event, "tag", ""))[:80])
        if len(place) > DEEPEST:
            raise refused("P016", self.path, line, most=str(DEEPEST))
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, line)
        return self._list(place) if isinstance(event, yaml.SequenceStartEvent) else self._object(place)

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> object:
        text = event.value
        if event.style or not event.implicit[0]:
            return text
        if text in _CONSTANTS:
            return _CONSTANTS[text]
        if NUMBER.fullmatch(text):
            return number_from(text, self.path, line)
        return text

    def _list(self, place: Place) -> list[object]:
        items: list[object] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*place, len(items))))
        return items

    def _object(self, place: Place) -> dict[str, object]:
        found: dict[str, object] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            line = _line(event)
            if not isinstance(event, yaml.ScalarEvent) or event.anchor or event.tag:
                raise refused("P012", self.path, line, problem="yaml_key")
            if event.value in found:
                raise refused("P013", self.path, line, key=event.value[:80])
            self.lines[(*place, event.value)] = line
            found[event.value] = self._value(next(self.events), (*place, event.value))
        return found


def _problem(said: str) -> str:
    return next((code for words, code in _PROBLEMS.items() if words in said), "yaml")


def _line(event: yaml.Event) -> int:
    return int(event.start_mark.line) + 1 if event.start_mark else 1
