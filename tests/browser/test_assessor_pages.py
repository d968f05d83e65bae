"""What an external assessor, an objecting region and the ministry see: accessible, and whole on the narrowest phone."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Browser, Page, ViewportSize

from livinglab.evaluations.domain.process import Step
from livinglab.evaluations.models import AssessorProfile
from livinglab.evaluations.operations import objections
from tests.browser.conftest import LOOKS, Site, axe_violations
from tests.evaluations.external import advance, score, sent
from tests.evaluations.kit import AT, Region
from tests.evaluations.test_bias import consolidated

pytestmark = pytest.mark.browser

CODE = "34.02"  # Bantul; everything in its round is made up
HERE = f"/regions/{CODE}/evaluations/2025"
PASSWORD = "kata-sandi-uji-2025"
NARROW = ViewportSize(width=320, height=700)
DESKTOP = ViewportSize(width=1440, height=1000)
EXTERNAL = (
    "/evaluations/assigned/",
    f"{HERE}/score/",
    f"{HERE}/score/?show=different",
    f"{HERE}/21/score/",
    f"{HERE}/objections/",
    f"{HERE}/findings/",
    f"{HERE}/findings/A1/",
    f"{HERE}/recommendation/",
)
REGION = (f"{HERE}/score/", f"{HERE}/21/objection/", f"{HERE}/22/objection/", f"{HERE}/objections/")
MINISTRY = (
    "/evaluations/assessors/",
    "/evaluations/assessors/partners/",
    "/evaluations/bias/",
    f"{HERE}/21/score/",
)


@pytest.fixture(scope="module")
def bantul(site: Site, django_db_blocker: Any) -> Region:
    """A region in its interview: one level scored lower, objected to; another shown and not objected to."""
    with django_db_blocker.unblock(), ThreadPoolExecutor(1) as beside:  # the browser's loop keeps this thread
        return beside.submit(_bantul).result()


def _bantul() -> Region:
    try:
        region = sent(code=CODE, level=3, i21=4, i22=4)
        for user in (region.external, region.coordinator, region.ministry):
            user.set_password(PASSWORD)
            user.save()
        score(region, 2)
        score(region, 3, indicator="22")
        advance(region, Step.INTERVIEW)
        place = region.as_(region.coordinator)
        objections.raise_objection(
            place=place, indicator="21", requested_level=Decimal(4), reason="Pasal 7, halaman 3.", at=AT
        )
        AssessorProfile.objects.create(assessor=region.external, university="Universitas Uji")
        consolidated("34.01", **{f"i{key}": 2 + key % 3 for key in range(11, 20)})
    finally:
        connections.close_all()
    return region


def _signed_in(chromium: Browser, site: Site, email: str) -> Page:
    context = chromium.new_context(base_url=site.url, viewport=NARROW)
    page = context.new_page()
    page.goto("/accounts/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/accounts/login" not in url)
    return page


@pytest.fixture(scope="module")
def external(chromium: Browser, site: Site, bantul: Region) -> Iterator[Page]:
    page = _signed_in(chromium, site, bantul.external.email)
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def coordinator(chromium: Browser, site: Site, bantul: Region) -> Iterator[Page]:
    page = _signed_in(chromium, site, bantul.coordinator.email)
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def ministry(chromium: Browser, site: Site, bantul: Region) -> Iterator[Page]:
    page = _signed_in(chromium, site, bantul.ministry.email)
    yield page
    page.context.close()


def _problems(page: Page, path: str) -> list[str]:
    """Everything by day on a phone of 320 px; by night on a desk what the look can change."""
    page.set_viewport_size(NARROW)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    answer = page.goto(path)
    assert answer is not None
    found = [] if answer.status == 200 else [f"answers {answer.status}"]
    found += axe_violations(page) + _sideways(page)
    page.set_viewport_size(DESKTOP)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    return found + axe_violations(page, rules=LOOKS) + _sideways(page)


def _sideways(page: Page) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"scrolls sideways by {wide} px"] if wide > 0 else []


@pytest.mark.parametrize("path", EXTERNAL)
def test_a_page_of_the_assessor_is_accessible_and_fits(external: Page, path: str) -> None:
    assert _problems(external, path) == []


@pytest.mark.parametrize("path", REGION)
def test_a_page_of_the_objecting_region_is_accessible_and_fits(coordinator: Page, path: str) -> None:
    assert _problems(coordinator, path) == []


@pytest.mark.parametrize("path", MINISTRY)
def test_a_page_of_the_ministry_is_accessible_and_fits(ministry: Page, path: str) -> None:
    assert _problems(ministry, path) == []


def test_the_page_of_one_assessor_is_accessible_and_fits(ministry: Page, bantul: Region) -> None:
    assert _problems(ministry, f"/evaluations/assessors/{bantul.external.id}/") == []


def test_an_objection_is_settled_on_a_page_that_is_accessible_and_fits(external: Page) -> None:
    external.goto(f"{HERE}/objections/")
    settle = external.get_attribute("main a[href$='/settle/']", "href")
    assert settle is not None
    assert _problems(external, settle) == []


def test_an_assessor_saves_by_keyboard_and_what_was_not_saved_is_kept(external: Page) -> None:
    external.set_viewport_size(DESKTOP)
    # Given an assessor who writes and leaves the page without saving
    external.goto(f"{HERE}/23/score/")
    external.check("#level-2")
    external.fill("[name=facts]", "Fakta yang belum disimpan.")
    external.goto(f"{HERE}/24/score/")
    # When the page is opened again
    external.goto(f"{HERE}/23/score/")
    # Then what was typed is there, and Ctrl+Enter saves it
    assert external.input_value("[name=facts]") == "Fakta yang belum disimpan."
    assert external.is_checked("#level-2")
    external.fill("[name=analysis]", "Analisis.")
    external.fill("[name=justification]", "Justifikasi.")
    external.press("[name=justification]", "Control+Enter")
    external.wait_for_selector(".messages")
    assert external.input_value("[name=justification]") == "Justifikasi."
    # And nothing is kept in the browser any more
    assert (
        external.evaluate("Object.keys(localStorage).filter(key => key.startsWith('livinglab-score')).length")
        == 0
    )
