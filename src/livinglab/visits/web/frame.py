"""What the pages of visits share: the way there, refusals beside their fields, and whose day it is."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from livinglab.kernel.refusals import Refusal
from livinglab.ui.jinja import url_if_any
from livinglab.visits.models import Commitment, Visit
from livinglab.visits.web import words

Crumb = tuple[str, str | None]
Problems = tuple[tuple[str, str], ...]


def breadcrumbs(*way: Crumb) -> tuple[Crumb, ...]:
    """This function will return the way to a page from the list of visits."""
    here = url_if_any("visits:list") if way else None
    return ((_("Study visits"), here), *way)


def visit_title(visit: Visit, *, named: bool = True) -> str:
    """This function will return who visits whom, for headings and crumbs; `named` as for `words.visitor_name`."""
    visitor = words.visitor_name(visit, named=named)
    return _("%(visitor)s at %(host)s") % {"visitor": visitor, "host": visit.host.name}


def zone_of(commitment: Commitment) -> str:
    """This function will return the time zone in which a commitment's days are: its host's for a guest."""
    if commitment.organization is not None:
        return commitment.organization.zone
    assert commitment.visit is not None, "the database has a guest commit after its visit only"
    return commitment.visit.host.zone


def problem_of(refusal: Refusal, fields: Mapping[str, str]) -> Problems:
    """This function will return a refusal as the one problem of a form, at the field it is about."""
    return ((fields.get(refusal.code, ""), str(refusal.reason)),)


def to_uuid(text: str) -> UUID | None:
    """This function will return the id in a text, None when it is none."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def to_count(text: str) -> int | None:
    """This function will return the whole number that was typed, None for nothing; -1 for what is no number."""
    text = text.strip()
    if not text:
        return None
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else -1


def distinct(rows: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """This function will return pairs, each once, in their order."""
    return list(dict.fromkeys(rows))
