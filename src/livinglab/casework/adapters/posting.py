"""Posting JSON to a system outside, within limits of time and size. Nothing of what is sent stands in an exception."""

import http.client
import json
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from livinglab.casework.domain.deliveries import LONGEST_WAIT

#: bytes of an answer that are read; what is longer is no answer of ours
MOST_BYTES: Final = 16 * 1024


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back: the status, how long the other side asks us to wait, the body's first bytes."""

    status: int
    wait: timedelta
    body: bytes = field(repr=False)


class Unanswered(Exception):
    """Nothing came back in time, or what came is no HTTP (`is_broken`)."""

    def __init__(self, *, is_broken: bool) -> None:
        super().__init__(is_broken)
        self.is_broken = is_broken


def post(url: str, said: Mapping[str, object], *, token: str, key: str, seconds: float) -> Answered:
    """This function will post JSON with a bearer token and an idempotency key. Errors: `Unanswered`.

    `seconds` limits each wait on the connection, and the whole body, so that an answer in drops is none.
    """
    parts = urlsplit(url)
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    headers = {
        "Authorization": f"Bearer {token}",
        "Content-Type": "application/json",
        "Idempotency-Key": key,
    }
    connection = _connection(url, seconds)
    try:
        connection.request("POST", path, json.dumps(said).encode(), headers)
        response = connection.getresponse()
        wait = _wait(response.getheader("Retry-After", ""))
        return Answered(response.status, wait, _body(response, seconds))
    except http.client.HTTPException:
        raise Unanswered(is_broken=True) from None
    except OSError:
        raise Unanswered(is_broken=False) from None
    finally:
        connection.close()


def _connection(url: str, seconds: float) -> http.client.HTTPConnection:
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme == "https":
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(host, parts.port, timeout=seconds, context=context)
    return http.client.HTTPConnection(host, parts.port, timeout=seconds)


def _body(response: http.client.HTTPResponse, seconds: float) -> bytes:
    ends, found = time.monotonic() + seconds, b""
    while len(found) < MOST_BYTES and (part := response.read1(MOST_BYTES - len(found))):
        if time.monotonic() > ends:
            raise TimeoutError
        found += part
    return found


def _wait(said: str) -> timedelta:
    seconds = int(said) if said.isascii() and said.isdecimal() and len(said) <= 9 else 0
    return min(timedelta(seconds=seconds), LONGEST_WAIT)
