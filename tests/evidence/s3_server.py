"""A server that speaks as much S3 as the storage asks, and believes no request whose signature is wrong.

The signature itself is held to Amazon's published examples, so the two cannot agree on a mistake.
"""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from livinglab.evidence.adapters.s3_signature import Credentials, Request, signed_headers

KEYS = Credentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1")
BUCKET = "bukti"
PAGE = 2


class Server(ThreadingHTTPServer):
    daemon_threads = True
    objects: dict[str, bytes]
    asked: list[str]
    is_broken = False


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def log_message(self, *args: Any) -> None: ...

    def answer(self, status: int, body: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def handle_any(self) -> None:
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.asked.append(f"{self.command} {self.path}")
        if self.server.is_broken:
            return self.answer(503, b"SlowDown")
        if not self.is_signed(parts.path, dict(parse_qsl(parts.query)), body):
            return self.answer(403, b"SignatureDoesNotMatch")
        bucket, _, key = unquote(parts.path).lstrip("/").partition("/")
        if bucket != BUCKET:
            return self.answer(404, b"NoSuchBucket")
        if not key:
            return self.answer(200, self.listing(dict(parse_qsl(parts.query))))
        if self.command == "PUT":
            self.server.objects[key] = body
            return self.answer(200)
        if self.command == "DELETE":
            self.server.objects.pop(key, None)
            return self.answer(204)
        found = self.server.objects.get(key)
        return self.answer(404, b"NoSuchKey") if found is None else self.answer(200, found)

    do_GET = do_PUT = do_HEAD = do_DELETE = handle_any  # noqa: N815  names of http.server

    def is_signed(self, path: str, query: dict[str, str], body: bytes) -> bool:
        given = self.headers.get("authorization", "")
        names = given.partition("SignedHeaders=")[2].partition(",")[0].split(";")
        payload = self.headers.get("x-amz-content-sha256", "")
        if payload != hashlib.sha256(body).hexdigest():
            return False
        at = datetime.strptime(self.headers["x-amz-date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        own = {"host", "x-amz-date", "x-amz-content-sha256"}
        request = Request(
            method=self.command,
            host=self.headers["host"],
            path=unquote(path),
            payload=payload,
            query=query,
            headers={name: self.headers[name] for name in names if name not in own},
        )
        return signed_headers(request, KEYS, at=at)["authorization"] == given

    def listing(self, query: dict[str, str]) -> bytes:
        start = query.get("continuation-token", "")
        keys = [key for key in sorted(self.server.objects) if key > start]
        shown = "".join(
            f"<Contents><Key>{key}</Key><LastModified>2026-11-20T03:00:00.000Z</LastModified></Contents>"
            for key in keys[:PAGE]
        )
        more = f"<NextContinuationToken>{keys[PAGE - 1]}</NextContinuationToken>" if len(keys) > PAGE else ""
        space = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"'
        return f'<?xml version="1.0"?><ListBucketResult {space}>{shown}{more}</ListBucketResult>'.encode()


@contextmanager
def s3_server() -> Iterator[Server]:
    server = Server(("127.0.0.1", 0), Handler)
    server.objects, server.asked = {}, []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
