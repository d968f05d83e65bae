"""A complaint on phones: begun, put aside, sent, asked about, passed on, answered, answered again, closed, counted.

Everybody in it is made up, and so is the city.
"""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site
from tests.browser.neighbours import Step, applied, counted
from tests.browser.story import PHONE, Beside, Desk, looked_at, on_a_phone, press, reread

pytestmark = pytest.mark.browser

REGION, VILLAGE = "99.71", "99.71.01.2001"
PASSPHRASE = "jembatan kayu di hulu"
SUPERIOR = "Wali Kota Teladan (demo)"
STORY = "Lampu jalan di depan pasar padam sejak tiga minggu lalu."
CLEARER = f"{STORY} Tiangnya bernomor 14, di sisi sungai."
INSTRUCTION = "Periksa juga pada malam hari."
ANSWER = "Lampu sudah diganti pada tiang nomor 14 oleh petugas kami."
REQUESTS = f"/open311/v2/requests.json?jurisdiction_id={REGION}&locale=en"
NEIGHBOUR = {
    "full_name": "Warga Lain",
    "topic": "court",
    "subject": "Perkara warisan",
    "story": "Perkara tentang tanah warisan keluarga kami.",
    "village": VILLAGE,
    "happened_on": "2026-01-05",
    "truth": True,
}
PASSED_ON = Step(
    "forward", "opd.teladan", {"forwarded_number": "123456", "addressed_to": "Pengadilan Contoh"}
)


def test_a_complaint_goes_from_a_phone_to_its_end(
    chromium: Browser, site: Site, phone: Page, desk: Desk, beside: Beside
) -> None:
    # Given four neighbours whose complaints are done, and a superior who can sign
    beside(applied(4, "pengaduan", NEIGHBOUR, PASSED_ON))
    _the_superior_gets_a_certificate(desk("sekda.teladan"))
    # When somebody begins a complaint and puts the phone away, they go on where they were
    kept = _the_reporter_begins(phone)
    phone.context.close()
    again = chromium.new_context(base_url=site.url, viewport=PHONE, locale="id-ID", accept_downloads=True)
    again.set_default_timeout(60_000)
    reporter = again.new_page()
    page = _the_reporter_goes_on_and_sends(reporter, kept)
    number = _number_on(reporter)
    request = _request_of(reporter, page)
    assert _shown(reporter, request)["status"] == "open"
    # And the coordinator asks what is not clear, and passes on what was made clear
    office = on_a_phone(desk("opd.teladan"))
    _the_coordinator_asks(office, number)
    _the_reporter_makes_it_clear(reporter, page)
    _the_coordinator_passes_it_on(office, number)
    expect(_opened(reporter, page).locator("main")).to_contain_text("Dinas Perhubungan Contoh")
    assert _shown(reporter, request)["agency_responsible"] == "Dinas Perhubungan Contoh"
    # And the agency answers, the reporter is not satisfied, and the superior sends it back
    _the_agency_answers(office, number, ANSWER)
    _the_reporter_responds(reporter, page, "Lampunya padam lagi sejak kemarin.", "unsatisfied")
    superior = on_a_phone(desk("walikota.teladan"))
    _the_superior_wants_more(superior, number)
    _the_agency_answers(office, number, "Kabelnya diganti, dan lampu diperiksa dua malam.")
    _the_reporter_responds(reporter, page, "Sekarang sudah baik, terima kasih.", "satisfied")
    # Then it is closed with a letter
    _the_superior_closes_it(superior, number)
    _the_reporter_has_the_letter(reporter, page)
    # And everybody sees how complaints do, and that this one is closed, but not who told what
    row = _shown(reporter, request)
    assert (row["status"], row["status_notes"]) == ("closed", "granted")
    assert "Lampu" not in str(row)
    assert "Warga Contoh" not in str(row)
    arrived, done = beside(counted("pengaduan"))
    for prefix, said in (
        ("", f"{arrived} permohonan masuk. {done} selesai."),
        ("/en", f"{arrived} applications arrived. {done} are done."),
    ):
        reread(reporter, f"{prefix}/regions/{REGION}/performance/pengaduan/", said)
        looked_at(reporter, f"complaint-figures{prefix.replace('/', '-')}")
    again.close()


