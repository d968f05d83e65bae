"""Signing in through an OpenID Connect server: who comes back is believed only for what was proven."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any, Final
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.core import mail
from django.test import Client
from pytest_django import Settings

from livinglab.accounts.adapters import openid
from livinglab.accounts.models import User
from livinglab.config.environment import openid_connect
from tests.accounts import independent_provider
from tests.accounts.openid_server import CLIENT, OTHER, OWN, SECRET, Server, public, serving, signed
from tests.accounts.people import PASSWORD
from tests.accounts.test_sign_in import _actions, _is_signed_in

pytestmark = pytest.mark.django_db
NAME: Final = "Identitas Warga"
LEAVE: Final = "/accounts/oidc/oidc/login/"
BACK: Final = "http://testserver/accounts/oidc/oidc/login/callback/"


def offered(settings: Settings, url: str) -> None:
    """Set the installation up for a server, as its variables do."""
    given = {"client_id": CLIENT, "client_secret": SECRET, "server_url": url, "name": NAME}
    settings.SOCIALACCOUNT_PROVIDERS = openid_connect(given)


@pytest.fixture
def server(settings: Settings) -> Iterator[Server]:
    with serving() as one:
        offered(settings, one.url)
        yield one


@pytest.fixture(scope="module")
def independent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a provider that was written by others, as a process of its own."""
    command = [sys.executable, independent_provider.__file__, str(tmp_path_factory.mktemp("provider")), BACK]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        assert process.stdin is not None
        process.stdin.close()
        process.wait(timeout=20)


Agree = Callable[[str], str]


@pytest.fixture(params=["ours", "independent"])
def agree(request: pytest.FixtureRequest, settings: Settings) -> Agree:
    """What the person does at a server: agree. The same tests hold for our fake and for a real one."""
    if request.param == "ours":
        return request.getfixturevalue("server").authorize  # type: ignore[no-any-return]
    offered(settings, request.getfixturevalue("independent"))
    return lambda location: requests.get(location, allow_redirects=False, timeout=20).headers["Location"]


def left(client: Client, *, then: str = "", prefix: str = "", process: str = "login") -> str:
    """Leave for the server, and return its address with our question."""
    wish = urlencode({"process": process, **({"next": then} if then else {})})
    answer = client.post(f"{prefix}{LEAVE}?{wish}")
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def returned(client: Client, back: str) -> Any:
    parts = urlsplit(back)
    return client.get(f"{parts.path}?{parts.query}")


def through(client: Client, agree: Agree, **wish: str) -> Any:
    return returned(client, agree(left(client, **wish)))


def refused(answer: Any, status: int, words: str) -> str:
    """Return the page that says why nobody was signed in; nobody was, and no account came of it."""
    page = str(answer.content.decode())
    assert answer.status_code == status, page
    assert words in page
    assert '<main id="main"' in page
    assert not _is_signed_in(answer.client)
    assert not SocialAccount.objects.exists()
    return page


# --- who the server knows -------------------------------------------------------------------------


def test_a_citizen_signs_in_by_it_and_lands_where_they_wanted_to_go(client: Client, agree: Agree) -> None:
    # Given somebody who asks for their own applications without being signed in
    answer = client.get("/me/applications/")
    page = client.get(answer["Location"]).content.decode()
    assert NAME in page
    assert f'href="{LEAVE}?process=login&amp;next=%2Fme%2Fapplications%2F"' in page
    assert NAME in client.get(f"{LEAVE}?process=login&next=/me/applications/").content.decode()
    # When they go to the server and come back
    answer = through(client, agree, then="/me/applications/")
    # Then they are there, under the name and the proven address that the server told
    assert (answer.status_code, answer["Location"]) == (302, "/me/applications/")
    assert client.get("/me/applications/").status_code == 200
    user = User.objects.get(email="sari@warga.example")
    assert (user.name, user.has_usable_password()) == ("Sari Contoh", False)
    assert EmailAddress.objects.get(user=user).verified is True
    assert _actions()[:2] == ["accounts.signed_in", "accounts.signed_up"]
    assert not SocialToken.objects.exists()
    assert SocialAccount.objects.get().extra_data == {}


