"""Stands in for the real site: every page says who it may be connected as."""

import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path

#: a machine that starves: the first answer takes as many seconds as stand in this file
_SLOW = Path(__file__).parents[3] / "slow"
if _SLOW.exists():
    time.sleep(float(_SLOW.read_text()))


def application(_environ: dict[str, object], start_response: Callable[..., object]) -> Iterable[bytes]:
    """This function will answer any request, and tell if it was given the owner's address."""
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"owner" if "DATABASE_OWNER_URL" in os.environ else b"application"]
