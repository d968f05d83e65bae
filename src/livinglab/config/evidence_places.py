"""Where evidence lies and who scans it, as the environment says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

_S3: Final = (
    "EVIDENCE_S3_ENDPOINT",
    "EVIDENCE_S3_BUCKET",
    "EVIDENCE_S3_ACCESS_KEY",
    "EVIDENCE_S3_SECRET_KEY",
)
DEFAULT_MEGABYTES: Final = "20"
DEFAULT_MEGABYTES_ATTACHED: Final = "8"
DEFAULT_ATTACHED_AN_HOUR: Final = "300"
_MOST_AN_HOUR: Final = 100_000
MEGABYTE: Final = 1024 * 1024


class PlaceRefused(ValueError):
    """A variable about evidence is missing or wrong; the message names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """A bucket of an S3-compatible server."""

    endpoint: str
    name: str
    region: str
    access_key: str
    secret_key: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidencePlaces:
    """`bucket` None: a folder of this machine. `clamav` empty: no scanner.

    `most_bytes` of a piece of evidence, `most_attached` of a file that belongs to an application; `attached_an_hour`
    such files are taken from one address.
    """

    most_bytes: int
    most_attached: int
    attached_an_hour: int
    bucket: Bucket | None
    clamav: str


def read_places(variables: Mapping[str, str]) -> EvidencePlaces:
    """This function will return what the variables about evidence say. Errors: `PlaceRefused`."""
    return EvidencePlaces(
        most_bytes=_megabytes(
            "EVIDENCE_MAX_MB", variables.get("EVIDENCE_MAX_MB", DEFAULT_MEGABYTES), most=1000
        ),
        most_attached=_megabytes(
            "ATTACHMENT_MAX_MB", variables.get("ATTACHMENT_MAX_MB", DEFAULT_MEGABYTES_ATTACHED), most=50
        ),
        attached_an_hour=_an_hour(variables.get("ATTACHMENTS_AN_HOUR", DEFAULT_ATTACHED_AN_HOUR)),
        bucket=_bucket(variables),
        clamav=_clamav(variables),
    )


def _megabytes(name: str, size: str, *, most: int) -> int:
    if not size.isdecimal() or not 1 <= int(size) <= most:
        raise PlaceRefused(f"{name} is {size!r}; it is a whole number of megabytes, 1 to {most}")
    return int(size) * MEGABYTE


def _an_hour(count: str) -> int:
    if not count.isdecimal() or not 1 <= int(count) <= _MOST_AN_HOUR:
        raise PlaceRefused(
            f"ATTACHMENTS_AN_HOUR is {count!r}; it is a whole number of files, 1 to {_MOST_AN_HOUR}"
        )
    return int(count)


def _bucket(variables: Mapping[str, str]) -> Bucket | None:
    given = {
        "EVIDENCE_S3_ENDPOINT": variables.get("EVIDENCE_S3_ENDPOINT", ""),
        "EVIDENCE_S3_BUCKET": variables.get("EVIDENCE_S3_BUCKET", ""),
        "EVIDENCE_S3_ACCESS_KEY": variables.get("EVIDENCE_S3_ACCESS_KEY", ""),
        "EVIDENCE_S3_SECRET_KEY": variables.get("EVIDENCE_S3_SECRET_KEY", ""),
    }
    if not any(given.values()):
        return None
    if missing := [name for name, value in given.items() if not value]:
        raise PlaceRefused(f"a bucket for evidence also needs these variables: {', '.join(missing)}")
    endpoint = given["EVIDENCE_S3_ENDPOINT"].rstrip("/")
    parts = urlsplit(endpoint)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path or "@" in parts.netloc:
        raise PlaceRefused(
            "EVIDENCE_S3_ENDPOINT is the origin of the server, such as https://s3.example.go.id"
        )
    return Bucket(
        endpoint=endpoint,
        name=given["EVIDENCE_S3_BUCKET"],
        region=variables.get("EVIDENCE_S3_REGION", "us-east-1"),
        access_key=given["EVIDENCE_S3_ACCESS_KEY"],
        secret_key=given["EVIDENCE_S3_SECRET_KEY"],
    )


def _clamav(variables: Mapping[str, str]) -> str:
    address = variables.get("CLAMAV_ADDRESS", "")
    if not address:
        return ""
    parts = urlsplit(address)
    is_tcp = parts.scheme == "tcp" and bool(parts.hostname)
    if not is_tcp and not (parts.scheme == "unix" and parts.path.startswith("/")):
        raise PlaceRefused(f"CLAMAV_ADDRESS is {address!r}; it is tcp://HOST:3310 or unix:///PATH")
    return address
