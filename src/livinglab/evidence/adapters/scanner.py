"""ClamAV's daemon, asked over its own small protocol (INSTREAM, "clamd" manual page)."""

import socket
import struct
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

SECONDS: Final = 30
_CHUNK: Final = 64 * 1024


class Verdict(StrEnum):
    """What the scanner says about a file."""

    CLEAN = "clean"
    INFECTED = "infected"


class ScannerSilent(Exception):
    """The scanner is set up but does not answer, or says that it could not look; try again later."""


@dataclass(frozen=True, slots=True)
class ClamAv:
    """A clamd that listens at ``tcp://HOST:PORT`` or ``unix:///PATH``."""

    address: str

    def scan(self, path: Path) -> Verdict:
        """This function will return what the scanner says about a file. Errors: `ScannerSilent`."""
        try:
            with closing(self._connected()) as connection, path.open("rb") as stream:
                connection.sendall(b"zINSTREAM\0")
                while chunk := stream.read(_CHUNK):
                    connection.sendall(struct.pack("!L", len(chunk)) + chunk)
                connection.sendall(struct.pack("!L", 0))
                answer = _answer(connection)
        except OSError as error:
            raise ScannerSilent(f"{self.address}: {error}") from error
        return self._verdict(answer)

    def _verdict(self, answer: str) -> Verdict:
        if answer == "stream: OK":
            return Verdict.CLEAN
        if answer.startswith("stream: ") and answer.endswith(" FOUND"):
            return Verdict.INFECTED
        raise ScannerSilent(f"{self.address} answered {answer[:200]!r}")

    def _connected(self) -> socket.socket:
        parts = urlsplit(self.address)
        if parts.scheme == "unix":
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            connection.settimeout(SECONDS)
            try:
                connection.connect(parts.path)
            except OSError:
                connection.close()
                raise
            return connection
        return socket.create_connection((parts.hostname or "", parts.port or 3310), timeout=SECONDS)


def _answer(connection: socket.socket) -> str:
    said = b""
    while not said.endswith(b"\0") and len(said) < 4096 and (part := connection.recv(1024)):
        said += part
    return said.rstrip(b"\0").decode(errors="replace").strip()
