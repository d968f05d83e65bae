"""A villager's letter on phones: taken offline, checked twice, signed, downloaded, verified, rated, counted.

Everybody in it is made up, and so is the city.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

from livinglab.documents.queries import QUIET, Modules, modules_of
from livinglab.kernel import clock
from tests.browser.conftest import Site
from tests.browser.neighbours import Step, applied, counted, run_with
from tests.browser.story import PHONE, Beside, Desk, on_a_phone, reread
from tests.browser.telling import VILLAGER, Telling

pytestmark = pytest.mark.browser

REGION, VILLAGE = "99.71", "99.71.01.2001"
PIN, PASSPHRASE = "padi menguning", "sawah hijau di lereng"
_SCALE, _DARK = 6, 128
WHY = "Nama sekolah salah."
HEAD = "Kepala desa Teladan (demo)"
NEIGHBOUR = {
    "full_name": "Warga Lain",
    "nik": "9999010101900002",
    "village": VILLAGE,
    "address": "Jalan Contoh 2",
    "purpose": "health",
    "members": 3,
    "income": 900000,
    "truth": True,
}
WRONG = Step("check", "desa.teladan", {"result": "wrong", "reason": "Alamat di daerah lain."})


@pytest.fixture
def at_district(beside: Beside) -> Iterator[None]:
    """This fixture will let the city's districts check the letter; the other stories know no such step."""
    beside(run_with("sktm", district_checks=True))
    yield
    beside(run_with("sktm", district_checks=False))


@pytest.mark.usefixtures("at_district")
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_letter_is_taken_offline_signed_and_counted(
    language: str, chromium: Browser, site: Site, phone: Page, desk: Desk, beside: Beside, tmp_path: Path
) -> None:
    told = Telling(language)
    # Given four neighbours whose applications are done, and a head of village who can sign
    beside(applied(4, "sktm", NEIGHBOUR, WRONG))
    _the_coordinator_issues_a_certificate(told, on_a_phone(desk("sekda.teladan")))
    # When the village officer takes an application without a network, it is sent once there is one
    officer = on_a_phone(desk("desa.teladan"))
    _the_officer_prepares_the_phone(told, officer)
    _an_application_is_taken_without_a_network(told, officer)
    receipt, number = _it_is_sent(told, officer)
    # And the villager follows it with what is on the receipt
    page = _the_villager_opens_the_receipt(told, phone, receipt, number)
    _the_officer_finds_the_receipt(told, officer, number)
    _the_officer_checks_it(told, officer, number)
    phone.goto(page)
    expect(phone.locator("h1")).to_contain_text(told.say("District office"))
    told.look(phone, "at-district")
    # And the district looks at it before the head of village signs
    head = on_a_phone(desk("kades.teladan"))
    _the_head_has_nothing_to_sign(told, head, number)
    _the_district_checks_it(told, on_a_phone(desk("camat.teladan")), number)
    phone.goto(page)
    expect(phone.locator("h1")).to_contain_text(told.say("Head of village"))
    _the_head_signs(told, head, number)
    # Then the villager has the letter
    letter = _the_villager_downloads_it(told, phone, page, tmp_path)
    # And a stranger finds it genuine, on paper by its code and as a file
    stranger = chromium.new_context(base_url=site.url, viewport=PHONE, locale=language)
    stranger.set_default_timeout(60_000)
    verified = _a_stranger_verifies_it(told, stranger.new_page(), letter)
    # And it is rated and counted
    _the_villager_rates_it(told, phone, page)
    _it_is_counted(told, phone, desk("sekda.teladan"), *beside(counted("sktm")))
    # And once it is revoked, the stranger and the villager read that
    _the_coordinator_revokes_it(told, on_a_phone(desk("sekda.teladan")), number)
    stranger.pages[0].goto(verified)
    expect(stranger.pages[0].locator("h1")).to_have_text(told.say("This document was revoked"))
    told.look(stranger.pages[0], "revoked-verified")
    stranger.close()
    phone.goto(page)
    expect(phone.locator(".document")).to_contain_text(f"{told.say('This document was revoked')}: {WHY}")
    told.look(phone, "revoked")


