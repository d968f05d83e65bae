"""Story: an officer protects the account with a passkey and later signs in with nothing else."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Site, axe_violations

pytestmark = pytest.mark.browser
OFFICER = "pj.sumedang@demo.example"


def _virtual_passkey(page: Page) -> None:
    """Chromium's own stand-in for a phone that asks for a finger."""
    session: Any = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def test_an_officer_adds_a_passkey_and_signs_in_with_it_alone(page: Page, site: Site) -> None:
    # Given an officer who signed in with a password, on this machine's name: passkeys refuse bare addresses
    local = site.url.replace("127.0.0.1", "localhost")
    _virtual_passkey(page)
    page.goto(f"{local}/accounts/login/")
    assert axe_violations(page) == []
    page.goto(f"{local}/accounts/login/?next=/accounts/2fa/webauthn/add/")
    page.get_by_label("Alamat surel").fill(OFFICER)
    page.get_by_label("Kata sandi", exact=True).fill(site.password)
    page.get_by_role("button", name="Masuk", exact=True).click()
    # When the page asks once more who it is, and a passkey is added
    page.get_by_label("Kata sandi").fill(site.password)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/accounts/2fa/webauthn/add/")
    assert axe_violations(page) == []
    page.get_by_label("Nama").fill("Ponsel kantor")
    page.get_by_label("Masuk tanpa kata sandi (passkey)").check()
    with page.expect_navigation(url=lambda address: not address.endswith("/add/")):
        page.get_by_role("button", name="Tambah", exact=True).click()
    page.goto(f"{local}/accounts/2fa/webauthn/")
    assert page.get_by_role("heading", name="Ponsel kantor").is_visible()
    assert axe_violations(page) == []
    # Then the passkey alone opens the account
    page.goto(f"{local}/accounts/logout/")
    page.locator("main").get_by_role("button", name="Keluar").click()
    page.goto(f"{local}/accounts/login/?next=/me/")
    page.get_by_role("button", name="Masuk dengan passkey").click()
    page.wait_for_url(f"{local}/me/")
    assert "verifikasi dua langkah" in page.locator("main").inner_text()


def test_a_passkey_that_cannot_be_read_is_said_on_the_page(page: Page, site: Site) -> None:
    _virtual_passkey(page)
    page.goto(site.url.replace("127.0.0.1", "localhost") + "/accounts/login/")
    page.route("**/accounts/2fa/webauthn/login/", lambda route: route.abort())
    page.get_by_role("button", name="Masuk dengan passkey").click()
    problem = page.get_by_role("alert")
    problem.wait_for()
    assert "tidak terbaca" in problem.inner_text()
