"""Error pages: what went wrong, and what is known instead."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A page that is there."""

    url: str
    label: str


def _error(request: HttpRequest, status: int, title: str, explanation: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse({"error": {"status": status, "message": explanation}}, status=status)
    context = {"status": status, "title": title, "explanation": explanation, "suggestions": _suggestions()}
    return render(request, "ui/error.html", context, status=status)


def _suggestions() -> tuple[Suggestion, ...]:
    return (
        Suggestion("/", _("Indonesia: all 514 regencies and cities")),
        Suggestion("/regions/", _("Find a region")),
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """This function will answer a request that could not be read."""
    return _error(request, 400, _("This request could not be read"), _("Go back and try again."))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """This function will answer somebody whose role does not allow the page; the reason is the exception's."""
    reason = str(exception) or _("Your account has no access to this page.")
    return _error(request, 403, _("You have no access to this page"), reason)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """This function will answer an unknown address."""
    explanation = _("There is nothing at this address. It may have been mistyped or moved.")
    return _error(request, 404, _("Page not found"), explanation)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """This function will answer a form that was open too long or came from elsewhere."""
    explanation = _("This form was open too long or came from another site. Go back, reload, and send it again.")
    return _error(request, 403, _("The form could not be accepted"), explanation)


@lru_cache
def _static_page() -> bytes:
    return Path(settings.PACKAGE / "ui" / "static" / "ui" / "500.html").read_bytes()


def server_error(request: HttpRequest) -> HttpResponse:
    """This function will answer our own failure with a page that needs no template engine and no database."""
    if request.path.startswith("/api/"):
        return JsonResponse({"error": {"status": 500, "message": "internal error"}}, status=500)
    return HttpResponse(_static_page(), status=500)
