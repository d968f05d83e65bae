"""A server on loopback that speaks OpenID Connect: signs people in by a code, and fails as real ones do."""

import base64
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_urlsafe
from typing import Any, Final
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT: Final = "living-lab"
SECRET: Final = "rahasia-uji"
PERSON: Final = {
    "sub": "warga-0001",
    "name": "Sari Contoh",
    "email": "sari@warga.example",
    "email_verified": True,
}
_HOUR: Final = 3600


def key_pair() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


OWN: Final = key_pair()
OTHER: Final = key_pair()


@dataclass
class Server:
    """The server's person and its moods, and what it was asked.

    `mood` names the part that fails and how ("token 500", "jwks slow", "metadata cut", "metadata text");
    `claims` changes what it states; `sign` how the statement is signed.
    """

    url: str = ""
    mood: str = ""
    person: dict[str, Any] = field(default_factory=lambda: dict(PERSON))
    claims: dict[str, Any] = field(default_factory=dict)
    described: dict[str, Any] = field(default_factory=dict)
    sign: Callable[[dict[str, Any]], str] | None = None
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    tokens: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)

    def authorize(self, location: str) -> str:
        """This method will do what the person does at the server: agree. It returns where they are sent back to."""
        asked = {name: said[0] for name, said in parse_qs(urlsplit(location).query).items()}
        assert (asked["client_id"], asked["response_type"]) == (CLIENT, "code")
        assert asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"].split()
        code = token_urlsafe(16)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/jwks",
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            **self.described,
        }

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        """This method will give a statement for a code: once, to the client that asked, with the proof of PKCE."""
        asked = self.codes.pop(form.get("code", ""), None)
        challenge = base64.urlsafe_b64encode(sha256(form.get("code_verifier", "").encode()).digest())
        known = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if authorization != f"Basic {known}":
            return 401, {"error": "invalid_client"}
        if (
            asked is None
            or asked["redirect_uri"] != form.get("redirect_uri")
            or challenge.rstrip(b"=").decode() != asked["code_challenge"]
        ):
            return 400, {"error": "invalid_grant"}
        access = token_urlsafe(16)
        self.tokens.add(access)
        return 200, {"access_token": access, "token_type": "Bearer", "id_token": self._statement(asked)}

    def _statement(self, asked: dict[str, str]) -> str:
        now = int(time.time())
        said = {"iss": self.url, "aud": CLIENT, "sub": self.person["sub"], "iat": now, "exp": now + _HOUR}
        said |= {"nonce": asked["nonce"]} if "nonce" in asked else {}
        said = {name: value for name, value in {**said, **self.claims}.items() if value is not None}
        return self.sign(said) if self.sign else signed(said, OWN)


def signed(claims: dict[str, Any], key: Any, *, algorithm: str = "RS256", kid: str = "own") -> str:
    """This function will sign claims as a server does."""
    return jwt.encode(claims, key, algorithm=algorithm, headers={"kid": kid})


def public(key: rsa.RSAPrivateKey) -> dict[str, Any]:
    """This function will return the public half of a key as JWKS lists it."""
    described = jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
    return {**described, "kid": "own", "use": "sig", "alg": "RS256"}


class _Handler(BaseHTTPRequestHandler):
    one: Server

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        bearer = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if path == "/.well-known/openid-configuration":
            self._answer("metadata", 200, self.one.metadata())
        elif path == "/authorize":
            self._page(self.one.authorize(self.path))
        elif path == "/jwks":
            self._answer("jwks", 200, {"keys": [public(OWN)]})
        elif path == "/userinfo" and bearer in self.one.tokens:
            self._answer("userinfo", 200, self.one.person)
        else:
            self._answer("userinfo", 401, {})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: said[0] for name, said in parse_qs(body).items()}
        self._answer("token", *self.one.token(form, self.headers.get("Authorization", "")))

    def _page(self, back: str) -> None:
        """What a person sees at the server."""
        body = (
            f'<!doctype html><html lang="id"><title>Uji</title><a href="{escape(back)}">Setuju</a>'.encode()
        )
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body)

    def _answer(self, part: str, status: int, said: object) -> None:
        self.one.asked.append(part)
        failing, _, how = self.one.mood.partition(" ")
        how = how if failing == part else ""
        if how == "cut":
            self.connection.close()
            return
        if how == "slow":
            time.sleep(1)
        body = {"text": b"<html>Pemeliharaan</html>", "list": b"[]"}.get(how, json.dumps(said).encode())
        self.send_response(int(how) if how.isdecimal() else status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        with suppress(OSError):  # who asked went away
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Be quiet."""


@contextmanager
def serving() -> Iterator[Server]:
    """This function will run the server on loopback for a block."""
    one = Server()
    handler = type("Handler", (_Handler,), {"one": one})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    one.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield one
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
