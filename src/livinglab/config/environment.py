"""Reads what the environment says, and refuses to run in production without what production needs."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from psycopg.conninfo import conninfo_to_dict

from livinglab.config.evidence_places import EvidencePlaces, PlaceRefused, read_places
from livinglab.config.message_places import MessageGateway, MessagesRefused, read_gateways
from livinglab.config.outside_places import is_address
from livinglab.config.payment_places import PaymentsRefused, PaymentSystem, read_payments
from livinglab.config.register_places import RegistersRefused, RegisterSystem, read_registers
from livinglab.config.signing_places import SigningRefused, SigningService, read_service

MODES = ("demo", "production", "test")
_PLACE = re.compile(r"(?:[a-z0-9.-]+|\[[0-9a-f:.]+\]):[0-9]{1,5}")


class EnvironmentRefused(Exception):
    """A setting is missing or wrong; the message says which and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """The settings that differ from place to place. docs/settings.md lists the variables."""

    mode: str
    secret_key: str
    database_url: str
    owner_url: str
    allowed_hosts: tuple[str, ...]
    public_url: str
    var: Path
    email_url: str
    email_from: str
    trusted_proxies: int
    oidc: dict[str, str]
    evidence: EvidencePlaces
    federation_hosts: frozenset[str]
    signature_roots: str
    signing: SigningService | None
    gateways: dict[str, MessageGateway]
    payments: PaymentSystem | None
    registers: dict[str, RegisterSystem]

    @property
    def is_production(self) -> bool:
        """Whether real people use this installation."""
        return self.mode == "production"


