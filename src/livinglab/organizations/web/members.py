"""The members of an organisation: who holds which role, granting one, ending one."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from livinglab.accounts.queries import names_of
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.organizations import operations, queries
from livinglab.organizations.access import member_page
from livinglab.organizations.domain.roles import MEMBERSHIP_KEEPERS
from livinglab.organizations.models import Membership, Organization
from livinglab.organizations.queries import Role
from livinglab.organizations.web.forms import GrantForm
from livinglab.organizations.web.labels import ROLES


@never_cache
@require_http_methods(["GET", "POST"])
@member_page(MEMBERSHIP_KEEPERS)
def members(request: HttpRequest, organization: Organization) -> HttpResponse:
    """This function will list the members, and grant a role to somebody who has an account."""
    form = GrantForm(organization, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _granted(request, organization, form):
        return redirect("organizations:members", code=organization.code)
    context = {"organization": organization, "form": form, "rows": _rows(organization)}
    return render(request, "organizations/members.html", context, status=422 if form.errors else 200)


def _granted(request: HttpRequest, organization: Organization, form: GrantForm) -> bool:
    assert request.user.is_authenticated
    assert form.person is not None
    agency = form.cleaned_data["agency"]
    try:
        operations.grant_membership(
            user=form.person,
            organization=organization,
            role=form.cleaned_data["role"],
            by=request.user.id,
            at=clock.now(),
            agency_id=UUID(agency) if agency else None,
        )
    except Refused as refused:
        form.add_error("email", str(refused.refusal.reason))
        return False
    role = ROLES[form.cleaned_data["role"]]
    messages.success(
        request, _("%(person)s now has the role: %(role)s.") % {"person": form.person, "role": role}
    )
    return True


def _rows(organization: Organization) -> list[dict[str, object]]:
    held = list(queries.members(organization.id))
    zone = ZoneInfo(clock.ZONES[organization.zone])
    granters = names_of({one.granted_by for one in held if one.granted_by})
    agencies = {one.id: one.name for one in queries.agencies(organization.id)}
    return [
        {
            "id": one.id,
            "person": one.user,
            "role": ROLES[Role(one.role)],
            "agency": agencies.get(one.agency_id, "") if one.agency_id else "",
            "since": one.granted_at.astimezone(zone).date(),
            "granted_by": granters.get(one.granted_by, "") if one.granted_by else _("The platform"),
        }
        for one in held
    ]


@never_cache
@require_http_methods(["GET", "POST"])
@member_page(MEMBERSHIP_KEEPERS)
def end(request: HttpRequest, organization: Organization, membership_id: UUID) -> HttpResponse:
    """This function will ask whether a role should end, and end it."""
    assert request.user.is_authenticated
    membership = queries.members(organization.id).filter(id=membership_id).first()
    if membership is None:
        raise Http404(membership_id)
    refusal = operations.refusal_to_end(membership, request.user.id)
    if request.method == "POST" and refusal is None:
        operations.end_membership(membership=membership, by=request.user.id, at=clock.now())
        messages.success(request, _ended(membership))
        own = membership.user_id == request.user.id
        return (
            redirect("organizations:me") if own else redirect("organizations:members", code=organization.code)
        )
    context = {
        "organization": organization,
        "person": membership.user,
        "role": ROLES[Role(membership.role)],
        "membership_id": membership_id,
        "refusal": refusal,
    }
    return render(
        request, "organizations/end_membership.html", context, status=422 if request.method == "POST" else 200
    )


def _ended(membership: Membership) -> str:
    role = ROLES[Role(membership.role)]
    return _("%(person)s no longer has the role: %(role)s.") % {"person": membership.user, "role": role}
