"""Observe, as a regional secretary would: where do we stand, who is ahead, and what are the figures?"""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site, axe_violations

pytestmark = pytest.mark.browser

# the edge that each kind of tile shows when it has the focus
RINGS = """() => Object.fromEntries([...document.querySelectorAll("svg a[href*='/regions/']")]
  .filter((tile) => tile.getClientRects().length)
  .map((tile) => {
    tile.focus();
    const { stroke, strokeWidth } = getComputedStyle(tile);
    return [tile.classList[0], `${stroke} ${strokeWidth}`];
  }))"""


def test_a_secretary_finds_her_region_and_compares_it_with_siak(page: Page) -> None:
    # Given the country page
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", "id")
    # When she opens Sumedang from the list of all regions
    page.goto("/regions/?q=sumedang")
    page.get_by_role("link", name=re.compile("Sumedang")).first.click()
    # Then she sees the published index with its domains
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sumedang")
    for figure in ("4,51", "5,00", "4,30", "3,91", "4,69"):
        expect(page.locator("main")).to_contain_text(figure)
    # And when she compares with Siak
    page.goto("/compare/?regions=32.11,14.08")
    for figure in ("4,51", "3,54", "2,60", "1,73"):
        expect(page.locator("main")).to_contain_text(figure)
    assert axe_violations(page) == []


def test_a_reader_changes_the_year(page: Page) -> None:
    # Given Sumedang's portrait
    page.goto("/regions/32.11/")
    # When the reader chooses 2023
    page.goto("/regions/32.11/?year=2023")
    # Then the index of that year stands there
    expect(page.locator("main")).to_contain_text("4,14")


def test_a_reader_switches_to_english_and_stays_on_the_page(page: Page) -> None:
    # Given Sumedang's portrait in Indonesian
    page.goto("/regions/32.11/")
    # When the reader chooses English
    page.get_by_role("link", name="English").first.click()
    # Then the same page stands there in English, with an English decimal point
    expect(page).to_have_url(re.compile(r"/en/regions/32\.11/$"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("main")).to_contain_text("4.51")
    assert axe_violations(page) == []


def test_a_portrait_reads_and_prints_without_scripts(chromium: Browser, site: Site) -> None:
    # Given a browser that runs no script
    context = chromium.new_context(java_script_enabled=False)
    silent = context.new_page()
    # When it opens the portrait
    silent.goto(site.url + "/regions/32.11/")
    # Then the figures are there, also on paper
    expect(silent.locator("main")).to_contain_text("4,51")
    silent.emulate_media(media="print")
    expect(silent.locator("main svg").first).to_be_visible()
    assert len(silent.pdf()) > 10_000
    context.close()


def test_an_unknown_region_says_what_is_known(page: Page) -> None:
    # Given a mistyped code
    answer = page.goto("/regions/32.99/")
    # Then the page says so and offers regions that exist
    assert answer is not None
    assert answer.status == 404
    expect(page.locator("main")).to_contain_text("32.99")
    assert page.locator("main a[href*='/regions/32.']").count() >= 1
    assert axe_violations(page) == []


def test_the_map_is_walked_with_the_keyboard(page: Page) -> None:
    # Given the country page
    page.goto("/")
    tiles = page.locator("svg a[href*='/regions/'][tabindex='0']:visible")
    # Then the whole map is one tab stop
    expect(tiles).to_have_count(1)
    # When the reader arrives there and presses an arrow
    tiles.first.focus()
    before = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("ArrowRight")
    after = page.evaluate("document.activeElement.getAttribute('href')")
    # Then the focus is on a neighbour, which is ringed in the colour of focus whatever its predicate
    assert before != after
    rings = page.evaluate(RINGS)
    assert rings.keys() >= {"b1", "b2", "b3", "b4", "b5", "b0"}
    assert set(rings.values()) == {"rgb(159, 43, 54) 3.5px"}
    # And Enter opens it
    page.locator(f"svg a[href='{after}']:visible").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(re.escape(str(after))))
