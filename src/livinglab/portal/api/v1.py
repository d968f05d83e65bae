"""Version 1 of the public API: the contexts' routers, one OpenAPI document, errors as JSON."""

from importlib import import_module
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from livinglab.kernel.unknown import Unanswerable
from livinglab.portal.api.document import DESCRIPTION, complete
from livinglab.portal.api.problems import problems_in
from livinglab.ui.web.errors import error_json, words


class PublicApi(NinjaAPI):
    """The API whose OpenAPI document also says how it refuses."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """This function will name an operation by its function: contexts do not repeat each other's names."""
        return str(operation.view_func.__name__)

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """This function will return the OpenAPI document with the answers that every operation shares."""
        document = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        complete(document)
        return document


api = PublicApi(
    title="Living Lab",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api",
    docs_url=None,  # our own page without a CDN: livinglab.portal.api.docs
)

_WITH_ROUTES = (
    "comparisons",
    "planning",
    "assessments",
    "catalogue",
    "releases",
    "adoptions",
    "evaluations",
    "evidence",
    "casework",
    "visits",
    "surveys",
)
for _name in _WITH_ROUTES:
    if _name in settings.CONTEXTS and (settings.PACKAGE / _name / "api" / "routes.py").exists():
        api.add_router("", import_module(f"livinglab.{_name}.api.routes").router)


@api.exception_handler(Unanswerable)
def _unanswerable(request: HttpRequest, error: Unanswerable) -> HttpResponse:
    return error_json(error.status, ". ".join(part.rstrip(".") for part in words(error) if part), error.known)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    problems = problems_in(error.errors)
    return error_json(422, "; ".join(problems))


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return error_json(404, "Unknown address. /api/v1/openapi.json lists all addresses.")


@api.exception_handler(HttpError)
def _refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    return error_json(error.status_code, error.message)
