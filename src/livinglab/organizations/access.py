"""The door of member pages: find the organisation in the URL, check the role, enter its tenant."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from livinglab.kernel import clock
from livinglab.kernel.refusals import Refusal
from livinglab.kernel.tenancy import enter
from livinglab.organizations.models import Organization
from livinglab.organizations.queries import Role, find_organization, roles_in

P = ParamSpec("P")
MemberView = Callable[Concatenate[HttpRequest, Organization, P], HttpResponseBase]


def refusal_for(roles: frozenset[Role], allowed: frozenset[Role]) -> Refusal | None:
    """This function will return why somebody with these roles may not, None when one role suffices."""
    if roles & allowed:
        return None
    if not roles:
        return Refusal("not_a_member", _("You hold no role in this organisation."))
    return Refusal("role_missing", _("Your role in this organisation does not allow this."))


def member_page(allowed: frozenset[Role]) -> Callable[[MemberView[P]], Callable[..., HttpResponseBase]]:
    """This function will let a view run only for members with one of the allowed roles, in the tenant's transaction.

    The URL's `code` becomes the view's second argument, an Organization. Unknown code: 404. Not signed in:
    the sign-in page, then back. Another role or another organisation: 403.
    Moments are told on the organisation's clock.
    """

    def decorate(view: MemberView[P]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, code: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            organization = find_organization(code)
            if organization is None:
                raise Http404(code)
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            refusal = refusal_for(roles_in(request.user, organization.id), allowed)
            if refusal is not None:
                raise PermissionDenied(refusal.reason)
            enter(organization.id)
            with clock.on_the_clock_of(organization.zone):
                return view(request, organization, *args, **kwargs)

        return guarded

    return decorate
