"""A study visit on its pages: accessible at each state, and whole on the narrowest phone."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Browser, Page, ViewportSize

from livinglab.visits.domain.process import VisitState
from tests.browser.conftest import Site, axe_violations
from tests.visits import kit

pytestmark = pytest.mark.browser

HOST, VISITOR = "33.14", "33.08"  # Sragen and Magelang; everything about them here is made up
PASSWORD = "kata-sandi-uji-2026"
NARROW = ViewportSize(width=320, height=700)
DESKTOP = ViewportSize(width=1440, height=1000)


@pytest.fixture(scope="module")
def paths(site: Site, django_db_blocker: Any) -> dict[str, str]:
    """The addresses of a visit at three states and of what one of them ended in; and who opens them."""
    with django_db_blocker.unblock(), ThreadPoolExecutor(1) as beside:  # the browser's loop keeps this thread
        return beside.submit(_paths).result()


def _paths() -> dict[str, str]:
    try:
        who = kit.scene(HOST, VISITOR)
        who.visitor_head.set_password(PASSWORD)
        who.visitor_head.save()
        commitment = kit.committed(who)
        declined = kit.AT_STATE[VisitState.DECLINED](who)
        minuted = kit.AT_STATE[VisitState.MINUTED](who)
    finally:
        connections.close_all()
    return {
        "email": who.visitor_head.email,
        "own": f"/regions/{VISITOR}/visits/",
        "ask": f"/regions/{HOST}/visits/ask/?instrument=spbe-2020&steps=21:4",
        "declined": f"/visits/{declined.id}/",
        "minuted": f"/visits/{minuted.id}/",
        "commit": f"/visits/{minuted.id}/commit/",
        "commitment": f"/commitments/{commitment.id}/",
    }


@pytest.fixture
def head(chromium: Browser, site: Site, paths: dict[str, str]) -> Iterator[Page]:
    """The visitor's head of region, signed in on a phone."""
    context = chromium.new_context(base_url=site.url, viewport=NARROW)
    page = context.new_page()
    page.goto("/accounts/login/")
    page.fill("[name=login]", paths["email"])
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/accounts/login" not in url)
    yield page
    context.close()


def test_every_page_is_accessible_and_fits_a_phone(head: Page, paths: dict[str, str]) -> None:
    found = []
    for name in ("own", "ask", "declined", "minuted", "commit", "commitment"):
        for size in (NARROW, DESKTOP):
            head.set_viewport_size(size)
            head.goto(paths[name])
            wide = head.evaluate("document.documentElement.scrollWidth") - size["width"]
            found += [f"{name} at {size['width']}: {wide} px too wide"] if wide > 0 else []
            found += [f"{name}: {one}" for one in axe_violations(head)]
    assert found == []


def test_a_wrong_request_stays_in_the_form_with_the_focus_on_what_is_wrong(
    head: Page, paths: dict[str, str]
) -> None:
    head.goto(paths["ask"])
    head.get_by_role("button", name="Kirim permintaan").click()
    problems = head.get_by_role("alert")
    assert "Sebutkan apa yang ingin dilihat dan dipelajari." in problems.inner_text()
    assert head.locator("#indicator-1").input_value() == "21"
    assert axe_violations(head) == []
