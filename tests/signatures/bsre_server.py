"""A server on loopback that answers as BSrE's signing service does, with an official it knows and all its refusals."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from livinglab.signatures.adapters.authority import Holder
from livinglab.signatures.adapters.pades import sign_pdf

from .kit import OCCASION, authority

USER, PASSWORD = "uji", "sandi-layanan"
NIK, PASSPHRASE = "9999010101900001", "kata kunci rahasia"


@dataclass
class Service:
    """What the server knows and what it was asked; `mood` makes it fail."""

    holder: Holder
    url: str = ""
    mood: str = ""
    asked: list[dict[str, bytes]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)


@contextmanager
def serving(holder: Holder) -> Iterator[Service]:
    """This function will run the server on loopback for a block."""
    service = Service(holder)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            service.paths.append(self.path)
            body = self.rfile.read(int(self.headers["Content-Length"]))
            kind = self.headers["Content-Type"]
            form = _parts(kind, body)
            service.asked.append(form)
            if service.mood == "slow":
                time.sleep(0.6)
                return
            status, type_, answer = _answer(service, self.headers.get("Authorization", ""), form)
            self.send_response(status)
            self.send_header("Content-Type", type_)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Be quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _parts(kind: str, body: bytes) -> dict[str, bytes]:
    """Read a form with the standard library's reader of mail: another reader than what wrote it."""
    message = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + body)
    found: dict[str, bytes] = {}
    for part in message.walk():
        name = part.get_param("name", header="content-disposition")
        if isinstance(name, str):
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            found[name] = content
    return found


def _answer(service: Service, authorization: str, form: dict[str, bytes]) -> tuple[int, str, bytes]:
    if authorization != "Basic dWppOnNhbmRpLWxheWFuYW4=":
        return _refused(401, 1001, "Unauthorized")
    if service.mood == "down":
        return 502, "text/html", b"<html>Bad Gateway</html>"
    if form["nik"] != NIK.encode():
        return _refused(400, 2011, "User tidak terdaftar")
    if form["passphrase"] != PASSPHRASE.encode():
        return _refused(400, 2031, "Passphrase anda salah")
    if service.mood == "unsigned":
        return 200, "application/pdf", form["file"]
    if service.mood == "page":
        return 200, "text/html", b"<html>OK</html>"
    signed = sign_pdf(form["file"], holder=service.holder, authority=authority(), occasion=OCCASION)
    return 200, "application/pdf", signed


def _refused(status: int, code: int, said: str) -> tuple[int, str, bytes]:
    return status, "application/json", json.dumps({"error": said, "status_code": code}).encode()
