"""The address of a search: it holds the whole state, so that it can be sent to somebody else."""

from functools import lru_cache
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from livinglab.catalogue.domain.shelf import Facet, Order, Search
from livinglab.kernel.unknown import UnknownValue
from livinglab.ui.languages import language

_LONGEST: Final = 100


def read_search(request: HttpRequest) -> Search:
    """This function will return what the address asks for. Errors: `UnknownValue` for an order that there is not."""
    given = request.GET
    order = given.get("order", "") or Order.PROOF
    if order not in set(Order):
        raise UnknownValue(_("order"), order, list(Order))
    chosen = {facet.value: _plain(given.get(facet.value, "")) for facet in Facet}
    text = given.get("q", "").replace("\0", "")[:_LONGEST].lstrip()
    return Search(text=text, order=Order(order), **chosen)


def read_page(request: HttpRequest) -> int:
    """This function will return the number of the page, from 1. Errors: `UnknownValue` for what is no such number."""
    number = request.GET.get("page", "1")
    if not (number.isascii() and number.isdigit() and 1 <= int(number[:6]) <= 9_999):
        raise UnknownValue(_("page"), number)
    return int(number)


def _plain(text: str) -> str:
    return text.replace("\0", "").strip()[:_LONGEST]


def query(wanted: Search, *, page: int = 1) -> str:
    """This function will return the query string of a search, in one order, without what is empty."""
    pairs = [("q", wanted.text), *((facet.value, value) for facet, value in wanted.chosen.items())]
    if wanted.order is not Order.PROOF:
        pairs.append(("order", wanted.order))
    if page > 1:
        pairs.append(("page", str(page)))
    text = urlencode([(key, value) for key, value in pairs if value], safe="/")
    return f"?{text}" if text else ""


def address(wanted: Search, *, page: int = 1) -> str:
    """This function will return the address of a page of a search."""
    return _path(language()) + query(wanted, page=page)


@lru_cache(maxsize=4)
def _path(_written_in: str) -> str:
    """Return the address of the search in a language: a page holds a hundred of them."""
    return reverse("catalogue:search")


def with_choice(wanted: Search, facet: Facet, value: str) -> Search:
    """This function will return the search narrowed by a facet, or widened again by an empty value."""
    chosen = {**wanted.chosen, facet: value}
    return Search(text=wanted.text, order=wanted.order, **{one.value: chosen[one] for one in chosen})


def without_filters(wanted: Search) -> Search:
    """This function will return the same words without any facet."""
    return Search(text=wanted.text, order=wanted.order)
