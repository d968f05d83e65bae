"""The HTML of documents, cut down to what a document may hold (section 6), whatever a template wrote."""

from html import escape
from html.parser import HTMLParser
from typing import Final

TAGS: Final = frozenset(
    [
        "h1",
        "h2",
        "h3",
        "p",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "ol",
        "ul",
        "li",
        "strong",
        "em",
        "br",
        "hr",
        "div",
        "span",
        "header",
        "footer",
        "section",
        "dl",
        "dt",
        "dd",
        "img",
    ]
)
CLASSES: Final = frozenset({"letterhead", "centre", "right", "small", "sign", "box", "columns"})
_EMPTY: Final = frozenset({"br", "hr", "img"})
_DROPPED_WITH_TEXT: Final = frozenset(
    {"script", "style", "template", "iframe", "object", "svg", "math", "title"}
)
_PICTURES: Final = {"qr:": "qr", "letterhead:": "letterhead"}


def safe(html: str, *, letterhead: tuple[str, ...] = ()) -> str:
    """This function will return the markup of a document without anything that the standard does not allow.

    The letterhead becomes its lines; the code that leads to the check of a document becomes a box with its text.
    """
    cleaner = _Cleaner(letterhead)
    cleaner.feed(html)
    cleaner.close()
    return cleaner.text()


class _Cleaner(HTMLParser):
    def __init__(self, letterhead: tuple[str, ...]) -> None:
        super().__init__(convert_charrefs=True)
        self._letterhead = letterhead
        self._out: list[str] = []
        self._open: list[str] = []
        self._dropping: list[str] = []

    def text(self) -> str:
        """This function will return what was kept, with every element closed."""
        return "".join(self._out) + "".join(f"</{tag}>" for tag in reversed(self._open))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._dropping or tag in _DROPPED_WITH_TEXT:
            self._dropping.append(tag)
        elif tag == "img":
            self._picture(dict(attrs))
        elif tag in TAGS:
            names = [name for name in (dict(attrs).get("class") or "").split() if name in CLASSES]
            self._out.append(f'<{tag} class="{" ".join(names)}">' if names else f"<{tag}>")
            if tag not in _EMPTY:
                self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._dropping:
            if tag in self._dropping:
                del self._dropping[self._dropping.index(tag) :]
            return
        if tag in self._open:
            while (last := self._open.pop()) != tag:
                self._out.append(f"</{last}>")
            self._out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._dropping:
            self._out.append(escape(data))

    def _picture(self, attributes: dict[str, str | None]) -> None:
        match _PICTURES.get(attributes.get("src") or ""):
            case "letterhead":
                lines = "<br>".join(escape(line) for line in self._letterhead)
                self._out.append(f'<span class="letterhead">{lines}</span>')
            case "qr":
                said = escape(attributes.get("alt") or "QR")
                self._out.append(f'<span class="box small qr">{said}</span>')
            case _:
                pass
