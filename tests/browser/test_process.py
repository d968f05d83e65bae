"""The process of a package: read in words, seen as a drawing, and changed in the browser."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import axe_violations
from tests.browser.story import Desk, at, press
from tests.packages.versions import version_of

pytestmark = pytest.mark.browser

READ = f"/en/packages/99.71/sktm/{version_of('sktm')}/process/"
#: what nobody has taken over in another story: Sumedang, and the request for information
TAKEN = f"/en/packages/99/informasi-publik/{version_of('informasi-publik')}/adopt/"
SHAPE = ".djs-shape[data-element-id='register']"
MOVED = "document.querySelector('.viewport').getAttribute('transform')"


def fits_and_is_accessible(page: Page) -> None:
    assert axe_violations(page) == []
    page.set_viewport_size({"width": 360, "height": 700})
    width = page.evaluate("() => [document.documentElement.scrollWidth, window.innerWidth]")
    assert width[0] <= width[1], f"{page.url} is wider than the screen"
    assert axe_violations(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})


def test_a_reader_sees_the_process_drawn_beside_its_list(page: Page) -> None:
    page.goto(READ)
    page.wait_for_selector("[data-drawn]")
    expect(page.locator(".djs-shape[data-element-id='approve']")).to_contain_text("Setujui")
    expect(page.locator("a.bjs-powered-by")).to_be_visible()
    expect(page.locator("#step-approve")).to_contain_text("2 working days")
    before = page.evaluate(MOVED)
    page.get_by_role("button", name="Larger").click()
    assert page.evaluate(MOVED) != before
    fits_and_is_accessible(page)


def test_an_officer_renames_a_step_in_the_drawing_and_reads_exactly_that(desk: Desk) -> None:
    officer = desk("sekda.sumedang")
    complaints: list[str] = []
    officer.on("pageerror", lambda error: complaints.append(str(error)))
    officer.on("console", lambda one: complaints.append(one.text) if one.type == "error" else None)
    at(officer, TAKEN)
    press(officer, "Take it over")
    at(officer, f"{officer.url}edit/process/")
    _kept(officer)
    expect(officer.locator("h1")).to_have_text("The process is as at the origin.")
    officer.wait_for_selector("[data-ready]")
    officer.locator(f"{SHAPE} .djs-hit").first.click(force=True)
    officer.get_by_label("Name of the step").first.fill("Terima dan catat")
    officer.keyboard.press("Tab")
    fits_and_is_accessible(officer)
    _kept(officer)
    expect(officer.locator(".process-changes li")).to_have_count(1)
    expect(officer.locator(".process-changes")).to_contain_text(
        "name changed from “Catat permohonan” to “Terima dan catat”"
    )
    officer.wait_for_selector("[data-ready]")
    expect(officer.locator(f"{SHAPE}.mark-changed")).to_have_count(1)
    expect(officer.locator(".mark-word")).to_have_text("changed")
    assert complaints == []
    _without_javascript_the_list_does_it_too(officer)


def _kept(officer: Page) -> None:
    officer.wait_for_selector("[data-ready]")
    with officer.expect_navigation():
        officer.get_by_role("button", name="Keep the drawing").click()


def _without_javascript_the_list_does_it_too(officer: Page) -> None:
    state = officer.context.storage_state()
    browser = officer.context.browser
    assert browser is not None
    plain = browser.new_context(
        base_url=officer.url.split("/en/")[0], storage_state=state, java_script_enabled=False
    )
    page = plain.new_page()
    page.goto(officer.url)
    expect(page.locator("[data-process-editor]")).to_be_hidden()
    page.locator("#step-answer").get_by_role("link", name="Change").click()
    page.get_by_label("Number").fill("8")
    page.get_by_role("button", name="Keep it").click()
    expect(page.locator(".process-changes")).to_contain_text("6 working days → 8 working days")
    plain.close()
