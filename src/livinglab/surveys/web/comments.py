"""What applicants wrote beside their answers, for those who answer for the services."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from livinglab.organizations.access import member_page
from livinglab.organizations.queries import Organization
from livinglab.surveys.policies import COMMENT_READERS
from livinglab.surveys.queries.comments import comments as all_comments
from livinglab.surveys.queries.results import Band, services_of
from livinglab.surveys.web import words

PAGE: Final = 50


@require_safe
@member_page(COMMENT_READERS)
def comments(request: HttpRequest, organization: Organization) -> HttpResponse:
    """This function will list what applicants wrote, newest month first, without saying whose case it was."""
    names = {one.service_id: words.name_of(one) for one in services_of(organization.id, with_synthetic=True)}
    found = all_comments()
    total = found.count()
    pages = max(-(-total // PAGE), 1)
    page = min(_page(request.GET.get("page", "1")), pages)
    here = reverse("surveys:comments", args=[organization.code])
    context = {
        "organization": organization,
        "total": total,
        "rows": [
            (one, names[one.service_id], words.BAND_NAMES[Band(one.band)], words.month_name(one.month))
            for one in found[(page - 1) * PAGE : page * PAGE]
        ],
        "page": page,
        "pages": pages,
        "link": lambda number: f"{here}?page={number}",
        "breadcrumbs": (
            (_("Satisfaction with services"), reverse("surveys:services", args=[organization.code])),
            (_("Comments"), None),
        ),
    }
    return render(request, "surveys/comments.html", context)


def _page(text: str) -> int:
    return max(int(text), 1) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
