"""An answer that is typed while the connection breaks and while others write: nothing typed is ever lost."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from livinglab.accounts.models import User
from livinglab.evaluations.domain.answers import AnswerStep
from livinglab.evaluations.operations import answer_steps, answers
from livinglab.evaluations.queries.records import find_answer
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role
from tests.browser.conftest import Site, axe_violations
from tests.evaluations.kit import AT, Region, draft, open_round
from tests.organizations.people import make_member

pytestmark = pytest.mark.browser

CODE = "33.17"  # Rembang; everything in its round is made up
PASSWORD = "kata-sandi-uji-2025"


class Colleague:
    """Somebody of the same region who writes at the same time, and what is stored; beside the browser's loop."""

    def __init__(self, region: Region, user: User, beside: ThreadPoolExecutor) -> None:
        self.region, self.user, self.beside = region, user, beside

    def writes(self, indicator: str, *, facts: str = "", analysis: str = "") -> None:
        """This method will store the texts on top of the present version."""
        self.beside.submit(self._write, indicator, facts, analysis).result()

    def hands_in(self, indicator: str) -> None:
        """This method will answer with level 2 and hand it in."""
        self.beside.submit(self._hand_in, indicator).result()

    def stored(self, indicator: str) -> tuple[int, str, str]:
        """This method will return version, Fakta and Analisis of an answer."""
        return self.beside.submit(self._stored, indicator).result()

    def _write(self, indicator: str, facts: str, analysis: str) -> None:
        version, was_facts, was_analysis = self._stored(indicator)
        typed = draft(1, facts or was_facts, analysis or was_analysis)
        place = self.region.as_(self.user)
        answers.save(place=place, indicator=indicator, draft=typed, base_version=version, at=AT)

    def _hand_in(self, indicator: str) -> None:
        version = self._stored(indicator)[0]
        place = self.region.as_(self.user)
        answers.save(place=place, indicator=indicator, draft=draft(2), base_version=version, at=AT)
        answer_steps.take_step(place=place, indicator=indicator, step=AnswerStep.HAND_IN, at=AT)

    def _stored(self, indicator: str) -> tuple[int, str, str]:
        here = self.region.organization.id
        with tenancy(here):
            row = find_answer(here, self.region.participation.id, indicator)
        return (row.version, row.facts, row.analysis) if row else (0, "", "")


@pytest.fixture(scope="module")
def colleague(site: Site, django_db_blocker: Any) -> Iterator[Colleague]:
    with django_db_blocker.unblock(), ThreadPoolExecutor(1) as beside:  # the browser's loop keeps this thread
        yield beside.submit(_rembang, beside).result()
        beside.submit(connections.close_all).result()


def _rembang(beside: ThreadPoolExecutor) -> Colleague:
    region = open_round(code=CODE)
    region.entry.set_password(PASSWORD)
    region.entry.save()
    return Colleague(region, make_member("rekan.rembang", Role.DATA_ENTRY, CODE), beside)


@pytest.fixture(scope="module")
def signed_in(chromium: Browser, site: Site, colleague: Colleague) -> Iterator[BrowserContext]:
    context = chromium.new_context(base_url=site.url, locale="id-ID")
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.goto("/accounts/login/")
    page.fill("[name=login]", colleague.region.entry.email)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/accounts/login" not in url)
    page.close()
    yield context
    context.close()


def open_answer(context: BrowserContext, indicator: str) -> Page:
    """This function will open an answer in a tab of its own."""
    page = context.new_page()
    page.goto(f"/regions/{CODE}/evaluations/2025/{indicator}/")
    return page


def type_facts(page: Page, text: str) -> None:
    """This function will type at the end of Fakta, key by key."""
    field = page.get_by_label("Fakta", exact=True)
    field.press("Control+End")
    field.press_sequentially(text)


def expect_state(page: Page, state: str) -> None:
    """This function will wait until the line beside the buttons tells this state of saving."""
    expect(page.locator(".save-state")).to_have_attribute("data-state", state)


def kept(page: Page) -> int:
    """This function will return how many answers this browser keeps a draft of."""
    drafts = "Object.keys(localStorage).filter(key => key.startsWith('livinglab-draft:')).length"
    return int(page.evaluate(drafts))


def test_what_was_typed_offline_outlives_the_page_and_is_sent_once(
    signed_in: BrowserContext, colleague: Colleague
) -> None:
    # Given an answer of which a first sentence is stored
    page = open_answer(signed_in, "21")
    type_facts(page, "Pertama.")
    expect_state(page, "saved")
    # When the connection breaks, more is typed, and the page is closed
    signed_in.set_offline(True)
    type_facts(page, " Kedua.")
    expect_state(page, "offline")
    page.close()
    assert colleague.stored("21") == (1, "Pertama.", "")
    # And the page is opened again with a connection
    signed_in.set_offline(False)
    page = open_answer(signed_in, "21")
    # Then all of it is there, stored as one version more, and the browser keeps nothing
    expect_state(page, "saved")
    expect(page.get_by_label("Fakta", exact=True)).to_have_value("Pertama. Kedua.")
    expect(page.locator(".save-state")).to_contain_text("sudah dimunculkan kembali")
    assert colleague.stored("21") == (2, "Pertama. Kedua.", "")
    assert kept(page) == 0
    page.reload()
    expect(page.get_by_label("Fakta", exact=True)).to_have_value("Pertama. Kedua.")
    assert colleague.stored("21")[0] == 2
    page.close()


