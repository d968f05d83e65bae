"""A server on loopback that answers as a region's payment system does, or another one, and fails as real ones do."""

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOKEN = "tanda-uji-bayar"
SECRET = "rahasia-uji-yang-cukup-panjang-untuk-hmac"
#: how its codes end; tests move it
UNTIL = datetime(2026, 11, 10, 3, tzinfo=UTC)
#: answers that are none
GARBLED = {
    "no json": b"<html>",
    "no code": b'{"until": "2026-11-10T03:00:00+00:00"}',
    "no text": b'{"code": 12345678, "until": "2026-11-10T03:00:00+00:00"}',
    "a script": b'{"code": "<script>alert(1)</script>", "until": "2026-11-10T03:00:00+00:00"}',
    "no zone": b'{"code": "12345678", "until": "2026-11-10T03:00:00"}',
    "no day": b'{"code": "12345678", "until": "later"}',
    "a list": b"[]",
    "too long": b'{"code": "' + b"1" * 100_000 + b'"}',
    "too deep": b"[" * 16_000,
    "not utf-8": b"\xff\xfe\x00",
}


@dataclass
class Till:
    """What a system was asked, by key, and how often; `mood` makes it fail, `answer` makes its answers."""

    answer: Callable[[str, dict[str, object]], bytes]
    garbled: Mapping[str, bytes]
    url: str = ""
    mood: str = ""
    asked: list[str] = field(default_factory=list)
    charges: dict[str, dict[str, object]] = field(default_factory=dict)


class _Handler(BaseHTTPRequestHandler):
    till: Till

    def do_POST(self) -> None:
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        key, mood = self.headers["Idempotency-Key"], self.till.mood
        self.till.asked.append(key)
        if self.headers["Authorization"] != f"Bearer {TOKEN}":
            self._answer(401, b"")
        elif mood:
            self._fail(mood, key, said)
        else:
            is_new = self.till.charges.setdefault(key, said) is said
            self._answer(201 if is_new else 200, self.till.answer(key, said))

    def _fail(self, mood: str, key: str, said: dict[str, object]) -> None:
        if mood == "taken, then silent":
            self.till.charges.setdefault(key, said)
        if mood in ("slow", "taken, then silent"):
            time.sleep(0.5)
        elif mood == "in drops":
            self._drop()
        elif mood == "cut":
            self.connection.close()
        elif mood.isdecimal():
            self._answer(int(mood), b"")
        else:
            self._answer(200, self.till.garbled[mood])

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        if status == 503:
            self.send_header("Retry-After", "7200")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _drop(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        with suppress(OSError):  # the other side has gone
            for _ in range(5):
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.1)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Be quiet."""


def payment_code(key: str, said: dict[str, object]) -> bytes:
    """This function will return a payment code as the till gives it."""
    until = min(UNTIL, datetime.fromisoformat(str(said["until"]))) if said["until"] else UNTIL
    return json.dumps({"code": f"UJI-{key[-8:]}", "until": until.isoformat()}).encode()


@contextmanager
def till_open(
    answer: Callable[[str, dict[str, object]], bytes] = payment_code, garbled: Mapping[str, bytes] = GARBLED
) -> Iterator[Till]:
    """This function will run a system outside on loopback for a block: the payment system, unless told otherwise."""
    till = Till(answer, garbled)

    class Handler(_Handler):
        pass

    Handler.till = till
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    till.url = f"http://127.0.0.1:{server.server_address[1]}/codes"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield till
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def later(days: int) -> datetime:
    """This function will return a moment some days after the codes of the till end."""
    return UNTIL + timedelta(days=days)
