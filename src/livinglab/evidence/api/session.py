"""The door of the API for an organisation's evidence: the session of the pages, and its CSRF token."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.errors import HttpError
from ninja.security import APIKeyCookie

from livinglab.accounts.queries import User
from livinglab.evidence.uploads import limit_upload
from livinglab.kernel.tenancy import enter
from livinglab.kernel.unknown import Known, UnknownValue
from livinglab.organizations.access import refusal_for
from livinglab.organizations.queries import Organization, Role, codes_like, find_organization, roles_in


class MemberSession(APIKeyCookie):
    """Lets in the members of the organisation that the address names, and puts it into `request.auth`.

    The same rules as `member_page`: no session 401, no such role (or a write without the CSRF token) 403, no such
    organisation 404. Everything after runs inside the organisation's transaction.
    """

    param_name = settings.SESSION_COOKIE_NAME

    def __init__(self, allowed: frozenset[Role]) -> None:
        super().__init__()
        self.allowed = allowed

    def __call__(self, request: HttpRequest) -> Organization | None:
        """This function will open the door; a file is read no further than its limit, and for members only."""
        if not isinstance(request.user, User):
            return None
        limit_upload(request)  # the check of the token reads the form
        return super().__call__(request)

    def authenticate(self, request: HttpRequest, key: str | None) -> Organization | None:
        """This function will return the organisation. Errors: `HttpError` 403, `UnknownValue` 404."""
        match = request.resolver_match
        if match is None:
            return None
        code = str(match.kwargs["code"])
        organization = find_organization(code)
        if organization is None:
            known = [Known(one.code, one.name) for one in codes_like(code)]
            raise UnknownValue(_("region"), code, known, status=404)
        refusal = refusal_for(roles_in(request.user, organization.id), self.allowed)
        if refusal is not None:
            raise HttpError(403, str(refusal.reason))
        enter(organization.id)
        return organization


def member_of(request: HttpRequest) -> tuple[Organization, Any]:
    """This function will return the organisation that the door of this request found, and the id of who asks."""
    organization = getattr(request, "auth", None)
    if not isinstance(organization, Organization) or not isinstance(request.user, User):
        raise TypeError("this operation is not behind the door `MemberSession`")
    return organization, request.user.id
