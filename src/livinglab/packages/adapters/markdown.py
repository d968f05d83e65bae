"""Messages as safe HTML: CommonMark without raw HTML, pictures or links."""

from typing import Final

from markdown_it import MarkdownIt

from livinglab.packages.domain.running.state import Text

_READER: Final = MarkdownIt("commonmark", {"html": False, "typographer": False}).disable(
    ["link", "image", "autolink", "html_inline", "html_block", "reference", "code", "fence"]
)


def to_text(source: str) -> Text:
    """This function will return the subject (the first heading, as plain text) and the body of a message as HTML."""
    tokens = _READER.parse(source)
    subject = ""
    if tokens and tokens[0].type == "heading_open":
        subject = "".join(part.content for part in tokens[1].children or ())
        tokens = tokens[3:]
    return Text(subject, _READER.renderer.render(tokens, _READER.options, {}))
