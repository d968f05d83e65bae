"""A server on loopback that carries messages as a gateway does: knows repeats by their key, fails as real ones do."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOKEN = "tanda-uji"
#: a number that takes nothing
NOBODY = "+6281200000000"


@dataclass
class Carrier:
    """What the gateway carried, by key, and how often it was asked; `mood` makes it fail."""

    url: str = ""
    mood: str = ""
    wait: str = "7200"  # what it asks for with 429
    asked: list[str] = field(default_factory=list)
    carried: dict[str, dict[str, str]] = field(default_factory=dict)


@contextmanager
def carrying() -> Iterator[Carrier]:
    """This function will run the gateway on loopback for a block."""
    carrier = Carrier()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            key = self.headers["Idempotency-Key"]
            carrier.asked.append(key)
            if carrier.mood == "slow":
                time.sleep(0.5)
                return
            if carrier.mood == "cut":
                self.connection.close()
                return
            status = _answer(carrier, self.headers["Authorization"], said, key)
            self.send_response(status)
            if status == 429:
                self.send_header("Retry-After", carrier.wait)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Be quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    carrier.url = f"http://127.0.0.1:{server.server_address[1]}/messages"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield carrier
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _answer(carrier: Carrier, authorization: str, said: dict[str, str], key: str) -> int:
    if authorization != f"Bearer {TOKEN}":
        return 401
    if carrier.mood.isdecimal():
        return int(carrier.mood)
    if said["to"] == NOBODY:
        return 422
    if key in carrier.carried:
        return 409
    carrier.carried[key] = said
    return 500 if carrier.mood == "taken, then down" else 202
