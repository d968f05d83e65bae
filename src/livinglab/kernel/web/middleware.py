"""What every request passes: an identifier, one transaction without a tenant, a line in the log."""

import logging
import re
import time
from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse

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

    A view that raises rolls the whole transaction back.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with tenancy(None):
            response = self.get_response(request)
            if getattr(request, _FAILED, False):
                transaction.set_rollback(True)
            return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """This function will have the transaction rolled back after the error page, which may read."""
        setattr(request, _FAILED, True)
