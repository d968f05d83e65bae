"""Files on an S3-compatible server (Amazon, MinIO, Ceph), in four requests of the standard library.

The usual clients bring 15 MB of code for every service there is; we put, get, delete and list. A bucket keeps
whole objects only, and checks the content against the hash that the signature covers.
"""

import hashlib
import http.client
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Final
from urllib.parse import urlsplit

from defusedxml import ElementTree

from livinglab.evidence.adapters.s3_signature import (
    Credentials,
    Request,
    quoted_path,
    quoted_query,
    signed_headers,
)
from livinglab.evidence.adapters.storage import NotStored, StorageFailed, Stored, checked
from livinglab.kernel import clock

SECONDS: Final = 30
_NAMESPACE: Final = "{http://s3.amazonaws.com/doc/2006-03-01/}"
_NOTHING: Final = hashlib.sha256(b"").hexdigest()


@dataclass(frozen=True, slots=True)
class S3Storage:
    """Keeps files in a bucket. `endpoint` is the server's origin; buckets are named in the path."""

    endpoint: str
    bucket: str
    credentials: Credentials = field(repr=False)

    def put(self, key: str, source: Path) -> bool:
        """This function will store a file and say whether it is new; what lies there already stays."""
        if self._has(checked(key)):
            return False
        with source.open("rb") as stream:
            payload = hashlib.file_digest(stream, "sha256").hexdigest()
            stream.seek(0)
            headers = {"content-length": str(source.stat().st_size)}
            with self._asked("PUT", key, payload=payload, body=stream, headers=headers) as answer:
                _expect(answer, 200)
        return True

    def _has(self, key: str) -> bool:
        with self._asked("HEAD", key) as answer:
            if answer.status == 404:
                return False
            _expect(answer, 200)
            return True

    def open(self, key: str) -> BinaryIO:
        """This function will return what lies under a key. Errors: `NotStored`."""
        with self._asked("GET", checked(key)) as answer:
            if answer.status == 404:
                raise NotStored(key)
            _expect(answer, 200)
            return BytesIO(answer.read())

    def delete(self, key: str) -> None:
        """This function will forget what lies under a key, if anything does."""
        with self._asked("DELETE", checked(key)) as answer:
            _expect(answer, 204, 404)

    def stored(self) -> Iterator[Stored]:
        """This function will return everything that lies in the bucket, a thousand names at a time."""
        token = ""
        while True:
            query = {"list-type": "2"} | ({"continuation-token": token} if token else {})
            with self._asked("GET", "", query=query) as answer:
                _expect(answer, 200)
                page = ElementTree.fromstring(answer.read())
            for one in page.iter(f"{_NAMESPACE}Contents"):
                since = datetime.fromisoformat(one.findtext(f"{_NAMESPACE}LastModified", ""))
                yield Stored(one.findtext(f"{_NAMESPACE}Key", ""), since)
            token = page.findtext(f"{_NAMESPACE}NextContinuationToken", "")
            if not token:
                return

    @contextmanager
    def _asked(
        self,
        method: str,
        key: str,
        *,
        payload: str = _NOTHING,
        body: BinaryIO | None = None,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Iterator[http.client.HTTPResponse]:
        origin = urlsplit(self.endpoint)
        request = Request(
            method=method,
            host=origin.netloc,
            path=f"/{self.bucket}/{key}" if key else f"/{self.bucket}",
            payload=payload,
            query=query or {},
            headers=headers or {},
        )
        address = quoted_path(request.path) + (f"?{quoted_query(request.query)}" if request.query else "")
        connection = _connection(origin.scheme, origin.netloc)
        try:
            sent = signed_headers(request, self.credentials, at=clock.now())
            connection.request(method, address, body=body, headers=sent)
            yield connection.getresponse()
        except (OSError, http.client.HTTPException) as error:
            raise StorageFailed(f"{method} at {origin.netloc}: {error}") from error
        finally:
            connection.close()


def _connection(scheme: str, host: str) -> http.client.HTTPConnection:
    if scheme == "https":
        return http.client.HTTPSConnection(host, timeout=SECONDS, context=ssl.create_default_context())
    return http.client.HTTPConnection(host, timeout=SECONDS)


def _expect(answer: http.client.HTTPResponse, *good: int) -> None:
    if answer.status not in good:
        said = answer.read(500).decode(errors="replace")
        raise StorageFailed(f"the storage server answered {answer.status}: {said}")
