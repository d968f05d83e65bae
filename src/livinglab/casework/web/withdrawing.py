"""Taking back what an office published, for who answers for the services: with a reason that everybody reads."""

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from livinglab.accounts.queries import User
from livinglab.casework import policies
from livinglab.casework.operations import publishing
from livinglab.casework.queries.publications import find_publication
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.kernel.texts import storable
from livinglab.organizations.access import member_page
from livinglab.organizations.queries import Organization


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@member_page(policies.DECIDES)
def withdraw(request: HttpRequest, organization: Organization, number: str) -> HttpResponse:
    """This function will ask why an entry is withdrawn, and withdraw it; without a reason it says so with 422."""
    assert isinstance(request.user, User)
    one = find_publication(organization.id, number)
    if one is None:
        raise Http404(number)
    here = reverse("casework:publication", args=[organization.code, number])
    if one.withdrawn_at is not None:
        return redirect(here)
    reason, problem = storable(request.POST.get("reason", "")), ""
    if request.method == "POST":
        try:
            publishing.withdraw(
                organization=organization, number=number, reason=reason, by=request.user, at=clock.now()
            )
        except Refused as refused:
            problem = str(refused.refusal.reason)
        else:
            flash.success(request, _("It is withdrawn. Its address says so."))
            return redirect("casework:publications", organization.code)
    return render(
        request,
        "casework/withdraw.html",
        {
            "organization": organization,
            "one": one,
            "reason": reason,
            "problem": problem,
            "problems": [("reason", problem)] if problem else [],
            "back": here,
            "here": request.path,
            "breadcrumbs": [
                (organization.name, None),
                (_("Open data and documents"), reverse("casework:publications", args=[organization.code])),
                (one.title, here),
                (_("Withdraw this entry"), None),
            ],
        },
        status=422 if problem else 200,
    )