def _the_superior_gets_a_certificate(page: Page) -> None:
    page.goto(f"/regions/{REGION}/certificates/issue/")
    page.get_by_label("Pejabat", exact=True).select_option(label=SUPERIOR)
    page.get_by_label("Nama dalam sertifikat").fill(SUPERIOR)
    page.get_by_label("Jabatan dalam sertifikat").fill("Wali Kota Teladan (fiktif)")
    page.get_by_label("Passphrase", exact=True).fill(PASSPHRASE)
    press(page, "Terbitkan sertifikat")


def _opened(page: Page, address: str) -> Page:
    page.goto(address)
    return page


def _number_on(reporter: Page) -> str:
    """Return the number of the case, which its page says first."""
    found = reporter.locator("h1").inner_text().split()
    return found[1]


def _request_of(reporter: Page, page: str) -> str:
    """Return the identifier that Open311 gives to whoever has the reporter's page."""
    secret = urlsplit(page).path.strip("/").split("/")[-1]
    answer = reporter.request.get(f"/open311/v2/tokens/{secret}.json?jurisdiction_id={REGION}")
    (row,) = answer.json()
    return str(row["service_request_id"])


def _shown(reporter: Page, request: str) -> dict[str, str]:
    """Return the complaint as everybody sees it in the list of Open311."""
    (row,) = [one for one in reporter.request.get(REQUESTS).json() if one["service_request_id"] == request]
    return dict(row)


def _the_reporter_begins(page: Page) -> str:
    """Return the address at which the reporter goes on later."""
    page.goto(f"/apply/?region={REGION}&q=pengaduan")
    looked_at(page, "complaint-services")
    page.get_by_role("link", name="Pengaduan layanan publik").click()
    looked_at(page, "complaint-service")
    press(page, "Ajukan permohonan")
    page.get_by_label("Nama lengkap").fill("Warga Contoh")
    looked_at(page, "complaint-who")
    press(page, "Lanjut")
    press(page, "Lanjut")
    page.get_by_label("Pengaduan ini tentang").select_option("road")
    page.get_by_label("Judul singkat").fill("Lampu jalan padam")
    page.get_by_label("Ceritakan kejadiannya").fill(STORY)
    looked_at(page, "complaint-what")
    press(page, "Lanjut")
    looked_at(page, "complaint-where")
    return page.url


def _the_reporter_goes_on_and_sends(page: Page, kept: str) -> str:
    """Return the address of the reporter's page."""
    page.goto(kept)
    page.get_by_role("link", name="Kembali", exact=True).click()
    expect(page.get_by_label("Ceritakan kejadiannya")).to_have_value(STORY)
    press(page, "Lanjut")
    page.get_by_label("Desa atau kelurahan kejadian").select_option(VILLAGE)
    page.get_by_label("Tempat persisnya").fill("Depan Pasar Contoh")
    page.get_by_label("Tanggal kejadian").fill("2026-01-12")
    press(page, "Lanjut")
    press(page, "Lanjut")
    page.locator("[name=publish][value=yes]").check()
    page.locator("[name=truth][value=yes]").check()
    looked_at(page, "complaint-declare")
    press(page, "Lanjut")
    expect(page.locator("main")).to_contain_text(STORY)
    looked_at(page, "complaint-check")
    press(page, "Kirim permohonan")
    looked_at(page, "complaint-receipt")
    page.get_by_role("link", name="Lihat keadaannya").click()
    expect(page.locator("h1")).to_contain_text("Admin koordinator pengaduan")
    looked_at(page, "complaint-waiting")
    return page.url


