"""An applicant rates a service on a cheap phone without JavaScript; everybody reads what came of it."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Browser, Page, ViewportSize

from livinglab.kernel import clock
from livinglab.kernel.identifiers import new_id
from tests.browser.conftest import Site, axe_violations
from tests.browser.story import at, press
from tests.surveys import kit

pytestmark = pytest.mark.browser

PHONE = ViewportSize(width=320, height=640)


@pytest.fixture(scope="module")
def token(site: Site, django_db_blocker: Any) -> str:
    """A link about a case of a service that nine others rated."""
    with django_db_blocker.unblock(), ThreadPoolExecutor(1) as beside:  # the browser's loop keeps this thread
        return beside.submit(_asked).result()


def _asked() -> str:
    service, now = new_id(), clock.now()
    try:
        kit.enough(9, service_id=service, at=now)
        return kit.invited(kit.asked(service_id=service), at=now)
    finally:
        connections.close_all()


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def test_an_applicant_rates_a_service_on_a_phone(
    chromium: Browser, site: Site, token: str, page: Page
) -> None:
    # Given a phone that runs no scripts, and the link of a message
    plain = chromium.new_context(base_url=site.url, viewport=PHONE, java_script_enabled=False, locale="id-ID")
    phone = plain.new_page()
    here = f"/surveys/32.11/{token}/"
    page.set_viewport_size(PHONE)
    at(page, here)
    assert fits(page)

    # When one question is left out
    phone.goto(here)
    questions = phone.locator("fieldset")
    for number in range(9):
        if number != 3:
            questions.nth(number).get_by_label("Sangat Baik").check()
    phone.get_by_label("Ada lagi yang ingin disampaikan?").fill("Petugas ramah.")
    press(phone, "Kirim jawaban saya")
    # Then it is named, and everything else is still there
    assert phone.locator(".problems a").all_inner_texts() == ["Pilih satu jawaban: Bagaimana biayanya?"]
    assert phone.locator("input:checked").count() == 8
    questions.nth(3).get_by_label("Sangat Baik").check()
    press(phone, "Kirim jawaban saya")
    assert phone.get_by_role("heading", level=1).inner_text() == "Terima kasih atas jawaban Anda"
    plain.close()

    # And the same link only thanks, and leads to what everybody can read
    at(page, here)
    page.get_by_role("link", name="Lihat jawaban yang lain").click()
    assert axe_violations(page) == []
    assert fits(page)
    assert "sangat baik, 95,00 dari 100" in page.get_by_role("heading", level=1).inner_text()  # 9 × 34 + 36
    page.goto(f"/en{page.url.removeprefix(site.url)}")
    assert "very good, 95.00 of 100" in page.get_by_role("heading", level=1).inner_text()
    assert axe_violations(page) == []
    at(page, "/regions/32.11/satisfaction/")
    assert fits(page)
