"""A server on this machine that answers like another instance, or as badly as a test wants."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from livinglab.packages.domain.federation import INDEX_PATH
from livinglab.packages.queries.instances import Reach


@dataclass(frozen=True)
class Answer:
    """What is answered at a path: as it should be, or after `wait` seconds, or `drip` seconds for each byte."""

    body: bytes
    kind: str = "application/json"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    drip: float = 0.0
    wait: float = 0.0


@dataclass
class Served:
    """An instance that is served: its address, answers by path (without query), and what was asked of it."""

    place: str
    answers: dict[str, Answer]
    asked: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://{self.place}"

    @property
    def reach(self) -> Reach:
        return Reach(allowed=frozenset({self.place}), seconds=5)

    def index(self) -> dict[str, object]:
        """Return the index as it stands, to be changed and put back by `tell`."""
        found: dict[str, object] = json.loads(self.answers[INDEX_PATH].body)
        return found

    def tell(self, index: dict[str, object]) -> None:
        self.answers[INDEX_PATH] = Answer(json.dumps(index).encode())


@contextmanager
def served(answers: dict[str, Answer]) -> Iterator[Served]:
    """Serve answers on a free port of this machine until the block ends."""
    found = Served("", dict(answers))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append(self.path)
            answer = found.answers.get(self.path.partition("?")[0], Answer(b"", "text/plain", 404))
            time.sleep(answer.wait)
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.kind)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                if answer.drip:
                    for place in range(len(answer.body)):
                        self.wfile.write(answer.body[place : place + 1])
                        self.wfile.flush()
                        time.sleep(answer.drip)
                else:
                    self.wfile.write(answer.body)
            except OSError:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    found.place = f"127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
