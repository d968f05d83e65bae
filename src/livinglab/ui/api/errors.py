"""How operations of the API refuse: `{"error": {"status", "message", …}}`, with each problem of a body by its field."""

from collections.abc import Iterable

from django.http import JsonResponse


def error(status: int, message: str, **more: object) -> JsonResponse:
    """This function will answer an error; `more` stands beside status and message (`code`, `stored`, `problems`)."""
    return JsonResponse({"error": {"status": status, "message": message, **more}}, status=status)


def problems(found: Iterable[tuple[str, str]]) -> JsonResponse:
    """This function will answer 422 with every problem of a body: pairs of a field and what is wrong with it."""
    rows = [{"field": field, "message": message} for field, message in found]
    return error(422, "; ".join(f"{row['field']}: {row['message']}" for row in rows), problems=rows)
