"""A search of the catalogue as its page shows it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from livinglab.catalogue.domain.shelf import MARKS, EntryKind, Facet, Found, Hit, Known, Order, Search
from livinglab.catalogue.queries import PAGE
from livinglab.catalogue.web import shelf_words, words
from livinglab.catalogue.web.shelf_address import address, with_choice, without_filters
from livinglab.ui.formats import count
from livinglab.ui.languages import language

#: values of a facet that are offered; more are reached by their name
MOST_CHOICES: Final = 12


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """A value of a facet: choosing it, or taking the choice back."""

    label: str
    count: str
    url: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class OrderLink:
    """An order of the results."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class FacetView:
    """A facet with its values; `more` says what is not offered."""

    key: str
    name: str
    choices: tuple[ChoiceView, ...]
    more: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultView:
    """An entry that was found; marked texts say why."""

    title: Markup
    url: str
    kind: str
    summary: Markup
    where: Markup
    because: Markup
    facts: str
    warning: str
    is_synthetic: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView:
    """Everything the page of a search says."""

    heading: str
    wanted: Search
    notes: tuple[str, ...]
    order: str
    order_links: tuple[OrderLink, ...]
    facets: tuple[FacetView, ...]
    chosen: tuple[tuple[str, str], ...]  # what narrows the search, and the address without it
    results: tuple[ResultView, ...]
    nearest: tuple[tuple[str, str], ...]  # what else to try when nothing was found: words and address
    page: int
    pages: int

    def page_url(self, number: int) -> str:
        """This function will return the address of another page of the same search."""
        return address(self.wanted, page=number)


def shelf_view(wanted: Search, found: Found, *, page: int, regions: dict[str, str]) -> SearchView:
    """This function will return a search in the reader's language; `regions` are names of regions by code."""
    return SearchView(
        heading=shelf_words.heading(wanted, found),
        wanted=wanted,
        notes=tuple(_notes(found)),
        order=shelf_words.order_sentence(wanted, found) if found.total else "",
        order_links=tuple(_orders(wanted)),
        facets=tuple(
            _facet(facet, wanted, found, regions) for facet in Facet if _is_offered(facet, found, wanted)
        ),
        chosen=tuple(
            (shelf_words.value_name(facet, value, regions), address(with_choice(wanted, facet, "")))
            for facet, value in wanted.chosen.items()
        ),
        results=tuple(_result(hit) for hit in found.hits),
        nearest=tuple(_nearest(wanted, found)),
        page=page,
        pages=max(1, -(-found.total // PAGE)),
    )


def _notes(found: Found) -> Iterable[str]:
    for given, better in found.corrected.items():
        yield _("No entry uses “%(given)s”. Searched for “%(better)s”.") % {"given": given, "better": better}
    for given, others in found.synonyms.items():
        if others:
            yield _("“%(given)s” also finds: %(others)s.") % {"given": given, "others": ", ".join(others)}


def _orders(wanted: Search) -> Iterable[OrderLink]:
    for order in Order:
        label = str(shelf_words.ORDERS[order])
        yield OrderLink(label, address(replace(wanted, order=order)), order is wanted.order)


def _is_offered(facet: Facet, found: Found, wanted: Search) -> bool:
    return bool(found.facets[facet]) or facet in wanted.chosen


def _facet(facet: Facet, wanted: Search, found: Found, regions: dict[str, str]) -> FacetView:
    chosen = wanted.chosen.get(facet, "")
    every = found.facets[facet]
    shown = [one for place, one in enumerate(every) if place < MOST_CHOICES or one.value == chosen]
    left = len(every) - len(shown)
    more = _("and %(number)s more: write the name into the search") % {
        "number": count(left, language=language())
    }
    return FacetView(
        key=facet.value,
        name=str(shelf_words.FACETS[facet]),
        choices=tuple(
            ChoiceView(
                shelf_words.value_name(facet, one.value, regions),
                count(one.count, language=language()),
                address(with_choice(wanted, facet, "" if one.value == chosen else one.value)),
                one.value == chosen,
            )
            for one in shown
        ),
        more=more if left else "",
        is_chosen=bool(chosen),
    )


def _result(hit: Hit) -> ResultView:
    entry = hit.entry
    known = _("%(known)s of %(all)s fields known") % {"known": len(entry.known), "all": len(Known)}
    source = _("invented for demonstration") if entry.is_synthetic else words.RELIABILITIES[entry.reliability]
    parts = [words.STATUSES[entry.status], source, known]
    if entry.kind is not EntryKind.SERVICE or entry.proof is not None:
        parts.append(shelf_words.proof(entry))
    return ResultView(
        title=marked(hit.title),
        url=entry.path if language() == "id" else f"/en{entry.path}",
        kind=str(shelf_words.KINDS[entry.kind]),
        summary=marked(hit.summary),
        where=marked(hit.where.strip(" ·") or _("region not named by the source")),
        because=_because(hit),
        facts=" · ".join(str(part) for part in parts),
        warning=shelf_words.national_warning(entry.functions),
        is_synthetic=entry.is_synthetic,
    )


def _because(hit: Hit) -> Markup:
    """Where the words were found, when neither name nor summary shows it."""
    if any(MARKS[0] in text for text in (hit.title, hit.summary, hit.where)) or MARKS[0] not in hit.topics:
        return Markup()
    found = [one for one in hit.topics.split(" · ") if MARKS[0] in one]
    return marked(", ".join(found))


def marked(text: str) -> Markup:
    """This function will return a text as HTML in which what matched is marked, and everything else is escaped."""
    start, stop = MARKS
    safe = str(escape(text)).replace(start, "<mark>").replace(stop, "</mark>")
    return Markup(safe)  # noqa: S704  escaped above; only our own marks become elements


def _nearest(wanted: Search, found: Found) -> Iterable[tuple[str, str]]:
    """What to try when nothing was found."""
    if found.total:
        return
    if found.without_filters and wanted.chosen:
        label = _("%(number)s without the filters") % {
            "number": count(found.without_filters, language=language())
        }
        yield label, address(without_filters(wanted))
    several = wanted.text.split()
    if len(several) > 1:
        yield from ((word, address(Search(text=word))) for word in several[:4])
