"""Why something may not be done. A policy returns None or a Refusal; it disables the button and guards the write."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Refusal:
    """A reason in the reader's language, with a stable code for tests and the API."""

    code: str
    reason: str | Promise


class Refused(Exception):
    """An operation was called although its policy refuses; nothing was written."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


def ensure(refusal: Refusal | None) -> None:
    """This function will raise Refused when there is a refusal, and otherwise do nothing."""
    if refusal is not None:
        raise Refused(refusal)
