"""Error pages in our look, and the same facts as JSON under /api/: what went wrong, what is known instead."""

from collections.abc import Callable, Iterable
from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from livinglab.kernel.unknown import Known, Unanswerable, UnknownValue

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
