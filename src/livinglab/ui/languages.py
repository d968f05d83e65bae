"""The two languages of every page, and the way from one to the other."""

from typing import Final

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse, translate_url
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
    here, match = request.get_full_path(), request.resolver_match
    if match is None:  # an answer from before the address was looked up
        return translate_url(here, other_language())
    with translation.override(other_language()):
        try:
            there = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
        except NoReverseMatch:
            return here
    _path, mark, query = here.partition("?")
    return f"{there}{mark}{query}"
