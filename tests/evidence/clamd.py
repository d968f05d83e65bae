"""A server that speaks clamd's INSTREAM: it knows one virus, the test file of antivirus makers."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.evidence.files import EICAR


class Clamd:
    """What it was sent, and how it is to answer (None: as clamd would)."""

    def __init__(self) -> None:
        self.streams: list[bytes] = []
        self.says: bytes | None = None

    def answer(self, connection: socket.socket) -> None:
        with connection:
            connection.settimeout(5)
            if _exactly(connection, 10) != b"zINSTREAM\0":
                connection.sendall(b"UNKNOWN COMMAND\0")
                return
            content = b""
            while size := struct.unpack("!L", _exactly(connection, 4))[0]:
                content += _exactly(connection, size)
            self.streams.append(content)
            found = b"stream: Eicar-Signature FOUND" if EICAR in content else b"stream: OK"
            connection.sendall((self.says if self.says is not None else found) + b"\0")


def _exactly(connection: socket.socket, size: int) -> bytes:
    content = b""
    while len(content) < size:
        part = connection.recv(size - len(content))
        if not part:
            raise ConnectionError("cut off")
        content += part
    return content


@contextmanager
def clamd(path: Path | None = None) -> Iterator[tuple[Clamd, str]]:
    """A running one, and its address: of a socket file when a path is given, else of a port."""
    listener = socket.socket(socket.AF_UNIX if path else socket.AF_INET)
    listener.bind(str(path) if path else ("127.0.0.1", 0))
    listener.listen()
    server = Clamd()

    def serve() -> None:
        while True:
            try:
                connection, _address = listener.accept()
            except OSError:
                return
            server.answer(connection)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield server, f"unix://{path}" if path else f"tcp://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)
