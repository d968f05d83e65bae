"""What the address of a round's page asks for: province, colour, filter, order, page."""

from dataclasses import dataclass, field, replace
from typing import TypeVar
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from livinglab.evaluations.domain.process import State
from livinglab.evaluations.domain.waiting import Wait
from livinglab.evaluations.queries.participants import Filter, Order
from livinglab.evaluations.queries.round_map import Colour
from livinglab.kernel.unknown import UnknownValue, Unprocessable

MOST_PAGES = 1_000
_LONGEST_TEXT = 80
Choice = TypeVar("Choice", Colour, State, Wait, Order)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is shown; `scope` is the province whose regions are looked at, `filter.province` narrows the table only."""

    scope: str = ""
    colour: Colour = Colour.STATE
    filter: Filter = field(default_factory=Filter)
    page: int = 1

    def query(self, **changes: object) -> str:
        """This function will return the address' query for this view with some values changed."""
        wanted = replace(self, **changes)  # type: ignore[arg-type]
        shown = wanted.filter
        values = {
            "province": wanted.scope,
            "colour": "" if wanted.colour is Colour.STATE else wanted.colour,
            "q": shown.text,
            "state": shown.state or "",
            "wait": shown.wait or "",
            "in": shown.province,
            "sort": "" if shown.order is Order.CODE else shown.order,
            "page": "" if wanted.page == 1 else str(wanted.page),
        }
        given = urlencode({key: value for key, value in values.items() if value})
        return f"?{given}" if given else ""


def read_wanted(query: QueryDict) -> Wanted:
    """This function will read what an address asks for. Errors: `UnknownValue` naming what is known."""
    state, wait = query.get("state", ""), query.get("wait", "")
    return Wanted(
        scope=_text(query, "province"),
        colour=_one_of(Colour, query.get("colour") or Colour.STATE, _("colour")),
        filter=Filter(
            text=_text(query, "q"),
            state=_one_of(State, state, _("state")) if state else None,
            wait=_one_of(Wait, wait, _("delay")) if wait else None,
            province=_text(query, "in"),
            order=_one_of(Order, query.get("sort") or Order.CODE, _("order")),
        ),
        page=_page(query.get("page", "")),
    )


def _text(query: QueryDict, name: str) -> str:
    text = query.get(name, "").strip()
    if "\x00" in text:
        raise Unprocessable(_("This text cannot be looked for"), _("Type the name again."))
    return text[:_LONGEST_TEXT]


def _one_of(kind: type[Choice], given: str, what: str) -> Choice:
    try:
        return kind(given)
    except ValueError as error:
        raise UnknownValue(what, given, [str(one) for one in kind]) from error


def _page(given: str) -> int:
    if not given:
        return 1
    if not given.isdecimal() or not 1 <= len(given) <= 4 or not 1 <= int(given) <= MOST_PAGES:
        raise UnknownValue(_("page"), given, ["1"])
    return int(given)