def read_environment(variables: Mapping[str, str], root: Path) -> Environment:
    """This function will return the environment. Errors: `EnvironmentRefused` naming every missing variable."""
    mode = variables.get("LIVINGLAB_MODE", "demo")
    if mode not in MODES:
        raise EnvironmentRefused(f"LIVINGLAB_MODE is {mode!r}; it is one of {', '.join(MODES)}")
    if mode == "production":
        missing = [
            name for name in ("SECRET_KEY", "DATABASE_URL", "ALLOWED_HOSTS") if not variables.get(name)
        ]
        if missing:
            raise EnvironmentRefused(f"production needs these variables set: {', '.join(missing)}")
    hosts = variables.get("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
    return Environment(
        mode=mode,
        secret_key=variables.get("SECRET_KEY", "not-secret: commands without a server"),
        database_url=variables.get("DATABASE_URL", ""),
        owner_url=variables.get("DATABASE_OWNER_URL", ""),
        allowed_hosts=_hosts(hosts),
        public_url=_public_url(variables.get("PUBLIC_URL", ""), _hosts(hosts), mode=mode),
        var=Path(variables.get("LIVINGLAB_VAR", str(root / "var"))),
        email_url=variables.get("EMAIL_URL", ""),
        email_from=variables.get("EMAIL_FROM", "Living Lab <livinglab@localhost>"),
        trusted_proxies=_count(variables, "TRUSTED_PROXIES", default=1 if mode == "production" else 0),
        oidc={
            key.removeprefix("OIDC_").lower(): value
            for key, value in variables.items()
            if key.startswith("OIDC_")
        },
        evidence=_evidence(variables),
        federation_hosts=_places(variables.get("FEDERATION_ALLOWED_HOSTS", "")),
        signature_roots=variables.get("SIGNATURE_ROOTS", ""),
        signing=_signing(variables),
        gateways=_gateways(variables),
        payments=_payments(variables),
        registers=_registers(variables),
    )


def _hosts(listed: str) -> tuple[str, ...]:
    return tuple(host.strip() for host in listed.split(",") if host.strip())


def _public_url(given: str, hosts: tuple[str, ...], *, mode: str) -> str:
    """Return where people find this installation, for links in messages, which no request brings along."""
    if not given:
        public = [one for one in hosts if not one.startswith((".", "*")) and re.search(r"\.[a-z]{2,}$", one)]
        named = next(iter(public or [one for one in hosts if not one.startswith((".", "*"))]), "localhost")
        return f"https://{named}" if mode == "production" else "http://127.0.0.1:8000"
    parts = urlsplit(given)
    if (
        parts.scheme not in ("http", "https")
        or not parts.hostname
        or parts.path not in ("", "/")
        or parts.query
    ):
        raise EnvironmentRefused(f"PUBLIC_URL is {given!r}; it is https://HOST without a path")
    return given.removesuffix("/")


def _places(listed: str) -> frozenset[str]:
    """Return the places `host:port` of FEDERATION_ALLOWED_HOSTS, which lists them with commas between them."""
    found = frozenset(one.strip().lower() for one in listed.split(",") if one.strip())
    wrong = sorted(one for one in found if not _PLACE.fullmatch(one))
    if wrong:
        raise EnvironmentRefused(
            f"FEDERATION_ALLOWED_HOSTS names {wrong[0]!r}; it lists HOST:PORT with commas between them"
        )
    return found


def _evidence(variables: Mapping[str, str]) -> EvidencePlaces:
    try:
        return read_places(variables)
    except PlaceRefused as error:
        raise EnvironmentRefused(str(error)) from error


def _signing(variables: Mapping[str, str]) -> SigningService | None:
    try:
        return read_service(variables)
    except SigningRefused as error:
        raise EnvironmentRefused(str(error)) from error


def _gateways(variables: Mapping[str, str]) -> dict[str, MessageGateway]:
    try:
        return read_gateways(variables)
    except MessagesRefused as error:
        raise EnvironmentRefused(str(error)) from error


def _payments(variables: Mapping[str, str]) -> PaymentSystem | None:
    try:
        return read_payments(variables)
    except PaymentsRefused as error:
        raise EnvironmentRefused(str(error)) from error


def _registers(variables: Mapping[str, str]) -> dict[str, RegisterSystem]:
    try:
        return read_registers(variables)
    except RegistersRefused as error:
        raise EnvironmentRefused(str(error)) from error


def code_stamp(package: Path) -> str:
    """This function will return a short name for the code as it lies on disk: newer files, another name."""
    files = (
        path for path in package.rglob("*") if path.suffix in {".py", ".html", ".css", ".js", ".mo", ".svg"}
    )
    newest = sorted((str(path), path.stat().st_mtime_ns) for path in files)
    return hashlib.blake2b(repr(newest).encode(), digest_size=6).hexdigest()


def database(url: str, **options: Any) -> dict[str, Any]:
    """This function will return Django's settings of a database named by a libpq URL or connection string."""
    parts = conninfo_to_dict(url)
    known = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    settings = {django: str(parts.pop(libpq, "") or "") for libpq, django in known.items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **settings,
        "OPTIONS": {**parts, **options},
    }


def _count(variables: Mapping[str, str], name: str, *, default: int) -> int:
    given = variables.get(name, str(default))
    if not given.isdecimal():
        raise EnvironmentRefused(f"{name} is {given!r}; it is a whole number, 0 or more")
    return int(given)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail server to hand messages to."""

    host: str
    port: int
    user: str
    password: str
    starttls: bool
    tls: bool


def mail(url: str) -> Mail | None:
    """This function will return the mail server of ``smtp://user:password@host:587`` or ``smtps://…``; None for "".

    smtp asks for STARTTLS unless the server is this machine; smtps speaks TLS from the start. Errors:
    `EnvironmentRefused` for anything else.
    """
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise EnvironmentRefused("EMAIL_URL is smtp://user:password@host:port or smtps://…")
    tls = parts.scheme == "smtps"
    return Mail(
        host=parts.hostname,
        port=parts.port or (465 if tls else 587),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=not tls and parts.hostname not in ("localhost", "127.0.0.1", "::1"),
        tls=tls,
    )


_OIDC_NEEDS = {"client_id", "server_url"}
_OIDC_KNOWS = _OIDC_NEEDS | {"client_secret", "provider_id", "name", "scope", "authorization_origin"}
_OIDC_SCOPE = "openid profile email"


def openid_connect(oidc: Mapping[str, str]) -> dict[str, Any]:
    """This function will return allauth's settings of the OpenID Connect server; without apps when none is set.

    Errors: `EnvironmentRefused` for an OIDC_ variable that is unknown, missing beside others, or not safe.
    """
    ours = {"provider_class": "livinglab.accounts.web.openid.provider.CheckedProvider"}
    if not oidc:
        return {"openid_connect": {**ours, "APPS": []}}
    unknown, missing = sorted(oidc.keys() - _OIDC_KNOWS), sorted(_OIDC_NEEDS - oidc.keys())
    if unknown or missing:
        wrong = [f"OIDC_{one.upper()} is not known" for one in unknown]
        wrong += [f"OIDC_{one.upper()} is missing" for one in missing]
        raise EnvironmentRefused("; ".join(wrong))
    if not is_address(oidc["server_url"]):
        raise EnvironmentRefused("OIDC_SERVER_URL is the https address of the server")
    scope = oidc.get("scope", _OIDC_SCOPE).split()
    if "openid" not in scope:
        raise EnvironmentRefused(
            "OIDC_SCOPE holds openid and, with spaces between them, what else is asked for"
        )
    app = {
        "provider_id": oidc.get("provider_id", "oidc"),
        "name": oidc.get("name", "OIDC"),
        "client_id": oidc["client_id"],
        "secret": oidc.get("client_secret", ""),
        "settings": {
            "server_url": oidc["server_url"].rstrip("/"),
            "oauth_pkce_enabled": True,
            "scope": scope,
        },
    }
    return {"openid_connect": {**ours, "APPS": [app]}}


def sign_in_origins(oidc: Mapping[str, str]) -> list[str]:
    """This function will return the origins a sign-in form may lead to besides our own."""
    addresses = [oidc[key] for key in ("server_url", "authorization_origin") if key in oidc]
    parts = [urlsplit(address) for address in addresses]
    return sorted({f"{one.scheme}://{one.netloc}" for one in parts})
