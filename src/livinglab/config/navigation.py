"""The main navigation: which contexts have a door on every page; and the links at its foot."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from livinglab.ui.jinja import url_if_any
from livinglab.ui.languages import language

#: below the address of a region stand its offices too, which are not of the portraits
_SECTIONS = (
    ("comparisons:country", ("/",), ""),
    ("comparisons:regions", ("/regions/",), "comparisons"),
    ("comparisons:compare", ("/compare/",), ""),
    ("catalogue:search", ("/catalogue/", "/practices/", "/services/", "/packages/", "/try/"), ""),
    ("casework:services", ("/apply/",), ""),
    ("visits:list", ("/visits/",), ""),
)

_FOOTER = (
    "casework:services",
    "sandboxes:list",
    "portal:about",
    "portal:method",
    "portal:data",
    "visits:follow",
    "portal:checks",
    "portal:api-docs",
    "portal:search",
    "signatures:verify",
    "portal:accessibility",
    "portal:privacy",
)


@dataclass(frozen=True, slots=True)
class _Door:
    """Where a link leads and what it is called; ``prefixes`` are what the addresses behind it begin with.

    A ``context`` is the one whose pages alone are behind it.
    """

    url: str
    label: str
    prefixes: tuple[str, ...] = ()
    context: str = ""

    def holds(self, path: str, context: str) -> bool:
        """This function will tell whether an address, answered by a context, stands behind this door."""
        if self.prefixes == ("/",):
            return path == "/"
        return path.startswith(self.prefixes) and self.context in ("", context)


@dataclass(frozen=True, slots=True)
class _Doors:
    sections: tuple[_Door, ...]
    footer: tuple[_Door, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the main navigation."""

    url: str
    label: str
    current: bool


def navigation(request: HttpRequest) -> dict[str, Any]:
    """This function will return the navigation for templates; the entry that holds the present page is current."""
    doors = _doors(language())
    path = request.path.removeprefix("/en")
    context = request.resolver_match.namespace if request.resolver_match else ""
    return {
        "navigation": tuple(Item(door.url, door.label, door.holds(path, context)) for door in doors.sections),
        "footer_links": tuple(Item(door.url, door.label, request.path == door.url) for door in doors.footer),
    }


@lru_cache(maxsize=4)
def _doors(_written_in: str) -> _Doors:
    """Return the doors of every page in a language: eighteen addresses and texts that no request changes."""
    sections = zip(_SECTIONS, _section_labels(), strict=True)
    footer = zip(_FOOTER, _footer_labels(), strict=True)
    return _Doors(
        sections=tuple(
            _Door(url, label, prefixes, context)
            for (name, prefixes, context), label in sections
            if (url := url_if_any(name)) is not None
        ),
        footer=tuple(_Door(reverse(name), label) for name, label in footer),
    )


def _section_labels() -> tuple[str, ...]:
    return (
        _("Indonesia"),
        _("Region portraits"),
        _("Compare"),
        _("Catalogue"),
        pgettext("navigation", "Apply"),
        _("Study visits"),
    )


def _footer_labels() -> tuple[str, ...]:
    return (
        _("Services to apply for"),
        _("Services to try"),
        _("About Living Lab"),
        _("Method"),
        _("Open data"),
        _("Follow-through of study visits"),
        _("Checks of the published results"),
        _("API"),
        _("Search"),
        _("Check a signed document"),
        _("Accessibility"),
        _("Privacy"),
    )
