"""The two languages of every page, and the way from one to the other."""

from typing import Final

from django.http import HttpRequest
from django.urls import translate_url
from django.utils import translation

LANGUAGES: Final = {"id": "Bahasa Indonesia", "en": "English"}


def language() -> str:
    """Return the language of this request: "id" or "en"."""
    active = (translation.get_language() or "id").split("-")[0]
    return active if active in LANGUAGES else "id"


def other_language() -> str:
    """Return the code of the language this page is not in."""
    return "en" if language() == "id" else "id"


def other_language_url(request: HttpRequest) -> str:
    """Return the address of the same page, with its query, in the other language."""
    return translate_url(request.get_full_path(), other_language())
