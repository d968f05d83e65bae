"""An officer looks for a service on a phone, as one does: in everyday words, mistyped, in a hurry."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site, axe_violations

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}


def test_an_officer_finds_a_complaints_service_on_a_phone(page: Page) -> None:
    # Given the catalogue on a phone
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto("/catalogue/", timeout=30_000)  # the first page of a fresh server
    # When she types a word with two letters swapped
    page.get_by_label("Apa yang ingin Anda lakukan?").press_sequentially("pengaduna")
    # Then the results follow while she types, and the page says what it searched
    expect(page.get_by_text("Yang dicari: “pengaduan”")).to_be_visible()
    expect(page).to_have_url(re.compile(r"q=pengaduna"))
    expect(page.locator("main mark").first).to_be_visible()
    # And each says that there is a national application
    expect(page.get_by_text("SP4N-LAPOR!").first).to_be_visible()
    # When she narrows the search to Bantul
    page.get_by_text("Daerah", exact=True).click()
    page.get_by_role("link", name="Kabupaten Bantul").click()
    expect(page).to_have_url(re.compile(r"region=34\.02"))
    assert axe_violations(page) == []
    # And opens what she finds
    page.locator(".results h3 a").first.click()
    # Then it says why not to copy it, and what nobody has told yet
    expect(page.get_by_text("pasal 36 sampai 38")).to_be_visible()
    expect(page.get_by_text("Belum diketahui.").first).to_be_visible()
    # And nothing is wider than her phone
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert axe_violations(page) == []


def test_the_search_works_without_scripts(chromium: Browser, site: Site) -> None:
    # Given a browser that runs no script
    silent = chromium.new_context(java_script_enabled=False).new_page()
    silent.goto(site.url + "/catalogue/")
    # When somebody searches and chooses a kind
    silent.get_by_label("Apa yang ingin Anda lakukan?").fill("stunting")
    silent.get_by_role("button", name="Cari").click()
    # Then the address holds the search
    expect(silent).to_have_url(re.compile(r"\?q=stunting$"))
    expect(silent.get_by_role("heading", level=1)).to_contain_text("stunting")
