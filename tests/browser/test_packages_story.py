"""Imitate and modify, told once: Siak tries a service of another region, takes it, adapts it, keeps it up to date.

The three publishers do not exist, and everything that Siak does here is made up.
"""

import re

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from livinglab.packages.queries.reading import read_files
from tests.browser.conftest import Site, axe_violations
from tests.browser.story import Desk, at, press
from tests.packages.versions import next_version_of
from tests.releases import kit

pytestmark = pytest.mark.browser

PHONE = ViewportSize(width=360, height=740)
PACKAGE = "/packages/99.71/sktm/"
#: what the origin releases after the version that is there, and after that
NEWER, NEWEST = next_version_of("sktm"), next_version_of("sktm", by=2)
LETTER = "documents/letter.html"
ORIGIN_TITLE = "Surat Keterangan Tidak Mampu"
SIAK_TITLE = "Surat Keterangan Keluarga Kurang Mampu"
NEWER_TITLE = "Surat Keterangan Keluarga Tidak Mampu"
OFFER = "Terangkan nomor telepon siapa yang boleh dipakai"
NEW_HELP = "Boleh milik kerabat atau tetangga; kabar juga dapat diambil di kantor desa."
VALUES = {
    "Nama dinas sosial": "Dinas Sosial Kabupaten Siak (peragaan)",
    "Batas penghasilan per orang sebulan": "650000",
    "Masa berlaku surat dalam bulan": "6",
    "Batas hari untuk melengkapi permohonan": "10",
}
TERMS = {
    "Yang dibagikan": "Paket dan berkas pelatihannya (peragaan).",
    "Siapa yang mendukung": "Kota Teladan, dua minggu pertama (peragaan).",
    "Siapa yang membiayai": "Masing-masing (peragaan).",
    "Dasar hukum kesepakatan": "Kerja sama daerah (peragaan).",
}


def heading(page: Page) -> str:
    """This function will return what a page says first."""
    return page.get_by_role("heading", level=1).inner_text()


def looked_at(page: Page) -> Page:
    """This function will have axe look at a page, and see that nothing of it lies beyond the edge."""
    assert axe_violations(page) == []
    width = page.evaluate("() => [document.documentElement.scrollWidth, window.innerWidth]")
    assert width[0] <= width[1], f"{page.url} is wider than the screen"
    return page


def test_siak_imitates_modifies_and_gives_back(chromium: Browser, site: Site, desk: Desk) -> None:
    phone = chromium.new_context(base_url=site.url, viewport=PHONE, locale="en")
    siak, origin, ministry = desk("sekda.siak"), desk("sekda.teladan"), desk("kementerian")
    _three_regions_offer_three_services(siak)
    _siak_tries_one_as_citizen_and_as_officer_on_a_phone(phone.new_page())
    adoption = _siak_takes_it_over_as_it_is(siak)
    _both_sides_agree(siak, origin, adoption)
    _it_goes_live_once_all_that_it_needs_is_there(siak, adoption)
    _siak_adapts_two_things(siak, adoption)
    _the_origin_releases_a_version_that_touches_one_of_them(origin, ministry)
    _the_merge_asks_one_question_and_its_result_goes_live(siak, adoption)
    _the_improvement_is_offered_back_and_taken(siak, origin, ministry, adoption)
    phone.close()


def _three_regions_offer_three_services(siak: Page) -> None:
    at(siak, "/packages/")
    for name, publisher in (
        ("Surat Keterangan Tidak Mampu", "Kota Teladan (fiktif)"),
        ("Izin reklame", "Kabupaten Contoh (fiktif)"),
        ("Permohonan informasi publik", "Provinsi Contoh (fiktif)"),
    ):
        card = siak.locator("li", has=siak.get_by_role("link", name=name, exact=True))
        expect(card).to_contain_text(publisher)
        expect(card).to_contain_text("Rekaan untuk peragaan")
    at(siak, PACKAGE)
    expect(siak.locator("main")).to_contain_text("Standar pelayanan")
    expect(siak.locator("main")).to_contain_text("4 dari 4 butir terpenuhi")


