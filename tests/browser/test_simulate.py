"""A visitor tries levels out: at once with scripts, by whole pages without, always with an address to share."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site, axe_violations

pytestmark = pytest.mark.browser
PATIENCE = 20_000  # milliseconds; a busy machine is no fault of the page
START = "/en/regions/14.08/simulate/"


def test_levels_are_tried_out_by_keyboard_and_the_address_says_which(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(base_url=site.url)
    page = context.new_page()
    page.goto(START)
    page.evaluate("document.documentElement.dataset.loadedOnce = 'yes'")

    page.get_by_role("button", name="Raise indicator 21", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?to=21:3$"), timeout=PATIENCE)
    expect(page.locator("h1")).to_contain_text("With these levels Siak would stand at")
    expect(page.get_by_role("button", name="Raise indicator 21", exact=True)).to_be_focused()

    page.get_by_label("Level of indicator 32").select_option("4")
    expect(page).to_have_url(re.compile(r"\?to=21:3,32:4$"), timeout=PATIENCE)
    expect(page.get_by_text("A fall gives no effort back.")).to_be_visible()

    page.get_by_label("Share of claimed steps that is accepted").select_option("80")
    expect(page).to_have_url(re.compile(r"\?to=21:3,32:4&accept=80$"), timeout=PATIENCE)
    expect(page.get_by_text("(everything claimed) is confirmed with a chance of 80%")).to_be_visible()

    assert page.evaluate("document.documentElement.dataset.loadedOnce") == "yes", "the page was loaded anew"
    assert axe_violations(page) == []

    page.get_by_role("link", name="Make a plan with these levels").click()
    expect(page).to_have_url(re.compile(r"/plan/\?lock=21:3$"), timeout=PATIENCE)
    context.close()


def test_without_scripts_every_button_works_by_itself(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(base_url=site.url, java_script_enabled=False)
    page: Page = context.new_page()
    page.goto(START)
    page.get_by_role("button", name="Raise indicator 21", exact=True).click()
    assert page.url.endswith("?to=21:3")
    page.get_by_label("Level of indicator 22").select_option("4")
    page.get_by_role("button", name="Work it out").click()
    assert page.url.endswith("?to=21:3,22:4")
    page.get_by_role("button", name="Lower indicator 21", exact=True).click()
    assert page.url.endswith("?to=22:4")
    context.close()
