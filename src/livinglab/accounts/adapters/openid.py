"""Asking an OpenID Connect server and checking what it says of somebody (OpenID Connect Core 1.0 and Discovery 1.0).

Nothing that it says is believed unread: its own description of itself, and the signed statement about the person.
"""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from hmac import compare_digest
from typing import Any, Final
from urllib.parse import urlsplit

import jwt
import requests
from allauth.socialaccount.providers.oauth2.client import OAuth2Error

#: how long all of one answer is waited for, and how long without a sign of life; the person looks at an empty page
SECONDS: Final = 10
_SILENT: Final = 5
_MOST: Final = 256 * 1024
_SLACK: Final = 60  # seconds by which two clocks may differ
#: signed with a key of the server's alone; one shared with us (HS256), or none, proves nothing
_ALGORITHMS: Final = (
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
    "EdDSA",
)
_CLAIMS: Final = ("iss", "sub", "aud", "exp", "iat")
_ENDPOINTS: Final = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_LONGEST_SUBJECT: Final = 191  # what the table of linked accounts holds; the standard allows 255


class Unanswered(OAuth2Error):
    """The server was not reached, was too slow, or says that the fault is its own."""


class Unacceptable(OAuth2Error):
    """The server answered something that cannot be believed or understood."""


def ask(method: str, url: str, **said: Any) -> dict[str, Any]:
    """This function will return the JSON object that the server answers. Errors: `Unanswered`, `Unacceptable`.

    At most 256 KB are read, for ten seconds; nobody is followed elsewhere.
    """
    until = time.monotonic() + SECONDS
    try:
        with requests.request(
            method, url, timeout=_SILENT, allow_redirects=False, stream=True, **said
        ) as answer:
            body = _read(answer, until)
    except requests.RequestException as error:
        raise Unanswered(f"{_place(url)} does not answer") from error
    if answer.status_code >= 500 or answer.status_code == 429:
        raise Unanswered(f"{_place(url)} answers {answer.status_code}")
    if answer.status_code not in (200, 201):
        raise Unacceptable(f"{_place(url)} answers {answer.status_code}")
    try:
        read = json.loads(body)
    except ValueError as error:
        raise Unacceptable(f"{_place(url)} answers no JSON") from error
    if not isinstance(read, dict):
        raise Unacceptable(f"{_place(url)} answers no object")
    return read


def _read(answer: requests.Response, until: float) -> bytes:
    body = b""
    for piece in answer.iter_content(8192):
        body += piece
        if len(body) > _MOST:
            raise Unacceptable("the answer is too long")
        if time.monotonic() > until:
            raise Unanswered("the answer comes in drops")
    return body


def _place(url: str) -> str:
    """Return what of an address may be told: a query could hold secrets."""
    return urlsplit(url)._replace(query="").geturl()


def description_of(url: str) -> dict[str, Any]:
    """This function will return how the server at `…/.well-known/openid-configuration` describes itself.

    Its issuer is the one we were told of, and what we need are addresses. Errors: `Unanswered`, `Unacceptable`.
    """
    said = ask("GET", url)
    missing = [name for name in _ENDPOINTS if not _is_address(said.get(name))]
    if missing:
        raise Unacceptable(f"{url} names no {', '.join(missing)}")
    issuer = said.get("issuer")
    if not isinstance(issuer, str) or issuer.rstrip("/") != url.partition("/.well-known/")[0].rstrip("/"):
        raise Unacceptable(f"{url} is of another issuer")
    return said


def _is_address(said: object) -> bool:
    return isinstance(said, str) and said.startswith(("https://", "http://"))


def person_of(
    statement: str, *, issuer: str, client: str, nonce: str, keys: Callable[[], Mapping[str, Any]]
) -> dict[str, Any]:
    """This function will return what the server states of a person, once its signature and its address hold.

    `keys` gives its public keys (JWKS). Errors: `Unacceptable` for another key, issuer, client or moment, and for a
    statement that answers another question than ours (`nonce`); `Unanswered` when the keys cannot be had.
    """
    try:
        header = jwt.get_unverified_header(statement)
        if header.get("alg") not in _ALGORITHMS:
            raise Unacceptable("the statement is not signed with a key of the server")
        claims: dict[str, Any] = jwt.decode(
            statement,
            key=_key(keys().get("keys"), header),
            algorithms=[header["alg"]],
            audience=client,
            issuer=issuer,
            leeway=_SLACK,
            options={"require": list(_CLAIMS)},
        )
    except (jwt.PyJWTError, ValueError, TypeError, KeyError) as error:
        raise Unacceptable(f"the statement does not hold: {error}") from error
    _check_address(claims, client=client, nonce=nonce)
    return claims


def _key(keys: object, header: Mapping[str, Any]) -> Any:
    """Return the key that a statement names; where it names none, the server's only one."""
    listed: Sequence[Any] = keys if isinstance(keys, list) else ()
    fitting = [one for one in listed if isinstance(one, dict) and one.get("use", "sig") == "sig"]
    if "kid" in header:
        fitting = [one for one in fitting if one.get("kid") == header["kid"]]
    if len(fitting) != 1:
        raise Unacceptable("the server publishes no such key")
    return jwt.PyJWK(fitting[0], algorithm=header["alg"]).key


def _check_address(claims: Mapping[str, Any], *, client: str, nonce: str) -> None:
    """Core 3.1.3.7, points 4, 5 and 11: said to us, and in answer to this question."""
    told = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    if claims.get("azp", client if len(told) == 1 else None) != client:
        raise Unacceptable("the statement was made for another client")
    if not nonce or not compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise Unacceptable("the statement answers another question")
    if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= _LONGEST_SUBJECT:
        raise Unacceptable("the statement names nobody")
