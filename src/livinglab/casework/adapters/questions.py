"""Asking a system outside and reading how it refuses: what payment systems and registers have in common.

200 or 201 is an answer. 408, 425, 429: later, after `Retry-After` seconds if it says so; 401 and 403: our sign-in; any
other 4xx: it does not want this question; the rest: a fault of its own. Nothing of what is sent stands in an exception.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from livinglab.casework.adapters.posting import Unanswered, post
from livinglab.casework.domain.outside import Fault

_OK: Final = frozenset({200, 201})
_LATER: Final = frozenset({408, 425, 429})
_OURS: Final = frozenset({401, 403})
_THEIRS: Final = range(400, 500)


class NotAnswered(Exception):
    """A system outside gave no answer; `wait` is how long it asks us to wait at least."""

    def __init__(self, fault: Fault, wait: timedelta = timedelta(0)) -> None:
        super().__init__(fault)
        self.fault, self.wait = fault, wait


def answer_to(url: str, said: Mapping[str, object], *, token: str, key: str, seconds: float) -> bytes:
    """This function will put a question and return the body of its answer. Errors: `NotAnswered`."""
    try:
        answered = post(url, said, token=token, key=key, seconds=seconds)
    except Unanswered as none:
        raise NotAnswered(Fault.BROKEN if none.is_broken else Fault.SILENT) from None
    if answered.status in _OK:
        return answered.body
    if answered.status in _LATER:
        raise NotAnswered(Fault.BUSY, answered.wait)
    if answered.status in _OURS:
        raise NotAnswered(Fault.SIGNED_OUT)
    raise NotAnswered(Fault.REFUSED if answered.status in _THEIRS else Fault.BROKEN, answered.wait)
