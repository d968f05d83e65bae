"""The door of the API for those who open a round for their own region."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.errors import HttpError
from ninja.security import APIKeyCookie

from livinglab.accounts.queries import User
from livinglab.evaluations.queries.followers import Follower, follower
from livinglab.kernel.tenancy import enter
from livinglab.kernel.unknown import Known, UnknownValue
from livinglab.organizations.access import refusal_for
from livinglab.organizations.queries import Organization, Role, codes_like, find_organization, roles_in

_OPENS_OWN = frozenset({Role.COORDINATOR, Role.RESPONSIBLE_OFFICER})


class Opener(APIKeyCookie):
    """Lets in the coordinator and the responsible officer of the region that the address names.

    The same rules as the page: no session 401, no such role (or no CSRF token) 403, no such region 404.
    """

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> tuple[Follower, Organization] | None:
        """This function will return who asks and for which region. Errors: `HttpError` 403, `UnknownValue` 404."""
        match = request.resolver_match
        if not isinstance(request.user, User) or match is None:
            return None
        code = str(match.kwargs["code"])
        organization = find_organization(code)
        if organization is None:
            known = [Known(one.code, one.name) for one in codes_like(code)]
            raise UnknownValue(_("region"), code, known, status=404)
        refusal = refusal_for(roles_in(request.user, organization.id), _OPENS_OWN)
        if refusal is not None:
            raise HttpError(403, str(refusal.reason))
        enter(organization.id)
        return follower(request.user), organization


def opener_of(request: HttpRequest) -> tuple[Follower, Organization]:
    """This function will return who the door of this request let in, and for which region."""
    found: Any = getattr(request, "auth", None)
    if not isinstance(found, tuple):
        raise TypeError("this operation is not behind the door `Opener`")
    who, organization = found
    return who, organization
