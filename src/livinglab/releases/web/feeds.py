"""Atom feeds (RFC 4287) of versions that were offered, and of warnings in force."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from xml.etree import ElementTree as Tree

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from livinglab.kernel.freshness import fresh_by
from livinglab.kernel.unknown import UnknownValue
from livinglab.releases.operations.keys import TOPIC
from livinglab.releases.queries.names import name_of
from livinglab.releases.queries.open_data import latest_advisories, latest_releases
from livinglab.releases.queries.releases import kind_of, severity_of
from livinglab.releases.web import words

#: entries of a feed
MOST_NEWS: Final = 50
_ATOM: Final = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class _News:
    """One entry: an identifier that never changes, a page, words, and when."""

    id: str
    path: str
    title: str
    text: str
    at: datetime


@require_safe
@fresh_by(TOPIC, "organizations")
def feed(request: HttpRequest, name: str) -> HttpResponse:
    """This function will answer the newest versions or warnings as Atom."""
    if name not in _FEEDS:
        raise UnknownValue(_("feed"), name, tuple(_FEEDS), status=404)
    news = list(_FEEDS[name]())
    Tree.register_namespace("", _ATOM)
    root = Tree.Element(f"{{{_ATOM}}}feed")
    here = request.build_absolute_uri()
    _element(root, "id", here)
    titles = {
        "versions": _("New versions of service packages"),
        "warnings": _("Warnings about service packages"),
    }
    _element(root, "title", titles[name])
    _element(root, "updated", max((one.at for one in news), default=None))
    _element(_element(root, "author"), "name", "Living Lab")
    _element(root, "link", rel="self", href=here)
    _element(root, "link", rel="alternate", href=request.build_absolute_uri(reverse("releases:list")))
    for one in news:
        entry = _element(root, "entry")
        _element(entry, "id", one.id)
        _element(entry, "title", one.title)
        _element(entry, "updated", one.at)
        _element(entry, "link", rel="alternate", href=request.build_absolute_uri(one.path))
        _element(entry, "summary", one.text)
    content = Tree.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(content, content_type="application/atom+xml")


def _versions() -> Iterable[_News]:
    for one in latest_releases(MOST_NEWS):
        listing = one.listing
        yield _News(
            id=one.id.urn,
            path=reverse("releases:version", args=[listing.publisher.code, listing.package_id, one.version]),
            title=f"{name_of(listing)} {one.version} ({listing.publisher.name})",
            text=one.changes,
            at=one.decided_at or one.signed_at,
        )


def _warnings() -> Iterable[_News]:
    for one in latest_advisories(MOST_NEWS):
        listing = one.listing
        kind, urgency = words.KINDS[kind_of(one)], words.SEVERITIES[severity_of(one)]
        yield _News(
            id=one.id.urn,
            path=reverse("releases:package", args=[listing.publisher.code, listing.package_id]),
            title=f"{name_of(listing)} {', '.join(one.versions)}: {kind}; {urgency}",
            text=one.text,
            at=one.issued_at,
        )


_FEEDS: Final[dict[str, Callable[[], Iterable[_News]]]] = {"versions": _versions, "warnings": _warnings}


def _element(
    parent: Tree.Element, name: str, text: str | datetime | None = "", **attributes: str
) -> Tree.Element:
    child = Tree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    if name == "updated":
        child.text = text.isoformat() if isinstance(text, datetime) else "1970-01-01T00:00:00Z"
    else:
        child.text = "".join(one for one in str(text) if one.isprintable() or one == "\n") or None
    return child
