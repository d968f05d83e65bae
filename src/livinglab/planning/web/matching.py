"""Who could learn from whom across the country, for ministries: a proposal that visits confirm or not."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from livinglab.accounts.queries import User
from livinglab.kernel import clock
from livinglab.kernel.freshness import versions_of
from livinglab.organizations.queries import posts
from livinglab.planning.policies import may_match_the_country
from livinglab.planning.queries.matching import MOST_CAPACITY, MOST_STEPS, Proposal, matching
from livinglab.planning.queries.teachers import TOPICS
from livinglab.planning.web import matching_words as words
from livinglab.planning.web.matching_wanted import MatchingWanted, read_wanted
from livinglab.ui.web.files import figure_file, formats_of

P = ParamSpec("P")
MatchingView = Callable[Concatenate[HttpRequest, P], HttpResponse]


def ministry_page(view: MatchingView[P]) -> Callable[..., HttpResponseBase]:
    """This function will let a view run for officers of ministries. Not signed in: the sign-in page. Else 403."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not isinstance(request.user, User):
            return redirect_to_login(request.get_full_path())
        refusal = may_match_the_country(frozenset(post.role for post in posts(request.user.id)))
        if refusal is not None:
            raise PermissionDenied(refusal.reason)
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@ministry_page
def proposal(request: HttpRequest) -> HttpResponse:
    """This function will show who could learn from whom, whoever is full, and what everybody's first choice was."""
    wanted, found = _proposed(request)
    shown = wanted.of(found)
    rows = wanted.on_page(shown)
    hosts = words.hosts_figure(found)
    matches = words.matches_figure(found, rows)
    context = {
        "heading": words.heading(found),
        "first_only": words.first_only(found),
        "found": found,
        "wanted": wanted,
        "hosts": hosts,
        "matches": matches,
        "number": len(shown),
        "without_evidence": sum(one.first is None for one in found.matches),
        "pages": wanted.pages(shown),
        "provinces": wanted.province_options(found),
        "instruments": wanted.instrument_options(),
        "most": {"capacity": MOST_CAPACITY, "steps": MOST_STEPS},
        "downloads": {
            key: [
                (name.upper(), f"{reverse('planning:matching-file', args=[key, name])}{wanted.query(page=1)}")
                for name in formats_of(figure)
            ]
            for key, figure in (("hosts", hosts), ("matches", matches))
        },
        "breadcrumbs": ((_("Who learns from whom"), None),),
    }
    return render(request, "planning/matching.html", context)


@require_safe
@ministry_page
def proposal_file(request: HttpRequest, key: str, file_format: str) -> HttpResponse:
    """This function will answer the whole proposal, or all hosts, as a file."""
    wanted, found = _proposed(request)
    figures = {
        "hosts": words.hosts_figure(found),
        "matches": words.matches_figure(found, wanted.of(found)),
    }
    return figure_file(figures, key, file_format, name=f"matching-{key}")


def _proposed(request: HttpRequest) -> tuple[MatchingWanted, Proposal]:
    wanted = read_wanted(request.GET)
    year = clock.today().year
    found = matching(
        versions_of(TOPICS),
        year=year,
        capacity=wanted.capacity,
        steps=wanted.steps,
        instrument=wanted.instrument,
    )
    wanted.check_province(found)
    return wanted, found
