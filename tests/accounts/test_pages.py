"""Every page of allauth stands in our layout, speaks the reader's language and runs under a strict policy."""

import re

import pytest
from django.test import Client

from livinglab.accounts.models import User
from tests.accounts.people import PASSWORD

pytestmark = pytest.mark.django_db

FOR_VISITORS = [
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/done/",
    "/accounts/password/reset/key/x-y/",
    "/accounts/confirm-email/",
    "/accounts/confirm-email/unknown/",
    "/accounts/inactive/",
    "/accounts/3rdparty/login/cancelled/",
    "/accounts/3rdparty/login/error/",  # answers 401
]
FOR_PEOPLE = [
    "/accounts/email/",
    "/accounts/logout/",
    "/accounts/password/change/",
    "/accounts/profile/",
    "/accounts/reauthenticate/",
    "/accounts/3rdparty/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/add/",
]
#: English words that would show an untranslated text on an Indonesian page
ENGLISH = re.compile(
    r"\b(the|your|you|please|password|sign in|sign up|sign out|email address|address|remove|add|change|account|name)\b",
    re.IGNORECASE,
)


@pytest.fixture
def member(client: Client, person: User) -> Client:
    """Somebody who signed in and has just proved once more who they are."""
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def _check_frame(page: str, language: str) -> None:
    assert f'<html lang="{language}">' in page
    assert page.count("<h1>") == 1
    assert '<main id="main"' in page
    assert '<footer class="foot">' in page
    assert 'href="/static/ui/base.css"' in page


def _check_policy(page: str) -> None:
    for tag in re.findall(r"<script[^>]*>", page):
        assert "src=" in tag or 'type="application/json"' in tag, tag
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page)


def _main_text(page: str) -> str:
    main = page.split('<main id="main"', 1)[1].split("</main>", 1)[0]
    return re.sub(
        r"<[^>]+>|&[a-z#0-9]+;", " ", re.sub(r"<(script|textarea)\b.*?</\1>", " ", main, flags=re.DOTALL)
    )


@pytest.mark.parametrize("address", FOR_VISITORS)
def test_a_visitors_page_stands_in_our_layout_in_both_languages(client: Client, address: str) -> None:
    for prefix, language in (("", "id"), ("/en", "en")):
        answer = client.get(prefix + address)
        assert answer.status_code == (401 if "error" in address else 200)
        _check_frame(answer.content.decode(), language)
        _check_policy(answer.content.decode())
        assert "script-src 'self'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("address", FOR_PEOPLE)
def test_a_persons_page_stands_in_our_layout_in_both_languages(member: Client, address: str) -> None:
    for prefix, language in (("", "id"), ("/en", "en")):
        answer = member.get(prefix + address)
        assert answer.status_code == 200
        page = answer.content.decode()
        _check_frame(page, language)
        _check_policy(page)
        assert f'href="{prefix}/me/">Rina Uji</a>' in page


@pytest.mark.parametrize("address", FOR_VISITORS)
def test_a_visitors_page_is_wholly_indonesian(client: Client, address: str) -> None:
    assert ENGLISH.findall(_main_text(client.get(address).content.decode())) == []


@pytest.mark.parametrize("address", FOR_PEOPLE)
def test_a_persons_page_is_wholly_indonesian(member: Client, address: str) -> None:
    assert ENGLISH.findall(_main_text(member.get(address).content.decode())) == []


@pytest.mark.parametrize("address", [*FOR_VISITORS[:3], "/accounts/reauthenticate/", "/accounts/email/"])
def test_every_field_has_a_label_and_names_its_hint(member: Client, address: str) -> None:
    if address in FOR_VISITORS:
        member.logout()
    page = member.get(address).content.decode()
    fields = re.findall(r'<(?:input|select|textarea)(?![^>]*type="hidden")[^>]*\bid="([^"]+)"', page)
    assert fields
    for field in fields:
        assert f'<label for="{field}">' in page, field
    for described in re.findall(r'aria-describedby="([^"]+)"', page):
        for one in described.split():
            assert f'id="{one}"' in page, one


def test_a_form_with_problems_links_each_problem_to_its_field(client: Client) -> None:
    page = client.post("/accounts/login/", {}).content.decode()
    assert 'class="problems" role="alert"' in page
    assert '<a href="#id_login">' in page
    assert 'aria-invalid="true"' in page
    assert 'id="id_login_error"' in page
    _check_policy(page)


def test_the_pages_for_passkeys_bring_their_scripts_as_files(member: Client) -> None:
    page = member.get("/accounts/2fa/webauthn/add/").content.decode()
    for name in (
        "mfa/js/webauthn-json.js",
        "mfa/js/webauthn.js",
        "account/js/onload.js",
        "accounts/passkeys.js",
    ):
        assert f'<script src="/static/{name}"></script>' in page
    assert '<script id="js_data" type="application/json">' in page
    assert '<template id="passkey-problem">' in page


def test_too_many_tries_have_a_page_of_their_own(client: Client) -> None:
    for _ in range(20):
        client.post("/accounts/password/reset/", {"email": "siapa@example.go.id"})
    answer = client.post("/accounts/password/reset/", {"email": "siapa@example.go.id"})
    assert answer.status_code == 429
    _check_frame(answer.content.decode(), "id")
    assert "Terlalu banyak percobaan" in answer.content.decode()
