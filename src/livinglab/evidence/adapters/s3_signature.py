"""AWS Signature Version 4 for requests of S3: who asks, and that nobody changed the request on its way.

Tests hold it to the examples that Amazon publishes ("Signature Calculations for the Authorization Header").
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Credentials:
    """The key pair of an account, and the region that its server goes by."""

    access_key: str
    secret_key: str
    region: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked. `path` is not quoted yet; `payload` is the SHA-256 of the body in hexadecimal."""

    method: str
    host: str
    path: str
    payload: str
    query: Mapping[str, str]
    headers: Mapping[str, str]  # besides host and the two of the signature


def signed_headers(request: Request, credentials: Credentials, *, at: datetime) -> dict[str, str]:
    """This function will return the headers that go with a request, its signature among them."""
    moment = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    headers = {
        **{name.lower(): value.strip() for name, value in request.headers.items()},
        "host": request.host,
        "x-amz-content-sha256": request.payload,
        "x-amz-date": moment,
    }
    names = ";".join(sorted(headers))
    scope = f"{moment[:8]}/{credentials.region}/s3/aws4_request"
    canonical = "\n".join(
        [
            request.method,
            quoted_path(request.path),
            quoted_query(request.query),
            *(f"{name}:{headers[name]}" for name in sorted(headers)),
            "",
            names,
            request.payload,
        ]
    )
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    signature = hmac.new(
        _signing_key(credentials, moment[:8]),
        "\n".join(["AWS4-HMAC-SHA256", moment, scope, digest]).encode(),
        hashlib.sha256,
    ).hexdigest()
    given = f"Credential={credentials.access_key}/{scope},SignedHeaders={names},Signature={signature}"
    return {**headers, "authorization": f"AWS4-HMAC-SHA256 {given}"}


def quoted_path(path: str) -> str:
    """This function will return a path as it is sent and signed."""
    return quote(path, safe="/-_.~")


def quoted_query(query: Mapping[str, str]) -> str:
    """This function will return a query as it is sent and signed: sorted, every value quoted."""
    pairs = sorted((quote(key, safe="-_.~"), quote(value, safe="-_.~")) for key, value in query.items())
    return "&".join(f"{key}={value}" for key, value in pairs)


def _signing_key(credentials: Credentials, day: str) -> bytes:
    key = f"AWS4{credentials.secret_key}".encode()
    for part in (day, credentials.region, "s3", "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return key
