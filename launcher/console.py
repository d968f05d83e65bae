"""What the launcher says to the person at the terminal.

Everything goes to standard error: standard output belongs to the program that is being started, so that
`./livinglab … --json` prints one document and nothing else.
"""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class CannotContinueError(Exception):
    """Something that the person has to settle first; the message says what, and how."""

    def __init__(self, message: str, *, exit_status: int = 1) -> None:
        super().__init__(message)
        self.exit_status = exit_status


def say(text: str) -> None:
    """This function will print one line of progress."""
    print(text, file=sys.stderr, flush=True)


@contextmanager
def timed(text: str) -> Iterator[None]:
    """This function will announce a piece of work and, when it is done, how long it took."""
    say(f"{text} …")
    began = time.monotonic()
    yield
    say(f"  done in {time.monotonic() - began:.1f} s")
