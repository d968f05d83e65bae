"""The page that both sides sign off: what is shared, who supports, who pays, on which ground."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from livinglab.accounts.queries import User, names_of
from livinglab.adoptions import policies
from livinglab.adoptions.access import READERS
from livinglab.adoptions.models import Agreement
from livinglab.adoptions.operations import agreements
from livinglab.adoptions.queries.agreements import (
    adoption_under,
    agreements_of,
    find_agreement,
    other_side,
)
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.organizations.access import member_page
from livinglab.organizations.queries import Organization, roles_in
from livinglab.releases.queries.names import name_of
from livinglab.ui.jinja import url_if_any


@never_cache
@require_safe
@member_page(READERS)
def own(request: HttpRequest, organization: Organization) -> HttpResponse:
    """This function will list the agreements in which an organisation stands, as adopter or as publisher."""
    found = agreements_of(organization.id)
    unsigned = sum(1 for one in found if _signed_at(one, organization) is None)
    heading = _("You stand in no agreement about a package yet.")
    if found:
        heading = ngettext(
            "You stand in %(num)s agreement about a package.",
            "You stand in %(num)s agreements about packages.",
            len(found),
        ) % {"num": len(found)}
    if unsigned:
        heading += " " + ngettext(
            "%(num)s waits for your signature.", "%(num)s wait for your signature.", unsigned
        ) % {"num": unsigned}
    rows = [
        {
            "name": name_of(one.listing),
            "other": other_side(one, organization.id).name,
            "is_publisher": one.publisher_id == organization.id,
            "state": _state(one, organization),
            "is_synthetic": one.is_synthetic,
            "url": url_if_any("adoptions:agreement", organization.code, one.id),
        }
        for one in found
    ]
    context = {
        "organization": organization,
        "heading": heading,
        "rows": rows,
        "breadcrumbs": _way(organization, linked=False),
    }
    return render(request, "adoptions/agreements.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@member_page(READERS)
def agreement(request: HttpRequest, organization: Organization, agreement_id: UUID) -> HttpResponse:
    """This function will show an agreement to one of its sides, and let who answers for that side sign it."""
    assert isinstance(request.user, User)
    found = find_agreement(organization.id, agreement_id)
    if found is None:
        raise Http404(str(agreement_id))
    if request.method != "POST":
        return _page(request, organization, found, request.user)
    try:
        agreements.sign(organization=organization, agreement_id=agreement_id, by=request.user, at=clock.now())
    except Refused as refused:
        return _page(request, organization, found, request.user, str(refused.refusal.reason))
    messages.success(request, _("Your side has signed."))
    return redirect("adoptions:agreement", organization.code, agreement_id)


def _page(
    request: HttpRequest, organization: Organization, found: Agreement, user: User, problem: str = ""
) -> HttpResponse:
    refusal = policies.may_sign(
        roles_in(user, organization.id), is_signed=_signed_at(found, organization) is not None
    )
    signed = [one for one in (found.adopter_signed_by, found.publisher_signed_by) if one is not None]
    names = names_of(set(signed))
    adoption = adoption_under(found) if found.adopter_id == organization.id else None
    context = {
        "organization": organization,
        "agreement": found,
        "name": name_of(found.listing),
        "state": _state(found, organization),
        "adopter_signer": names.get(found.adopter_signed_by) if found.adopter_signed_by else "",
        "publisher_signer": names.get(found.publisher_signed_by) if found.publisher_signed_by else "",
        "refusal": str(refusal.reason) if refusal else "",
        "problems": (("", problem),) if problem else (),
        "package_url": url_if_any("releases:package", found.listing.publisher.code, found.listing.package_id),
        "adoption_url": url_if_any("adoptions:adoption", organization.code, adoption.id) if adoption else "",
        "breadcrumbs": (*_way(organization, linked=True), (name_of(found.listing), None)),
    }
    return render(request, "adoptions/agreement.html", context, status=422 if problem else 200)


def _signed_at(found: Agreement, organization: Organization) -> object:
    return found.adopter_signed_at if found.adopter_id == organization.id else found.publisher_signed_at


def _state(found: Agreement, organization: Organization) -> str:
    if found.is_agreed:
        return _("Both sides signed.")
    other = other_side(found, organization.id).name
    if _signed_at(found, organization) is not None:
        return _("You signed; %(other)s has not yet.") % {"other": other}
    if found.adopter_signed_at or found.publisher_signed_at:
        return _("%(other)s signed; you have not yet.") % {"other": other}
    return _("Nobody signed yet.")


def _way(organization: Organization, *, linked: bool) -> tuple[tuple[str, str | None], ...]:
    here = url_if_any("adoptions:agreements", organization.code) if linked else None
    return (
        (organization.short_name, url_if_any("organizations:home", organization.code)),
        (_("Agreements about packages"), here),
    )
