"""A service is tried on its pages: without an account, without JavaScript, on a phone and by keyboard."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser.conftest import Site, axe_violations
from tests.browser.story import press

pytestmark = pytest.mark.browser

NARROW = ViewportSize(width=320, height=700)
SHOTS = os.environ.get("LIVINGLAB_SHOTS", "")


def looked_at(page: Page, name: str) -> None:
    """Have axe look at a page, and see that nothing of it lies beyond the edge."""
    assert axe_violations(page) == []
    width = page.evaluate("() => [document.documentElement.scrollWidth, window.innerWidth]")
    assert width[0] <= width[1], f"{name} is wider than the screen"
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)


def choose(page: Page, label: str) -> None:
    page.get_by_label(label, exact=True).check()


def test_a_visitor_is_citizen_officer_and_head_and_sees_the_standard_breached(page: Page) -> None:
    # Given a service that anybody may try
    page.goto("/try/")
    looked_at(page, "list")
    page.get_by_role("link", name="Surat Keterangan Tidak Mampu").click()
    looked_at(page, "package")
    press(page, "Coba sekarang")
    looked_at(page, "begun")
    assert "orang rekaan" in page.inner_text("main")

    # When the citizen fills in the form, one thing per page
    page.get_by_role("link", name="Isi permohonan").click()
    page.get_by_label("Nama lengkap").fill("Warga Contoh")
    page.get_by_label("Nomor induk kependudukan (NIK)").fill("3211010101900001")
    press(page, "Lanjut")
    # Then a number that could be somebody's is refused, and the summary leads to it
    looked_at(page, "refused-nik")
    assert "NIK sungguhan" in page.inner_text(".problems")
    page.locator(".problems a").click()
    assert page.evaluate("document.activeElement.id") == "nik"
    page.get_by_label("Nomor induk kependudukan (NIK)").fill("9999010101900001")
    press(page, "Lanjut")
    page.get_by_label("Desa atau kelurahan").select_option("99.71.01.2001")
    page.get_by_label("Alamat").fill("Jalan Contoh 1")
    press(page, "Lanjut")
    choose(page, "Sekolah atau kuliah")
    press(page, "Lanjut")
    looked_at(page, "brought-up")
    page.get_by_label("Nama sekolah atau kampus (boleh dikosongkan)").fill("SMP Contoh")
    press(page, "Lanjut")
    page.get_by_label("Jumlah anggota keluarga").fill("4")
    page.get_by_label("Penghasilan keluarga sebulan (Rp)").fill("1.600.000")
    press(page, "Lanjut")
    # going back, what was typed is still there
    page.get_by_role("link", name="Kembali").click()
    assert page.get_by_label("Jumlah anggota keluarga").input_value() == "4"
    press(page, "Lanjut")
    choose(page, "Ya")
    press(page, "Lanjut")
    looked_at(page, "check")
    assert "Rp1.600.000" in page.inner_text("main")
    press(page, "Kirim permohonan")
    looked_at(page, "receipt")
    page.get_by_role("link", name="Lihat keadaannya").click()

    # When nobody works on it until after the deadline
    press(page, "Lewati batas waktu berikutnya")
    # Then the step is late
    looked_at(page, "late")
    assert "terlambat sejak" in page.inner_text(".stands .late")

    # When the village officer checks and the head of village signs
    press(page, "Petugas desa")
    page.get_by_role("link", name="Periksa permohonan").click()
    looked_at(page, "task")
    choose(page, "Lengkap dan benar")
    press(page, "Selesai")
    press(page, "Kepala desa")
    page.get_by_role("link", name="Setujui dan tanda tangani").click()
    choose(page, "Ya")
    press(page, "Selesai")
    # Then the letter is there, and the applicant was told
    looked_at(page, "granted")
    assert "dikabulkan" in page.inner_text("h1")
    page.get_by_role("link", name="Surat keterangan tidak mampu SKTM").click()
    looked_at(page, "letter")
    assert "Warga Contoh" in page.inner_text(".paper")
    page.go_back()
    page.get_by_role("link", name="Kabar kepada pemohon").click()
    looked_at(page, "messages")
    assert "Surat Anda sudah terbit" in page.inner_text("main")


def test_the_tour_works_on_a_phone_without_javascript_in_english(chromium: Browser, site: Site) -> None:
    # Given an old phone without scripts
    context = chromium.new_context(base_url=site.url, viewport=NARROW, java_script_enabled=False)
    page = context.new_page()
    page.goto("/en/try/99.71/sktm/")
    # When its reader follows the story of an application that lapses
    page.locator("li", has_text="An application that is not completed is closed").get_by_role(
        "button"
    ).click()
    said: list[str] = []
    while page.get_by_role("button", name="Next step").count():
        said.append(page.locator(".tour").inner_text())
        page.get_by_role("button", name="Next step").click()
    # Then each step said who does what, and the story ends as it should
    assert len(said) == 5
    assert "Applicant fills in the form and applies." in said[0]
    assert "8 days pass." in said[3]
    assert "has ended: lapsed" in page.locator("h1").inner_text()
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / "tour-narrow.png"), full_page=True)
    context.close()


def test_the_hub_and_the_form_fit_the_narrowest_phone(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(base_url=site.url, viewport=NARROW)
    page = context.new_page()
    page.goto("/try/99.71/sktm/")
    looked_at(page, "narrow-package")
    press(page, "Coba sekarang")
    looked_at(page, "narrow-hub")
    press(page, "Isi dengan warga rekaan")
    looked_at(page, "narrow-check")
    page.get_by_role("link", name="Ubah “Untuk apa surat ini”").click()
    looked_at(page, "narrow-page")
    context.close()


def test_a_trial_is_begun_and_led_by_keyboard_alone(page: Page) -> None:
    page.goto("/try/99.71/sktm/")
    page.get_by_role("button", name="Coba sekarang").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.get_by_role("button", name="Petugas desa").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("[aria-pressed=true]").inner_text() == "Petugas desa"
