"""The identifier of the present request, and its place on every log line."""

import logging
from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="")


class RequestIdFilter(logging.Filter):
    """Puts the request's identifier on every log line written during it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """This function will add `request_id` to the record and keep it."""
        record.request_id = request_id.get()
        return True
