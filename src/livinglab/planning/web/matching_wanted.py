"""What the address of the matching asks for: capacity of a host, steps of a region, province, page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from livinglab.kernel.unknown import Known, UnknownValue, Unprocessable
from livinglab.planning.queries.matching import (
    CAPACITY,
    MOST_CAPACITY,
    MOST_STEPS,
    STEPS,
    Match,
    Proposal,
)
from livinglab.planning.queries.starts import plannable, read_instrument
from livinglab.ui.languages import language

PAGE_SIZE: Final = 40
MOST_PAGES: Final = 1_000


@dataclass(frozen=True, slots=True)
class MatchingWanted:
    """How many steps a host teaches and a region asks for; `province` narrows what is shown, not what is matched."""

    capacity: int = CAPACITY
    steps: int = STEPS
    province: str = ""
    page: int = 1
    instrument: str = ""

    def query(self, *, page: int) -> str:
        """This function will return the query of the address of a page of this proposal."""
        default = MatchingWanted()
        wanted = replace(self, page=page)
        values = {
            name: getattr(wanted, name)
            for name in ("instrument", "capacity", "steps", "province", "page")
            if getattr(wanted, name) != getattr(default, name)
        }
        return f"?{urlencode(values)}" if values else ""

    def page_link(self, page: int) -> str:
        """This function will return the address of another page of the table."""
        return self.query(page=page) or "?"

    def of(self, found: Proposal) -> tuple[Match, ...]:
        """This function will return the matches of the province asked for, or all."""
        if not self.province:
            return found.matches
        return tuple(one for one in found.matches if _province(found, one.asker) == self.province)

    def on_page(self, matches: Sequence[Match]) -> Sequence[Match]:
        """This function will return the matches on the page asked for; nothing beyond the last."""
        return matches[(self.page - 1) * PAGE_SIZE : self.page * PAGE_SIZE]

    def pages(self, matches: Sequence[Match]) -> int:
        """This function will return how many pages there are, at least one."""
        return max(1, -(-len(matches) // PAGE_SIZE))

    def province_options(self, found: Proposal) -> list[tuple[str, str]]:
        """This function will return all and each province for a choice."""
        return [("", _("all provinces")), *sorted(_provinces(found).items())]

    def instrument_options(self) -> list[tuple[str, str]]:
        """This function will return each region's newest and each instrument for a choice."""
        newest = ("", _("the newest levels or results of each region"))
        return [newest, *((each.code, each.short.in_language(language())) for each in plannable())]

    def check_province(self, found: Proposal) -> None:
        """This function will raise UnknownValue for a province without regions here."""
        names = _provinces(found)
        if self.province and self.province not in names:
            known = [Known(code, name) for code, name in sorted(names.items())]
            raise UnknownValue(_("province"), self.province, known)


def read_wanted(query: QueryDict) -> MatchingWanted:
    """This function will read an address. Raises Unprocessable that names a number's range, UnknownValue."""
    return MatchingWanted(
        capacity=_number(query, "capacity", CAPACITY, MOST_CAPACITY, _("Steps that one host teaches a year")),
        steps=_number(query, "steps", STEPS, MOST_STEPS, _("Steps that each region asks for")),
        province=query.get("province", ""),
        page=_number(query, "page", 1, MOST_PAGES, _("Page")),
        instrument=chosen.code if (chosen := read_instrument(query.get("instrument", ""))) else "",
    )


def _number(query: QueryDict, name: str, default: int, most: int, label: str) -> int:
    given = query.get(name, "").strip() or str(default)
    if not (given.isascii() and given.isdigit() and len(given) < 6 and 1 <= int(given) <= most):
        title = _("%(label)s: a whole number from 1 to %(most)s") % {"label": label, "most": most}
        nearest = most if given.isascii() and given.isdigit() and given.strip("0") else 1
        raise Unprocessable(
            title, _("You asked for “%(given)s”.") % {"given": given[:20]}, [Known(str(nearest))]
        )
    return int(given)


def _province(found: Proposal, code: str) -> str:
    province = found.place(code).province
    return province.code if province else ""


def _provinces(found: Proposal) -> dict[str, str]:
    return {
        one.province.code: one.province.short_name
        for one in found.country.places.values()
        if one.province is not None
    }
