"""What comes after an application, on a phone, by keyboard, in both languages: paying, asking again, deleting, moving,
and what offices read of it.

Everybody in it is made up.
"""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import PHONE, Site
from tests.browser.quiet_corner import Corner, corner
from tests.browser.story import Beside, looked_at, reread

pytestmark = pytest.mark.browser

#: regions that no other story knows, by the language in which theirs is told
REGIONS = {"id": "35.09", "en": "35.07"}
PASSWORD = "kata-sandi-uji-2026"
SAID = {
    "Continue": "Lanjut",
    "brings up": "Jawaban Anda memunculkan 1 pertanyaan lagi di halaman ini:",
    "name of school": "Nama sekolah atau kampus",
    "too long": "Tulislah paling banyak 100 karakter untuk “Nama sekolah atau kampus”; sekarang ada 250.000.",
    "Open the case again": "Buka kembali kasus",
    "opened": "Kasus dibuka kembali.",
    "Ask for deletion": "Minta penghapusan",
    "reached": "Permintaan Anda sudah sampai ke daerah.",
    "Refuse it": "Tolak",
    "Delete it": "Hapus",
    "Delete the data": "Hapus datanya",
    "reads": "Pemohon membaca alasan Anda.",
    "is deleted": "Data dihapus.",
    "were deleted": "Data Anda dihapus pada",
    "Pay with made-up money": "Bayar dengan uang rekaan",
    "paid": "Sudah dibayar.",
    "Put into evidence": "Jadikan bukti dukung",
    "older": "Ada permohonan berjalan pada versi yang sudah diganti",
    "Move the cases that fit": "Pindahkan permohonan yang cocok",
    "Save": "Simpan",
    "Find": "Cari",
    "revoked": "Dicabut pada",
    "the number": "Tulis nomor ponsel selengkapnya, misalnya 0812 3456 7890.",
    "silent": "Layanan pengirim tidak menjawab tepat waktu.",
    "seat": "Kantor desa atau kelurahan",
    "Email": "Alamat surel",
    "Password": "Kata sandi",
    "Sign In": "Masuk",
}
ENGLISH = {
    "brings up": "Your answer brings up one more question on this page:",
    "name of school": "Name of the school or university",
    "too long": "Write at most 100 characters for “Name of the school or university”; these are 250,000.",
    "opened": "The case is open again.",
    "reached": "Your request has reached the region.",
    "reads": "The applicant reads your reason.",
    "is deleted": "The data is deleted.",
    "were deleted": "Your data were deleted on",
    "paid": "It is paid.",
    "older": "Open cases run on versions that are at work no more",
    "revoked": "Revoked on",
    "the number": "Write the mobile number with all its digits, such as 0812 3456 7890.",
    "silent": "The other side did not answer in time.",
    "seat": "Village office",
}


class Told:
    """The story in one language, on one phone."""

    def __init__(self, language: str, page: Page) -> None:
        self.language, self.page = language, page
        self.prefix = "" if language == "id" else f"/{language}"

    def say(self, words: str) -> str:
        """This function will return what the pages say in the language of the story."""
        return SAID[words] if self.language == "id" else ENGLISH.get(words, words)

    def open(self, path: str) -> None:
        """This function will open a page."""
        answer = self.page.goto(f"{self.prefix}{path}")
        assert answer is not None
        assert answer.status == 200, path

    def look(self, name: str) -> None:
        """This function will look at a page of the story."""
        expect(self.page.locator("html")).to_have_attribute("lang", self.language)
        looked_at(self.page, f"afterwards-{name}-{self.language}")

    def reach(self, wanted: Locator) -> None:
        """This function will press Tab until something has the focus."""
        expect(wanted).to_be_visible()
        for _step in range(80):
            if wanted.evaluate("one => one === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no Tab leads to {wanted}")

    def enter(self, role: str, words: str) -> None:
        """This function will reach a button or link without a mouse, press it, and wait for what follows."""
        wanted = self.page.get_by_role(role, name=self.say(words), exact=True).last  # type: ignore[arg-type]
        self.reach(wanted)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def sees(self, words: str) -> None:
        """This function will wait until a page says something."""
        expect(self.page.locator("main, .messages").filter(has_text=self.say(words)).first).to_be_visible()


