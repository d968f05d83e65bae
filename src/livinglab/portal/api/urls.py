"""Addresses for machines, in one language: the API, the files and catalogues of open data, the site's own files."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, include, path, re_path
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView

from livinglab.kernel.freshness import fresh_by
from livinglab.portal.api import machine_files, open_data
from livinglab.portal.api.v1 import api

View = Callable[..., HttpResponseBase]

_READING = ("GET", "HEAD")


def public(view: View) -> View:
    """This function will open an API view to other sites: English, CORS for reading, HEAD and OPTIONS."""

    @csrf_exempt  # what is open reads no cookie; the door of what is not checks the token itself
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return _options()
        with translation.override("en"):
            response = _read(view, request, *args, **kwargs)
        response.headers.setdefault("Content-Language", "en")
        if _is_for_one_person(request, response):
            add_never_cache_headers(response)
        elif request.method in _READING:
            response["Access-Control-Allow-Origin"] = "*"
            response["Access-Control-Expose-Headers"] = "ETag"
        return response

    return answer


def _is_for_one_person(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether an answer is behind the door of the signed-in (which sets `auth`), or was stopped there."""
    return hasattr(request, "auth") or response.status_code in (401, 403)


def _read(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """The answer; HEAD is answered like GET, and the server leaves the body out."""
    method = request.method
    if method == "HEAD":
        request.method = "GET"
    try:
        return view(request, *args, **kwargs)
    finally:
        request.method = method


def _options() -> HttpResponse:
    return HttpResponse(
        status=204,
        headers={
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Allow-Methods": "GET, HEAD",
            "Access-Control-Allow-Headers": "If-None-Match",
            "Access-Control-Max-Age": "86400",
        },
    )


def _opened(pattern: URLPattern) -> URLPattern:
    view = require_safe(fresh_by()(pattern.callback)) if pattern.name == "openapi-json" else pattern.callback
    return URLPattern(pattern.pattern, public(view), pattern.default_args, pattern.name)


_patterns, _app, _namespace = api.urls
_operations = [_opened(one) for one in _patterns if isinstance(one, URLPattern) and one.name != "api-root"]
_root = path("", RedirectView.as_view(pattern_name="portal:api-docs"), name="api-root")
_FILE = r"^data/(?P<dataset>[a-z]+(?:-[a-z]+)*)(?:-(?P<year>\d{4}))?\.(?P<ending>[a-z0-9]{1,8})$"
_OPEN311 = (
    [path("open311/", include("livinglab.casework.api.open311.urls"))]
    if "casework" in settings.CONTEXTS
    else []
)
urlpatterns = [
    path("api/v1/", ([_root, *_operations], _app, _namespace)),
    path("api/3/action/package_list", public(open_data.package_list)),
    path("api/3/action/package_show", public(open_data.package_show)),
    path("api/3/action/package_search", public(open_data.package_search)),
    path("data/catalog.jsonld", public(open_data.catalogue), name="data-catalogue"),
    re_path(_FILE, public(open_data.file), name="data-file"),
    *_OPEN311,
    path("sitemap.xml", machine_files.sitemap),
    path("robots.txt", machine_files.robots),
    path(".well-known/security.txt", machine_files.security),
    path("favicon.ico", machine_files.favicon),
    path("manifest.webmanifest", machine_files.manifest),
]
