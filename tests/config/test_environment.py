"""What the environment says is read once, and refused with the name of the variable when it is wrong."""

import ast
import re
from pathlib import Path

import pytest

from livinglab.config.environment import (
    EnvironmentRefused,
    Mail,
    mail,
    openid_connect,
    read_environment,
    sign_in_origins,
)

ROOT = Path(__file__).resolve().parents[2]
SOURCES = (ROOT / "src" / "livinglab" / "config", ROOT / "launcher")
PRODUCTION = {
    "LIVINGLAB_MODE": "production",
    "SECRET_KEY": "k",
    "DATABASE_URL": "postgresql://app@db/livinglab",
    "ALLOWED_HOSTS": "lab.example.go.id, www.lab.example.go.id",
}
#: set by the operating system or by Python, not by whoever runs Living Lab
FOREIGN = {
    "PATH",
    "HOME",
    "USER",
    "LANG",
    "PYTHONPATH",
    "PYTHONHOME",
    "VIRTUAL_ENV",
    "DJANGO_SETTINGS_MODULE",
}


def test_production_names_everything_that_is_missing() -> None:
    with pytest.raises(EnvironmentRefused, match="SECRET_KEY, DATABASE_URL, ALLOWED_HOSTS"):
        read_environment({"LIVINGLAB_MODE": "production"}, ROOT)


def test_production_reads_hosts_and_trusts_one_proxy() -> None:
    environment = read_environment(PRODUCTION, ROOT)
    assert environment.allowed_hosts == ("lab.example.go.id", "www.lab.example.go.id")
    assert environment.trusted_proxies == 1
    assert environment.is_production


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ({}, "https://lab.example.go.id"),
        ({"PUBLIC_URL": "https://layanan.example.go.id/"}, "https://layanan.example.go.id"),
        ({"ALLOWED_HOSTS": ".example.go.id,lab.example.go.id"}, "https://lab.example.go.id"),
    ],
)
def test_links_in_messages_begin_with_the_public_address(given: dict[str, str], url: str) -> None:
    assert read_environment({**PRODUCTION, **given}, ROOT).public_url == url


@pytest.mark.parametrize(
    "given", ["lab.example.go.id", "ftp://lab.example.go.id", "https://lab.example.go.id/a"]
)
def test_a_public_address_that_is_none_is_refused_by_name(given: str) -> None:
    with pytest.raises(EnvironmentRefused, match="PUBLIC_URL"):
        read_environment({**PRODUCTION, "PUBLIC_URL": given}, ROOT)


def test_demo_needs_nothing_and_trusts_no_proxy() -> None:
    environment = read_environment({}, ROOT)
    assert (environment.mode, environment.trusted_proxies, environment.email_url) == ("demo", 0, "")


@pytest.mark.parametrize("given", ["-1", "one", "1.5", ""])
def test_a_count_that_is_no_whole_number_is_refused_by_name(given: str) -> None:
    with pytest.raises(EnvironmentRefused, match="TRUSTED_PROXIES"):
        read_environment({**PRODUCTION, "TRUSTED_PROXIES": given}, ROOT)


def test_an_unknown_mode_is_refused_with_the_known_ones() -> None:
    with pytest.raises(EnvironmentRefused, match="demo, production, test"):
        read_environment({"LIVINGLAB_MODE": "staging"}, ROOT)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "smtp://surel:p%40ss@mail.example.go.id",
            Mail(
                host="mail.example.go.id", port=587, user="surel", password="p@ss", starttls=True, tls=False
            ),
        ),
        (
            "smtps://surel:x@mail.example.go.id:4465",
            Mail(host="mail.example.go.id", port=4465, user="surel", password="x", starttls=False, tls=True),
        ),
        (
            "smtp://localhost:25",
            Mail(host="localhost", port=25, user="", password="", starttls=False, tls=False),
        ),
        ("", None),
    ],
)
def test_a_mail_server_is_named_by_a_url(url: str, expected: Mail | None) -> None:
    assert mail(url) == expected


def test_a_mail_server_of_another_kind_is_refused() -> None:
    with pytest.raises(EnvironmentRefused, match="EMAIL_URL"):
        mail("imap://mail.example.go.id")


def test_an_openid_connect_server_is_configured_by_its_variables() -> None:
    oidc = {"client_id": "lab", "server_url": "https://sso.example.go.id/realms/asn", "name": "SSO ASN"}
    (app,) = openid_connect(oidc)["openid_connect"]["APPS"]
    assert app["client_id"] == "lab"
    assert app["name"] == "SSO ASN"
    assert app["settings"] == {
        "server_url": "https://sso.example.go.id/realms/asn",
        "oauth_pkce_enabled": True,
        "scope": ["openid", "profile", "email"],
    }
    assert sign_in_origins(oidc) == ["https://sso.example.go.id"]


def test_without_its_variables_there_is_no_openid_connect_server() -> None:
    assert openid_connect({})["openid_connect"]["APPS"] == []
    assert sign_in_origins({}) == []


def test_half_an_openid_connect_server_is_refused_by_name() -> None:
    with pytest.raises(EnvironmentRefused, match="OIDC_SECRET is not known; OIDC_SERVER_URL is missing"):
        openid_connect({"client_id": "lab", "secret": "x"})


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"server_url": "http://sso.example.go.id"}, "OIDC_SERVER_URL is the https address"),
        ({"server_url": "https://user:pass@sso.example.go.id"}, "OIDC_SERVER_URL is the https address"),
        ({"server_url": "sso.example.go.id"}, "OIDC_SERVER_URL is the https address"),
        ({"server_url": "https://sso.example.go.id", "scope": "profile email"}, "OIDC_SCOPE holds openid"),
    ],
)
def test_an_openid_connect_server_that_nobody_should_trust_is_refused(
    given: dict[str, str], words: str
) -> None:
    with pytest.raises(EnvironmentRefused, match=words):
        openid_connect({"client_id": "lab", **given})