@pytest.fixture(params=["id", "en"])
def told(request: pytest.FixtureRequest, phone: Page) -> Told:
    return Told(request.param, phone)


@pytest.fixture(scope="module")
def corners() -> dict[str, Corner]:
    return {}


@pytest.fixture
def here(told: Told, corners: dict[str, Corner], beside: Beside) -> Corner:
    if told.language not in corners:
        corners[told.language] = beside(corner(REGIONS[told.language], PASSWORD))
    return corners[told.language]


@pytest.fixture
def chief(told: Told, here: Corner, chromium: Browser, site: Site) -> "Told":
    """Who answers for the services, on a phone of their own."""
    context = chromium.new_context(base_url=site.url, viewport=PHONE, locale=told.language)
    context.set_default_timeout(60_000)
    other = Told(told.language, context.new_page())
    other.page.goto("/accounts/login/?next=/me/")
    other.page.get_by_label("Alamat surel").fill(here.coordinator)
    other.page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    other.page.get_by_role("button", name="Masuk", exact=True).click()
    other.page.wait_for_url("**/me/")
    return other


def test_a_question_that_comes_up_is_announced_and_a_text_too_long_comes_back(
    told: Told, here: Corner
) -> None:
    page = told.page
    told.open(f"/applications/{here.region}/{here.form}/form/why/")
    told.look("asked")
    page.locator("[name=purpose][value=school]").check()
    page.locator("[name=referral][value=no]").check()
    told.enter("button", "Continue")
    announced = page.get_by_role("status")
    expect(announced).to_contain_text(told.say("brings up"))
    expect(announced).to_be_focused()
    told.look("more")
    told.reach(announced.get_by_role("link", name=told.say("name of school")))
    page.keyboard.press("Enter")
    told.reach(page.locator("#school"))
    page.locator("#school").evaluate("(one, text) => { one.value = text }", "x" * 250_000)
    told.enter("button", "Continue")
    expect(page.get_by_role("alert")).to_contain_text(told.say("too long"))
    expect(page.get_by_role("alert")).to_be_focused()
    assert len(page.locator("#school").input_value()) == 250_000
    told.look("too-long")


def test_a_refused_case_is_opened_again_without_a_mouse(told: Told, here: Corner) -> None:
    told.open(f"/applications/{here.region}/{here.refused}/")
    told.look("refused")
    told.open(f"/applications/{here.region}/{here.refused}/reopen/")
    told.look("reopen")
    told.enter("button", "Open the case again")
    expect(told.page.get_by_role("alert")).to_be_focused()
    told.look("reopen-wrong")
    told.reach(told.page.locator("#reason"))
    told.page.keyboard.type("Slip gaji yang dilihat milik orang lain.")
    told.enter("button", "Open the case again")
    told.sees("opened")
    told.look("reopened")


def test_a_bill_is_paid_without_a_mouse(told: Told, here: Corner) -> None:
    where = f"/applications/{here.region}/{here.billed}/pay/"
    reread(told.page, f"{told.prefix}{where}", told.say("Pay with made-up money"))
    told.look("pay")
    told.enter("button", "Pay with made-up money")
    told.sees("paid")
    told.look("paid")


def test_deletion_is_asked_for_refused_and_granted(told: Told, here: Corner, chief: Told) -> None:
    told.open(f"/applications/{here.region}/{here.over}/delete/")
    told.look("delete")
    told.enter("button", "Ask for deletion")
    told.sees("reached")
    told.look("delete-asked")
    chief.open(f"/regions/{here.region}/erasures/")
    chief.look("erasures")
    first = chief.page.locator("main section").first
    number = first.get_by_role("heading").inner_text()
    refuse = first.locator("details").last
    chief.reach(refuse.locator("summary"))
    chief.page.keyboard.press("Enter")
    chief.look("erasures-open")
    chief.reach(refuse.get_by_role("button"))
    with chief.page.expect_navigation():
        chief.page.keyboard.press("Enter")
    expect(chief.page.get_by_role("alert")).to_be_focused()
    chief.look("erasures-wrong")
    refuse = chief.page.locator("main section").filter(has_text=number).locator("details").last
    chief.reach(refuse.get_by_role("textbox"))
    chief.page.keyboard.type("Wajib disimpan sampai pemeriksaan selesai.")
    chief.reach(refuse.get_by_role("button"))
    with chief.page.expect_navigation():
        chief.page.keyboard.press("Enter")
    chief.sees("reads")
    chief.look("erasure-refused")
    grant = chief.page.locator("main section").first.locator("details").first
    chief.reach(grant.locator("summary"))
    chief.page.keyboard.press("Enter")
    chief.look("erasure-grant")
    chief.reach(grant.get_by_role("button"))
    with chief.page.expect_navigation():
        chief.page.keyboard.press("Enter")
    chief.sees("is deleted")
    chief.look("erasure-granted")
    pages = [here.over, here.asked]
    titles = []
    for nth, secret in enumerate(pages):
        told.open(f"/applications/{here.region}/{secret}/")
        titles.append(told.page.locator("h1").inner_text())
        told.look(f"answered-{nth}")
    assert len([one for one in titles if one.startswith(told.say("were deleted"))]) == 1