def test_the_same_person_twice_is_one_account(agree: Agree) -> None:
    first, second = Client(), Client()
    through(first, agree)
    through(second, agree)
    assert first.session["_auth_user_id"] == second.session["_auth_user_id"]
    assert SocialAccount.objects.count() == 1
    assert _actions()[:3] == ["accounts.signed_in", "accounts.signed_in", "accounts.signed_up"]


def test_signing_out_ends_it_here(client: Client, agree: Agree) -> None:
    through(client, agree)
    assert client.post("/accounts/logout/").status_code == 302
    assert not _is_signed_in(client)
    assert client.get("/me/applications/").status_code == 302


def test_in_english_one_comes_back_in_english_by_the_one_address_that_is_registered(
    client: Client, agree: Agree
) -> None:
    location = left(client, prefix="/en")
    assert parse_qs(urlsplit(location).query)["redirect_uri"] == [BACK]
    assert returned(client, agree(location))["Location"] == "/en/me/"
    assert User.objects.get().language == "en"


def test_a_code_is_worth_nothing_the_second_time(client: Client, agree: Agree) -> None:
    back = agree(left(client))
    returned(client, back)
    client.post("/accounts/logout/")
    answer = returned(client, back)
    assert answer.status_code == 401
    assert "Proses masuk ini sudah tidak berlaku" in answer.content.decode()
    assert not _is_signed_in(client)


# --- what is asked, and what is not ---------------------------------------------------------------


def test_the_question_carries_a_nonce_and_pkce_and_takes_nothing_from_an_address(
    client: Client, server: Server
) -> None:
    planted = urlencode({"auth_params": "prompt=none&redirect_uri=https://evil.example/", "scope": "admin"})
    answer = client.post(f"{LEAVE}?{planted}")
    asked = parse_qs(urlsplit(answer["Location"]).query)
    assert set(asked) == {
        *("client_id", "redirect_uri", "scope", "response_type", "state"),
        *("nonce", "code_challenge", "code_challenge_method"),
    }
    assert asked["redirect_uri"] == [BACK]
    assert set(asked["scope"][0].split()) == {"openid", "profile", "email"}


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_without_a_server_there_is_no_button(client: Client, prefix: str) -> None:
    page = client.get(f"{prefix}/accounts/login/").content.decode()
    assert "oidc" not in page
    assert client.get(f"{prefix}{LEAVE}").status_code == 404


@pytest.mark.parametrize(("prefix", "words"), [("", "Atau masuk melalui"), ("/en", "Or use a third-party")])
def test_with_a_server_there_is_one_in_the_language_of_the_page(
    client: Client, server: Server, prefix: str, words: str
) -> None:
    page = client.get(f"{prefix}/accounts/login/").content.decode()
    assert words in page
    assert f'href="{prefix}{LEAVE}?process=login"' in page


def test_nobody_leaves_for_another_site_afterwards(client: Client, server: Server) -> None:
    assert through(client, server.authorize, then="https://evil.example/")["Location"] == "/me/"


# --- what is not believed -------------------------------------------------------------------------

BROKEN: Final = "Masuk melalui Identitas Warga gagal"


@pytest.mark.parametrize(
    "claims",
    [
        pytest.param({"nonce": "another"}, id="an answer to another question"),
        pytest.param({"nonce": None}, id="an answer to no question"),
        pytest.param({"exp": int(time.time()) - 3600}, id="run out"),
        pytest.param({"iat": int(time.time()) + 36000}, id="from the future"),
        pytest.param({"aud": "somebody-else"}, id="for another client"),
        pytest.param({"aud": [CLIENT, "somebody-else"]}, id="for two, without saying for whom"),
        pytest.param({"azp": "somebody-else"}, id="asked for by another client"),
        pytest.param({"iss": "https://evil.example"}, id="from another issuer"),
        pytest.param({"sub": None}, id="about nobody"),
        pytest.param({"sub": ""}, id="about nobody in particular"),
        pytest.param({"sub": "x" * 192}, id="about somebody too long"),
        pytest.param({"exp": None}, id="for ever"),
        pytest.param({"exp": "besok"}, id="until a word"),
    ],
)
def test_a_statement_that_is_not_for_us_now_signs_nobody_in(
    client: Client, server: Server, claims: dict[str, Any]
) -> None:
    server.claims = claims
    refused(through(client, server.authorize), 401, BROKEN)


