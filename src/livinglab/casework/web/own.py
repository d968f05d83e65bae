"""What somebody applied for while signed in, and the documents that came of it, whichever region it was."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from livinglab.casework.models import OwnCase
from livinglab.casework.queries.own import UnderWay, drafts_within, own_cases
from livinglab.casework.web import words
from livinglab.casework.web.frame import language
from livinglab.kernel import clock
from livinglab.kernel.clock import day_of
from livinglab.organizations.queries import Organization, affiliations
from livinglab.packages.queries import case_words
from livinglab.ui import formats

_ON_A_PAGE = 25


@never_cache
@login_required
@require_safe
def applications(request: HttpRequest) -> HttpResponse:
    """This function will list somebody's own applications and documents, the newest first."""
    assert request.user.is_authenticated
    page = Paginator(own_cases(request.user.pk), _ON_A_PAGE).get_page(request.GET.get("page"))
    regions = {one.organization.id: one.organization for one in affiliations(request.user)}
    regions |= {one.organization_id: one.organization for one in page}
    under_way = drafts_within(regions, request.user.pk, at=clock.now())
    number = page.paginator.count
    return render(
        request,
        "casework/own.html",
        {
            "finding": ngettext("You have %(num)s application.", "You have %(num)s applications.", number)
            % {"num": number},
            "rows": [_line(one) for one in page],
            "under_way": [draft_line(one, regions[one.organization_id]) for one in under_way],
            "page": page,
            "link": lambda number: f"?page={number}",
            "breadcrumbs": [
                (_("Your account"), reverse("organizations:me")),
                (_("Your applications"), None),
            ],
        },
    )


def draft_line(one: UnderWay, organization: Organization) -> dict[str, str]:
    """This function will return a form under way as a list shows it to who fills it in."""
    return {
        "name": one.name.in_language(language()),
        "region": organization.name,
        "at": case_words.moment(one.saved_at, language()),
        "until": formats.day(day_of(one.ends_at, organization.zone), language=language()),
        "href": reverse("casework:form", args=[organization.code, str(one.id)]),
    }


def _line(one: OwnCase) -> dict[str, object]:
    address = [one.organization.code, str(one.case_id)]
    is_left = one.forgotten_at is None
    return {
        "name": one.names.get(language()) or one.names["id"],
        "region": one.organization.name,
        "number": one.number,
        "at": case_words.moment(one.started_at, language()),
        "stands": words.outcome(one.outcome),
        "is_synthetic": one.is_synthetic,
        "href": reverse("casework:application", args=address) if is_left else "",
        "forgotten": formats.day(day_of(one.forgotten_at, one.organization.zone), language=language())
        if one.forgotten_at
        else "",
        "papers": [
            (
                f"{paper['names'].get(language()) or paper['names']['id']} {paper['number']}",
                reverse("casework:paper", args=[*address, nth]),
            )
            for nth, paper in enumerate(one.papers, start=1)
        ],
    }
