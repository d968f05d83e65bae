"""The pages of an evaluation without a mouse, and at 200 % zoom of a small screen: everything is reached and seen."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser.conftest import Site
from tests.evaluations.kit import Region, open_round

pytestmark = pytest.mark.browser

CODE = "33.21"  # Demak; everything in its round is made up
HERE = f"/regions/{CODE}/evaluations/2025/"
PASSWORD = "kata-sandi-uji-2025"
#: 1280 × 720 CSS pixels at 200 %
ZOOMED = ViewportSize(width=640, height=360)
NARROW = ViewportSize(width=320, height=700)
PATHS = (
    HERE,
    f"{HERE}21/",
    f"{HERE}21/evidence/",
    f"{HERE}assign/",
    f"{HERE}minutes/",
    f"{HERE}team/",
    f"{HERE}report/",
    f"/regions/{CODE}/evidence/",
    f"/regions/{CODE}/evidence/new/",
)
#: what a person without a mouse has to reach: one of a group of radio buttons stands for all
REACHABLE = """() => {
  const groups = new Set();
  const places = document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']");
  return [...places].filter((one) => {
    if (one.disabled || one.type === "hidden" || one.tabIndex < 0 || !one.checkVisibility()) return false;
    if (one.type !== "radio") return true;
    const isFirst = !groups.has(one.name);
    groups.add(one.name);
    return isFirst;
  }).length;
}"""
#: the element with the focus: its number among those met so far, and what is wrong with how it is seen
FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  if (one === window.before) return { isInside: true }; // a day has a place each for day, month, year and calendar
  window.before = one;
  const isKnown = one.dataset.met === "yes";
  one.dataset.met = "yes";
  const box = one.getBoundingClientRect();
  const label = one.closest("label") ?? document.querySelector(`label[for="${one.id}"]`);
  const ring = [one, label].filter(Boolean).some((each) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each);
    return (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none";
  });
  const name = `${one.tagName} ${one.name || one.textContent.trim().slice(0, 40)}`;
  const faults = [];
  if (!ring) faults.push(`${name}: no ring`);
  const isOut = box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth;
  if (isOut) faults.push(`${name}: out of sight`);
  return { isInside: false, isKnown, faults };
}"""
CLIPPED = """() => [...document.querySelectorAll("main button, main input, main select, main textarea, main a.button")]
  .filter((one) => one.type !== "hidden" && one.checkVisibility() && !one.closest(".spoken"))
  .filter((one) => { const box = one.getBoundingClientRect(); return box.left < -0.5 || box.right > innerWidth + 0.5; })
  .map((one) => `${one.tagName} ${one.name || one.textContent.trim().slice(0, 40)}`)"""


@pytest.fixture(scope="module")
def coordinator(chromium: Browser, site: Site, django_db_blocker: Any) -> Iterator[Page]:
    """The coordinator of a region in a round that nobody touched."""
    with django_db_blocker.unblock(), ThreadPoolExecutor(1) as beside:  # the browser's loop keeps this thread
        region = beside.submit(_demak).result()
    context = chromium.new_context(base_url=site.url, viewport=ZOOMED)
    page = context.new_page()
    page.goto("/accounts/login/")
    page.fill("[name=login]", region.coordinator.email)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/accounts/login" not in url)
    yield page
    context.close()


def _demak() -> Region:
    try:
        region = open_round(code=CODE)
        region.coordinator.set_password(PASSWORD)
        region.coordinator.save()
    finally:
        connections.close_all()
    return region


def _walk(page: Page) -> tuple[int, list[str]]:
    """Press Tab until the focus comes round again; how many places it met, and what is wrong with them."""
    faults: list[str] = []
    met = 0
    wanted = int(page.evaluate(REACHABLE))
    for _press in range(4 * wanted + 20):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is not None and focused["isInside"]:
            continue
        if focused is None or focused["isKnown"]:
            break
        met += 1
        faults += focused["faults"]
    return met, faults


@pytest.mark.parametrize("path", PATHS)
def test_everything_is_reached_by_tab_and_its_focus_is_seen(coordinator: Page, path: str) -> None:
    coordinator.set_viewport_size(ZOOMED)
    coordinator.goto(path)
    wanted = coordinator.evaluate(REACHABLE)
    assert _walk(coordinator) == (wanted, [])


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_cut_off_at_200_percent_and_on_the_narrowest_phone(coordinator: Page, path: str) -> None:
    for size in (ZOOMED, NARROW):
        coordinator.set_viewport_size(size)
        coordinator.goto(path)
        wide = coordinator.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert (size["width"], wide, coordinator.evaluate(CLIPPED)) == (size["width"], 0, [])
