"""Offers between instances: told to others, and fetched by the publisher of a package."""

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from livinglab.accounts.queries import User
from livinglab.adoptions import policies
from livinglab.adoptions.access import READERS
from livinglab.adoptions.operations.fetched_offers import keep_offer, wanted
from livinglab.adoptions.operations.records import TOPIC
from livinglab.adoptions.queries.federated_offers import offered_content, offers_index
from livinglab.kernel import clock
from livinglab.kernel.freshness import fresh_by
from livinglab.kernel.refusals import Refused, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.access import member_page
from livinglab.organizations.queries import Organization, roles_in
from livinglab.packages.domain.faults import PackageRefused
from livinglab.packages.queries import instances
from livinglab.packages.queries.check import sentence
from livinglab.ui.jinja import url_if_any

#: offers fetched by one request; the next one fetches the rest
_MOST_AT_ONCE: Final = 10


@require_safe
@fresh_by(TOPIC, "releases", "organizations")
def index(request: HttpRequest) -> JsonResponse:
    """This function will answer the open offers to origins at other instances."""
    answer = JsonResponse(offers_index(instance=request.get_host()))
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


@require_safe
def archive(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    """This function will hand out the zip of an offer that the index tells."""
    content = offered_content(offer_id)
    if content is None:
        raise Http404(str(offer_id))
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{offer_id}.zip"'
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@member_page(READERS)
def fetch(request: HttpRequest, organization: Organization) -> HttpResponse:
    """This function will fetch the offers of another instance to a publisher."""
    assert isinstance(request.user, User)
    if request.method != "POST":
        return _page(request, organization)
    try:
        number = _fetched(request.POST.get("from", ""), organization, request.user)
    except instances.NotFetched as error:
        return _page(request, organization, instances.reason(error))
    except Refused as refused:
        return _page(request, organization, str(refused.refusal.reason))
    except PackageRefused as refused:
        first = refused.faults[0]
        return _page(request, organization, f"{first.path}:{first.line}: {sentence(first)}")
    said = _("That instance offers nothing new to you.")
    if number:
        said = ngettext("%(num)s offer was fetched.", "%(num)s offers were fetched.", number) % {
            "num": number
        }
    messages.success(request, said)
    return redirect("adoptions:received", organization.code)


def _fetched(address: str, organization: Organization, user: User) -> int:
    """Return how many were kept: all, or none where one of them is refused."""
    ensure(policies.may_decide(roles_in(user, organization.id)))
    reach = instances.reach_here()
    origin = instances.address_of(address, reach)
    found = [
        (one, instances.content_of_change(origin, one, reach))
        for one in wanted(organization, instances.offers_of(origin, reach))[:_MOST_AT_ONCE]
    ]
    at = clock.now()
    with tenancy(organization.id):
        kept = [
            keep_offer(organization=organization, address=origin, change=one, content=content, by=user, at=at)
            for one, content in found
        ]
    return sum(1 for one in kept if one is not None)


def _page(request: HttpRequest, organization: Organization, problem: str = "") -> HttpResponse:
    context = {
        "organization": organization,
        "given": request.POST.get("from", ""),
        "problems": (("from", problem),) if problem else (),
        "breadcrumbs": (
            (_("Packages"), url_if_any("releases:list")),
            (organization.short_name, url_if_any("adoptions:received", organization.code)),
            (_("Offers at another instance"), None),
        ),
    }
    return render(request, "adoptions/fetch_offers.html", context, status=422 if problem else 200)
