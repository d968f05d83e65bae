"""Answers of GeoReport v2 as XML and JSON, its errors among them. The names of elements are the specification's."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from django.http import HttpResponse

#: the element of one in a list of many
_ONE_OF: Final = {
    "services": "service",
    "service_requests": "request",
    "errors": "error",
    "attributes": "attribute",
    "values": "value",
    "endpoints": "endpoint",
    "formats": "format",
}
_TYPES: Final = {"xml": "text/xml; charset=utf-8", "json": "application/json; charset=utf-8"}
#: what XML 1.0 cannot hold
_UNWRITABLE: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Row = Mapping[str, object]


class Refusal(Exception):
    """A request that cannot be answered: the HTTP status and a sentence for each thing that is wrong."""

    def __init__(self, status: int, *sentences: str) -> None:
        super().__init__("; ".join(sentences))
        self.status = status
        self.sentences = sentences


def listed(kind: str, root: str, rows: Iterable[Row], *, status: int = 200) -> HttpResponse:
    """This function will answer a list: an array in JSON, `root` with an element for each in XML."""
    found = list(rows)
    if kind == "json":
        return _json(found, status)
    return _xml(_element(root, found), status)


def single(kind: str, root: str, row: Row) -> HttpResponse:
    """This function will answer one object: itself in JSON, `root` in XML."""
    return _json(row, 200) if kind == "json" else _xml(_element(root, row), 200)


def errors(kind: str, refusal: Refusal) -> HttpResponse:
    """This function will answer what was wrong, in the format of the request; XML where that is none."""
    rows = [{"code": refusal.status, "description": one} for one in refusal.sentences]
    return listed("json" if kind == "json" else "xml", "errors", rows, status=refusal.status)


def _json(value: object, status: int) -> HttpResponse:
    text = json.dumps(value, ensure_ascii=False)
    return HttpResponse(text.encode(), status=status, content_type=_TYPES["json"])


def _xml(root: Element, status: int) -> HttpResponse:
    content = b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="utf-8")
    return HttpResponse(content, status=status, content_type=_TYPES["xml"])


def _element(name: str, value: object) -> Element:
    root = Element(name)
    _fill(root, value)
    return root


def _fill(into: Element, value: object) -> None:
    match value:
        case Mapping():
            for name, one in value.items():
                _fill(SubElement(into, str(name)), one)
        case list() | tuple():
            for one in value:
                _fill(SubElement(into, _ONE_OF[into.tag]), one)
        case bool():
            into.text = "true" if value else "false"
        case None:
            return
        case _:
            into.text = _UNWRITABLE.sub("", str(value))
