"""Finished pages of visitors, kept by ETag: drawing one costs fifty times what sending it costs.

Only what every visitor gets alike is kept: no account, no message, no cookie set. The ETag names the release,
the language, the address and the versions of what the page shows, so a kept page is never stale; it falls out
when newer ones need the room. Each process keeps its own.
"""

import gzip
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers

ROOM = 600  # pages of about 12 KB, compressed


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page as it goes over the wire."""

    compressed: bytes
    content_type: str


class KeptPages:
    """The pages used last."""

    def __init__(self, room: int = ROOM) -> None:
        self._pages: OrderedDict[str, KeptPage] = OrderedDict()
        self._lock = Lock()
        self._room = room

    def find(self, etag: str, request: HttpRequest) -> HttpResponse | None:
        """This function will return the kept page of an ETag for a visitor, None when there is none."""
        if not _is_plain_visit(request):
            return None
        with self._lock:
            page = self._pages.get(etag)
            if page is None:
                return None
            self._pages.move_to_end(etag)
        return _answer(page, request)

    def keep(self, etag: str, request: HttpRequest, response: HttpResponseBase) -> None:
        """This function will keep a page that every visitor gets alike; anything else it leaves alone."""
        if not (_is_plain_visit(request) and _is_same_for_all(response)) or not isinstance(
            response, HttpResponse
        ):
            return
        page = KeptPage(gzip.compress(response.content, compresslevel=6, mtime=0), response["Content-Type"])
        with self._lock:
            self._pages[etag] = page
            while len(self._pages) > self._room:
                self._pages.popitem(last=False)

    def clear(self) -> None:
        """This function will forget every page."""
        with self._lock:
            self._pages.clear()


def _is_plain_visit(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return request.method in ("GET", "HEAD") and not (user is not None and user.is_authenticated)


def _is_same_for_all(response: HttpResponseBase) -> bool:
    return (
        response.status_code == 200
        and not response.cookies
        and "Content-Encoding" not in response
        and response.get("Content-Type", "").startswith("text/html")
    )


def _answer(page: KeptPage, request: HttpRequest) -> HttpResponse:
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(page.compressed, content_type=page.content_type)
        response["Content-Encoding"] = "gzip"
    else:
        response = HttpResponse(gzip.decompress(page.compressed), content_type=page.content_type)
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


kept_pages = KeptPages()
