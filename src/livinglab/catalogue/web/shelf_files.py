"""A search as files: csv, xlsx and json for programs, feeds for readers of news."""

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Final
from xml.etree import ElementTree as Tree

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from livinglab.catalogue import queries
from livinglab.catalogue.domain.shelf import Hit, Order, Search
from livinglab.catalogue.web import shelf_words, words
from livinglab.catalogue.web.known_figure import known_figure
from livinglab.catalogue.web.shelf_address import address, read_search
from livinglab.kernel.freshness import fresh_by
from livinglab.kernel.unknown import UnknownValue
from livinglab.ui.exports import table_as_csv, table_as_json, table_as_xlsx
from livinglab.ui.figures import Column, ColumnKind, Figure, SourceNote, Table
from livinglab.ui.languages import language

TOPICS: Final = (queries.SHELF, "organizations")
#: entries of a feed
MOST_NEWS: Final = 50
#: rows of a file: the whole catalogue, several times over
MOST_ROWS: Final = 100_000
_ATOM: Final = "http://www.w3.org/2005/Atom"
_TABLES: Final = {
    "csv": ("text/csv; charset=utf-8", table_as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", table_as_xlsx),
    "json": ("application/json", table_as_json),
}


_FEEDS: Final = {"atom": "Atom", "json": "JSON Feed"}


def file_addresses() -> tuple[tuple[str, str], ...]:
    """This function will return name and address of each file and feed of a search, without its query string."""
    files = [(one.upper(), reverse("catalogue:file", args=[one])) for one in _TABLES]
    feeds = [(label, reverse("catalogue:feed", args=[one])) for one, label in _FEEDS.items()]
    return (*files, *feeds)


def known_downloads() -> tuple[tuple[str, str], ...]:
    """This function will return name and address of each file of what is known."""
    return tuple((one.upper(), reverse("catalogue:known-file", args=[one])) for one in _TABLES)


@require_safe
@fresh_by(*TOPICS)
def search_file(request: HttpRequest, file_format: str) -> HttpResponse:
    """This function will answer everything that a search finds as csv, xlsx or json."""
    _refuse_unknown_format(file_format, _TABLES)
    wanted = read_search(request)
    found = queries.search_shelf(wanted, queries.Slice(limit=MOST_ROWS, language=language(), is_marked=False))
    return _table(_figure(wanted, found.hits), file_format, "catalogue")


@require_safe
@fresh_by(*TOPICS)
def known_file(request: HttpRequest, file_format: str) -> HttpResponse:
    """This function will answer how much is known as csv, xlsx or json."""
    _refuse_unknown_format(file_format, _TABLES)
    return _table(known_figure(queries.coverage_of_fields()), file_format, "catalogue-known")


def _refuse_unknown_format(file_format: str, known: Iterable[str]) -> None:
    if file_format not in known:
        raise UnknownValue(_("file format"), file_format, known, status=404)


def _table(figure: Figure, file_format: str, name: str) -> HttpResponse:
    content_type, write = _TABLES[file_format]
    response = HttpResponse(write(figure), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{file_format}"'
    return response


def _figure(wanted: Search, hits: Iterable[Hit]) -> Figure:
    return Figure(
        key="catalogue",
        heading=_("Entries of the catalogue"),
        table=Table(
            caption=_("Entries of the catalogue"),
            columns=(
                Column(key="kind", label=_("Kind")),
                Column(key="id", label=_("Identifier"), kind=ColumnKind.CODE),
                Column(key="name", label=_("Name")),
                Column(key="summary", label=_("What it does")),
                Column(key="region_code", label=_("Code"), kind=ColumnKind.CODE),
                Column(key="region", label=_("Region")),
                Column(key="agency", label=_("Agency")),
                Column(key="functions", label=_("Function"), kind=ColumnKind.CODE),
                Column(key="indicators", label=_("Indicator"), kind=ColumnKind.CODE),
                Column(key="status", label=_("Status")),
                Column(key="reliability", label=_("Source")),
                Column(key="fields_known", label=_("Fields known"), kind=ColumnKind.COUNT),
                Column(key="real_cases", label=_("Real cases"), kind=ColumnKind.COUNT),
                Column(key="invented", label=_("Invented for demonstration")),
            ),
            rows=tuple(_row(hit) for hit in hits),
        ),
        sources=(SourceNote(text=_("Catalogue of Living Lab"), url=address(wanted)),),
    )


def _row(hit: Hit) -> tuple[str | int | None, ...]:
    one = hit.entry
    return (
        str(shelf_words.KINDS[one.kind]),
        one.key,
        one.title,
        hit.summary,
        one.region_code,
        one.region_name,
        one.agency,
        " ".join(one.functions),
        " ".join(one.indicators),
        str(words.STATUSES[one.status]),
        str(words.RELIABILITIES[one.reliability]),
        len(one.known),
        one.cases,
        _("yes") if one.is_synthetic else _("no"),
    )


@require_safe
@fresh_by(*TOPICS)
def feed(request: HttpRequest, feed_format: str) -> HttpResponse:
    """This function will answer the new and changed entries of a search as Atom (RFC 4287) or JSON Feed 1.1."""
    _refuse_unknown_format(feed_format, _FEEDS)
    given = read_search(request)
    wanted = replace(given, order=Order.CHANGED)
    hits = queries.search_shelf(
        wanted, queries.Slice(limit=MOST_NEWS, language=language(), is_marked=False)
    ).hits
    write = _atom if feed_format == "atom" else _json_feed
    return write(request, wanted, hits)


def _address(request: HttpRequest, hit: Hit) -> str:
    path = hit.entry.path if language() == "id" else f"/en{hit.entry.path}"
    return request.build_absolute_uri(path)


def _title() -> str:
    return _("New and changed in the catalogue of Living Lab")


def _atom(request: HttpRequest, wanted: Search, hits: tuple[Hit, ...]) -> HttpResponse:
    Tree.register_namespace("", _ATOM)
    root = Tree.Element(f"{{{_ATOM}}}feed")
    here = request.build_absolute_uri()
    _element(root, "id", here)
    _element(root, "title", _title())
    _element(root, "updated", hits[0].changed_at.isoformat() if hits else "1970-01-01T00:00:00Z")
    _element(_element(root, "author"), "name", "Living Lab")
    _element(root, "link", rel="self", href=here)
    _element(root, "link", rel="alternate", href=request.build_absolute_uri(address(wanted)))
    for hit in hits:
        entry = _element(root, "entry")
        _element(entry, "id", _address(request, hit))
        _element(entry, "title", hit.entry.title)
        _element(entry, "updated", hit.changed_at.isoformat())
        _element(entry, "link", rel="alternate", href=_address(request, hit))
        _element(entry, "summary", hit.summary)
    return HttpResponse(
        Tree.tostring(root, encoding="utf-8", xml_declaration=True), content_type="application/atom+xml"
    )


def _element(parent: Tree.Element, name: str, text: str = "", **attributes: str) -> Tree.Element:
    child = Tree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    child.text = "".join(letter for letter in text if letter.isprintable()) or None
    return child


def _json_feed(request: HttpRequest, wanted: Search, hits: tuple[Hit, ...]) -> HttpResponse:
    content = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(),
        "home_page_url": request.build_absolute_uri(address(wanted)),
        "feed_url": request.build_absolute_uri(),
        "language": language(),
        "items": [
            {
                "id": _address(request, hit),
                "url": _address(request, hit),
                "title": hit.entry.title,
                "content_text": hit.summary or hit.entry.title,
                "date_modified": hit.changed_at.isoformat(),
                "tags": [hit.entry.kind.value, *hit.entry.functions],
            }
            for hit in hits
        ],
    }
    return HttpResponse(json.dumps(content, ensure_ascii=False), content_type="application/feed+json")
