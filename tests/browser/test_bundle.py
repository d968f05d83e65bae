"""What a running service proves, on the page of the region that runs it, on a phone."""

import pytest
from playwright.sync_api import expect

from tests.browser.story import Desk, at

pytestmark = pytest.mark.browser


def test_what_a_service_proves_fits_a_phone(desk: Desk) -> None:
    page = desk("sekda.teladan")
    page.set_viewport_size({"width": 360, "height": 740})
    at(page, "/regions/99.71/services/sktm/evidence/")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Yang dibuktikan “Surat Keterangan Tidak Mampu”"
    )
    expect(page.get_by_role("button", name="Jadikan bukti dukung")).to_be_visible()
    expect(page.locator("svg.process-picture")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
