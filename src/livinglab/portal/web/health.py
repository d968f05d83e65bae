"""Liveness and readiness, answered before anything else so that a full log or a slow page does not matter."""

from collections.abc import Callable

from django.db import connection
from django.db.utils import Error
from django.http import HttpRequest, HttpResponse, JsonResponse


class HealthMiddleware:
    """Answers /health (the process lives) and /ready (the database answers as the app role)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/health":
            return JsonResponse({"status": "ok"})
        if request.path == "/ready":
            return _readiness()
        return self.get_response(request)


def _readiness() -> HttpResponse:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
            (unsafe,) = cursor.fetchone() or (True,)
    except Error as error:
        return JsonResponse({"status": "unavailable", "database": type(error).__name__}, status=503)
    finally:
        connection.close()
    if unsafe:
        return JsonResponse(
            {"status": "unsafe", "database": "the app role skips row-level security"}, status=503
        )
    return JsonResponse({"status": "ok", "database": "ok"})
