"""The doors of the API: the secret of an application, and the session of somebody who works for the region."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.errors import HttpError
from ninja.security import APIKeyCookie, HttpBearer

from livinglab.accounts.queries import User
from livinglab.casework.access import WORKERS
from livinglab.casework.operations.guesses import note_unknown
from livinglab.casework.queries.applications import Application, UnknownApplication, application
from livinglab.casework.uploads import limit_files
from livinglab.kernel import clock
from livinglab.kernel.tenancy import enter
from livinglab.kernel.unknown import Known, UnknownValue
from livinglab.organizations.access import refusal_for
from livinglab.organizations.queries import Organization, codes_like, find_organization, roles_in


class ApplicantSecret(HttpBearer):
    """Lets in whoever has the secret of an application of the region, and puts it into `request.auth`.

    Anything else is 404 and stands in the region's trail, whether it never was or is over.
    """

    def authenticate(self, request: HttpRequest, token: str) -> Application:
        """This function will return the application. Errors: `UnknownValue`, `HttpError` 404."""
        organization = region_of(_code_of(request))
        enter(organization.id)
        at = clock.now()
        try:
            found = application(organization, token, at=at)
        except UnknownApplication:
            note_unknown(organization_id=organization.id, at=at)
            raise HttpError(404, _("There is no application with this secret")) from None
        if found.case is not None and found.case.forgotten_at is not None:
            raise HttpError(410, _("The data of this application was deleted"))
        return found


class ApplicantFileSecret(ApplicantSecret):
    """The same door for a request that brings a file, which is read no further than its limit."""

    def __call__(self, request: HttpRequest) -> Application | None:
        """This function will open the door."""
        limit_files(request)
        return super().__call__(request)


class OfficeSession(APIKeyCookie):
    """Lets in who works for the region, with the session of the pages; writes need its CSRF token."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Organization | None:
        """This function will return the region, None without a session. Errors: `HttpError` 403, 404."""
        if not isinstance(request.user, User):
            return None
        organization = region_of(_code_of(request))
        refusal = refusal_for(roles_in(request.user, organization.id), WORKERS)
        if refusal is not None:
            raise HttpError(403, str(refusal.reason))
        enter(organization.id)
        return organization


applicant_secret: Final = ApplicantSecret()
applicant_file_secret: Final = ApplicantFileSecret()
office_session: Final = OfficeSession()


def region_of(code: str) -> Organization:
    """This function will return the region of an address. Errors: `UnknownValue`."""
    found = find_organization(code)
    if found is None:
        raise UnknownValue(
            _("region"), code, [Known(one.code, one.name) for one in codes_like(code)], status=404
        )
    return found


def found_by(request: HttpRequest) -> Application:
    """This function will return the application that the door of this request found."""
    found = getattr(request, "auth", None)
    if not isinstance(found, Application):
        raise TypeError("this operation is not behind the door `ApplicantSecret`")
    return found


def officer_of(request: HttpRequest) -> tuple[Organization, User]:
    """This function will return the region and the person that the door of this request let in."""
    organization = getattr(request, "auth", None)
    if not isinstance(organization, Organization) or not isinstance(request.user, User):
        raise TypeError("this operation is not behind the door `OfficeSession`")
    return organization, request.user


def _code_of(request: HttpRequest) -> str:
    assert request.resolver_match is not None, "a door stands at an address"
    return str(request.resolver_match.kwargs["code"])
