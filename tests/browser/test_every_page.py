"""Every page, as axe and a narrow phone see it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser.conftest import LOOKS, Site, axe_violations
from tests.browser.pages import LONG, MEMBER, PUBLIC, PUSHED, in_language
from tests.browser.story import scrolled_sideways

pytestmark = pytest.mark.browser

PHONE = ViewportSize(width=390, height=844)
NARROW = ViewportSize(width=320, height=700)
TABLET = ViewportSize(width=768, height=1024)
DESKTOP = ViewportSize(width=1440, height=1000)


@pytest.fixture(scope="module")
def signed_in(chromium: Browser, site: Site) -> Iterator[Page]:
    context = chromium.new_context(base_url=site.url, viewport=PHONE)
    page = context.new_page()
    page.goto("/accounts/login/")
    page.fill("[name=login]", "sekda.sumedang@demo.example")
    page.fill("[name=password]", site.password)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/accounts/login" not in url)
    yield page
    context.close()


@pytest.fixture(scope="module")
def visitor(chromium: Browser, site: Site) -> Iterator[Page]:
    context = chromium.new_context(base_url=site.url, viewport=PHONE)
    yield context.new_page()
    context.close()


def _open(page: Page, path: str, size: ViewportSize, theme: str) -> None:
    page.set_viewport_size(size)
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light", reduced_motion="reduce")
    page.goto(path)


def _sideways(page: Page) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"scrolls sideways by {wide} px"] if wide > 0 else []


def _check(page: Page, path: str) -> list[str]:
    """Everything by day on a phone; by night on a desk what the look can change; the narrowest phone holds all."""
    _open(page, path, PHONE, "light")
    problems = axe_violations(page) + _sideways(page)
    page.set_viewport_size(NARROW)
    problems += _sideways(page) if path in PUSHED else scrolled_sideways(page)
    page.set_viewport_size(DESKTOP)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    return problems + axe_violations(page, rules=LOOKS) + _sideways(page)


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_is_accessible_and_fits(visitor: Page, path: str) -> None:
    assert _check(visitor, path) == []


@pytest.mark.parametrize("path", LONG)
def test_a_very_long_page_fits_the_narrowest_phone(visitor: Page, path: str) -> None:
    _open(visitor, path, NARROW, "light")
    assert _sideways(visitor) == []


@pytest.mark.parametrize("path", MEMBER)
def test_a_member_page_is_accessible_and_fits(signed_in: Page, path: str) -> None:
    assert _check(signed_in, path) == []


@pytest.mark.long
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [NARROW, PHONE, TABLET, DESKTOP], ids=lambda size: f"{size['width']}")
def test_every_page_in_every_look(
    visitor: Page, signed_in: Page, size: ViewportSize, theme: str, language: str
) -> None:
    rules = () if (size, theme) == (PHONE, "light") else LOOKS
    problems = {}
    for page, paths in ((visitor, PUBLIC + LONG), (signed_in, MEMBER)):
        for path in paths:
            _open(page, in_language(path, language), size, theme)
            found = axe_violations(page, rules=rules) + _sideways(page)
            if found:
                problems[path] = found
    assert problems == {}
