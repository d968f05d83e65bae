"""Every page, as axe and a narrow phone see it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser.conftest import Site, axe_violations
from tests.browser.pages import MEMBER, PUBLIC, in_language

pytestmark = pytest.mark.browser

PHONE = ViewportSize(width=390, height=844)
NARROW = ViewportSize(width=320, height=700)
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


def _look(page: Page, path: str, size: ViewportSize, theme: str) -> list[str]:
    page.set_viewport_size(size)
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    page.goto(path)
    problems = axe_violations(page)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wide > 0:
        problems.append(f"scrolls sideways by {wide} px")
    return problems


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_is_accessible_by_day_on_a_phone_and_by_night_on_a_desk(
    visitor: Page, path: str
) -> None:
    assert _look(visitor, path, PHONE, "light") == []
    assert _look(visitor, path, DESKTOP, "dark") == []


@pytest.mark.parametrize("path", MEMBER)
def test_a_member_page_is_accessible_by_day_on_a_phone_and_by_night_on_a_desk(
    signed_in: Page, path: str
) -> None:
    assert _look(signed_in, path, PHONE, "light") == []
    assert _look(signed_in, path, DESKTOP, "dark") == []


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_fits_the_narrowest_phone(visitor: Page, path: str) -> None:
    visitor.set_viewport_size(NARROW)
    visitor.goto(path)
    wide = visitor.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0


@pytest.mark.long
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [NARROW, PHONE, ViewportSize(width=768, height=1024), DESKTOP], ids=str)
def test_every_page_in_every_look(
    visitor: Page, signed_in: Page, size: ViewportSize, theme: str, language: str
) -> None:
    problems = {}
    for page, paths in ((visitor, PUBLIC), (signed_in, MEMBER)):
        for path in paths:
            found = _look(page, in_language(path, language), size, theme)
            if found:
                problems[path] = found
    assert problems == {}
