"""The door of GeoReport: which region is asked, in which language, and how what is wrong is answered."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from livinglab.casework.api.open311 import writing
from livinglab.casework.api.open311.writing import Refusal
from livinglab.casework.domain.complaints import takes_reports
from livinglab.casework.domain.states import ServiceState
from livinglab.casework.models import OfferedService
from livinglab.casework.queries.complaints import complaint_services
from livinglab.casework.queries.running import package_of
from livinglab.casework.queries.services import find_service, version_at_work
from livinglab.casework.uploads import limit_files
from livinglab.kernel.tenancy import enter
from livinglab.kernel.texts import storable
from livinglab.kernel.unknown import Unprocessable
from livinglab.organizations.queries import Organization, find_organization
from livinglab.packages.domain.package import Package

P = ParamSpec("P")
_FORMATS = ("xml", "json")


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """A region that takes complaints: the service to which they go now, and those to which they ever went."""

    organization: Organization
    service: OfferedService
    service_ids: tuple[UUID, ...]
    package: Package
    language: str


View = Callable[Concatenate[HttpRequest, Jurisdiction, P], HttpResponse]


def georeport(view: View[P]) -> Callable[..., HttpResponse]:
    """This function will let a view run for the region that `jurisdiction_id` names; errors are the specification's.

    No cookie is read, so that nobody's session can be used from elsewhere, and no token is needed.
    """

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        kind, posted = str(kwargs.get("kind", "")), _posted(request)
        language = "en" if request.GET.get("locale", (posted or QueryDict()).get("locale")) == "en" else "id"
        with translation.override(language):
            try:
                response = view(request, _jurisdiction(request, kind, language, posted), *args, **kwargs)
            except Refusal as refusal:
                response = writing.errors(kind, refusal)
        response["Content-Language"] = language
        response["X-Robots-Tag"] = "noindex"
        add_never_cache_headers(response)
        if request.method in ("GET", "HEAD"):
            response["Access-Control-Allow-Origin"] = "*"
        return response

    return answer


def _posted(request: HttpRequest) -> QueryDict | None:
    """This function will return what was posted, perhaps with a picture; None for what is far beyond one, unread."""
    if request.method == "POST":
        try:
            limit_files(request)
        except Unprocessable:
            return None
    return request.POST


def _jurisdiction(request: HttpRequest, kind: str, language: str, posted: QueryDict | None) -> Jurisdiction:
    if kind not in _FORMATS:
        raise Refusal(404, _("Ask for xml or json."))
    if posted is None:
        raise Refusal(400, _("This is far more than a complaint with a picture."))
    given = posted if request.method == "POST" else request.GET
    code = storable(given.get("jurisdiction_id", ""))
    if not code:
        raise Refusal(400, _("jurisdiction_id was not provided: send the code of a region, such as 32.11."))
    organization = find_organization(code)
    services = complaint_services(organization.id) if organization else ()
    current = next((one for one in services if one.state != ServiceState.CLOSED), None)
    package = _package_at_work(current) if current else None
    if organization is None or current is None or package is None or not takes_reports(package.form):
        raise Refusal(404, _("No region with this jurisdiction_id takes complaints here."))
    return Jurisdiction(organization, current, tuple(one.service_id for one in services), package, language)


def _package_at_work(service: OfferedService) -> Package | None:
    """This function will return the package with which complaints begin, and enter its region."""
    enter(service.organization_id)
    row = find_service(service.organization_id, service.package, publisher=service.publisher)
    version = version_at_work(row) if row else None
    return package_of(version) if version else None