@pytest.mark.parametrize(
    "sign",
    [
        pytest.param(lambda said: signed(said, OTHER), id="by another key"),
        pytest.param(lambda said: signed(said, OTHER, kid="other"), id="by a key that is not published"),
        pytest.param(lambda said: signed(said, "", algorithm="none"), id="by nobody"),
        pytest.param(lambda said: signed(said, SECRET * 4, algorithm="HS256"), id="by a shared secret"),
        pytest.param(lambda said: signed(said, OWN)[:-8] + "AAAAAAAA", id="changed on its way"),
        pytest.param(lambda said: "bukan.pernyataan", id="no statement"),
        pytest.param(lambda said: "\0", id="not even text"),
    ],
)
def test_a_statement_without_the_servers_signature_signs_nobody_in(
    client: Client, server: Server, sign: Callable[[dict[str, Any]], str]
) -> None:
    server.sign = sign
    refused(through(client, server.authorize), 401, BROKEN)


def test_a_server_that_tells_of_another_person_is_not_believed(client: Client, server: Server) -> None:
    server.claims = {"sub": "warga-0002"}
    refused(through(client, server.authorize), 401, BROKEN)


def test_a_way_back_that_was_not_begun_here_signs_nobody_in(client: Client, server: Server) -> None:
    back = server.authorize(left(Client()))
    page = refused(returned(client, back), 401, "Proses masuk ini sudah tidak berlaku")
    assert 'href="/accounts/login/"' in page
    changed = server.authorize(left(client)).replace("state=", "state=x")
    refused(returned(client, changed), 401, "Proses masuk ini sudah tidak berlaku")


def test_a_code_of_somebody_else_is_refused_by_the_proof_of_pkce(client: Client, server: Server) -> None:
    stolen = parse_qs(urlsplit(server.authorize(left(Client()))).query)["code"][0]
    own = server.authorize(left(client))
    code = parse_qs(urlsplit(own).query)["code"][0]
    refused(returned(client, own.replace(code, stolen)), 401, BROKEN)


def test_who_says_no_at_the_server_is_led_back(client: Client, server: Server) -> None:
    state = parse_qs(urlsplit(left(client)).query)["state"][0]
    answer = client.get(f"{LEAVE}callback/?error=access_denied&state={state}")
    assert answer["Location"] == "/accounts/3rdparty/login/cancelled/"
    state = parse_qs(urlsplit(left(client, then="/me/applications/")).query)["state"][0]
    answer = client.get(f"{LEAVE}callback/?error=server_error&state={state}")
    page = refused(answer, 401, "Identitas Warga tidak memasukkan Anda")
    assert 'href="/accounts/login/?next=%2Fme%2Fapplications%2F"' in page


# --- a server that fails --------------------------------------------------------------------------

AWAY: Final = "Identitas Warga tidak menjawab"


@pytest.mark.parametrize("part", ["metadata", "token", "jwks", "userinfo"])
@pytest.mark.parametrize(
    ("how", "status", "words"),
    [
        ("cut", 503, AWAY),
        ("slow", 503, AWAY),
        ("500", 503, AWAY),
        ("429", 503, AWAY),
        ("404", 401, BROKEN),
        ("302", 401, BROKEN),
        ("text", 401, BROKEN),
        ("list", 401, BROKEN),
    ],
)
def test_a_server_that_fails_is_named_and_nothing_breaks(
    client: Client,
    server: Server,
    monkeypatch: pytest.MonkeyPatch,
    part: str,
    how: str,
    status: int,
    words: str,
) -> None:
    monkeypatch.setattr(openid, "_SILENT", 0.3)
    back = server.authorize(left(client, then="/me/applications/"))
    server.mood = f"{part} {how}"
    page = refused(returned(client, back), status, words)
    assert 'href="/accounts/login/?next=%2Fme%2Fapplications%2F"' in page


