"""A villager applies on a phone, the village asks, the villager answers, is refused and rates: on its real pages."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.story import PHONE, Desk, looked_at, press

pytestmark = pytest.mark.browser

REGION, VILLAGE = "99.71", "99.71.01.2001"


def test_a_villager_applies_answers_and_rates_on_a_phone(phone: Page, desk: Desk) -> None:
    # Given a villager who looks for the letter and begins
    phone.goto(f"/apply/?region={REGION}")
    looked_at(phone, "apply-services")
    phone.get_by_role("link", name="Surat Keterangan Tidak Mampu").click()
    looked_at(phone, "apply-service")
    press(phone, "Ajukan permohonan")
    phone.get_by_label("Nama lengkap").fill("Warga Contoh")
    phone.get_by_label("Nomor induk kependudukan (NIK)").fill("123")
    press(phone, "Lanjut")
    # When the number is wrong, it is said at its field, and what was typed stays
    looked_at(phone, "apply-wrong")
    assert phone.get_by_label("Nama lengkap").input_value() == "Warga Contoh"
    phone.get_by_label("Nomor induk kependudukan (NIK)").fill("9999010101900001")
    press(phone, "Lanjut")
    phone.get_by_label("Desa atau kelurahan").select_option(VILLAGE)
    phone.get_by_label("Alamat").fill("Jalan Contoh 1")
    press(phone, "Lanjut")
    phone.get_by_label("Sekolah atau kuliah", exact=True).check()
    press(phone, "Lanjut")
    while "/check/" not in phone.url:
        for label, typed in (("Jumlah", "4"), ("Penghasilan", "1600000")):
            if phone.get_by_label(label).count():
                phone.get_by_label(label).first.fill(typed)
        if phone.locator("[name=truth]").count():
            phone.locator("[name=truth]").first.check()
        if phone.locator("[name=referral][value=no]").count():
            phone.locator("[name=referral][value=no]").check()
        press(phone, "Lanjut")
    looked_at(phone, "apply-check")
    press(phone, "Kirim permohonan")
    looked_at(phone, "apply-receipt")
    address = phone.url.removesuffix("receipt/")
    # And the village officer asks for what is missing
    officer = desk("desa.teladan")
    officer.set_viewport_size(PHONE)
    officer.goto(f"/regions/{REGION}/desk/")
    looked_at(officer, "apply-desk")
    officer.locator("tbody a").first.click()
    looked_at(officer, "apply-task")
    officer.get_by_label("Perlu dilengkapi pemohon").check()
    officer.get_by_label("Yang kurang atau tidak benar").fill("RT dan RW belum ada.")
    press(officer, "Selesai")
    # Then the villager reads it and answers
    phone.goto(address)
    looked_at(phone, "apply-asked")
    phone.get_by_role("link", name="Jawab kantor").click()
    looked_at(phone, "apply-correct")
    expect(phone.locator("main")).to_contain_text("RT dan RW belum ada.")
    phone.get_by_label("Alamat").fill("Jalan Contoh 1 RT 2 RW 3")
    press(phone, "Kirim jawaban")
    # And once the case has ended, they rate it, in English this time
    officer.goto(f"/regions/{REGION}/desk/")
    officer.locator("tbody a").first.click()
    officer.get_by_label("Tidak benar", exact=True).check()
    officer.get_by_label("Yang kurang atau tidak benar").fill("Alamat di daerah lain.")
    press(officer, "Selesai")
    phone.goto(address.replace("/applications/", "/en/applications/"))
    looked_at(phone, "apply-ended-en")
    press(phone, "Rate this service")
    looked_at(phone, "apply-survey-en")
    expect(phone.locator("html")).to_have_attribute("lang", "en")
