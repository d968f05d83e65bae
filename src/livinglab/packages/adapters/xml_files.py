"""XML without a document type, entities of its own or instructions; every element with its line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat  # nosec: every door to entities is closed below

from livinglab.packages.adapters.located import DEEPEST, refused

_BETWEEN: Final = "}"
#: expat's number of what it met -> our code; what is not listed is said in general words
_PROBLEMS: Final = {
    2: "xml_sign",
    3: "xml_empty",
    4: "xml_sign",
    5: "xml_unclosed",
    6: "xml_unclosed",
    7: "xml_tag",
    8: "xml_attribute",
    9: "xml_left_over",
    11: "xml_entity",
    14: "xml_sign",
    20: "xml_unclosed",
    27: "xml_prefix",
}


@dataclass(slots=True)
class Element:
    """An element: namespace, local name, attributes by (namespace, name), children, and the text right inside it."""

    namespace: str
    name: str
    line: int
    attributes: Mapping[tuple[str, str], str]
    children: list[Element] = field(default_factory=list)
    text: str = ""


def read_xml(path: str, text: str) -> Element:
    """This function will return the root of an XML text. Errors: PackageRefused with the line."""
    return _Reader(path).root(text)


class _Reader:
    def __init__(self, path: str) -> None:
        self.path = path
        self.open: list[Element] = []
        self.found: Element | None = None
        self.parser = expat.ParserCreate(encoding="utf-8", namespace_separator=_BETWEEN)
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.EntityDeclHandler = self._doctype
        self.parser.ProcessingInstructionHandler = self._instruction
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def root(self, text: str) -> Element:
        try:
            self.parser.Parse(text.encode(), True)
        except expat.ExpatError as error:
            raise refused(
                "P018", self.path, error.lineno, problem=_PROBLEMS.get(error.code, "xml")
            ) from error
        if self.found is None:
            raise refused("P018", self.path, 1, problem="xml_empty")
        return self.found

    def _line(self) -> int:
        return self.parser.CurrentLineNumber

    def _doctype(self, *_: object) -> None:
        raise refused("P019", self.path, self._line())

    def _instruction(self, *_: object) -> None:
        raise refused("P019", self.path, self._line())

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if len(self.open) > DEEPEST:
            raise refused("P016", self.path, self._line(), most=str(DEEPEST))
        namespace, name = _split(tag)
        element = Element(
            namespace, name, self._line(), {_split(key): value for key, value in attributes.items()}
        )
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.found = element
        self.open.append(element)

    def _end(self, _: str) -> None:
        self.open.pop()

    def _text(self, text: str) -> None:
        self.open[-1].text += text


def _split(tag: str) -> tuple[str, str]:
    namespace, between, name = tag.rpartition(_BETWEEN)
    return (namespace, name) if between else ("", tag)
