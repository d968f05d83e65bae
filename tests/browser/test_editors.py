"""What the editors of an adaptation add: columns, messages, documents, time limits and decisions, by keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, axe_violations
from tests.browser.story import Desk, at, looked_at, on_a_phone, press
from tests.packages.versions import version_of

pytestmark = pytest.mark.browser

#: what nobody has taken over in another story: the invented province, and the letter of hardship
TAKEN = f"/en/packages/99.71/sktm/{version_of('sktm')}/adopt/"
TYPED = "# Permohonan diterima\n\nSimpan nomor ini baik-baik.\n"
PAGES = (
    "",
    "rules/eligibility/",
    "process/",
    "process/decision/",
    "process/steps/check/more/",
    "process/steps/checked/",
    "new/messages/",
    "new/documents/",
    "new/tasks/",
    "new/rules/",
    "texts/messages/granted/",
)


def test_the_editors_add_parts_on_a_phone_and_by_keyboard(desk: Desk) -> None:
    officer = desk("sekda.provinsi")
    at(officer, TAKEN)
    press(officer, "Take it over")
    home = f"{officer.url}edit/"
    _every_page_fits_a_phone_in_both_languages(officer, home)
    _a_column_comes_and_is_kept(officer, home)
    _a_message_is_sent_behind_the_check(officer, home)
    _a_limit_and_a_decision_stand_in_the_list_and_in_the_drawing(officer, home)


def test_what_is_typed_outlives_the_session(desk: Desk, site: Site) -> None:
    officer = desk("sekda.siak")
    at(officer, f"/packages/99/informasi-publik/{version_of('informasi-publik')}/adopt/")
    press(officer, "Ambil")
    at(on_a_phone(officer), f"{officer.url}edit/texts/messages/received/")
    officer.locator("textarea").first.fill(TYPED)
    officer.context.clear_cookies(name="sessionid")
    press(officer, "Simpan")
    expect(officer.locator("dl.kept")).to_contain_text("Simpan nomor ini baik-baik.")
    looked_at(officer, "kept-signed-out")
    with officer.expect_popup() as opened:
        officer.get_by_role("link", name="Masuk (tab baru)").click()
    tab = opened.value
    tab.get_by_label("Alamat surel").fill("sekda.siak@demo.example")
    tab.get_by_label("Kata sandi", exact=True).fill(site.password)
    press(tab, "Masuk")
    expect(tab.locator("h1")).to_have_text("Anda sudah masuk kembali")
    looked_at(tab, "kept-back")
    tab.close()
    press(officer, "Kirim yang saya ketik")
    expect(officer.locator("main")).to_contain_text("Anda masuk atau keluar di antaranya")
    looked_at(officer, "kept-signed-in")
    press(officer, "Kirim yang saya ketik")
    expect(officer.locator("textarea").first).to_have_value(TYPED)
    expect(officer.get_by_text("Disimpan sebagai rancangan").first).to_be_visible()


def _every_page_fits_a_phone_in_both_languages(officer: Page, home: str) -> None:
    officer.set_viewport_size({"width": 360, "height": 740})
    for address in (home, home.replace("/en/", "/")):
        for page in PAGES:
            at(officer, address + page)
            width = officer.evaluate("() => [document.documentElement.scrollWidth, window.innerWidth]")
            assert width[0] <= width[1], f"{officer.url} is wider than the screen"
    assert axe_violations(officer) == []
    officer.set_viewport_size({"width": 1280, "height": 900})


def _a_column_comes_and_is_kept(officer: Page, home: str) -> None:
    at(officer, f"{home}rules/eligibility/")
    officer.locator("summary").focus()
    officer.keyboard.press("Enter")
    officer.get_by_label("Title of the new column, in Indonesian").fill("Gratis")
    officer.get_by_label("What the column is").focus()
    officer.keyboard.type("comes out: true")
    officer.get_by_label("What stands in every row at first").fill("true")
    officer.get_by_role("button", name="Add the column").focus()
    with officer.expect_navigation():
        officer.keyboard.press("Enter")
    expect(officer.get_by_role("columnheader", name="Gratis")).to_be_visible()
    press(officer, "Keep the table")
    expect(officer.get_by_text("Kept as a draft.").first).to_be_visible()


def _a_message_is_sent_behind_the_check(officer: Page, home: str) -> None:
    at(officer, f"{home}new/messages/")
    officer.get_by_label("Subject, in Indonesian").fill("Sedang diperiksa")
    officer.get_by_label("Text, in Indonesian").fill("Tunggu kabar.")
    officer.get_by_label("When it is sent").select_option("f3")
    press(officer, "Add it")
    expect(officer.locator("h1")).to_have_text("Sedang diperiksa")
    assert axe_violations(officer) == []


def _a_limit_and_a_decision_stand_in_the_list_and_in_the_drawing(officer: Page, home: str) -> None:
    at(officer, f"{home}process/steps/approve/more/")
    officer.get_by_label("What the time limit is called").fill("Lewat waktu")
    officer.get_by_label("Where it leads").select_option("step|tell_refused")
    press(officer, "Add the time limit")
    expect(officer.locator("#step-lewat_waktu")).to_contain_text("Time limit at a step")
    at(officer, f"{home}process/decision/")
    officer.get_by_label("Where", exact=True).select_option("f8")
    officer.get_by_label("What is decided, as a question").fill("Mendesak?")
    officer.get_by_label("When it is taken").fill("rule.eligibility.urgent")
    officer.get_by_label("Where it leads").select_option("step|approve")
    press(officer, "Put it in")
    expect(officer.locator("#step-mendesak")).to_contain_text("Decision")
    officer.wait_for_selector("[data-ready]")
    for step in ("lewat_waktu", "mendesak", "sedang_diperiksa"):
        expect(officer.locator(f".djs-shape[data-element-id='{step}']").first).to_be_visible()
    assert axe_violations(officer) == []