def _the_coordinator_issues_a_certificate(told: Telling, page: Page) -> None:
    home = f"{told.prefix}/regions/{REGION}/certificates/"
    page.goto(home)
    if (earlier := page.get_by_role("link", name=f"{told.say('Revoke')} {HEAD}", exact=True)).count():
        earlier.click()
        told.look(page, "revoke")
        told.field(page, "Reason").fill("Peragaan dimulai lagi.")
        told.press(page, "Revoke the certificate")
    page.get_by_role("link", name=told.say("Issue a certificate"), exact=True).click()
    told.look(page, "issue")
    told.field(page, "Official").select_option(label=HEAD)
    told.field(page, "Name in the certificate").fill(HEAD)
    told.field(page, "Position in the certificate").fill("Kepala Desa Contoh Satu (fiktif)")
    told.field(page, "Passphrase").fill(PASSPHRASE)
    told.press(page, "Issue the certificate")
    expect(page.get_by_text(told.say("The certificate is there."))).to_be_visible()
    told.look(page, "certificates")


def _the_officer_prepares_the_phone(told: Telling, page: Page) -> None:
    page.goto(f"{told.prefix}/regions/{REGION}/counter/offline/")
    shown = page.locator("#oc-setup:visible, #oc-first:visible")
    shown.wait_for()
    for _again in range(5):  # the page waits for its forms as long as people would, and a busy machine longer
        if page.locator("#oc-first").is_visible():
            page.reload()
            shown.wait_for()
    told.look(page, "pin")
    page.locator("#oc-setup").get_by_label("PIN", exact=True).fill(PIN)
    told.field(page, "The PIN once more").fill(PIN)
    page.get_by_label(told.say("I know")).check()
    told.tap(page, "Lock this device with the PIN")
    expect(page.locator("#oc-home")).to_be_visible()
    expect(page.locator("#oc")).to_have_attribute("data-kept", "yes")


def _an_application_is_taken_without_a_network(told: Telling, page: Page) -> None:
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("#oc-locked")).to_be_visible()
    page.locator("#unlock-pin").fill(PIN)
    told.tap(page, "Unlock")
    expect(page.locator("#oc-state")).to_contain_text(told.say("There is no network."))
    expect(page.locator("#oc-home")).to_be_visible()
    told.look(page, "counter")
    told.tap(page, "Begin: Letter of financial hardship")
    told.field(page, "Full name").fill(VILLAGER)
    told.field(page, "National identity number (NIK)").fill("9999010101900001")
    told.look(page, "form")
    told.tap(page, "Continue")
    told.field(page, "Village").select_option(VILLAGE)
    told.field(page, "Address").fill("Jalan Contoh 1")
    told.tap(page, "Continue")
    told.field(page, "School or university").check()
    told.field(page, "Name of the school or university").fill("SMP Contoh")
    told.tap(page, "Continue")
    told.field(page, "Number of family members").fill("4")
    told.field(page, "Family income a month").fill("Rp 1.600.000")
    told.tap(page, "Continue")
    page.locator("[name=truth][value=yes]").check()
    told.tap(page, "Continue")
    expect(page.locator("#oc-check")).to_contain_text("SMP Contoh")
    told.look(page, "answers")
    told.tap(page, "Keep it to be sent")
    expect(page.locator("#oc-slip")).to_contain_text(told.say("Kept on this device"))
    told.look(page, "slip")
    told.tap(page, "Back to the counter")
    expect(page.locator("#oc-entries > [data-state=ready]")).to_have_count(1)


def _it_is_sent(told: Telling, page: Page) -> tuple[str, str]:
    """Return the address of the receipt and the number of the case."""
    page.context.set_offline(False)
    # a page that was opened without a network hears of none
    page.evaluate("() => dispatchEvent(new Event('online'))")
    expect(page.locator("#oc-entries > [data-state=sent]")).to_have_count(1)
    told.look(page, "sent")
    told.tap(page, f"Slip: {VILLAGER}")
    number = page.locator("#oc-slip dd").first.inner_text()
    receipt = page.get_by_role("link", name=told.say("The receipt with its code")).get_attribute("href")
    assert receipt is not None
    return told.own(receipt), number


