"""A photo on a phone: made smaller before it is sent, kept, looked at, removed; and the same without script."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.browser.conftest import Site
from tests.browser.story import PHONE, looked_at, press

pytestmark = pytest.mark.browser

FIELD = "Foto atau dokumen (boleh dikosongkan)"


def _photo(size: tuple[int, int], name: str) -> FilePayload:
    """Return a photo as a phone takes it: large, of grainy surfaces."""
    out = BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(out, "JPEG", quality=92)
    return {"name": name, "mimeType": "image/jpeg", "buffer": out.getvalue()}


def _begun(page: Page) -> str:
    """Return the address of the page of a complaint that takes a photo."""
    page.goto("/apply/99.71/pengaduan/")
    press(page, "Ajukan permohonan")
    address = page.url.rsplit("/form/", 1)[0] + "/form/where/"
    page.goto(address)
    return address


def _sizes(page: Page) -> tuple[int, int]:
    """Return the width and height of the file that the check page leads to."""
    with page.expect_download() as coming:
        page.locator(".answered").get_by_role("link", name=".jpg").click()
    with Image.open(coming.value.path()) as opened:
        return opened.size


def test_a_photo_is_made_smaller_on_the_phone_kept_and_removed(phone: Page) -> None:
    # Given somebody who complains on a phone
    address = _begun(phone)
    looked_at(phone, "attachment-empty")
    # When they take a photo that is larger than what is taken, then it is made smaller before it leaves
    photo = _photo((4000, 3000), "IMG 0001.jpg")
    assert len(photo["buffer"]) > 4 * 1024 * 1024
    phone.get_by_label(FIELD).set_input_files(photo)
    expect(phone.locator("output[for=photo]")).to_contain_text("Foto diperkecil: ")
    phone.get_by_label("Tempat persisnya").fill("Depan Pasar Contoh")
    with phone.expect_navigation():
        phone.get_by_role("button", name="Lanjut", exact=True).last.click()
    phone.goto(address)
    expect(phone.locator("main")).to_contain_text("Sudah dilampirkan: IMG 0001.jpg")
    looked_at(phone, "attachment-kept")
    # And what is kept is what was made
    phone.goto(address.replace("/form/where/", "/check/"))
    looked_at(phone, "attachment-check")
    assert _sizes(phone) == (1600, 1200)
    # And the button takes it away, and loses nothing that was typed
    phone.goto(address)
    press(phone, "Hapus berkas ini")
    expect(phone.locator("main")).not_to_contain_text("Sudah dilampirkan")
    expect(phone.get_by_label("Tempat persisnya")).to_have_value("Depan Pasar Contoh")
    # And what is no photo is said at its field
    phone.get_by_label(FIELD).set_input_files(
        {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": b"MZ" + bytes(400_000)}
    )
    press(phone, "Lanjut")
    expect(phone.locator("#photo-error")).to_contain_text("Hanya PDF atau foto (JPEG, PNG)")
    looked_at(phone, "attachment-refused")


def test_without_scripts_a_photo_is_kept_as_it_was_taken(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(
        base_url=site.url, viewport=PHONE, locale="id-ID", java_script_enabled=False, accept_downloads=True
    )
    page = context.new_page()
    address = _begun(page)
    page.get_by_label(FIELD).set_input_files(_photo((1800, 900), "foto.jpg"))
    press(page, "Lanjut")
    page.goto(address.replace("/form/where/", "/check/"))
    assert _sizes(page) == (1800, 900)
    context.close()
