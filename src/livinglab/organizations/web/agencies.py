"""The agencies of an organisation: listing, adding, closing and opening again."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.organizations import operations, policies, queries
from livinglab.organizations.access import member_page
from livinglab.organizations.domain.roles import AGENCY_KEEPERS, AGENCY_READERS
from livinglab.organizations.models import Agency, Organization
from livinglab.organizations.queries import AgencyKind, roles_in
from livinglab.organizations.web.forms import AgencyForm
from livinglab.organizations.web.labels import AGENCY_KINDS


@never_cache
@require_http_methods(["GET", "POST"])
@member_page(AGENCY_READERS)
def agencies(request: HttpRequest, organization: Organization) -> HttpResponse:
    """This function will list the agencies, and add one for those who keep them."""
    refusal = policies.may_keep_agencies(roles_in(request.user, organization.id))
    form = AgencyForm(organization, request.POST if request.method == "POST" else None)
    if form.is_bound and refusal is not None:
        form.add_error(None, str(refusal.reason))
    elif form.is_bound and form.is_valid() and _added(request, organization, form):
        return redirect("organizations:agencies", code=organization.code)
    context = {
        "organization": organization,
        "form": form,
        "refusal": refusal,
        "rows": [_row(one) for one in queries.agencies(organization.id).select_related("parent")],
        "closed": list(queries.closed_agencies(organization.id)),
    }
    status = 403 if form.is_bound and refusal else 422 if form.errors else 200
    return render(request, "organizations/agencies.html", context, status=status)


def _row(agency: Agency) -> dict[str, object]:
    return {
        "id": agency.id,
        "name": agency.name,
        "short_name": agency.short_name,
        "kind": AGENCY_KINDS[AgencyKind(agency.kind)],
        "parent": agency.parent.name if agency.parent else "",
    }


def _added(request: HttpRequest, organization: Organization, form: AgencyForm) -> bool:
    assert request.user.is_authenticated
    given = form.cleaned_data
    try:
        agency = operations.add_agency(
            organization_id=organization.id,
            name=given["name"],
            short_name=given["short_name"],
            kind=given["kind"],
            parent_id=UUID(given["parent"]) if given["parent"] else None,
            by=request.user.id,
            at=clock.now(),
        )
    except Refused as refused:
        form.add_error("name", str(refused.refusal.reason))
        return False
    messages.success(request, _("%(agency)s is added.") % {"agency": agency})
    return True


@never_cache
@require_http_methods(["GET", "POST"])
@member_page(AGENCY_KEEPERS)
def close(request: HttpRequest, organization: Organization, agency_id: UUID) -> HttpResponse:
    """This function will ask whether an agency should be closed, and close it."""
    assert request.user.is_authenticated
    agency = _agency(organization, agency_id)
    refusal = operations.refusal_to_close(agency, request.user.id)
    if request.method == "POST" and refusal is None:
        operations.close_agency(agency=agency, by=request.user.id, at=clock.now())
        messages.success(request, _("%(agency)s is closed.") % {"agency": agency})
        return redirect("organizations:agencies", code=organization.code)
    context = {"organization": organization, "agency": agency, "refusal": refusal}
    return render(
        request, "organizations/close_agency.html", context, status=422 if request.method == "POST" else 200
    )


@never_cache
@require_POST
@member_page(AGENCY_KEEPERS)
def reopen(request: HttpRequest, organization: Organization, agency_id: UUID) -> HttpResponse:
    """This function will open a closed agency again."""
    assert request.user.is_authenticated
    agency = _agency(organization, agency_id)
    operations.reopen_agency(agency=agency, by=request.user.id, at=clock.now())
    messages.success(request, _("%(agency)s is open again.") % {"agency": agency})
    return redirect("organizations:agencies", code=organization.code)


def _agency(organization: Organization, agency_id: UUID) -> Agency:
    agency = Agency.objects.filter(organization_id=organization.id, id=agency_id).first()
    if agency is None:
        raise Http404(agency_id)
    return agency
