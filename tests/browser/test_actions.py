"""A region's action plan: accessible in each view, whole on the narrowest phone, and across on paper."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Browser, Page, ViewportSize

from livinglab.actions.domain.states import ActionState
from livinglab.actions.operations import ledger, milestones
from tests.actions.kit import AT, Region, accepted_region, bring
from tests.browser.conftest import LOOKS, Site, axe_violations

pytestmark = pytest.mark.browser

CODE = "34.03"  # Gunungkidul; everything in its plan is made up
PASSWORD = "kata-sandi-uji-2026"
NARROW = ViewportSize(width=320, height=700)
DESKTOP = ViewportSize(width=1440, height=1000)


@pytest.fixture(scope="module")
def region(site: Site, django_db_blocker: Any) -> Region:
    """A region whose plan is under way: one action held up, one done, a milestone, and a promise."""
    with django_db_blocker.unblock(), ThreadPoolExecutor(1) as beside:  # the browser's loop keeps this thread
        return beside.submit(_region).result()


def _region() -> Region:
    try:
        found = accepted_region(CODE)
        found.coordinator.set_password(PASSWORD)
        found.coordinator.save()
        place = found.as_(found.coordinator)
        first = bring(found, 1, ActionState.BLOCKED)
        bring(found, 2, ActionState.DONE)
        milestones.add(place=place, action_id=first.id, title="Rancangan", due_on=date(2027, 3, 31), at=AT)
        gift = ledger.GiftDraft("university", "Universitas Uji", "in_kind", 25_000_000, "Pelatihan")
        ledger.enter(place=place, action_id=first.id, draft=gift, at=AT)
    finally:
        connections.close_all()
    return found


@pytest.fixture
def coordinator(chromium: Browser, site: Site, region: Region) -> Iterator[Page]:
    """The region's coordinator, signed in on a phone."""
    context = chromium.new_context(base_url=site.url, viewport=NARROW)
    page = context.new_page()
    page.goto("/accounts/login/")
    page.fill("[name=login]", region.coordinator.email)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/accounts/login" not in url)
    yield page
    context.close()


@pytest.mark.parametrize("view", ["", "accept/", "PLAN/", "PLAN/board/", "PLAN/timeline/", "PLAN/ledger/"])
def test_every_view_is_accessible_and_fits_a_phone(coordinator: Page, region: Region, view: str) -> None:
    assert (
        _problems(coordinator, f"/regions/{CODE}/actions/{view.replace('PLAN', str(region.plan.id))}") == []
    )


def test_the_page_of_an_action_is_accessible_and_fits_a_phone(coordinator: Page, region: Region) -> None:
    coordinator.goto(f"/regions/{CODE}/actions/{region.plan.id}/")
    address = coordinator.get_by_role("rowheader").get_by_role("link").first.get_attribute("href")
    assert address is not None
    assert _problems(coordinator, address) == []


def _problems(page: Page, path: str) -> list[str]:
    """Everything on a phone of 320 px; on a desk what the look can change."""
    page.set_viewport_size(NARROW)
    answer = page.goto(path)
    assert answer is not None
    found = [] if answer.status == 200 else [f"answers {answer.status}"]
    found += axe_violations(page) + _sideways(page)
    page.set_viewport_size(DESKTOP)
    return found + axe_violations(page, rules=LOOKS) + _sideways(page)


def _sideways(page: Page) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"scrolls sideways by {wide} px"] if wide > 0 else []


def test_an_action_is_moved_and_commented_without_a_mouse(coordinator: Page, region: Region) -> None:
    coordinator.set_viewport_size(DESKTOP)
    coordinator.goto(f"/regions/{CODE}/actions/{region.plan.id}/board/")
    coordinator.get_by_role("button", name="Mulai").first.press("Enter")
    coordinator.get_by_text("Keadaan aksi 3 diubah.").wait_for()
    coordinator.get_by_role("link", name="3.", exact=False).first.press("Enter")
    coordinator.get_by_role("textbox", name="Komentar").fill("Kami mulai.")
    coordinator.get_by_role("button", name="Kirim").press("Enter")
    coordinator.get_by_text("Komentar disimpan.").wait_for()
    assert axe_violations(coordinator) == []


def test_the_timeline_prints_across_an_a4_sheet(coordinator: Page, region: Region) -> None:
    coordinator.set_viewport_size(DESKTOP)
    coordinator.goto(f"/regions/{CODE}/actions/{region.plan.id}/timeline/")
    paper = coordinator.pdf(prefer_css_page_size=True).decode("latin-1")
    assert "/MediaBox [0 0 841.91998 594.95996]" in paper or "/MediaBox [0 0 842" in paper, paper[:800]