def _siak_tries_one_as_citizen_and_as_officer_on_a_phone(phone: Page) -> None:
    phone.goto(f"/en{PACKAGE}")
    looked_at(phone).get_by_role("link", name="Try it", exact=True).click()
    press(looked_at(phone), "Try it now")
    press(looked_at(phone), "Fill it in with an invented person")
    press(looked_at(phone), "Send the application")
    looked_at(phone).get_by_role("link", name="See where it stands").click()
    press(looked_at(phone), "Just past the next deadline")
    expect(phone.locator(".stands .late")).to_contain_text("late since")
    press(looked_at(phone), "Village officer")
    phone.get_by_role("link", name="Check the application").click()
    looked_at(phone).get_by_label("Complete and correct").check()
    press(phone, "Done")
    press(phone, "Head of village")
    phone.get_by_role("link", name="Approve and sign").click()
    looked_at(phone).get_by_label("Yes", exact=True).check()
    press(phone, "Done")
    assert "has ended: granted" in heading(looked_at(phone))


def _siak_takes_it_over_as_it_is(siak: Page) -> str:
    at(siak, PACKAGE).get_by_role("link", name="Ambil", exact=True).click()
    press(looked_at(siak), "Ambil")
    assert heading(looked_at(siak)) == "Surat Keterangan Tidak Mampu: disiapkan"
    adoption = siak.url
    for label, value in VALUES.items():
        siak.get_by_label(re.compile(f"^{label}")).fill(value)
    press(siak, "Simpan nilai")
    return adoption


def _both_sides_agree(siak: Page, origin: Page, adoption: str) -> None:
    for label, text in TERMS.items():
        siak.get_by_label(label, exact=True).fill(text)
    press(siak, "Usulkan")
    press(siak, "Tandatangani untuk pihak Anda")
    at(origin, "/me/").get_by_role("link", name=re.compile("^Kesepakatan tentang Surat")).click()
    looked_at(origin)
    expect(origin.locator("main")).to_contain_text(TERMS["Siapa yang mendukung"])
    press(origin, "Tandatangani untuk pihak Anda")
    assert heading(looked_at(origin)) == "Kedua pihak sudah menandatangani."
    at(siak, adoption)
    expect(siak.locator("#agreement + .notice")).to_have_text("Kedua pihak sudah menandatangani.")


def _it_goes_live_once_all_that_it_needs_is_there(siak: Page, adoption: str) -> None:
    expect(siak.get_by_role("button", name="Tayangkan")).to_be_disabled()
    demands = siak.locator("button[name=form][value^=requirement-]")
    codes = [one.get_attribute("value") for one in demands.all()]
    for code in codes:
        assert code is not None
        name = code.removeprefix("requirement-")
        if name == "outreach":
            siak.locator(f"#waived-{name}").fill("Peragaan: tidak ada warga yang diberi tahu.")
        else:
            siak.locator(f"#number-{name}").fill("000/PERAGAAN/1")
            siak.locator(f"#day-{name}").fill("2026-11-02")
        with siak.expect_navigation():
            siak.locator(f"button[value={code}]").click()
    expect(siak.locator("main")).to_contain_text("Semua syarat untuk tayang sudah lengkap.")
    press(siak, "Tayangkan")
    assert heading(at(siak, adoption)) == "Surat Keterangan Tidak Mampu: tayang"
    at(siak, f"{PACKAGE}adopters/")
    expect(siak.locator(".adopters li", has_text="Kabupaten Siak")).to_contain_text(
        "apa adanya (ATP), tayang"
    )


def _siak_adapts_two_things(siak: Page, adoption: str) -> None:
    at(siak, f"{adoption}edit/texts/documents/letter/")
    letter = siak.locator(f"[id='{LETTER}']")
    letter.fill(letter.input_value().replace(ORIGIN_TITLE, SIAK_TITLE))
    press(siak, "Simpan")
    at(siak, f"{adoption}edit/forms/citizen-form/fields/phone/")
    siak.get_by_label("Bantuan di bawah pertanyaan, dalam bahasa Indonesia").fill(NEW_HELP)
    press(siak, "Simpan")
    at(siak, f"{adoption}edit/")
    assert heading(siak) == "2 hal berbeda dari asalnya."
    press(siak, "Periksa dan pakai")
    at(siak, adoption)
    expect(siak.locator("#editions ~ ul li").first).to_contain_text("2 dari")
    at(siak, f"{PACKAGE}adopters/")
    expect(siak.locator(".adopters li", has_text="Kabupaten Siak")).to_contain_text("disesuaikan (ATM)")