def _at_desk(page: Page, number: str, name: str) -> None:
    page.goto(f"/regions/{REGION}/desk/")
    page.get_by_role("link", name=number, exact=True).click()
    looked_at(page, f"complaint-{name}")


def _the_coordinator_asks(page: Page, number: str) -> None:
    _at_desk(page, number, "verify")
    page.get_by_label("Belum jelas", exact=True).check()
    page.get_by_label("Yang perlu diperjelas").fill("Tiang nomor berapa?")
    press(page, "Selesai")
    looked_at(page, "complaint-desk")


def _the_reporter_makes_it_clear(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("main")).to_contain_text("Tiang nomor berapa?")
    looked_at(page, "complaint-asked")
    looked_at(_opened(page, address.replace("/applications/", "/en/applications/")), "complaint-asked-en")
    page.goto(address)
    page.get_by_role("link", name="Jawab kantor").click()
    page.get_by_label("Ceritakan kejadiannya").fill(CLEARER)
    looked_at(page, "complaint-answer")
    press(page, "Kirim jawaban")


def _the_coordinator_passes_it_on(page: Page, number: str) -> None:
    _at_desk(page, number, "verify-again")
    expect(page.locator("main")).to_contain_text("Tiangnya bernomor 14")
    page.get_by_label("Kewenangan daerah ini").check()
    press(page, "Selesai")  # the answer brings up another question
    page.get_by_label("Perangkat daerah tujuan disposisi").fill("Dinas Perhubungan Contoh")
    page.get_by_label("Arahan kepada perangkat daerah").fill(INSTRUCTION)
    press(page, "Selesai")


def _the_agency_answers(page: Page, number: str, answer: str) -> None:
    _at_desk(page, number, "act")
    expect(page.locator("main")).to_contain_text(INSTRUCTION)
    page.get_by_label("Benar, dan sudah ditindaklanjuti").check()
    page.get_by_label("Jawaban kepada pelapor").fill(answer)
    press(page, "Selesai")


def _the_reporter_responds(page: Page, address: str, remarks: str, name: str) -> None:
    page.goto(address)
    looked_at(page, f"complaint-answered-{name}")
    page.get_by_role("link", name="Jawab kantor").click()
    page.get_by_label("Tanggapan atau keberatan Anda").fill(remarks)
    looked_at(page, f"complaint-{name}")
    press(page, "Kirim jawaban")


def _the_superior_wants_more(page: Page, number: str) -> None:
    _at_desk(page, number, "review")
    expect(page.locator("main")).to_contain_text(ANSWER)
    expect(page.locator("main")).to_contain_text("Lampunya padam lagi sejak kemarin.")
    page.locator("[name=more_work][value=yes]").check()
    page.get_by_label("Penjelasan untuk pelapor").fill("Lampu harus menyala tetap.")
    press(page, "Selesai")
    expect(page.get_by_text(f"{number}: selesai dikerjakan.")).to_be_visible()


def _the_superior_closes_it(page: Page, number: str) -> None:
    _at_desk(page, number, "review-again")
    page.locator("[name=more_work][value=no]").check()
    page.get_by_label("Penjelasan untuk pelapor").fill("Pengaduan selesai dengan baik.")
    press(page, "Selesai")
    expect(page.locator("article.paper")).to_be_visible()
    looked_at(page, "complaint-sign")
    page.get_by_label("Passphrase Anda").fill(PASSPHRASE)
    press(page, "Tanda tangani dan selesaikan")
    expect(page.get_by_text(f"{number}: selesai dan ditandatangani.")).to_be_visible()


def _the_reporter_has_the_letter(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("h1")).to_contain_text("selesai: dikabulkan")
    looked_at(page, "complaint-closed")
    looked_at(_opened(page, address.replace("/applications/", "/en/applications/")), "complaint-closed-en")
    with page.expect_download() as coming:
        page.locator(".document").get_by_role("link", name="PDF").click()
    assert coming.value.path().read_bytes().startswith(b"%PDF-")
