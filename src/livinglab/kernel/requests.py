"""The identifier of the present request, its place on every log line, and what no log line says."""

import logging
from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="")


class RequestIdFilter(logging.Filter):
    """Puts the request's identifier on every log line written during it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """This function will add `request_id` to the record and keep it."""
        record.request_id = request_id.get()
        return True


class DiscreetFilter(logging.Filter):
    """Keeps what readers asked for, and tracebacks of refused requests, out of the log.

    Django puts the whole address with its query on the record. A request that is refused (a wrong Host, a body
    too large, a missing role) is no failure of ours: anybody can send it, so it takes one line.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """This function will strip the record and keep it."""
        record.__dict__.pop("request", None)
        if record.levelno < logging.ERROR or record.name.startswith("django.security."):
            record.exc_info = record.exc_text = None
        return True
