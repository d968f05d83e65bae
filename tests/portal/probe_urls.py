"""The site's addresses and a few that fail on purpose."""

from django.conf.urls.i18n import i18n_patterns
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _

from livinglab.config.urls import handler400, handler403, handler404, handler500
from livinglab.config.urls import urlpatterns as site
from livinglab.kernel.freshness import changed
from livinglab.kernel.unknown import Known, Unanswerable, UnknownValue, Unprocessable

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

FAILURES: dict[str, Exception] = {
    "unknown-year": UnknownValue("year", "1999", (2023, 2024)),
    "unknown-region": UnknownValue(
        "region", "99.99", (Known("32.11", "Kabupaten Sumedang", "/regions/32.11/"),), status=404
    ),
    "hostile": UnknownValue("region", "<script>alert(1)</script>"),
    "too-many": Unprocessable("Too many regions", "At most twelve fit side by side.", (12,)),
    "denied": PermissionDenied("Your role does not allow this."),
    "suspicious": SuspiciousOperation("odd"),
    "broken": RuntimeError("planted"),
}


def fail(request: HttpRequest, name: str) -> HttpResponse:
    """This function will change something and then fail in the named way."""
    changed(f"probe-{name}")
    raise FAILURES[name]


def say(request: HttpRequest) -> HttpResponse:
    """This function will answer a plain page."""
    return HttpResponse(_("Page not found"))


urlpatterns = [
    path("api/v1/probe/<slug:name>", fail),
    *i18n_patterns(path("probe/<slug:name>/", fail), path("say/", say), prefix_default_language=False),
    *site,
]

assert all(isinstance(FAILURES[name], Unanswerable) for name in ("unknown-year", "too-many"))
