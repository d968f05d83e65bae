"""The services of the district or village in which somebody works, each leading to the values that hold there."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from livinglab.accounts.queries import User
from livinglab.adoptions.access import UNIT_READERS
from livinglab.adoptions.queries.adoptions import own_adoptions
from livinglab.adoptions.queries.seated import handed_to
from livinglab.organizations.access import member_page
from livinglab.organizations.queries import Organization, areas
from livinglab.releases.queries.names import name_of
from livinglab.ui.jinja import url_if_any


@dataclass(frozen=True, slots=True)
class Place:
    """A service at a unit: the service's name, the unit's, and where its values are."""

    service: str
    unit: str
    url: str


@never_cache
@require_safe
@member_page(UNIT_READERS)
def places(request: HttpRequest, organization: Organization) -> HttpResponse:
    """This function will list the services that were handed down to where the reader works."""
    assert isinstance(request.user, User)
    found = handed_to(organization.id, request.user.id, own_adoptions(organization.id))
    codes = {one.unit_code for _row, one in found}
    names = {one.code: one.name for one in areas(organization.code).filter(code__in=codes)}
    rows = [
        Place(
            service=name_of(row.listing),
            unit=names.get(one.unit_code, one.unit_code),
            url=reverse("adoptions:unit", args=[organization.code, row.id, one.unit_code]),
        )
        for row, one in found
    ]
    heading = ngettext(
        "%(num)s service was handed down to where you work.",
        "%(num)s services were handed down to where you work.",
        len(rows),
    ) % {"num": len(rows)}
    context = {
        "organization": organization,
        "heading": heading,
        "rows": rows,
        "breadcrumbs": (
            (organization.short_name, url_if_any("comparisons:portrait", organization.code)),
            (_("Services where you work"), None),
        ),
    }
    return render(request, "adoptions/places.html", context)