def _the_origin_releases_a_version_that_touches_one_of_them(origin: Page, ministry: Page) -> None:
    files = kit.raised(
        read_files(kit.PACKAGES / "sktm"),
        NEWER,
        **{
            LETTER: (ORIGIN_TITLE, NEWER_TITLE),
            "messages/granted.id.md": ("dapat diunduh atau diambil", "dapat diunduh, dicetak, atau diambil"),
        },
    )
    at(origin, "/regions/99.71/packages/")
    origin.get_by_label("Berkas zip paket").set_input_files(
        {"name": f"sktm-{NEWER}.zip", "mimeType": "application/zip", "buffer": kit.zipped(files)}
    )
    press(origin, "Periksa, tanda tangani, dan kirim")
    expect(looked_at(origin).locator("main")).to_contain_text(NEWER)
    _is_reviewed_and_listed(ministry, NEWER)


def _is_reviewed_and_listed(ministry: Page, version: str) -> None:
    at(ministry, f"{PACKAGE}{version}/review/")
    for point in ("law", "privacy", "security", "accessibility"):
        ministry.locator(f"#met-{point}-yes").check()
        with ministry.expect_navigation():
            ministry.locator(f"button[name=point][value={point}]").click()
    press(ministry, "Daftarkan: siapa pun boleh mengambilnya")
    looked_at(ministry)


def _the_merge_asks_one_question_and_its_result_goes_live(siak: Page, adoption: str) -> None:
    at(siak, adoption).get_by_role("link", name="Lihat perubahannya").click()
    looked_at(siak)
    assert heading(siak) == f"Versi {NEWER} mengajukan 1 pertanyaan."
    for side in (SIAK_TITLE, NEWER_TITLE):
        expect(siak.locator(".sides")).to_contain_text(side)
    press(siak, "Periksa dan pakai")
    expect(siak.locator(".problems")).to_contain_text("Jawab setiap pertanyaan.")
    siak.get_by_role("radio", name="Milik Anda").check()
    press(siak, "Periksa dan pakai")
    assert heading(looked_at(siak)) == "Surat Keterangan Tidak Mampu: tayang"
    expect(siak.locator("#editions ~ ul li").first).to_contain_text(f"versi {NEWER}")
    expect(siak.locator("#editions ~ ul li").first).to_contain_text("sedang dipakai")


def _the_improvement_is_offered_back_and_taken(
    siak: Page, origin: Page, ministry: Page, adoption: str
) -> None:
    at(siak, adoption).get_by_role("link", name="Tawarkan perubahan kembali").click()
    looked_at(siak)
    for choice in siak.get_by_role("checkbox").all():
        label = siak.locator(f"label[for='{choice.get_attribute('id')}']").inner_text()
        choice.set_checked("Nomor telepon" in label)
    siak.get_by_label("Dalam satu baris", exact=True).fill(OFFER)
    siak.get_by_label("Mengapa ini membantu daerah lain juga", exact=True).fill(
        "Pemohon sering bertanya (peragaan)."
    )
    press(siak, "Tawarkan")
    at(siak, siak.url)
    at(origin, "/regions/99.71/packages/").get_by_role(
        "link", name="Perubahan yang ditawarkan pengambil"
    ).click()
    looked_at(origin).get_by_role("link", name=OFFER).click()
    expect(looked_at(origin).locator("main")).to_contain_text("Nomor telepon")
    press(origin, "Ambil ke versi berikutnya")
    expect(looked_at(origin).locator("main")).to_contain_text(NEWEST)
    _is_reviewed_and_listed(ministry, NEWEST)
    expect(at(siak, PACKAGE).locator("main")).to_contain_text(f"{OFFER} (Kabupaten Siak)")
    at(siak, adoption).get_by_role("link", name="Lihat perubahannya").click()
    assert heading(looked_at(siak)) == f"Versi {NEWEST} dapat diambil tanpa pertanyaan."
    press(siak, "Periksa dan pakai")
    expect(looked_at(siak).locator("#editions ~ ul li").first).to_contain_text("1 dari")