def test_what_a_service_proves_and_which_versions_run_fit_a_phone(chief: Told, here: Corner) -> None:
    chief.open(f"/regions/{here.region}/services/sktm/evidence/")
    expect(chief.page.get_by_role("button", name=re.compile(chief.say("Put into evidence")))).to_be_visible()
    chief.look("bundle")
    chief.open(f"/regions/{here.region}/versions/")
    chief.sees("older")
    chief.look("versions")
    chief.reach(chief.page.locator("main table a").first)
    with chief.page.expect_navigation():
        chief.page.keyboard.press("Enter")
    chief.look("move")
    chief.enter("button", "Move the cases that fit")
    chief.look("moved")


def test_what_is_kept_of_an_applicant_and_where_they_are_told_fit_a_phone(told: Told, here: Corner) -> None:
    told.open(f"/applications/{here.region}/{here.granted}/")
    told.look("granted")
    told.open(f"/applications/{here.region}/{here.granted}/papers/1/")
    told.look("paper")
    told.open(f"/applications/{here.region}/{here.granted}/data/")
    told.look("data")
    told.open(f"/applications/{here.region}/{here.granted}/contact/")
    told.look("contact")
    told.page.locator("#phone").fill("12")
    told.enter("button", "Save")
    expect(told.page.get_by_role("alert")).to_contain_text(told.say("the number"))
    expect(told.page.get_by_role("alert")).to_be_focused()
    told.look("contact-wrong")


def test_what_went_wrong_and_who_works_where_fit_a_phone_when_there_is_something(
    chief: Told, here: Corner
) -> None:
    for name, path, said in (
        ("seats", "seats/", "seat"),
        ("messages", "messages/", "silent"),
        ("outside", "outside/", "silent"),
        ("outside-dead", "outside/?show=dead", here.number),
        ("outside-paid", "outside/?show=paid", "UJI-2026-1"),
        ("papers", f"papers/?number={here.number}", "revoked"),
    ):
        chief.open(f"/regions/{here.region}/{path}")
        words = chief.say(said) if said in SAID else said
        expect(chief.page.locator("main").get_by_text(words).first).to_be_visible()
        for one in chief.page.locator("main details").all():
            one.evaluate("one => { one.open = true }")
        chief.look(f"full-{name}")


def test_an_office_finds_a_case_by_its_number_and_reads_its_history_without_a_mouse(
    chief: Told, here: Corner
) -> None:
    page = chief.page
    chief.open(f"/regions/{here.region}/desk/cases/")
    chief.look("cases")
    chief.reach(page.locator("main [name=number]"))
    page.keyboard.type("SKTM-1900-000001")
    chief.enter("button", "Find")
    chief.look("cases-none")
    chief.reach(page.locator("main [name=number]"))
    page.keyboard.press("Control+a")
    page.keyboard.type(here.number)
    chief.enter("button", "Find")
    chief.look("cases-found")
    chief.reach(page.locator("main").get_by_role("link", name=here.number))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    chief.sees("revoked")
    chief.look("case")
    chief.open(f"/regions/{here.region}/desk/")
    page.locator("main table a").first.click()
    page.wait_for_url("**/desk/*-*/")
    for one in page.locator("#past details").all():
        chief.reach(one.locator("summary"))
        page.keyboard.press("Enter")
    expect(page.locator("#past ol.history li").first).to_be_visible()
    chief.look("task-history")
