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
        self.is_too_large = False
        self._passed = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """This function will begin to count anew."""
        super().new_file(*args, **kwargs)
        self._passed = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """This function will pass a chunk on. Errors: SkipFile behind the limit."""
        del start
        self._passed += len(raw_data)
        if self._passed > self.limit:
            self.is_too_large = True
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """This function will leave the file to the next handler."""
        del file_size


def limited_upload(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """This function will let a view read a form with a file of at most `EVIDENCE_MAX_BYTES`.

    Handlers must be set before anything reads the form, the check of the CSRF token included; so that check
    runs here and not in its middleware. Errors: `Unprocessable` for a request far beyond any file we take.
    """
    protected = csrf_protect(view)

    @wraps(view)
    def limited(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        limit_upload(request)
        return protected(request, *args, **kwargs)

    limited.csrf_exempt = True  # type: ignore[attr-defined]
    return limited


def limit_upload(request: HttpRequest) -> None:
    """This function will let a request bring a file of at most `EVIDENCE_MAX_BYTES`; call it before its form is read.

    Errors: `Unprocessable` for a request far beyond any file we take.
    """
    limit = settings.EVIDENCE_MAX_BYTES
    if int(request.META.get("CONTENT_LENGTH") or 0) > limit * _PATIENCE:
        raise Unprocessable(
            _("The file is too large"),
            _("A file may have %(size)s MB. Save it smaller, or put it somewhere and enter its address.")
            % {"size": limit // (1024 * 1024)},
        )
    request.upload_handlers = [LimitedUpload(request, limit), TemporaryFileUploadHandler(request)]


def was_too_large(request: HttpRequest) -> bool:
    """This function will say whether a file of the form was dropped because of its size."""
    return any(isinstance(one, LimitedUpload) and one.is_too_large for one in request.upload_handlers)
