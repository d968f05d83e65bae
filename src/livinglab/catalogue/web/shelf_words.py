"""What the shelf's codes are called on a page."""

from functools import lru_cache
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from livinglab.assessments.queries import get_instrument
from livinglab.catalogue.domain.functions import Reliability, Status
from livinglab.catalogue.domain.proof import FEWEST_CASES, Part
from livinglab.catalogue.domain.shelf import EntryKind, Facet, Found, Known, Order, Search, ShelfEntry
from livinglab.catalogue.queries import taxonomy
from livinglab.catalogue.web import words
from livinglab.ui.formats import count
from livinglab.ui.languages import language

KINDS: Final[dict[EntryKind, Promise]] = {
    EntryKind.PRACTICE: pgettext_lazy("catalogue", "Practice"),
    EntryKind.SERVICE: pgettext_lazy("catalogue", "Service"),
    EntryKind.PACKAGE: pgettext_lazy("catalogue", "Package"),
}
FACETS: Final[dict[Facet, Promise]] = {
    Facet.KIND: gettext_lazy("Kind"),
    Facet.SECTOR: gettext_lazy("Sector"),
    Facet.INDICATOR: gettext_lazy("Indicator"),
    Facet.REGION: gettext_lazy("Region"),
    Facet.STATUS: gettext_lazy("Status"),
    Facet.SOURCE: gettext_lazy("Source"),
}
ORDERS: Final[dict[Order, Promise]] = {
    Order.PROOF: gettext_lazy("Best proven first"),
    Order.CHANGED: gettext_lazy("Newest change first"),
    Order.NAME: gettext_lazy("By name"),
}
KNOWN: Final[dict[Known, Promise]] = {
    Known.WHAT: gettext_lazy("What it does"),
    Known.AUDIENCE: gettext_lazy("For whom"),
    Known.FUNCTION: gettext_lazy("Function"),
    Known.OWNER: gettext_lazy("Agency"),
    Known.STATUS: gettext_lazy("Status"),
    Known.YEAR: gettext_lazy("Year"),
    Known.LEGAL_BASIS: gettext_lazy("Legal basis"),
    Known.RESULT: gettext_lazy("Result"),
    Known.COST: gettext_lazy("Cost"),
    Known.LESSONS: gettext_lazy("Lessons"),
    Known.STEPS: gettext_lazy("Indicator steps it helps"),
    Known.CONTACT: gettext_lazy("Office to ask"),
    Known.SOURCE: gettext_lazy("Source"),
}
PARTS: Final[dict[Part, Promise]] = {
    Part.STANDARD: gettext_lazy("cases within the service standard"),
    Part.SATISFACTION: gettext_lazy("satisfaction of residents"),
    Part.COMPLAINTS: gettext_lazy("cases without a complaint"),
    Part.STEPS: gettext_lazy("index steps confirmed by assessors"),
}


def indicator_name(code: str) -> str:
    """This function will return what an indicator is called: "SPBE 2020 · 42 Pengaduan"."""
    return _indicator_name(code, language())


@lru_cache(maxsize=512)
def _indicator_name(code: str, written_in: str) -> str:
    instrument_code, _between, number = code.partition("/")
    instrument = get_instrument(instrument_code)
    indicator = instrument.indicator(int(number))
    name = f"{instrument.short.in_language(written_in)} · {number}"
    return f"{name} {indicator.short.in_language(written_in)}" if indicator else name


def value_name(facet: Facet, value: str, regions: dict[str, str]) -> str:
    """This function will return what a value of a facet is called; `regions` are names by code."""
    match facet:
        case Facet.KIND:
            return str(KINDS[EntryKind(value)])
        case Facet.SECTOR:
            return next((words.said(one.name) for one in taxonomy().sectors if one.code == value), value)
        case Facet.INDICATOR:
            return indicator_name(value)
        case Facet.REGION:
            return regions.get(value, value)
        case Facet.STATUS:
            return str(words.STATUSES[Status(value)])
        case Facet.SOURCE:
            return str(words.RELIABILITIES[Reliability(value)])


def heading(wanted: Search, found: Found) -> str:
    """This function will return what a search found."""
    number = count(found.total, language=language())
    if not wanted.text:
        text = ngettext(
            "%(number)s entry in the catalogue", "%(number)s entries in the catalogue", found.total
        )
        return text % {"number": number}
    if not found.total:
        return _("Nothing found for “%(given)s”") % {"given": wanted.text.strip()}
    text = ngettext("%(number)s entry for “%(given)s”", "%(number)s entries for “%(given)s”", found.total)
    return text % {"number": number, "given": wanted.text.strip()}


def order_sentence(wanted: Search, found: Found) -> str:
    """This function will return why the results stand in this order, in words."""
    if wanted.order is Order.CHANGED:
        return _("The entry that changed last comes first.")
    if wanted.order is Order.NAME:
        return _("In the order of names.")
    first = (
        _("Entries whose name or function fits come before those that only mention it.")
        if wanted.text
        else ""
    )
    if not found.proven:
        then = _(
            "None of them has %(number)s real cases yet, so none has a proof score: the surer source comes first, "
            "then the entry that says more. Nobody votes here."
        ) % {"number": FEWEST_CASES}
    else:
        then = _(
            "%(proven)s of %(total)s have a proof score and come first, the best proven on top; the others follow by "
            "the sureness of their source and by how much they say. Nobody votes here."
        ) % {
            "proven": count(found.proven, language=language()),
            "total": count(found.total, language=language()),
        }
    return f"{first} {then}".strip()


def proof(entry: ShelfEntry) -> str:
    """This function will return the proof score of an entry, or why there is none."""
    if entry.proof is None:
        return _("no proof score yet: %(cases)s of %(needed)s real cases") % {
            "cases": entry.cases,
            "needed": FEWEST_CASES,
        }
    return _("proof %(score)s from %(cases)s cases") % {
        "score": count(round(entry.proof * 100), language=language()),
        "cases": count(entry.cases, language=language()),
    }


def national_warning(functions: tuple[str, ...]) -> str:
    """This function will return the warning of functions in a field of national common applications, or nothing."""
    known = [one for code in functions if (one := taxonomy().function(code))]
    return next((warning for one in known if (warning := words.national_application(one))), "")
