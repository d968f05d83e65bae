"""Uploads that end where the limit is: what is behind it is neither kept in memory nor written to disk."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect

from livinglab.kernel.unknown import Unprocessable

P = ParamSpec("P")
#: a request so many times larger than a file is not even read to its end
_PATIENCE = 5


class LimitedUpload(FileUploadHandler):
    """Passes a file on while it is small enough, and drops it when it is not; the other fields still arrive."""

    def __init__(self, request: HttpRequest, limit: int) -> None:
        super().__init__(request)
        self.limit = limit
        self.too_large: set[str] = set()
        self._passed = 0
        self._field = ""

    @property
    def is_too_large(self) -> bool:
        """Whether a file was dropped."""
        return bool(self.too_large)

    def new_file(self, field_name: str, *args: Any, **kwargs: Any) -> None:
        """This function will begin to count anew."""
        super().new_file(field_name, *args, **kwargs)
        self._passed = 0
        self._field = field_name

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """This function will pass a chunk on. Errors: SkipFile behind the limit."""
        del start
        self._passed += len(raw_data)
        if self._passed > self.limit:
            self.too_large.add(self._field)
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """This function will leave the file to the next handler."""
        del file_size


def limited_to(
    most: Callable[[], int], *, patience: int = _PATIENCE
) -> Callable[
    [Callable[Concatenate[HttpRequest, P], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, P], HttpResponseBase],
]:
    """This function will let a view read a form with files of at most so many bytes each.

    Handlers must be set before anything reads the form, the check of the CSRF token included; so that check
    runs here and not in its middleware. Errors: `Unprocessable` for a request `patience` times larger than a file.
    """

    def decorated(
        view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        protected = csrf_protect(view)

        @wraps(view)
        def limited(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            limit_upload(request, most=most(), patience=patience)
            return protected(request, *args, **kwargs)

        limited.csrf_exempt = True  # type: ignore[attr-defined]
        return limited

    return decorated


def _most_of_evidence() -> int:
    return settings.EVIDENCE_MAX_BYTES


#: for a form with a piece of evidence
limited_upload = limited_to(_most_of_evidence)


def limit_upload(request: HttpRequest, *, most: int | None = None, patience: int = _PATIENCE) -> None:
    """This function will let a request bring files of at most `most` bytes; call it before its form is read.

    Without `most` it is `EVIDENCE_MAX_BYTES`. Errors: `Unprocessable` for a request far beyond any file we take.
    """
    limit = most or settings.EVIDENCE_MAX_BYTES
    if int(request.META.get("CONTENT_LENGTH") or 0) > limit * patience:
        raise Unprocessable(
            _("The file is too large"),
            _("A file may have %(size)s MB. Save it smaller, or put it somewhere and enter its address.")
            % {"size": limit // (1024 * 1024)},
        )
    request.upload_handlers = [LimitedUpload(request, limit), TemporaryFileUploadHandler(request)]


def too_large(request: HttpRequest) -> frozenset[str]:
    """This function will return the fields of the form whose file was dropped because of its size."""
    return frozenset().union(
        *(one.too_large for one in request.upload_handlers if isinstance(one, LimitedUpload))
    )


def was_too_large(request: HttpRequest) -> bool:
    """This function will say whether a file of the form was dropped because of its size."""
    return bool(too_large(request))
