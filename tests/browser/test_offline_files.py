"""A village operator photographs a paper without a network; it is kept locked, and sent once with its application."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, expect

from livinglab.casework.models import Attachment, Case, Service
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import find_organization
from tests.browser import test_offline as offline
from tests.browser.conftest import Site
from tests.browser.story import PHONE, SHOTS, Beside, looked_at
from tests.browser.test_offline import (
    PAGE,
    PIN,
    REGION,
    VILLAGE,
    begin,
    onwards,
    put_to_work,
    shown,
    sign_in,
    unlock,
)

pytestmark = pytest.mark.browser

FIELD = "Foto kartu keluarga"
#: the next answer to a file, or to what is sent, is lost on its way back; every file that leaves is counted
LOSE_ANSWERS = """() => {
  const real = window.fetch;
  window.lost = [];
  window.sentFiles = 0;
  window.fetch = async (address, how) => {
    const what = ["/file/", "/send/"].find((one) => String(address).endsWith(one));
    if (what === "/file/") window.sentFiles += 1;
    const answer = await real(address, how);
    if (!what || window.lost.includes(what)) return answer;
    window.lost.push(what);
    throw new TypeError("the answer was lost");
  };
}"""
#: what lies in the database of files, as text
LYING = """async () => {
  const db = await new Promise((done) => {
    const asked = indexedDB.open("livinglab-counter-files");
    asked.onsuccess = () => done(asked.result);
  });
  const rows = await new Promise((done) => {
    const asked = db.transaction("files").objectStore("files").getAll();
    asked.onsuccess = () => done(asked.result);
  });
  db.close();
  return rows.map((row) => [Object.keys(row).sort().join(), new TextDecoder("latin1").decode(row.sealed.slice(0, 3))]);
}"""


#: writing a file ends as it does on a full disk: the browser takes the transaction back
NO_ROOM = """() => {
  const real = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (row) {
    const asked = real.call(this, row);
    if (this.name === "files") this.transaction.abort();
    return asked;
  };
}"""


#: the first answer to what is sent comes once it is let go
HOLD_AN_ANSWER = """() => {
  const real = window.fetch;
  const released = new Promise((done) => { window.release = done; });
  window.fetch = async (address, how) => {
    const answer = await real(address, how);
    if (String(address).endsWith("/send/")) await released;
    return answer;
  };
}"""


def picture(size: tuple[int, int], name: str) -> FilePayload:
    out = BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(out, "JPEG", quality=92)
    return {"name": name, "mimeType": "image/jpeg", "buffer": out.getvalue()}


def arrived() -> list[tuple[str, int, str]]:
    """Return of each file that came in its name, its size and who applied."""
    home = find_organization(REGION)
    assert home is not None
    with tenancy(home.id):
        rows = Attachment.objects.filter(organization_id=home.id, case__channel="offline").select_related(
            "case"
        )
        return [
            (one.name, one.size, one.case.state["answers"]["full_name"])
            for one in rows.order_by("case__number")
        ]


def cases_of_photographed() -> int:
    home = find_organization(REGION)
    assert home is not None
    with tenancy(home.id):
        rows = Case.objects.filter(organization_id=home.id, state__answers__full_name="Warga Berfoto")
        return rows.count()


def at_work() -> None:
    """Have the letter of hardship run; all stories share one database, and another one may have begun it."""
    home = find_organization(REGION)
    assert home is not None
    with tenancy(home.id):
        runs = Service.objects.filter(organization_id=home.id, package="sktm").exists()
    if not runs:
        put_to_work()


@pytest.fixture
def counter(chromium: Browser, site: Site, beside: Beside) -> Iterator[tuple[BrowserContext, Page]]:
    """An unlocked counter on a phone, without a network from here on."""
    beside(at_work)
    context: BrowserContext = chromium.new_context(base_url=site.url, viewport=PHONE, locale="id-ID")
    context.set_default_timeout(30_000)
    page = context.new_page()
    sign_in(page, site)
    setup = shown(page, "setup")
    setup.get_by_label("PIN", exact=True).fill(PIN)
    setup.get_by_label("PIN sekali lagi").fill(PIN)
    setup.get_by_label("Saya paham").check()
    page.get_by_role("button", name="Kunci perangkat ini dengan PIN").click()
    shown(page, "home")
    expect(page.locator("#oc")).to_have_attribute("data-kept", "yes", timeout=30_000)
    context.set_offline(True)
    yield context, page
    context.close()


def to_household(page: Page) -> Any:
    """Take an application up to the page with the photo."""
    form = shown(page, "form")
    form.get_by_label("Desa atau kelurahan").select_option(VILLAGE)
    form.get_by_label("Alamat").fill("Jalan Contoh 1")
    onwards(page)
    form.get_by_label("Berobat").check()
    onwards(page)
    form.get_by_label("Jumlah anggota keluarga").fill("4")
    form.get_by_label("Penghasilan keluarga sebulan").fill("Rp 1.600.000")
    return form


def keep(page: Page) -> None:
    onwards(page)
    shown(page, "form").locator("[name=truth][value=yes]").check()
    onwards(page)


def online(context: BrowserContext, page: Page) -> None:
    context.set_offline(False)
    page.evaluate("() => dispatchEvent(new Event('online'))")


def printed(page: Page, name: str) -> None:
    """Look at a part of the page as it comes out of a printer: no button, and nothing of the screen."""
    page.emulate_media(media="print")
    expect(page.get_by_role("button")).to_have_count(0)
    if SHOTS:
        page.pdf(path=str(Path(SHOTS) / f"{name}.pdf"))
    page.emulate_media(media="screen")


def test_a_form_is_printed_to_be_filled_in_by_hand(counter: tuple[BrowserContext, Page]) -> None:
    _phone, page = counter
    page.get_by_role("button", name="Formulir kosong: Surat Keterangan Tidak Mampu").click()
    paper = shown(page, "paper")
    expect(paper).to_contain_text("Nama sekolah atau kampus (hanya bila berlaku)")
    expect(paper.locator(".box")).to_contain_text(["Sekolah atau kuliah", "dilampirkan"])
    looked_at(page, "offline-paper")
    printed(page, "offline-paper-printed")
    expect(paper.get_by_text("Tanda tangan pemohon")).to_be_hidden()
    page.get_by_role("button", name="Kembali ke loket").click()
    shown(page, "home")
    # And the same in English
    page.goto(f"/en{PAGE}")
    shown(page, "locked")
    page.locator("#unlock-pin").fill(PIN)
    page.get_by_role("button", name="Unlock", exact=True).click()
    page.get_by_role("button", name="Empty form: ").click()
    expect(shown(page, "paper")).to_contain_text("(only where it applies)")
    looked_at(page, "offline-paper-en")


def test_a_photo_that_was_taken_without_a_network_is_sent_once(
    counter: tuple[BrowserContext, Page], beside: Beside
) -> None:
    phone, page = counter
    # Given an operator who photographs the family card: what is no photo is said, a large one is made smaller
    begin(page, "Warga Berfoto")
    form = to_household(page)
    form.get_by_label(FIELD).set_input_files(
        {"name": "kk.jpg", "mimeType": "image/jpeg", "buffer": b"MZ" + bytes(99)}
    )
    expect(page.locator("#family_card-error")).to_contain_text("Hanya PDF atau foto (JPEG, PNG)")
    looked_at(page, "offline-file-wrong")
    form.get_by_label(FIELD).set_input_files(picture((3000, 2200), "IMG 0001.jpeg"))
    expect(form).to_contain_text("Di perangkat ini: IMG 0001.jpg")
    expect(page.locator("output[for=family_card]")).to_contain_text("Foto diperkecil")
    expect(page.locator("#family_card-error")).to_have_count(0)
    looked_at(page, "offline-file")
    # When the battery dies, it is still there after the PIN; nothing of it can be read without
    page.reload()
    unlock(page)
    shown(page, "home")
    assert page.evaluate(LYING) == [["id,iv,sealed,vault", page.evaluate(LYING)[0][1]]]
    assert page.evaluate(LYING)[0][1] != "\xff\xd8\xff"
    page.get_by_role("button", name="Lanjutkan: Warga Berfoto").click()
    expect(form).to_contain_text("Di perangkat ini: IMG 0001.jpg")
    # And it can be taken away, and another one takes its place
    form.get_by_role("button", name="Hapus berkas ini: IMG 0001.jpg").click()
    expect(form).not_to_contain_text("Di perangkat ini")
    assert page.evaluate(LYING) == []
    form.get_by_label(FIELD).set_input_files(picture((900, 700), "kartu.jpg"))
    expect(form).to_contain_text("Di perangkat ini: kartu.jpg")
    keep(page)
    expect(shown(page, "check")).to_contain_text("kartu.jpg (")
    looked_at(page, "offline-file-check")
    printed(page, "offline-check-printed")
    page.get_by_role("button", name="Simpan untuk dikirim").click()
    slip = shown(page, "slip")
    expect(slip).to_contain_text("Kode sementara")
    expect(slip).to_contain_text("kartu.jpg")
    printed(page, "offline-slip-printed")
    page.get_by_role("button", name="Kembali ke loket").click()
    # Then with a network, and with answers that are lost, it arrives once and is wiped from the device
    page.evaluate(LOSE_ANSWERS)
    online(phone, page)
    for lost in (1, 2):  # first the one to the file, then the one to the application
        page.wait_for_function("(many) => window.lost.length === many", arg=lost)
        expect(page.locator("#oc-note")).to_contain_text("Server tidak menjawab.", timeout=30_000)
        assert beside(cases_of_photographed) == lost - 1
        page.get_by_role("button", name="Kirim sekarang").click()
    expect(page.locator("#oc-entries > [data-state=sent]")).to_have_count(1, timeout=30_000)
    ((name, size, _who),) = [one for one in beside(arrived) if one[2] == "Warga Berfoto"]
    assert name == "kartu.jpg"
    assert size > 1000
    assert beside(cases_of_photographed) == 1
    assert page.evaluate("() => window.sentFiles") == 2  # a file that was answered for is not sent again
    assert page.evaluate(LYING) == []


def test_a_file_that_the_server_refuses_is_said_at_its_question(
    counter: tuple[BrowserContext, Page], beside: Beside
) -> None:
    phone, page = counter
    # Given a scan that is cut off, which a device cannot tell
    begin(page, "Warga Terpotong")
    form = to_household(page)
    cut = picture((300, 200), "kk.jpg")
    form.get_by_label(FIELD).set_input_files({**cut, "buffer": cut["buffer"][:400]})
    expect(form).to_contain_text("Di perangkat ini: kk.jpg")
    keep(page)
    page.get_by_role("button", name="Simpan untuk dikirim").click()
    shown(page, "slip")
    page.get_by_role("button", name="Kembali ke loket").click()
    # When it is sent, then the reason stands at the question, and every answer is still there
    online(phone, page)
    refused = page.locator("#oc-entries > [data-state=refused]")
    expect(refused).to_contain_text("kk.jpg: Berkasnya rusak atau terpotong.", timeout=30_000)
    looked_at(page, "offline-file-refused")
    page.get_by_role("button", name="Perbaiki: Warga Terpotong").click()
    expect(page.locator("#family_card-error")).to_contain_text("Berkasnya rusak atau terpotong.")
    expect(form.get_by_label("Jumlah anggota keluarga")).to_have_value("4")
    looked_at(page, "offline-file-corrected")
    # And with another one it arrives
    form.get_by_label(FIELD).set_input_files(cut)
    expect(form).to_contain_text("Di perangkat ini: kk.jpg")
    onwards(page)
    onwards(page)
    page.get_by_role("button", name="Simpan untuk dikirim").click()
    shown(page, "slip")
    page.get_by_role("button", name="Kembali ke loket").click()
    page.get_by_role("button", name="Kirim sekarang").click()
    expect(page.locator("#oc-entries > [data-state=sent]")).to_have_count(1, timeout=30_000)
    assert [who for _name, _size, who in beside(arrived)].count("Warga Terpotong") == 1


def test_a_device_without_room_says_so_and_loses_nothing(counter: tuple[BrowserContext, Page]) -> None:
    _phone, page = counter
    begin(page, "Warga Penuh")
    form = to_household(page)
    form.get_by_label(FIELD).set_input_files(picture((300, 200), "pertama.jpg"))
    expect(form).to_contain_text("Di perangkat ini: pertama.jpg")
    page.evaluate(NO_ROOM)
    form.get_by_label(FIELD).set_input_files(picture((1000, 800), "kedua.jpg"))
    expect(page.locator("#family_card-error")).to_contain_text("tidak punya ruang lagi")
    looked_at(page, "offline-file-no-room")
    expect(form).to_contain_text("Di perangkat ini: pertama.jpg")
    page.reload()
    unlock(page)
    page.get_by_role("button", name="Lanjutkan: Warga Penuh").click()
    expect(form).to_contain_text("Di perangkat ini: pertama.jpg")
    expect(form.get_by_label("Jumlah anggota keluarga")).to_have_value("4")


def test_what_is_corrected_while_another_one_is_sent_is_not_sent_as_it_was(
    counter: tuple[BrowserContext, Page], beside: Beside
) -> None:
    # Given two applications that wait
    phone, page = counter
    for name in ("Warga Duluan", "Warga Belakangan"):
        begin(page, name)
        to_household(page)
        keep(page)
        page.get_by_role("button", name="Simpan untuk dikirim").click()
        shown(page, "slip")
        page.get_by_role("button", name="Kembali ke loket").click()
    # When the first one is being sent, then nobody changes it; and the second one is opened meanwhile
    page.evaluate(HOLD_AN_ANSWER)
    online(phone, page)
    entries = shown(page, "home").locator("#oc-entries > li")
    expect(entries.nth(0)).to_contain_text("Sedang dikirim.", timeout=30_000)
    expect(entries.nth(0).get_by_role("button")).to_have_count(1)
    page.get_by_role("button", name="Perbaiki: Warga Belakangan").click()
    form = shown(page, "form")
    form.get_by_label("Nama lengkap").fill("Warga Dibetulkan")
    expect(page.locator("#oc-questions")).to_have_attribute("data-kept", "yes")
    page.evaluate("() => window.release()")
    expect(page.locator("#oc-entries > [data-state=sent]")).to_have_count(1, timeout=30_000)
    # Then it stays as it was corrected, and was not sent
    page.get_by_role("button", name="Lanjutkan nanti").click()
    expect(shown(page, "home").locator("#oc-entries > [data-state=typing]")).to_contain_text(
        "Warga Dibetulkan"
    )
    assert [
        one for one in beside(offline.arrived) if one[1] in ("Warga Belakangan", "Warga Dibetulkan")
    ] == []
