"""Files that people sent, handed out so that no browser runs anything in them."""

from typing import BinaryIO, Final

from django.http import FileResponse, HttpResponse

_NOTHING_RUNS: Final = "default-src 'none'; sandbox"


def attachment(stream: BinaryIO, name: str, content_type: str) -> FileResponse:
    """This function will answer with a file that is saved, never shown, and in which nothing runs."""
    kind = f"{content_type}; charset=utf-8" if content_type.startswith("text/") else content_type
    answer = FileResponse(stream, as_attachment=True, filename=name, content_type=kind)
    answer["Content-Security-Policy"] = _NOTHING_RUNS
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def picture(content: bytes) -> HttpResponse:
    """This function will answer with a WebP picture that we drew of a file."""
    answer = HttpResponse(content, content_type="image/webp")
    answer["Content-Security-Policy"] = _NOTHING_RUNS
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
