"""The search page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from livinglab.catalogue import queries as catalogue
from livinglab.catalogue.queries import Found, Search, ShelfEntry
from livinglab.kernel.freshness import fresh_by
from livinglab.portal.domain.search import EntryKind, search_words
from livinglab.portal.search import MOST_A_GROUP, Hit, HitGroup, search
from livinglab.ui import formats
from livinglab.ui.languages import language

_GROUPS: Mapping[EntryKind, Promise] = {
    EntryKind.REGION: gettext_lazy("Regions"),
    EntryKind.INSTITUTION: gettext_lazy("Central institutions"),
    EntryKind.INDICATOR: gettext_lazy("Indicators"),
}


@dataclass(frozen=True, slots=True)
class FoundView:
    """One result as the page shows it."""

    title: str
    detail: str
    url: str


@dataclass(frozen=True, slots=True)
class GroupView:
    """One group of results; `more` says how many are not shown."""

    key: str
    title: str
    found: tuple[FoundView, ...]
    more: str
    more_url: str = ""


@require_safe
@fresh_by("search", catalogue.SHELF)
def find(request: HttpRequest) -> HttpResponse:
    """This function will show what is found for the words in `q`, grouped by kind, and in the catalogue."""
    asked = search_words(request.GET.get("q", ""))
    answer = search(asked)
    shelf = _in_catalogue(asked.given)
    groups = () if answer.is_alike and _is_meant(shelf) else answer.groups
    context = {
        "given": asked.given,
        "heading": _heading(asked.given, groups, shelf, is_alike=answer.is_alike),
        "groups": [*map(_group, groups), *_catalogue_group(asked.given, shelf)],
    }
    return render(request, "portal/search.html", context)


def _in_catalogue(given: str) -> Found | None:
    if not given:
        return None
    return catalogue.search_shelf(Search(text=given), catalogue.Slice(limit=MOST_A_GROUP, is_marked=False))


def _is_meant(shelf: Found | None) -> bool:
    """Whether the catalogue has it as it was written: then names that only look alike are not meant."""
    return shelf is not None and shelf.total > 0 and not shelf.corrected


def _heading(given: str, groups: Sequence[HitGroup], shelf: Found | None, *, is_alike: bool) -> str:
    if not given:
        return _("Find a region, an institution, an indicator or a service")
    total = sum(group.total for group in groups) + (shelf.total if shelf else 0)
    if not total:
        return _("Nothing found for “%(given)s”") % {"given": given}
    if is_alike and groups:
        return _("Nothing is called “%(given)s”; these names look alike") % {"given": given}
    return ngettext("%(number)s result for “%(given)s”", "%(number)s results for “%(given)s”", total) % {
        "number": formats.count(total, language=language()),
        "given": given,
    }


def _catalogue_group(given: str, shelf: Found | None) -> Iterable[GroupView]:
    if shelf is None or not shelf.total:
        return
    more = ngettext(
        "All %(number)s entry of the catalogue", "All %(number)s entries of the catalogue", shelf.total
    )
    yield GroupView(
        "catalogue",
        _("Services and practices"),
        tuple(_entry(hit.entry) for hit in shelf.hits),
        more % {"number": formats.count(shelf.total, language=language())},
        reverse("catalogue:search") + "?" + urlencode({"q": given}),
    )


def _entry(entry: ShelfEntry) -> FoundView:
    in_english = language() == "en"
    summary = entry.summary_en if in_english else entry.summary_id
    detail = ": ".join(part for part in (entry.region_name, summary) if part)
    return FoundView(entry.title, detail, f"/en{entry.path}" if in_english else entry.path)


def _group(group: HitGroup) -> GroupView:
    left = group.total - len(group.hits)
    more = ngettext("and %(num)s more; add a word", "and %(num)s more; add a word", left) % {"num": left}
    return GroupView(
        group.kind, str(_GROUPS[group.kind]), tuple(map(_found, group.hits)), more if left else ""
    )


def _found(hit: Hit) -> FoundView:
    if language() == "en":
        return FoundView(hit.title_en, hit.detail_en, f"/en{hit.path}")
    return FoundView(hit.title_id, hit.detail_id, hit.path)
