"""Between an adopter and its origin: a change goes back, a fault is answered, a package of its own comes of it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.story import Desk, at, press
from tests.packages.versions import next_version_of, version_of

pytestmark = pytest.mark.browser

#: two regions that do not exist; nobody else takes this package over for the first of them
PACKAGE = "/en/packages/99/informasi-publik/"
VERSION, NEXT = version_of("informasi-publik"), next_version_of("informasi-publik")
TEXT = "texts/messages/received/"


def narrow(page: Page) -> Page:
    """This function will see that a page fits a phone of 360 pixels."""
    page.set_viewport_size({"width": 360, "height": 740})
    width = page.evaluate("() => [document.documentElement.scrollWidth, window.innerWidth]")
    assert width[0] <= width[1], f"{page.url} is wider than the screen"
    page.set_viewport_size({"width": 1280, "height": 900})
    return page


def test_what_one_region_learns_reaches_the_origin(desk: Desk) -> None:
    adopter, origin = desk("sekda.contoh"), desk("sekda.provinsi")
    at(adopter, f"{PACKAGE}{VERSION}/adopt/")
    press(adopter, "Take it over")
    service = adopter.url
    _an_own_word_is_put_to_work(adopter, service)
    _the_change_goes_back_and_becomes_the_next_version(adopter, origin, service)
    _a_fault_is_reported_and_answered(adopter, origin, service)
    _the_adaptation_becomes_a_package_of_its_own(adopter, service)


def _an_own_word_is_put_to_work(adopter: Page, service: str) -> None:
    at(adopter, f"{service}edit/{TEXT}")
    box = adopter.get_by_label("In English (empty: there is none)")
    box.fill(box.input_value() + "\nNobody may ask you why you want to know.\n")
    press(adopter, "Keep it")
    press(at(adopter, f"{service}edit/"), "Check it and put it to work")


def _the_change_goes_back_and_becomes_the_next_version(adopter: Page, origin: Page, service: str) -> None:
    narrow(at(adopter, f"{service}offers/"))
    expect(adopter.locator("h1")).to_contain_text("You can offer 1 change back")
    adopter.get_by_label("In one line").fill("Say that nobody asks for a reason")
    adopter.get_by_label("Why it helps others too").fill("People gave up at the counter (demonstration).")
    press(adopter, "Offer it")
    narrow(at(origin, "/en/regions/99/packages/offers/"))
    origin.get_by_role("link", name="Say that nobody asks for a reason").click()
    narrow(at(origin, origin.url))
    expect(origin.locator(".stand")).to_contain_text(f"It fits your version {VERSION} without a question.")
    press(origin, "Take it into the next version")
    expect(origin.locator(".messages")).to_contain_text(f"Version {NEXT} holds the change.")
    expect(at(adopter, f"{service}offers/").locator("#offers + ul")).to_contain_text(f"in version {NEXT}")


def _a_fault_is_reported_and_answered(adopter: Page, origin: Page, service: str) -> None:
    narrow(at(adopter, f"{service}faults/"))
    adopter.get_by_label("What is wrong, and when it shows").fill(
        "The clock starts a day late (demonstration)."
    )
    press(adopter, "Report it")
    narrow(at(origin, "/en/regions/99/packages/faults/"))
    origin.get_by_label("Answer to all who reported it").fill("The next version mends it (demonstration).")
    press(origin, "Answer: The service as a whole")
    expect(at(adopter, f"{service}faults/").locator("#mine + ul")).to_contain_text(
        "The next version mends it"
    )
    narrow(at(adopter, f"{PACKAGE}faults/"))


def _the_adaptation_becomes_a_package_of_its_own(adopter: Page, service: str) -> None:
    narrow(at(adopter, f"{service}derive/"))
    adopter.get_by_label("Id of the package").fill("informasi-kecamatan")
    adopter.get_by_label("Name, in Indonesian").fill("Informasi publik di kecamatan (peragaan)")
    adopter.get_by_label("What makes it another service").fill("Dilayani di kecamatan (peragaan).")
    press(adopter, "Check, sign and send")
    expect(adopter.locator(".messages")).to_contain_text("Version 1.0.0 was signed")
    narrow(at(adopter, f"{PACKAGE}family/"))
    expect(adopter.locator(".tree").first).to_contain_text(f"version {VERSION}, adapted (ATM)")