def _variables() -> set[str]:
    """Every name that looks like an environment variable in the code that reads the environment."""
    found: set[str] = set()
    for folder in SOURCES:
        for path in folder.rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                found |= _read_by(node)
    return found - FOREIGN


def _read_by(node: ast.AST) -> set[str]:
    key: ast.expr | None = None
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
        environ = ast.unparse(node.func.value) in {"os.environ", "variables", "env", "environment"}
        key = node.args[0] if node.func.attr in {"get", "pop"} and environ else None
    elif isinstance(node, ast.Call) and ast.unparse(node.func) in {"_count", "os.getenv"}:
        key = node.args[1] if len(node.args) > 1 and ast.unparse(node.func) == "_count" else node.args[0]
    elif isinstance(node, ast.Subscript) and ast.unparse(node.value) in {"os.environ", "env", "environment"}:
        key = node.slice
    if isinstance(key, ast.Constant) and isinstance(key.value, str) and key.value.isupper():
        return {key.value}
    return set()


def test_every_variable_is_documented_and_every_documented_one_is_read() -> None:
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `([A-Z][A-Z0-9_]+)` \|", text, flags=re.MULTILINE))
    oidc = {
        f"OIDC_{one}" for one in ("CLIENT_ID", "SERVER_URL", "CLIENT_SECRET", "PROVIDER_ID", "NAME", "SCOPE")
    }
    assert documented == _variables() | oidc | {"OIDC_AUTHORIZATION_ORIGIN"}


BUCKET = {
    "EVIDENCE_S3_ENDPOINT": "https://s3.example.go.id/",
    "EVIDENCE_S3_BUCKET": "bukti",
    "EVIDENCE_S3_ACCESS_KEY": "kunci",
    "EVIDENCE_S3_SECRET_KEY": "rahasia",
}


def test_evidence_lies_in_a_folder_unless_a_bucket_is_named() -> None:
    places = read_environment({}, ROOT).evidence
    assert (places.bucket, places.clamav, places.most_bytes) == (None, "", 20 * 1024 * 1024)
    places = read_environment(
        {**BUCKET, "EVIDENCE_MAX_MB": "1", "CLAMAV_ADDRESS": "tcp://clamav:3310"}, ROOT
    ).evidence
    assert places.bucket is not None
    assert (places.bucket.endpoint, places.bucket.name) == ("https://s3.example.go.id", "bukti")
    assert (places.bucket.region, places.most_bytes) == ("us-east-1", 1024 * 1024)
    assert places.clamav == "tcp://clamav:3310"
    assert "rahasia" not in repr(places)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"EVIDENCE_MAX_MB": "0"}, "EVIDENCE_MAX_MB"),
        ({"EVIDENCE_MAX_MB": "1001"}, "EVIDENCE_MAX_MB"),
        ({"EVIDENCE_MAX_MB": "20MB"}, "EVIDENCE_MAX_MB"),
        ({"ATTACHMENTS_AN_HOUR": "0"}, "ATTACHMENTS_AN_HOUR"),
        ({"ATTACHMENTS_AN_HOUR": "many"}, "ATTACHMENTS_AN_HOUR"),
        ({**BUCKET, "EVIDENCE_S3_SECRET_KEY": ""}, "EVIDENCE_S3_SECRET_KEY"),
        ({"EVIDENCE_S3_BUCKET": "bukti"}, "EVIDENCE_S3_ENDPOINT, EVIDENCE_S3_ACCESS_KEY"),
        ({**BUCKET, "EVIDENCE_S3_ENDPOINT": "s3.example.go.id"}, "EVIDENCE_S3_ENDPOINT"),
        ({**BUCKET, "EVIDENCE_S3_ENDPOINT": "https://a:b@s3.example"}, "EVIDENCE_S3_ENDPOINT"),
        ({"CLAMAV_ADDRESS": "clamav:3310"}, "CLAMAV_ADDRESS"),
        ({"CLAMAV_ADDRESS": "unix://clamd.ctl"}, "CLAMAV_ADDRESS"),
    ],
)
def test_a_wrong_place_for_evidence_is_refused_by_name(given: dict[str, str], named: str) -> None:
    with pytest.raises(EnvironmentRefused, match=named):
        read_environment(given, ROOT)


def test_instances_in_a_network_of_ones_own_are_named_by_host_and_port() -> None:
    assert read_environment({}, ROOT).federation_hosts == frozenset()
    given = {"FEDERATION_ALLOWED_HOSTS": "10.0.0.8:8000, Layanan.Intern:443,[fd00::1]:80"}
    assert read_environment(given, ROOT).federation_hosts == {
        "10.0.0.8:8000",
        "layanan.intern:443",
        "[fd00::1]:80",
    }
    for wrong in ("10.0.0.8", "https://layanan.intern:443", "10.0.0.8:8000/x", "*:80"):
        with pytest.raises(EnvironmentRefused, match="FEDERATION_ALLOWED_HOSTS"):
            read_environment({"FEDERATION_ALLOWED_HOSTS": wrong}, ROOT)
