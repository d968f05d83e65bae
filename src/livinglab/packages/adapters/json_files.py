"""JSON without repeated keys; every value with its line. The standard library's reader knows no lines."""

from __future__ import annotations

import re
from json import JSONDecodeError
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Final

from livinglab.packages.adapters.located import DEEPEST, NUMBER, Located, Place, number_from, refused
from livinglab.packages.domain.faults import PackageRefused

_SPACE: Final = re.compile(r"[ \t\n\r]*")
_NUMBERISH: Final = re.compile(r"-?[0-9][0-9.eE+-]*", re.ASCII)
_CONSTANTS: Final = {"true": True, "false": False, "null": None}
_WORD: Final = re.compile(r"true|false|null")


def read_json(path: str, text: str) -> Located:
    """This function will return a JSON text as plain data with lines. Errors: PackageRefused with the line."""
    return _Reader(path, text).document()


class _Reader:
    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.at = 0
        self.counted = (0, 1)  # up to which character, and its line
        self.lines: dict[Place, int] = {}

    def document(self) -> Located:
        value = self._value(())
        self._skip()
        if self.at < len(self.text):
            raise self._broken()
        return Located(self.path, value, self.lines)

    def _line(self) -> int:
        start, line = self.counted
        self.counted = (self.at, line + self.text.count("\n", start, self.at))
        return self.counted[1]

    def _broken(self) -> PackageRefused:
        near = self.text[self.at : self.at + 20].split("\n")[0]
        return refused("P011", self.path, self._line(), near=near)

    def _skip(self) -> None:
        found = _SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def _takes(self, mark: str) -> bool:
        self._skip()
        if not self.text.startswith(mark, self.at):
            return False
        self.at += 1
        return True

    def _needs(self, mark: str) -> None:
        if not self._takes(mark):
            raise self._broken()

    def _value(self, place: Place) -> object:
        self._skip()
        self.lines.setdefault(place, self._line())
        if len(place) > DEEPEST:
            raise refused("P016", self.path, self._line(), most=str(DEEPEST))
        if self._takes("{"):
            return self._object(place)
        if self._takes("["):
            return self._list(place)
        return self._text() if self.text.startswith('"', self.at) else self._single()

    def _single(self) -> object:
        if found := _WORD.match(self.text, self.at):
            self.at = found.end()
            return _CONSTANTS[found[0]]
        found = _NUMBERISH.match(self.text, self.at)
        if not found or not NUMBER.fullmatch(found[0]):
            raise self._broken()
        self.at = found.end()
        return number_from(found[0], self.path, self._line())

    def _text(self) -> str:
        if not self.text.startswith('"', self.at):
            raise self._broken()
        try:
            value, self.at = scanstring(self.text, self.at + 1, True)
        except JSONDecodeError as error:
            self.at = min(error.pos, len(self.text))
            raise self._broken() from error
        if any("\ud800" <= character <= "\udfff" for character in value):
            raise self._broken()
        return str(value)

    def _list(self, place: Place) -> list[object]:
        items: list[object] = []
        if self._takes("]"):
            return items
        while True:
            items.append(self._value((*place, len(items))))
            if not self._takes(","):
                self._needs("]")
                return items

    def _object(self, place: Place) -> dict[str, object]:
        found: dict[str, object] = {}
        if self._takes("}"):
            return found
        while True:
            self._skip()
            line = self._line()
            key = self._text()
            if key in found:
                raise refused("P013", self.path, line, key=key[:80])
            self._needs(":")
            self.lines[(*place, key)] = line
            found[key] = self._value((*place, key))
            if not self._takes(","):
                self._needs("}")
                return found
