"""The main navigation: which contexts have a door on every page; and the links at its foot."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

_SECTIONS = (
    ("comparisons:country", "/"),
    ("comparisons:regions", "/regions/"),
    ("comparisons:compare", "/compare/"),
    ("catalogue:services", "/services/"),
    ("portal:data", "/data/"),
)

_FOOTER = (
    "portal:about",
    "portal:method",
    "portal:data",
    "portal:checks",
    "portal:api-docs",
    "portal:search",
    "portal:accessibility",
    "portal:privacy",
)


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the main navigation."""

    url: str
    label: str
    current: bool


def navigation(request: HttpRequest) -> dict[str, Any]:
    """This function will return the navigation for templates; the entry that holds the present page is current."""
    labels = (_("Indonesia"), _("Region portraits"), _("Compare"), _("Services"), _("Open data"))
    path = request.path.removeprefix("/en")
    items = []
    for (name, prefix), label in zip(_SECTIONS, labels, strict=True):
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        current = path == prefix if prefix == "/" else path.startswith(prefix)
        items.append(Item(url, label, current))
    return {"navigation": tuple(items), "footer_links": _footer_links(request)}


def _footer_links(request: HttpRequest) -> tuple[Item, ...]:
    labels = (
        _("About Living Lab"),
        _("Method"),
        _("Open data"),
        _("Checks of the published results"),
        _("API"),
        _("Search"),
        _("Accessibility"),
        _("Privacy"),
    )
    links = []
    for name, label in zip(_FOOTER, labels, strict=True):
        url = reverse(name)
        links.append(Item(url, label, request.path == url))
    return tuple(links)
