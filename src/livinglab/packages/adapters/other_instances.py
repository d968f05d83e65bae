"""The one place that asks another server: plain GET without redirects, to public addresses, within bytes and seconds.

Where a name leads is looked up once and judged, and that very address is connected to, so that a second look-up cannot
lead into this server's own network (server-side request forgery, CWE-918).
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from livinglab.packages.domain.federation import NotFetched, Why

_PORTS: Final = {"https": 443, "http": 80}
_LONGEST_ADDRESS: Final = 300
_CHUNK: Final = 64 * 1024
#: IPv6 prefixes that carry an IPv4 address inside: NAT64 (RFC 6052), 6to4, Teredo
_CARRIERS: Final = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "2002::/16", "2001::/32")))


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a request may go: `allowed` are `host:port` that may be private and without TLS; `seconds` for all."""

    allowed: frozenset[str] = frozenset()
    seconds: float = 20.0


@dataclass(frozen=True, slots=True)
class Instance:
    """Another instance: scheme, host and port of its address."""

    scheme: str
    host: str
    port: int

    @property
    def address(self) -> str:
        """The address as people write it: without the port where it is the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == _PORTS[self.scheme] else f":{self.port}")


def instance_at(address: str, reach: Reach) -> Instance:
    """This function will return the instance at an address such as `https://layanan.example.go.id`.

    Errors: NotFetched for another scheme, a path, a name and password, or plain http to a host that is not allowed.
    """
    try:
        parts = urlsplit(address.strip())
        host, port = parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        raise NotFetched(Why.ADDRESS, address=address[:_LONGEST_ADDRESS]) from None
    found = Instance(parts.scheme, host, port)
    is_plain = not (parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc)
    is_named = bool(host) and len(address) <= _LONGEST_ADDRESS and host.isascii() and " " not in host
    if not (is_plain and is_named and parts.scheme in _PORTS):
        raise NotFetched(Why.ADDRESS, address=address[:_LONGEST_ADDRESS])
    if parts.scheme == "http" and _place(found) not in reach.allowed:
        raise NotFetched(Why.ADDRESS, address=address[:_LONGEST_ADDRESS])
    return found


def fetch(instance: Instance, path: str, reach: Reach, *, kind: str, most_bytes: int) -> bytes:
    """This function will return what an instance answers at a path, which must be of a media type and not too large.

    Errors: NotFetched; `reach.seconds` hold for the whole answer, however slowly it drips.
    """
    connection = _Judged(instance, _judged(instance, reach), reach.seconds)
    with _closed_after(connection, reach.seconds) as is_late:
        try:
            connection.request("GET", path, headers={"Accept": kind, "Accept-Encoding": "identity"})
            found = _answer(connection.getresponse(), instance, kind, most_bytes)
        except (OSError, http.client.HTTPException, ValueError) as error:
            why = Why.SLOW if is_late.is_set() or isinstance(error, TimeoutError) else Why.UNREACHABLE
            raise _failed(why, instance, reach, type(error).__name__) from error
        else:
            if is_late.is_set():  # an answer without a length just ends where it was cut
                raise _failed(Why.SLOW, instance, reach, "")
            return found
        finally:
            connection.close()


def _failed(why: Why, instance: Instance, reach: Reach, problem: str) -> NotFetched:
    return NotFetched(why, host=instance.host, seconds=f"{round(reach.seconds, 1):g}", problem=problem)


def _answer(answer: http.client.HTTPResponse, instance: Instance, kind: str, most_bytes: int) -> bytes:
    if 300 <= answer.status < 400:
        raise NotFetched(Why.REDIRECTED, host=instance.host)
    if answer.status != http.HTTPStatus.OK:
        raise NotFetched(Why.STATUS, host=instance.host, status=str(answer.status))
    told = answer.getheader("Content-Type", "").partition(";")[0].strip().lower()
    if told != kind or answer.getheader("Content-Encoding", "identity") != "identity":
        raise NotFetched(Why.WRONG_KIND, host=instance.host, kind=told[:80] or "?", expected=kind)
    found = bytearray()
    while piece := answer.read(_CHUNK):
        found += piece
        if len(found) > most_bytes:
            raise NotFetched(Why.TOO_LARGE, host=instance.host, most=str(most_bytes // 1024))
    return bytes(found)


class _Judged(http.client.HTTPConnection):
    """A connection to an address that was judged; the certificate is that of the name."""

    def __init__(self, instance: Instance, address: str, seconds: float) -> None:
        super().__init__(instance.host, instance.port, timeout=seconds)
        self._address = address
        self._context = ssl.create_default_context() if instance.scheme == "https" else None
        #: the standard library forgets `sock` as soon as the answer begins, while its body still drips
        self.open: socket.socket | None = None

    def connect(self) -> None:
        """This function will connect, and shake hands where the address is https."""
        self.sock = self.open = socket.create_connection((self._address, self.port), self.timeout)
        if self._context is not None:
            self.sock = self.open = self._context.wrap_socket(self.sock, server_hostname=self.host)


@contextlib.contextmanager
def _closed_after(connection: _Judged, seconds: float) -> Iterator[threading.Event]:
    """Cut the connection after that many seconds: a time limit of a socket is one of each piece, not of the whole."""
    is_late = threading.Event()

    def cut() -> None:
        is_late.set()
        if connection.open is not None:
            with contextlib.suppress(OSError):
                connection.open.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield is_late
    finally:
        timer.cancel()


def _judged(instance: Instance, reach: Reach) -> str:
    """Return the address that a name leads to, if every one that it leads to may be asked."""
    try:
        found = socket.getaddrinfo(instance.host, instance.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise _failed(Why.UNREACHABLE, instance, reach, "DNS") from None
    addresses = [str(one[4][0]) for one in found]
    if _place(instance) not in reach.allowed and not all(map(_is_public, addresses)):
        raise NotFetched(Why.PRIVATE, host=instance.host, place=_place(instance))
    return addresses[0]


def _is_public(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return _is_public(str(found.ipv4_mapped))
        if any(found in carrier for carrier in _CARRIERS):
            return False
    return found.is_global and not found.is_multicast


def _place(instance: Instance) -> str:
    host = f"[{instance.host}]" if ":" in instance.host else instance.host
    return f"{host}:{instance.port}"
