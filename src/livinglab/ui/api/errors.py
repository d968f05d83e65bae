"""How operations of the API refuse: `{"error": {"status", "message", …}}`, with each problem of a body by its field."""

from collections.abc import Iterable
from typing import Any, Final

from django.http import JsonResponse

#: what an operation may answer beside what all of them do, as OpenAPI describes it
_ALSO: Final = {
    409: "It is not there yet: a document still waits for its signature.",
    429: "Too much came from this address within an hour.",
    503: "The storage of files, or what makes PDFs, does not answer just now.",
}


def error(status: int, message: str, **more: object) -> JsonResponse:
    """This function will answer an error; `more` stands beside status and message (`code`, `stored`, `problems`)."""
    return JsonResponse({"error": {"status": status, "message": message, **more}}, status=status)


def problems(found: Iterable[tuple[str, str]]) -> JsonResponse:
    """This function will answer 422 with every problem of a body: pairs of a field and what is wrong with it."""
    rows = [{"field": field, "message": message} for field, message in found]
    return error(422, "; ".join(f"{row['field']}: {row['message']}" for row in rows), problems=rows)


def also(*statuses: int) -> dict[int, Any]:
    """This function will describe errors of one operation, for the `responses` of its `openapi_extra=`."""
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    return {one: {"description": _ALSO[one], "content": content} for one in statuses}
