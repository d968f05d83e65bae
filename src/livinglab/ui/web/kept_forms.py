"""What somebody typed is not lost when their session ended: the answer is a page that still holds all of it.

Nothing is kept on the server, and nothing is sent by itself: the page shows what was typed, and who signed in anew
looks at it and sends it. It is shown only for a form of our own pages, so that no other site can put words into it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.cache import add_never_cache_headers

#: a form of text is kept up to this size; the largest package has 2 MiB
_MOST_BYTES: Final = 3 * 1024 * 1024
_CSRF: Final = "csrfmiddlewaretoken"
_NEVER_KEPT: Final = re.compile(r"password|passphrase|secret|(^|[._-])pin($|[._-])", re.IGNORECASE)
#: pages of allauth
_SIGNING_IN: Final = ("account_", "mfa_", "socialaccount_")
#: what nobody typed: which file a page showed, which questions were on it, which button was pressed
_MARKS: Final = ("seen:", "_")
_BUTTONS: Final = frozenset({"do", "form", "step"})


@dataclass(frozen=True, slots=True)
class KeptField:
    """One field as it was sent. `is_typed`: worth showing to who typed it."""

    name: str
    value: str
    is_typed: bool


class KeptFormMiddleware:
    """Answers a form of somebody whose session ended with what they typed, instead of the way to the sign-in page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # who asks is looked up last: most answers to a POST need no session read for this
        if (
            request.method != "POST"
            or not _leads_to_sign_in(request, response)
            or request.user.is_authenticated
        ):
            return response
        return kept_form(request, is_signed_out=True) or response


def kept_form(request: HttpRequest, *, is_signed_out: bool = False) -> HttpResponse | None:
    """This function will return the page with what a form sent, None where that is not to be kept.

    Not kept: what another site sent, what a script sent, what is too large, a form of signing in itself, and one in
    which nothing stands. `is_signed_out`: one must sign in before it can be sent.
    """
    if request.method != "POST" or not _is_ours(request) or _is_by_script(request):
        return None
    length = request.headers.get("Content-Length", "")
    if not length.isdecimal() or int(length) > _MOST_BYTES or _is_about_signing_in(request):
        return None
    sent = [(name, value) for name, values in request.POST.lists() for value in values if name != _CSRF]
    fields = [
        KeptField(name, value, bool(value.strip()) and not name.startswith(_MARKS) and name not in _BUTTONS)
        for name, value in sent
        if not _NEVER_KEPT.search(name)
    ]
    if not fields:
        return None
    context = {
        "fields": fields,
        "has_secrets": len(fields) < len(sent),
        "has_files": bool(request.FILES),
        "is_signed_out": is_signed_out,
        "action": request.get_full_path(),
    }
    answer = render(request, "ui/kept_form.html", context, status=403)
    add_never_cache_headers(answer)
    return answer


def _leads_to_sign_in(request: HttpRequest, response: HttpResponse) -> bool:
    """Tell whether this is the redirect of a page that asks who one is: to the sign-in page, and back to itself."""
    if response.status_code != 302:
        return False
    where = urlsplit(response.headers.get("Location", ""))
    then = parse_qs(where.query).get(REDIRECT_FIELD_NAME, [""])[0]
    return where.path == resolve_url(settings.LOGIN_URL) and then == request.get_full_path()


def _is_ours(request: HttpRequest) -> bool:
    """Tell whether a page of this very site sent it, as the browser says."""
    said = request.headers.get("Origin") or request.headers.get("Referer") or ""
    found = urlsplit(said)
    return (found.scheme, found.netloc) == (request.scheme, request.get_host())


def _is_about_signing_in(request: HttpRequest) -> bool:
    name = request.resolver_match.url_name if request.resolver_match else ""
    return (name or "").startswith(_SIGNING_IN)


def _is_by_script(request: HttpRequest) -> bool:
    return "HX-Request" in request.headers or request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate"