@pytest.mark.parametrize(
    ("described", "mood", "status", "words"),
    [
        ({"authorization_endpoint": None}, "", 401, "Signing in through Identitas Warga failed"),
        (
            {"authorization_endpoint": "javascript:alert(1)"},
            "",
            401,
            "Signing in through Identitas Warga failed",
        ),
        ({"token_endpoint": ["a", "b"]}, "", 401, "Signing in through Identitas Warga failed"),
        ({"issuer": "https://evil.example"}, "", 401, "Signing in through Identitas Warga failed"),
        ({}, "metadata text", 401, "Signing in through Identitas Warga failed"),
        ({}, "metadata 503", 503, "Identitas Warga does not answer"),
        ({"filler": "x" * 300_000}, "", 401, "Signing in through Identitas Warga failed"),
    ],
)
def test_a_server_that_describes_itself_wrongly_is_not_gone_to(
    client: Client, server: Server, described: dict[str, Any], mood: str, status: int, words: str
) -> None:
    server.described, server.mood = described, mood
    refused(client.post(f"/en{LEAVE}"), status, words)
    assert server.asked == ["metadata"]


def test_a_server_that_is_not_there_at_all(client: Client, settings: Settings) -> None:
    offered(settings, "http://127.0.0.1:9")
    refused(client.post(LEAVE), 503, AWAY)


# --- accounts that are there already --------------------------------------------------------------


def test_an_address_with_a_password_is_not_taken_over(client: Client, server: Server, person: User) -> None:
    server.person |= {"email": person.email.upper()}
    page = refused(
        through(client, server.authorize, then="/me/applications/"),
        409,
        "Alamat surel ini sudah punya akun",
    )
    assert 'href="/accounts/login/?next=%2Fme%2Fapplications%2F"' in page
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    assert mail.outbox == []


def test_about_an_address_that_the_server_did_not_prove_nobody_is_told(
    client: Client, server: Server, person: User, settings: Settings
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"  # as in production
    server.person |= {"email": person.email, "email_verified": "true"}  # a text is no proof
    answer = through(client, server.authorize)
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/confirm-email/")
    assert not _is_signed_in(client)
    assert not SocialAccount.objects.exists()
    assert [one.to for one in mail.outbox] == [[person.email]]


def test_a_new_address_that_the_server_did_not_prove_is_proven_by_mail_first(
    client: Client, server: Server, settings: Settings
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    server.person |= {"email_verified": False}
    assert through(client, server.authorize)["Location"] == "/accounts/confirm-email/"
    assert not _is_signed_in(client)
    assert [one.to for one in mail.outbox] == [["sari@warga.example"]]


def test_an_account_is_linked_by_who_is_signed_in_to_it(client: Client, server: Server, person: User) -> None:
    server.person |= {"email": person.email}
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    answer = through(client, server.authorize, process="connect")
    assert answer["Location"] == "/accounts/3rdparty/"
    assert NAME in client.get("/accounts/3rdparty/").content.decode()
    assert _actions()[0] == "accounts.account_connected"
    client.post("/accounts/logout/")
    through(client, server.authorize)
    assert client.session["_auth_user_id"] == str(person.id)


def test_a_linked_account_that_is_closed_stays_closed(client: Client, server: Server) -> None:
    through(Client(), server.authorize)
    User.objects.update(is_active=False)
    assert through(client, server.authorize)["Location"] == "/accounts/inactive/"
    assert not _is_signed_in(client)


def test_who_has_no_address_at_the_server_is_asked_for_one(client: Client, server: Server) -> None:
    server.person = {"sub": "warga-0003", "name": ["bukan", "teks"]}
    answer = through(client, server.authorize, then="/me/applications/")
    assert answer["Location"] == "/accounts/3rdparty/signup/"
    page = client.get(answer["Location"]).content.decode()
    assert '<label for="id_email">' in page
    answer = client.post("/accounts/3rdparty/signup/", {"email": "tanpa.surel@warga.example"})
    assert answer["Location"] == "/me/applications/"
    user = User.objects.get(email="tanpa.surel@warga.example")
    assert (user.name, EmailAddress.objects.get(user=user).verified) == ("", False)
    assert _actions()[:2] == ["accounts.signed_in", "accounts.signed_up"]


def test_a_statement_that_names_no_key_is_checked_with_the_only_one(client: Client, server: Server) -> None:
    server.sign = lambda said: openid.jwt.encode(said, OWN, algorithm="RS256")
    assert through(client, server.authorize)["Location"] == "/me/"
    assert public(OWN)["kid"] == "own"
