"""A village operator takes applications for days without a network; the battery dies; each of them arrives once."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from livinglab.accounts.queries import find_user
from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import Case
from livinglab.casework.operations import services
from livinglab.kernel import clock
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.domain.kinds import AreaKind
from livinglab.organizations.models import Area
from livinglab.organizations.queries import find_organization
from livinglab.packages.domain import nik
from tests.browser.conftest import Site
from tests.browser.story import PHONE, Beside, looked_at
from tests.casework.kit import PARAMETERS
from tests.releases.kit import files_of, zipped

pytestmark = pytest.mark.browser

REGION, DISTRICT, VILLAGE = "99.01", "99.01.01", "99.01.01.2001"
OFFICER = "sekda.contoh@demo.example"
PAGE = f"/regions/{REGION}/counter/offline/"
MODULES = "/static/casework/offline"
PIN = "padi menguning"
#: the next answer to what is sent is lost on its way back
LOSE_AN_ANSWER = """() => {
  const real = window.fetch;
  window.fetch = async (address, how) => {
    const answer = await real(address, how);
    if (!String(address).endsWith("/send/")) return answer;
    window.fetch = real;
    throw new TypeError("the answer was lost");
  };
}"""


def put_to_work() -> None:
    home, officer, at = find_organization(REGION), find_user(OFFICER), clock.now()
    assert home is not None
    assert officer is not None
    with tenancy(None):
        for code, name, kind, parent in (
            (DISTRICT, "Kecamatan Contoh", AreaKind.DISTRICT, REGION),
            (VILLAGE, "Desa Contoh", AreaKind.VILLAGE, DISTRICT),
        ):
            said = {"name": name, "kind": kind, "parent_code": parent, "region_code": REGION}
            Area.objects.get_or_create(code=code, defaults=said)
    services.put_to_work(
        organization=home,
        content=zipped(files_of("sktm", home)),
        parameters=PARAMETERS,
        places={VILLAGE: {}},
        by=None,
        at=at,
        is_synthetic=True,
    )
    services.give_seat(
        organization=home,
        user_id=officer.id,
        kind=SeatKind.VILLAGE,
        unit_code=VILLAGE,
        by=officer,
        at=at,
    )


def arrived() -> list[tuple[str, str]]:
    """Return number and name of what came in offline, in the order of the numbers."""
    home = find_organization(REGION)
    assert home is not None
    with tenancy(home.id):
        rows = Case.objects.filter(organization_id=home.id, channel="offline").order_by("number")
        return [(one.number, one.state["answers"]["full_name"]) for one in rows]


@pytest.fixture
def phone(chromium: Browser, site: Site) -> Iterator[BrowserContext]:
    context = chromium.new_context(base_url=site.url, viewport=PHONE, locale="id-ID")
    context.set_default_timeout(30_000)
    yield context
    context.close()


def sign_in(page: Page, site: Site) -> None:
    page.goto(f"/accounts/login/?next={PAGE}")
    page.get_by_label("Alamat surel").fill(OFFICER)
    page.get_by_label("Kata sandi", exact=True).fill(site.password)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url(f"**{PAGE}")


def shown(page: Page, part: str) -> Any:
    """Return a part of the page once it is the one that is shown."""
    found = page.locator(f"#oc-{part}")
    expect(found).to_be_visible(timeout=30_000)
    return found


def unlock(page: Page, pin: str = PIN) -> None:
    shown(page, "locked")
    page.locator("#unlock-pin").fill(pin)
    page.get_by_role("button", name="Buka kunci", exact=True).click()


def onwards(page: Page) -> None:
    page.get_by_role("button", name="Lanjut", exact=True).click()


def begin(page: Page, name: str) -> None:
    """Take an application up to the second page."""
    page.get_by_role("button", name="Mulai: Surat Keterangan Tidak Mampu").click()
    form = shown(page, "form")
    form.get_by_label("Nama lengkap").fill(name)
    form.get_by_label("Nomor induk kependudukan (NIK)").fill("9999010101900001")
    onwards(page)
    expect(form.get_by_label("Desa atau kelurahan")).to_be_visible()


def finish(page: Page) -> None:
    """Take an application from its second page to its end."""
    form = shown(page, "form")
    form.get_by_label("Desa atau kelurahan").select_option(VILLAGE)
    form.get_by_label("Alamat").fill("Jalan Contoh 1")
    onwards(page)
    school = form.get_by_label("Nama sekolah atau kampus")
    form.get_by_label("Berobat").check()
    expect(school).to_be_hidden()
    form.get_by_label("Sekolah atau kuliah", exact=True).check()
    school.fill("SMP Contoh")
    onwards(page)
    form.get_by_label("Jumlah anggota keluarga").fill("4")
    form.get_by_label("Penghasilan keluarga sebulan").fill("Rp 1.600.000")
    onwards(page)
    form.locator("[name=truth][value=yes]").check()
    onwards(page)
    expect(shown(page, "check")).to_contain_text("SMP Contoh")
    looked_at(page, "offline-check")
    page.get_by_role("button", name="Simpan untuk dikirim").click()
    expect(shown(page, "slip")).to_contain_text("Tersimpan di perangkat ini")
    looked_at(page, "offline-slip")
    page.get_by_role("button", name="Kembali ke loket").click()
    shown(page, "home")


def mine(beside: Beside) -> list[tuple[str, str]]:
    """Return what came in of this story: all of them share one site."""
    return [one for one in beside(arrived) if one[1] in ("Warga Pertama", "Warga Kedua")]


def test_what_was_taken_without_a_network_arrives_once(
    phone: BrowserContext, site: Site, beside: Beside
) -> None:
    # Given an operator who opens the page once with a network, and chooses a PIN
    beside(put_to_work)
    page = phone.new_page()
    sign_in(page, site)
    setup = shown(page, "setup")
    looked_at(page, "offline-setup")
    setup.get_by_label("PIN", exact=True).fill("123456")
    page.get_by_role("button", name="Kunci perangkat ini dengan PIN").click()
    expect(setup).to_contain_text("Ini termasuk yang pertama dicoba orang.")
    setup.get_by_label("PIN", exact=True).fill(PIN)
    setup.get_by_label("PIN sekali lagi").fill(PIN)
    setup.get_by_label("Saya paham").check()
    page.get_by_role("button", name="Kunci perangkat ini dengan PIN").click()
    shown(page, "home")
    expect(page.locator("#oc")).to_have_attribute("data-kept", "yes", timeout=30_000)
    # When there is no network any more, the page opens; a wrong PIN is told
    phone.set_offline(True)
    page.reload()
    looked_at(page, "offline-locked")
    unlock(page, "padi menghijau")
    expect(shown(page, "locked")).to_contain_text("PIN ini salah.")
    unlock(page)
    expect(shown(page, "home")).to_contain_text("Formulir per")
    expect(page.locator("#oc-state")).to_contain_text("Tidak ada jaringan.")
    # And two applications are taken; a mistake is told at its field; the battery dies in the second
    page.get_by_role("button", name="Mulai: Surat Keterangan Tidak Mampu").click()
    page.get_by_label("Nama lengkap").fill("Warga Pertama")
    page.get_by_label("Nomor induk kependudukan (NIK)").fill("123")
    onwards(page)
    expect(page.locator("#oc-problems")).to_be_focused()
    expect(page.locator("#nik-error")).to_contain_text("16")
    looked_at(page, "offline-wrong")
    page.get_by_label("Nomor induk kependudukan (NIK)").fill("9999010101900001")
    onwards(page)
    finish(page)
    begin(page, "Warga Kedua")
    page.get_by_label("Alamat").fill("Jalan yang belum")
    expect(page.locator("#oc-questions")).to_have_attribute("data-kept", "yes")
    page.reload()
    unlock(page)
    expect(shown(page, "home")).to_contain_text("Warga Pertama")
    page.close()
    page = phone.new_page()
    page.goto(PAGE)
    unlock(page)
    entries = shown(page, "home").locator("#oc-entries > li")
    expect(entries).to_have_count(2)
    looked_at(page, "offline-home")
    page.get_by_role("button", name="Lanjutkan: Warga Kedua").click()
    expect(page.get_by_label("Alamat")).to_have_value("Jalan yang belum")
    finish(page)
    assert page.evaluate("() => caches.keys().then((names) => names.length)") == 2
    # Then nothing of it can be read on the device without the PIN
    raw = page.evaluate(
        """async () => {
          const db = await new Promise((done) => {
            const asked = indexedDB.open("livinglab-counter");
            asked.onsuccess = () => done(asked.result);
          });
          const rows = await new Promise((done) => {
            const asked = db.transaction("entries").objectStore("entries").getAll();
            asked.onsuccess = () => done(asked.result);
          });
          return rows.map((row) => Object.keys(row).sort().join() + new TextDecoder("latin1").decode(row.sealed));
        }"""
    )
    assert len(raw) == 2
    for row in raw:
        assert row.startswith("id,iv,place,sealed,vault")
        assert "Warga" not in row
    # And with a network they are sent; the answer to the first is lost, so that it is sent twice
    assert mine(beside) == []
    page.evaluate(LOSE_AN_ANSWER)
    phone.set_offline(False)
    page.evaluate(
        "() => dispatchEvent(new Event('online'))"
    )  # a page that was opened without a network hears none
    expect(page.locator("#oc-note")).to_contain_text("Server tidak menjawab.", timeout=30_000)
    assert [name for _number, name in mine(beside)] == ["Warga Pertama"]
    page.get_by_role("button", name="Kirim sekarang").click()
    expect(page.locator("#oc-entries > [data-state=sent]")).to_have_count(2, timeout=30_000)
    first, second = mine(beside)
    assert (first[1], second[1]) == ("Warga Pertama", "Warga Kedua")
    expect(entries.nth(0)).to_contain_text(first[0])
    expect(entries.nth(1)).to_contain_text(second[0])
    looked_at(page, "offline-sent")
    # And the citizen's slip leads to the receipt; the same page speaks English
    page.get_by_role("button", name="Bukti terima: Warga Pertama").click()
    receipt = page.get_by_role("link", name="Tanda terima dengan kodenya").get_attribute("href")
    assert receipt is not None
    page.goto(receipt)
    expect(page.locator("main")).to_contain_text(first[0])
    phone.set_offline(True)
    page.goto(f"/en{PAGE}")
    expect(shown(page, "locked")).to_contain_text("Unlock the counter")
    looked_at(page, "offline-locked-en")


def test_the_device_tells_mistakes_and_conditions_by_itself(page: Page) -> None:
    page.goto("/")
    said = page.evaluate(
        f"""async () => {{
          const {{ asked, mistakes, read }} = await import("{MODULES}/checks.js");
          const field = (id, type, checks = {{}}, more = {{}}) =>
            ({{ id, type, title: id, required: true, condition: null, checks, fields: [], ...more }});
          const fields = {{
            purpose: field("purpose", "choice"),
            school: field("school", "text", {{ minLength: 3 }}, {{ condition: ["is", "purpose", "school"] }}),
            born: field("born", "date", {{}}, {{ notAfter: "today" }}),
            income: field("income", "money", {{ maximum: 2000 }}),
            nik: field("nik", "nik", {{ form: {json.dumps(nik.FORM)} }}, {{ required: false }}),
            children: field("children", "list", {{ maxItems: 2 }}, {{ fields: [field("age", "integer")] }}),
          }};
          const form = {{ pages: [{{ id: "a", fields: Object.keys(fields) }}], fields }};
          const wrong = (typed) => mistakes(form, asked(form, typed), typed, "2026-11-22")
            .map((one) => one.name + " " + one.code);
          const child = {{ "children-0-age": ["7"], _rows_children: ["1"] }};
          const right = {{ purpose: ["health"], born: ["2026-11-22"], income: ["Rp 1.500"], ...child }};
          return [
            wrong(right),
            wrong({{ ...right, purpose: ["school"], school: ["ab"] }}),
            wrong({{ ...right, born: ["2026-11-23"], income: ["2.001"] }}),
            wrong({{ ...right, income: ["banyak"], "children-0-age": ["tujuh"] }}),
            wrong({{ ...right, nik: ["3211016310900001"] }}),
            wrong({{ ...right, nik: ["3211013210900001"] }}),
            wrong({{ ...right, nik: ["321101631090"] }}),
            wrong({{}}),
            [read(fields.income, right)],
          ];
        }}"""
    )
    assert said == [
        [],
        ["school too_short"],
        ["born after", "income too_large"],
        ["income unread_number", "children-0-age unread_number"],
        [],
        ["nik nik_form"],
        ["nik nik"],
        ["purpose required", "born required", "income required", "children required"],
        [1500],
    ]


def test_the_vault_opens_with_its_pin_only(page: Page) -> None:
    page.goto("/")
    said = page.evaluate(
        f"""async () => {{
          const vault = await import("{MODULES}/vault.js");
          const box = await vault.made("padi menguning", 1000);
          const [key, wrong] = [await vault.opened(box, "padi menguning"), await vault.opened(box, "padi")];
          const row = await vault.sealed(key, "a/1", {{ name: "Warga" }});
          const failed = (promise) => promise.then(() => "opened", (error) => error.name);
          return [
            vault.ITERATIONS,
            wrong,
            key.extractable,
            (await vault.unsealed(key, "a/1", row)).name,
            await failed(vault.unsealed(key, "a/2", row)),
            [0, 2, 3, 4, 20].map(vault.pause),
            ["111111", "123456", "654321", "192837"].map(vault.isGuessed),
            vault.token().length,
          ];
        }}"""
    )
    assert said == [
        600000,
        None,
        False,
        "Warga",
        "OperationError",
        [0, 0, 5, 10, 900],
        [True, True, True, False],
        43,
    ]