def test_saving_offline_stays_on_the_page_and_the_rest_goes_when_the_connection_is_back(
    signed_in: BrowserContext, colleague: Colleague
) -> None:
    page = open_answer(signed_in, "22")
    signed_in.set_offline(True)
    type_facts(page, "Di jalan.")
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect_state(page, "unsent")
    type_facts(page, " Masih di jalan.")
    expect_state(page, "offline")
    signed_in.set_offline(False)
    expect_state(page, "saved")
    assert colleague.stored("22") == (1, "Di jalan. Masih di jalan.", "")
    assert kept(page) == 0
    page.close()


def test_an_answer_that_arrived_without_a_receipt_is_no_conflict_with_oneself(
    signed_in: BrowserContext, colleague: Colleague
) -> None:
    # Given a save that reached the server while its answer was lost on the way
    page = open_answer(signed_in, "23")
    address = f"**/regions/{CODE}/evaluations/2025/23/"

    def lose_the_receipt(route: Route) -> None:
        route.fetch()
        route.abort("connectionreset")

    page.route(address, lose_the_receipt)
    type_facts(page, "Sampai.")
    expect_state(page, "offline")
    page.unroute(address)
    assert colleague.stored("23") == (1, "Sampai.", "")
    # When more is typed, and the page is closed before it is sent
    signed_in.set_offline(True)
    type_facts(page, " Lanjut.")
    expect_state(page, "offline")
    page.close()
    signed_in.set_offline(False)
    page = open_answer(signed_in, "23")
    # Then it is stored without asking anybody
    expect_state(page, "saved")
    assert colleague.stored("23") == (2, "Sampai. Lanjut.", "")
    assert kept(page) == 0
    page.close()


def test_somebody_elses_field_is_merged_with_what_was_typed_offline(
    signed_in: BrowserContext, colleague: Colleague
) -> None:
    page = open_answer(signed_in, "24")
    signed_in.set_offline(True)
    type_facts(page, "Fakta saya.")
    expect_state(page, "offline")
    colleague.writes("24", analysis="Analisis rekan.")
    signed_in.set_offline(False)
    expect_state(page, "saved")
    expect(page.get_by_label("Analisis", exact=True)).to_have_value("Analisis rekan.")
    assert colleague.stored("24") == (2, "Fakta saya.", "Analisis rekan.")
    page.close()


def test_two_people_on_one_text_see_both_side_by_side_and_nothing_of_either_is_lost(
    signed_in: BrowserContext, colleague: Colleague
) -> None:
    # Given a text that was typed offline, and another one that a colleague stored meanwhile
    page = open_answer(signed_in, "25")
    signed_in.set_offline(True)
    type_facts(page, "Kata saya.")
    expect_state(page, "offline")
    colleague.writes("25", facts="Kata rekan.")
    page.close()
    # When the page is opened with a connection
    signed_in.set_offline(False)
    page = open_answer(signed_in, "25")
    expect_state(page, "conflict")
    type_facts(page, " Dan lagi.")
    assert colleague.stored("25") == (1, "Kata rekan.", "")
    with page.expect_navigation():
        page.get_by_role("button", name="Lihat keduanya berdampingan").click()
    # Then both texts stand side by side on a page that axe finds no fault with
    expect(page.locator(".sides")).to_contain_text("Kata rekan.")
    expect(page.locator(".sides")).to_contain_text("Kata saya. Dan lagi.")
    assert axe_violations(page) == []
    # And when they are written together, that is stored and the browser keeps nothing
    page.check("#edit-facts")
    page.fill("textarea[name=facts]", "Kata kami.")
    with page.expect_navigation():
        page.get_by_role("button", name="Simpan pilihan").click()
    expect(page.get_by_label("Fakta", exact=True)).to_have_value("Kata kami.")
    assert colleague.stored("25") == (2, "Kata kami.", "")
    assert kept(page) == 0
    page.close()


def test_what_was_typed_for_an_answer_that_went_on_is_shown_to_be_copied(
    signed_in: BrowserContext, colleague: Colleague
) -> None:
    # Given a text that was typed offline while a colleague handed the answer in
    page = open_answer(signed_in, "26")
    signed_in.set_offline(True)
    type_facts(page, "Terlambat.")
    expect_state(page, "offline")
    colleague.hands_in("26")
    page.close()
    # When the page is opened: the answer cannot be written any more
    signed_in.set_offline(False)
    page = open_answer(signed_in, "26")
    # Then the words are there until they are not needed any more
    expect(page.get_by_label("Fakta", exact=True)).to_have_value("Terlambat.")
    assert axe_violations(page) == []
    page.get_by_role("button", name="Hapus dari peramban ini").click()
    expect(page.get_by_label("Fakta", exact=True)).to_be_hidden()
    assert (kept(page), colleague.stored("26")[0]) == (0, 1)
    page.close()


def test_a_draft_that_was_handed_in_is_not_brought_back_later(
    signed_in: BrowserContext, colleague: Colleague
) -> None:
    page = open_answer(signed_in, "27")
    type_facts(page, "Diserahkan.")
    page.locator("[name=level][value='1']").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Simpan dan serahkan").click()
    expect(page.locator("main")).to_contain_text("Indikator 27 diserahkan.")
    expect(page.locator("draft-shelf")).to_be_hidden()
    assert (kept(page), colleague.stored("27")[1]) == (0, "Diserahkan.")
    page.close()
