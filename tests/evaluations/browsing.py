"""Reading pages of evaluations as their readers do, for the tests of those pages."""

import html
import re

from django.test import Client

BASE = "/en/regions/14.08/evaluations/"


def page(client: Client, path: str = "2025/", *, status: int = 200) -> str:
    """This function will return the text of a page below the region's evaluations, tags taken out."""
    return text_of(client.get(BASE + path), status)


def sent(client: Client, path: str, *, status: int, **fields: object) -> str:
    """This function will send a form and return the text of the answer."""
    return text_of(client.post(BASE + path, fields), status)


def text_of(response: object, status: int) -> str:
    """This function will return what a reader reads of an answer with this status."""
    content = response.content.decode()  # type: ignore[attr-defined]
    assert response.status_code == status, content[:3000]  # type: ignore[attr-defined]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", content)).split())
