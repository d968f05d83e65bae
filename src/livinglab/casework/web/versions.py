"""Open cases that run on older versions, and moving them to the one at work, for who answers for the services."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from livinglab.accounts.queries import User
from livinglab.casework import policies
from livinglab.casework.access import not_kept
from livinglab.casework.models import ServiceVersion
from livinglab.casework.operations import moving
from livinglab.casework.queries.moving import Foreseen, Standing, foreseen, standings
from livinglab.casework.queries.running import package_of
from livinglab.casework.web import words
from livinglab.casework.web.frame import language
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.organizations.access import member_page
from livinglab.organizations.queries import Organization

#: open cases that the page looks into at once; the move itself takes all of them
LOOKED_INTO: Final = 100


@require_safe
@never_cache
@member_page(policies.DECIDES)
def versions(request: HttpRequest, organization: Organization) -> HttpResponse:
    """This function will list the versions that are at work no more and still have open cases."""
    rows = [
        {
            "name": _name(one.at_work),
            "version": words.version(one.version),
            "at_work": words.version(one.at_work),
            "cases": one.cases,
            "href": reverse("casework:move", args=[organization.code, one.version.id]),
        }
        for one in standings(organization.id)
    ]
    return render(
        request,
        "casework/versions.html",
        {
            "organization": organization,
            "rows": rows,
            "breadcrumbs": [(organization.name, None), (_("Versions of open cases"), None)],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@member_page(policies.DECIDES)
def move(request: HttpRequest, organization: Organization, version_id: UUID) -> HttpResponse:
    """This function will show which open cases of a version fit the one at work, and have them moved on POST.

    A version that has no open case, or is at work itself: 404.
    """
    found = next((one for one in standings(organization.id) if one.version.id == version_id), None)
    if found is None:
        return not_kept(request, organization)
    if request.method == "POST":
        return _moved(request, organization, found)
    looked = tuple(foreseen(organization, found.version, found.at_work, at=clock.now(), most=LOOKED_INTO))
    staying = [one for one in looked if one.hindrances]
    return render(
        request,
        "casework/move.html",
        {
            "organization": organization,
            "name": _name(found.at_work),
            "before": words.version(found.version),
            "after": words.version(found.at_work),
            "after_id": found.at_work.id,
            "cases": found.cases,
            "looked": len(looked),
            "fitting": len(looked) - len(staying),
            "rows": list(_lines(staying)),
            "here": request.path,
            "breadcrumbs": [
                (organization.name, None),
                (_("Versions of open cases"), reverse("casework:versions", args=[organization.code])),
                (_name(found.at_work), None),
            ],
        },
    )


def _moved(request: HttpRequest, organization: Organization, found: Standing) -> HttpResponse:
    assert isinstance(request.user, User)
    if request.POST.get("after") != str(found.at_work.id):
        messages.error(request, _("Another version is at work by now. Look through the cases again."))
        return redirect("casework:move", organization.code, found.version.id)
    try:
        moving.plan(
            organization=organization,
            before_id=found.version.id,
            after_id=found.at_work.id,
            by=request.user,
            at=clock.now(),
        )
    except Refused as refused:
        messages.error(request, str(refused.refusal.reason))
    else:
        messages.success(request, _("The cases are being moved. What stays on its version is listed here."))
    return redirect("casework:versions", organization.code)


def _lines(staying: Iterable[Foreseen]) -> Iterable[dict[str, object]]:
    for one in staying:
        yield {
            "number": one.number,
            "reasons": [
                words.hindrance(each.kind) + (f" ({each.on})" if each.on else "") for each in one.hindrances
            ],
        }


def _name(version: ServiceVersion) -> str:
    return package_of(version).manifest.name.in_language(language())
