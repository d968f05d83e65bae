"""Django's error pages: an unknown address, no access, a form that came too late, our own failure."""

from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from livinglab.kernel.unknown import Known
from livinglab.ui import formats
from livinglab.ui.web.errors import error_json, error_page
from livinglab.ui.web.kept_forms import kept_form

#: what is too large is still read so many times the limit, and so much at once, before the connection ends
_PATIENCE: Final = 10
_AT_ONCE: Final = 64 * 1024


def _ways_on() -> tuple[Known, ...]:
    """Pages from which everything can be reached; those that this installation has."""
    labels = {
        "comparisons:country": _("Indonesia: all 514 regencies and cities"),
        "comparisons:regions": _("Find a region"),
        "catalogue:services": _("Digital services"),
        "portal:data": _("Open data"),
        "portal:search": _("Search"),
    }
    found = []
    for name, label in labels.items():
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        found.append(Known(url, label, url))
    return tuple(found)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """This function will answer a request that could not be read, or that is too large to be."""
    if isinstance(exception, RequestDataTooBig):
        return _too_large(request)
    if request.path.startswith("/api/"):
        return error_json(400, "This request could not be read.")
    if isinstance(exception, TooManyFieldsSent | TooManyFilesSent):
        most = formats.count(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS, language=get_language() or "id")
        explanation = _("A form may have %(most)s fields at most. Nothing that was kept before is lost.") % {
            "most": most
        }
        return error_page(request, 400, _("The form has too many fields"), explanation)
    explanation = _("Go back and try again.")
    return error_page(request, 400, _("This request could not be read"), explanation, _ways_on())


def _too_large(request: HttpRequest) -> HttpResponse:
    """Answer a form or body that is larger than any we take; it is read to its end, so that a browser hears of it."""
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024**2
    left = settings.DATA_UPLOAD_MAX_MEMORY_SIZE * _PATIENCE
    with suppress(OSError):  # who sends has hung up
        while left > 0 and (read := len(request.read(_AT_ONCE))):
            left -= read
    if request.path.startswith("/api/"):
        return error_json(413, f"The body is larger than {most} MB.")
    explanation = _(
        "A form may hold %(most)s MB of text. Nothing that was kept before is lost: go back in your browser, "
        "shorten the text, or attach it as a file, and send it again."
    )
    return error_page(request, 413, _("What you sent is too large"), explanation % {"most": most})


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """This function will answer somebody whose role does not allow the page; the reason is the refusal's."""
    reason = str(exception) if isinstance(exception, PermissionDenied) else ""
    explanation = reason or _("Your account has no access to this page.")
    return error_page(request, 403, _("You have no access to this page"), explanation, _ways_on())


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """This function will answer an unknown address."""
    if request.path.startswith("/api/"):
        return error_json(404, "Unknown address. /api/v1/openapi.json lists all addresses.")
    explanation = _("There is nothing at this address. It may have been mistyped or moved.")
    return error_page(request, 404, _("Page not found"), explanation, _ways_on())


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """This function will answer a form that was open too long, with what was typed, or that came from elsewhere."""
    if kept := kept_form(request):
        return kept
    explanation = _("This form was open too long or came from another site. Reload it and send it again.")
    return error_page(request, 403, _("The form could not be accepted"), explanation)


@lru_cache
def _static_page() -> bytes:
    return Path(settings.PACKAGE / "ui" / "static" / "ui" / "500.html").read_bytes()


def server_error(request: HttpRequest) -> HttpResponse:
    """This function will answer our own failure with a page that needs no template engine and no database."""
    if request.path.startswith("/api/"):
        return error_json(500, "internal error")
    return HttpResponse(_static_page(), status=500)
