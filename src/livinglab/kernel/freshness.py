"""ETags of public pages: a page is as fresh as the topics it shows, the release, the language and the reader."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeAlias

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import condition

from livinglab.kernel.kept_pages import kept_pages
from livinglab.kernel.models import DataVersion

Versions: TypeAlias = tuple[tuple[str, int], ...]

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def changed(topic: str) -> None:
    """This function will make every page that shows the topic stale; call it in the operation that changes it."""
    if not DataVersion.objects.filter(topic=topic).update(number=F("number") + 1):
        DataVersion.objects.create(topic=topic)


def fresh_by(*topics: str) -> Callable[[View[P]], View[P]]:
    """This function will give a page an ETag made of its topics' versions, so that a second look costs a 304.

    One query; the view does not run when the reader's copy is still right, nor when the same page was just
    drawn for another visitor.
    """

    def decorate(view: View[P]) -> View[P]:
        def etag(request: HttpRequest, *args: Any, **kwargs: Any) -> str:
            request.page_versions = versions_of(topics)  # type: ignore[attr-defined]
            request.page_etag = page_etag(request, request.page_versions)  # type: ignore[attr-defined]
            return str(request.page_etag)  # type: ignore[attr-defined]

        def kept_or_drawn(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            name: str = request.page_etag  # type: ignore[attr-defined]
            kept = kept_pages.find(name, request)
            if kept is not None:
                return kept
            response = view(request, *args, **kwargs)
            if request.META.get("CSRF_COOKIE_NEEDS_UPDATE"):  # a form's token belongs to one visitor
                return response
            kept_pages.keep(name, request, response)
            return kept_pages.find(name, request) or response  # compressed once, for this visitor too

        conditional = condition(etag_func=etag)(kept_or_drawn)

        @wraps(view)
        def fresh(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            response: HttpResponseBase = conditional(request, *args, **kwargs)
            if response.status_code >= 400:
                del response["ETag"]  # an error is not a version of the page
            if isinstance(response, HttpResponse):
                if _is_signed_in(request):
                    patch_cache_control(response, no_cache=True, private=True)
                else:
                    patch_cache_control(response, no_cache=True)
                patch_vary_headers(response, ["Cookie"])
            return response

        return fresh

    return decorate


def versions_of(topics: tuple[str, ...]) -> Versions:
    """This function will return how often each of the topics changed. One query."""
    return tuple(sorted(DataVersion.objects.filter(topic__in=topics).values_list("topic", "number")))


def versions_shown(request: HttpRequest) -> Versions:
    """This function will return the versions that the ETag of this page names; only for a view under `fresh_by`.

    They were read before the view began, so that whatever it reads under them is not older than they say.
    """
    versions: Versions = request.page_versions  # type: ignore[attr-defined]
    return versions


def page_etag(request: HttpRequest, versions: Versions) -> str:
    """This function will return the quoted ETag of a page for this reader."""
    reader = str(request.user.pk) if _is_signed_in(request) else ""
    messages = request.COOKIES.get("messages", "")  # what is to be said once is part of the page
    parts = (settings.RELEASE, get_language(), request.get_full_path(), reader, messages, versions)
    return '"' + hashlib.blake2b(repr(parts).encode(), digest_size=12).hexdigest() + '"'


def _is_signed_in(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return user is not None and user.is_authenticated
