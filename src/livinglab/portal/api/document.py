"""What every operation of the API shares, written into its OpenAPI document."""

from typing import Any

from livinglab.ui.api.lists import MOST_ITEMS

DESCRIPTION = f"""\
Published results, regions, instruments and services of Indonesia's local governments, as the pages of Living Lab
show them. Free to use without an account.

- **Numbers.** Published decimals are strings with a point (`"4.51"`), so that nothing is rounded on the way.
  What was not published is `null`, never zero.
- **Lists** answer `total`, `items` and the address of the `next` page; at most {MOST_ITEMS} items a page.
  With `format=csv` a list is one file with everything in it.
- **Freshness.** Every GET answers an `ETag`; send it back as `If-None-Match` and unchanged data costs a 304.
- **Errors** are JSON: `{{"error": {{"status", "message", "known"}}}}`, where `known` lists what could have been
  asked for. 404: the address names something unknown. 422: a parameter or the body does.
- **Other sites** may call every open GET (`Access-Control-Allow-Origin: *`), which reads no cookie and no key.
- **Signing in.** The work on an evaluation is for its members and assessors: the session cookie of the pages lets
  them in, writes also need its CSRF token in the header `X-CSRFToken`. 401: no session. 403: no part in it, or not
  this person's step. 409: somebody else changed it meanwhile. These answers are never kept by caches.
- **Applying.** Beginning a form answers a secret: send it as `Authorization: Bearer` to fill in, send, follow, answer
  and withdraw that one application. Whoever has it is the applicant; a wrong one is 404 and is kept in the trail.
- **Limits.** A body may have 5 MB. There is no quota; use the ETag, and the files of /data/ for everything at once.
"""

_ERROR: dict[str, Any] = {
    "title": "Error",
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["status", "message"],
            "properties": {
                "status": {"type": "integer", "examples": [422]},
                "message": {"type": "string", "examples": ["Year “1999” is not known"]},
                "known": {
                    "type": "array",
                    "items": {"type": "string"},
                    "description": "What could have been asked for instead.",
                    "examples": [["2023", "2024"]],
                },
            },
        }
    },
}
_ANSWER = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}


def complete(document: dict[str, Any]) -> None:
    """This function will add to an OpenAPI document the answers and headers that every operation shares."""
    document["components"]["schemas"]["Error"] = _ERROR
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            _complete(operation, method=method, has_name="{" in path)


def _complete(operation: dict[str, Any], *, method: str, has_name: bool) -> None:
    answers = operation["responses"]
    if operation["parameters"] or "requestBody" in operation:
        answers.setdefault(
            422, {"description": "A parameter or the body cannot be used.", "content": _ANSWER}
        )
    if "requestBody" in operation:
        answers.setdefault(400, {"description": "The body is not JSON.", "content": _ANSWER})
    if has_name:
        answers.setdefault(404, {"description": "The address names something unknown.", "content": _ANSWER})
    if "security" in operation:
        _complete_signed_in(answers, method)
        if any(name.startswith("Applicant") for one in operation["security"] for name in one):
            gone = {"description": "The data of this application was deleted.", "content": _ANSWER}
            answers.setdefault(410, gone)
    elif method == "get":
        answers.setdefault(304, {"description": "Unchanged since the ETag in If-None-Match."})
        answers[200].setdefault("headers", {})["ETag"] = {
            "description": "Version of the answer.",
            "schema": {"type": "string"},
        }
    for parameter in operation["parameters"]:
        parameter.pop("examples", None)  # a JSON Schema list here; OpenAPI wants a map. The schema keeps it


def _complete_signed_in(answers: dict[Any, Any], method: str) -> None:
    """What an operation behind the session answers beside the rest."""
    answers.setdefault(401, {"description": "Nobody is signed in.", "content": _ANSWER})
    answers.setdefault(
        403, {"description": "Not for this person, or without its CSRF token.", "content": _ANSWER}
    )
    if method == "put":
        answers.setdefault(
            409, {"description": "Somebody else changed it; `stored` is what stands now.", "content": _ANSWER}
        )


def texts(document: Any) -> set[str]:
    """This function will return every text for readers in an OpenAPI document: summaries and descriptions."""
    if isinstance(document, dict):
        own = {
            _plain(document[key]) for key in ("summary", "description") if isinstance(document.get(key), str)
        }
        inner = [value for key, value in document.items() if key != "info"]
        return own.union(*(texts(value) for value in inner))
    if isinstance(document, list | tuple):
        return set().union(*(texts(value) for value in document))
    return set()


def _plain(text: str) -> str:
    return " ".join(text.split())