def _the_villager_opens_the_receipt(told: Telling, page: Page, receipt: str, number: str) -> str:
    """Return the address of the villager's page."""
    page.goto(receipt)
    expect(page.locator("main")).to_contain_text(number)
    told.look(page, "receipt")
    page.get_by_role("link", name=told.say("See where it stands")).click()
    expect(page.locator("h1")).to_contain_text(told.say("Village officer"))
    told.look(page, "waiting")
    return page.url


def _the_officer_finds_the_receipt(told: Telling, page: Page, number: str) -> None:
    page.goto(f"{told.prefix}/regions/{REGION}/counter/")
    page.get_by_role("link", name=number).click()
    expect(page.locator("h1")).to_have_text(f"{told.say('Receipt')} {number}")
    told.look(page, "counter-receipt")


def _the_officer_checks_it(told: Telling, page: Page, number: str) -> None:
    page.goto(f"{told.prefix}/regions/{REGION}/desk/")
    told.look(page, "desk")
    # on a phone each row is a card: its last column is there to be read, and it is a table for who hears it
    row = page.get_by_role("table").get_by_role("row").filter(has=page.get_by_role("link", name=number))
    expect(row.get_by_role("cell")).to_have_count(5)
    last = row.get_by_role("cell").last.bounding_box()
    assert last is not None
    assert last["x"] + last["width"] <= PHONE["width"]
    page.get_by_role("link", name=number, exact=True).click()
    expect(page.locator("main")).to_contain_text("Jalan Contoh 1")
    told.look(page, "check")
    told.field(page, "Complete and correct").check()
    told.press(page, "Done")


def _the_head_has_nothing_to_sign(told: Telling, page: Page, number: str) -> None:
    page.goto(f"{told.prefix}/regions/{REGION}/desk/")
    expect(page.locator("main")).to_be_visible()
    expect(page.get_by_role("link", name=number, exact=True)).to_have_count(0)


def _the_district_checks_it(told: Telling, page: Page, number: str) -> None:
    page.goto(f"{told.prefix}/regions/{REGION}/desk/")
    page.get_by_role("link", name=number, exact=True).click()
    expect(page.locator("main")).to_contain_text("Jalan Contoh 1")
    told.look(page, "district")
    told.field(page, "In order, the head of village may sign").check()
    told.press(page, "Done")
    expect(page.get_by_role("link", name=number, exact=True)).to_have_count(0)


def _the_head_signs(told: Telling, page: Page, number: str) -> None:
    page.goto(f"{told.prefix}/regions/{REGION}/desk/sign/")
    told.look(page, "to-be-signed")
    page.goto(f"{told.prefix}/regions/{REGION}/desk/")
    page.get_by_role("link", name=number, exact=True).click()
    told.look(page, "approve")
    page.locator("[name=approved][value=yes]").check()
    told.press(page, "Done")
    expect(page.get_by_role("heading", name=told.say("What you sign"))).to_be_visible()
    expect(page.locator("article.paper")).to_contain_text("Jalan Contoh 1")
    told.look(page, "sign")
    told.field(page, "Your passphrase").fill(PASSPHRASE)
    told.press(page, "Sign and finish")
    expect(page.get_by_text(f"{number}: {told.say('done and signed')}")).to_be_visible()
    told.look(page, "signed")


def _the_villager_downloads_it(told: Telling, page: Page, address: str, folder: Path) -> Path:
    page.goto(address)
    expect(page.locator("h1")).to_contain_text(told.say("has ended: granted"))
    told.look(page, "granted")
    with page.expect_download() as coming:
        page.locator(".document").get_by_role("link", name=re.compile("^PDF")).click()
    letter = folder / "letter.pdf"
    coming.value.save_as(letter)
    page.locator(".document h3 a").click()
    told.look(page, "letter")
    return letter


