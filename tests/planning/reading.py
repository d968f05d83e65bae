"""Reading pages of plans as their readers do."""

import html
import re


def text_of(content: bytes) -> str:
    """This function will return what a reader reads of a page, tags taken out."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", content.decode())).split())
