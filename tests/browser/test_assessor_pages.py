"""What an external assessor, an objecting region and the ministry see: accessible, and whole on the narrowest phone."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Browser, Page, ViewportSize, expect

from livinglab.evaluations.domain.process import Step
from livinglab.evaluations.models import AssessorProfile
from livinglab.evaluations.operations import objections
from livinglab.organizations.models import University
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
    f"{HERE}/21/score/versions/",
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
        AssessorProfile.objects.filter(assessor=region.external).update(
            university=University.objects.get(code="universitas-riau")
        )
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


def test_an_assessor_types_is_cut_off_and_enters_by_keyboard(external: Page) -> None:
    external.set_viewport_size(DESKTOP)
    state = external.locator(".save-state")
    # Given an assessor whose connection breaks while typing, and who leaves the page
    external.goto(f"{HERE}/23/score/")
    external.check("#met-2")
    external.check("#level-2")
    external.locator("[name=facts]").press_sequentially("Fakta asesor.")
    expect(state).to_have_attribute("data-state", "saved")
    external.context.set_offline(True)
    external.locator("[name=facts]").press_sequentially(" Terputus.")
    expect(state).to_have_attribute("data-state", "offline")
    external.goto("about:blank")
    external.context.set_offline(False)
    # When the page is opened again, whether or not the last words left while it closed
    external.goto(f"{HERE}/23/score/")
    # Then everything typed is there and stored, the browser keeps nothing, and no level counts yet
    kept = "Object.keys(localStorage).filter(key => key.startsWith('livinglab-draft')).length"
    for _tenth in range(100):
        if external.evaluate(kept) == 0:
            break
        external.wait_for_timeout(100)
    external.reload()
    assert external.input_value("[name=facts]") == "Fakta asesor. Terputus."
    assert external.is_checked("#level-2")
    expect(external.locator("#live")).to_contain_text("belum ditetapkan")
    # And Ctrl+Enter enters it once it is complete
    external.fill("[name=analysis]", "Analisis.")
    external.fill("[name=justification]", "Justifikasi.")
    with external.expect_navigation():
        external.press("[name=justification]", "Control+Enter")
    expect(external.locator("main")).to_contain_text("Ditetapkan.")
    assert external.input_value("[name=justification]") == "Justifikasi."
    # And nothing is kept in the browser any more
    assert external.evaluate(kept) == 0


def test_two_assessors_in_one_form_choose_side_by_side(external: Page, ministry: Page) -> None:
    # Given two assessors who opened the same form
    external.set_viewport_size(DESKTOP)
    external.goto(f"{HERE}/24/score/")
    ministry.goto(f"{HERE}/24/score/")
    ministry.locator("[name=facts]").press_sequentially("Kata kementerian.")
    expect(ministry.locator(".save-state")).to_have_attribute("data-state", "saved")
    # When both wrote the same field
    external.locator("[name=facts]").press_sequentially("Kata asesor.")
    expect(external.locator(".save-state")).to_have_attribute("data-state", "conflict")
    with external.expect_navigation():
        external.get_by_role("button", name="Lihat keduanya berdampingan").click()
    # Then both stand side by side, and what is chosen is stored
    expect(external.locator(".sides")).to_contain_text("Kata kementerian.")
    expect(external.locator(".sides")).to_contain_text("Kata asesor.")
    assert axe_violations(external) == []
    external.check("#edit-facts")
    external.fill("textarea[name=facts]", "Kata kami.")
    with external.expect_navigation():
        external.get_by_role("button", name="Simpan pilihan").click()
    assert external.input_value("[name=facts]") == "Kata kami."
    kept = "Object.keys(localStorage).filter(key => key.startsWith('livinglab-draft')).length"
    assert external.evaluate(kept) == 0
