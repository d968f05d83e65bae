"""The body of a message as plain text: what mail, WhatsApp and SMS carry."""

import re
from html.parser import HTMLParser
from typing import Final

_BLOCKS: Final = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "hr"})
_MANY_LINES: Final = re.compile(r"\n{3,}")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "li":
            self.parts.append("\n- ")
        elif tag == "br":
            self.parts.append("\n")
        elif tag in _BLOCKS and not (self.parts and self.parts[-1] == "\n- "):
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if data.strip() or (self.parts and not self.parts[-1].endswith("\n")):
            self.parts.append(data.replace("\n", " "))


def plain(html: str) -> str:
    """This function will return safe HTML as plain text: paragraphs apart, a line for each point of a list."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = (line.strip() for line in "".join(reader.parts).split("\n"))
    return _MANY_LINES.sub("\n\n", "\n".join(lines)).strip()
