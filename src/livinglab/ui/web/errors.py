"""Error pages in our look, and the same facts as JSON under /api/: what went wrong, what is known instead."""

from collections.abc import Callable, Iterable
from typing import Final

from django.db import DataError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from livinglab.kernel.unknown import Known, Unanswerable, UnknownValue

#: how the database's driver refuses a text that holds a NUL, before it sends anything
_NUL: Final = "NUL (0x00)"
#: a page names at most so many known values; the API names them all
MOST_SHOWN: Final = 24


def error_page(
    request: HttpRequest, status: int, title: str, explanation: str, known: Iterable[Known] = ()
) -> HttpResponse:
    """This function will answer with an error page that says what is known instead; JSON under /api/."""
    if request.path.startswith("/api/"):
        return error_json(status, " ".join(filter(None, (title, explanation))), known)
    shown = tuple(known)
    context = {
        "status": status,
        "title": title,
        "explanation": explanation,
        "known": shown[:MOST_SHOWN],
        "more": max(0, len(shown) - MOST_SHOWN),
    }
    return render(request, "ui/error.html", context, status=status)


def error_json(status: int, message: str, known: Iterable[Known] = ()) -> JsonResponse:
    """This function will answer `{"error": {"status", "message", "known"}}`; `known` only if anything is."""
    error: dict[str, object] = {"status": status, "message": message}
    values = [one.value for one in known]
    if values:
        error["known"] = values
    return JsonResponse({"error": error}, status=status)


def words(error: Unanswerable) -> tuple[str, str]:
    """This function will return the title and the explanation in the reader's language."""
    if not isinstance(error, UnknownValue):
        return str(error.title), str(error.explanation)
    what = str(error.what)
    title = _("%(what)s “%(given)s” is not known") % {"what": capfirst(what), "given": error.given}
    if error.known:
        return title, _("Choose one of those that are known.")
    return title, _("It may have been mistyped, or it may not exist yet.")


class UnstorableMiddleware:
    """Answers requests that hold a NUL, which no keyboard types and PostgreSQL cannot even look for.

    Nothing stands at an address with one; among what is asked behind the `?` it is left out. A form or body that
    brought one as far as the database is refused as a whole, and nothing of it is kept.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.META.get("QUERY_STRING", "")
        if "%00" in asked or "\x00" in asked:
            request.META["QUERY_STRING"] = asked.replace("%00", "").replace("\x00", "")
        if "\x00" in request.path_info:
            return error_page(
                request,
                404,
                _("Page not found"),
                _("There is nothing at this address. It may have been mistyped or moved."),
            )
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """This function will answer what the driver refused to send to the database; Django answers everything else."""
        if not isinstance(exception, DataError | ValueError) or _NUL not in str(exception):
            return None
        return error_page(
            request,
            400,
            _("This request could not be read"),
            _("It holds a sign (NUL) that cannot be kept. Go back, type the text anew and send it again."),
        )


class UnanswerableMiddleware:
    """Turns `Unanswerable` raised anywhere in a view into an error page, or JSON under /api/."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """This function will answer an `Unanswerable`; Django answers everything else."""
        if not isinstance(exception, Unanswerable):
            return None
        return error_page(request, exception.status, *words(exception), exception.known)
