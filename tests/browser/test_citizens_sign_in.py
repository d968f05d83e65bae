"""A citizen signs in on a phone by an identity that another server keeps."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.accounts.openid_server import Server
from tests.browser.story import at, looked_at, press

pytestmark = pytest.mark.browser
OWN = "/me/applications/"
NAME = "Identitas Warga"


@pytest.fixture
def server(identity: Server) -> Iterator[Server]:
    """The server in a good mood, before and after."""
    kept = dict(identity.person)
    yield identity
    identity.mood, identity.person = "", kept


@pytest.mark.parametrize(("prefix", "go_on"), [("", "Lanjut"), ("/en", "Continue")])
def test_a_citizen_goes_to_the_server_and_comes_back_to_where_they_wanted_to_be(
    phone: Page, server: Server, prefix: str, go_on: str
) -> None:
    # Given somebody who asks for their applications on a phone
    server.person |= {"sub": f"warga{prefix}", "email": f"sari{prefix[1:]}@warga.example"}
    phone.goto(f"{prefix}{OWN}")
    looked_at(phone, f"identity-sign-in{prefix[1:]}")
    # When they choose the server, and agree there
    phone.get_by_role("link", name=NAME).click()
    looked_at(phone, f"identity-leave{prefix[1:]}")
    press(phone, go_on)
    phone.get_by_role("link", name="Setuju").click()
    # Then they are where they wanted to be
    phone.wait_for_url(f"**{prefix}{OWN}")
    expect(phone.get_by_role("link", name="Sari Contoh")).to_be_attached()
    at(phone, f"{prefix}/accounts/3rdparty/")
    looked_at(phone, f"identity-linked{prefix[1:]}")