def _a_stranger_verifies_it(told: Telling, page: Page, letter: Path) -> str:
    """Return the address of the check."""
    text = " ".join(pypdf.PdfReader(letter).pages[0].extract_text().split())
    printed = re.search(r"http://127\.0\.0\.1:\d+/verify/[0-9A-Z]+/", text)
    assert printed, text
    code = tuple(line[QUIET:-QUIET] for line in modules_of(printed[0])[QUIET:-QUIET])
    assert _codes_on(letter, len(code)) == {code}
    page.goto(told.own(printed[0]))
    expect(page.locator("h1")).to_have_text(told.say("This document was issued and signed"))
    expect(page.locator("main")).to_contain_text(f"{HEAD}, Kepala Desa Contoh Satu (fiktif)")
    told.look(page, "verified")
    page.get_by_role("link", name=told.say("Check the file")).click()
    told.look(page, "verify")
    told.field(page, "The PDF").set_input_files(letter)
    told.press(page, "Check the file")
    expect(page.locator("h1")).to_have_text(told.say("Unchanged, with a valid signature"))
    expect(page.locator("main")).to_contain_text("B-LTA")
    told.look(page, "intact")
    return told.own(printed[0])


def _codes_on(letter: Path, across: int) -> set[Modules]:
    """Read the codes off the drawn letter: what is square on it. `across`: the modules of a side."""
    page = pypdfium2.PdfDocument(letter)[0]
    drawn = page.render(scale=_SCALE).to_pil().convert("L")
    height, found = page.get_height(), set()
    for left, bottom, right, top in (one.get_bounds() for one in page.get_objects()):
        if abs((right - left) - (top - bottom)) > 1:
            continue
        step = (right - left) / across
        places = [step * (nth + 0.5) for nth in range(across)]
        found.add(
            tuple(
                tuple(
                    drawn.getpixel((int((left + x) * _SCALE), int((height - top + y) * _SCALE))) < _DARK
                    for x in places
                )
                for y in places
            )
        )
    return found


def _the_villager_rates_it(told: Telling, page: Page, address: str) -> None:
    page.goto(address)
    told.press(page, "Rate this service")
    told.look(page, "survey")
    best = page.locator("main input[type=radio][value='4']")
    expect(best).to_have_count(9)
    for one in best.all():
        one.check()
    told.press(page, "Send my answers")
    expect(page.locator("h1")).to_have_text(told.say("Thank you for your answers"))
    told.look(page, "rated")
    page.goto(address)
    expect(page.get_by_role("button", name=told.say("Rate this service"))).to_have_count(0)


def _it_is_counted(told: Telling, citizen: Page, coordinator: Page, arrived: int, done: int) -> None:
    figures = told.say("{arrived} applications arrived. {done} are done.").format(arrived=arrived, done=done)
    reread(citizen, f"{told.prefix}/regions/{REGION}/performance/sktm/", figures)
    told.look(citizen, "figures")
    # and the fifth that was done proves the third level of indicator 45
    coordinator.goto(f"{told.prefix}/regions/{REGION}/services/sktm/evidence/")
    expect(coordinator.get_by_role("row", name=f"{clock.today().year} {arrived} {done}")).to_be_visible()
    levels = coordinator.get_by_role("table", name=re.compile(r"\b45\. "))
    third = levels.get_by_role("row").filter(has=coordinator.get_by_role("rowheader", name="3", exact=True))
    expect(third).to_contain_text(told.say("checked, decided and counted here"))
    told.look(coordinator, "evidence")


def _the_coordinator_revokes_it(told: Telling, page: Page, number: str) -> None:
    page.goto(f"{told.prefix}/regions/{REGION}/papers/")
    told.look(page, "issued")
    told.field(page, "Number of the document or of the application").fill(number)
    told.press(page, "Find")
    told.look(page, "found")
    page.get_by_role("link", name=re.compile(f"^{told.say('Revoke')} SKTM")).click()
    told.press(page, "Revoke the document")
    told.look(page, "revoke-problems")
    told.field(page, "Reason").fill(WHY)
    page.get_by_label(told.say("I compared the number")).check()
    told.press(page, "Revoke the document")
    expect(page.locator(".lead")).to_contain_text(told.say("Revoked on"))
    told.look(page, "revoke-done")
