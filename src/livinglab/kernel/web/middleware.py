"""What every request passes: an identifier, one transaction without a tenant, a line in the log, no shared cache."""

import logging
import re
import time
from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from livinglab.kernel.identifiers import new_id
from livinglab.kernel.requests import request_id
from livinglab.kernel.tenancy import tenancy

GetResponse = Callable[[HttpRequest], HttpResponse]

_log = logging.getLogger("livinglab.request")
_FAILED = "livinglab_view_failed"
_ACCEPTED_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


class RequestIdMiddleware:
    """Gives each request an identifier (the caller's X-Request-ID if it is plain) and logs its end."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        token = request_id.set(given if _ACCEPTED_ID.fullmatch(given) else str(new_id()))
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = request_id.get()
            _log.info(
                "%s %s",
                request.method,
                request.path,
                extra={
                    "method": request.method,
                    "path": request.path,
                    "status": response.status_code,
                    "duration_ms": round((time.perf_counter() - started) * 1000, 1),
                },
            )
            return response
        finally:
            request_id.reset(token)


class TenancyMiddleware:
    """Runs the request in one transaction that touches no tenant until a view enters one.

    A view that raises rolls the whole transaction back, but for what it kept `apart`.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with tenancy(None):
            response = self.get_response(request)
            # none is open where what was kept apart could not be kept
            if getattr(request, _FAILED, False) and transaction.get_connection().in_atomic_block:
                transaction.set_rollback(True)
            return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """This function will have the transaction rolled back after the error page, which may read."""
        setattr(request, _FAILED, True)


class PrivateMiddleware:
    """Keeps what somebody with a session reads out of every shared cache, whatever its view says of keeping it.

    An answer that says itself that it is the same for all (`public`) is left as it is.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            said = response.headers.get("Cache-Control", "")
            if "public" not in said and "private" not in said:
                patch_cache_control(response, private=True)
        return response
