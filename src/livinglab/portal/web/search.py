"""The search page."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from livinglab.kernel.freshness import fresh_by
from livinglab.portal.domain.search import EntryKind, search_words
from livinglab.portal.search import Answer, Hit, HitGroup, search
from livinglab.ui import formats
from livinglab.ui.languages import language

_GROUPS: Mapping[EntryKind, Promise] = {
    EntryKind.REGION: gettext_lazy("Regions"),
    EntryKind.INSTITUTION: gettext_lazy("Central institutions"),
    EntryKind.INDICATOR: gettext_lazy("Indicators"),
    EntryKind.SERVICE: gettext_lazy("Digital services"),
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


@require_safe
@fresh_by("search")
def find(request: HttpRequest) -> HttpResponse:
    """This function will show what is found for the words in `q`, grouped by kind."""
    asked = search_words(request.GET.get("q", ""))
    answer = search(asked)
    context = {
        "given": asked.given,
        "heading": _heading(asked.given, answer),
        "groups": [_group(one) for one in answer.groups],
        "is_alike": answer.is_alike,
    }
    return render(request, "portal/search.html", context)


def _heading(given: str, answer: Answer) -> str:
    if not given:
        return _("Find a region, an institution, an indicator or a service")
    if not answer.groups:
        return _("Nothing found for “%(given)s”") % {"given": given}
    if answer.is_alike:
        return _("Nothing is called “%(given)s”; these names look alike") % {"given": given}
    total = sum(group.total for group in answer.groups)
    return ngettext("%(number)s result for “%(given)s”", "%(number)s results for “%(given)s”", total) % {
        "number": formats.count(total, language=language()),
        "given": given,
    }


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
