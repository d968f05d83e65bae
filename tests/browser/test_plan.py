"""Plan and follow through, as Siak's secretary does: the next band, a teacher, a plan accepted, a visit with a promise.

Siak's levels are made up and give its published result of 2024. The region that breaks its promise does not exist.
"""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from livinglab.kernel import clock
from tests.browser.story import Desk, at, press

pytestmark = pytest.mark.browser

AGENCY = "Dinas Komunikasi dan Informatika (demo)"


def heading(page: Page) -> str:
    """This function will return what a page says first."""
    return page.get_by_role("heading", level=1).inner_text()


def effort(page: Page) -> float:
    """This function will return the effort of a plan as its heading says it."""
    found = re.search(r"upaya ([\d.]+(?:,\d+)?)", heading(page))
    assert found is not None, heading(page)
    return float(found[1].replace(".", "").replace(",", "."))


def test_siak_plans_learns_and_commits_and_a_broken_promise_is_seen(desk: Desk) -> None:
    secretary, host = desk("sekda.siak"), desk("sekda.sumedang")
    _the_next_band_has_a_proven_plan_and_teachers(secretary)
    _locks_and_exclusions_have_their_price(secretary)
    _the_plan_becomes_actions_that_an_agency_takes(secretary)
    visit = _a_visit_for_two_steps_takes_place(secretary, host)
    _it_ends_in_a_commitment_that_is_put_into_the_plan(secretary, visit)
    _the_ministry_sees_who_did_not_keep_a_promise(desk("kementerian"))


def _the_next_band_has_a_proven_plan_and_teachers(secretary: Page) -> None:
    at(secretary, "/regions/14.08/plan/")
    assert "membawa Siak dari 3,54 ke 4,2" in heading(secretary)
    expect(secretary.locator("main")).to_contain_text("Tidak ada rencana dengan upaya lebih kecil")
    at(secretary, "/regions/14.08/plan/teachers/17/3/")
    assert "pernah mengambil langkah ini" in heading(secretary)
    expect(secretary.locator("main")).to_contain_text("Dicocokkan menurut domain")


def _locks_and_exclusions_have_their_price(secretary: Page) -> None:
    at(secretary, "/regions/14.08/plan/")
    free = effort(secretary)
    secretary.get_by_role("link", name=re.compile("^keluarkan")).first.click()
    secretary.wait_for_url("**exclude=**")
    without = effort(secretary)
    assert without > free, "the cheapest plan needs the step that gains most for its effort"
    at(secretary, secretary.url.split("#")[0] + "&lock=39:5")
    assert effort(secretary) >= without
    assert "39" in secretary.locator("main").inner_text()


def _the_plan_becomes_actions_that_an_agency_takes(secretary: Page) -> None:
    secretary.get_by_role("link", name="Tetapkan rencana ini").click()
    secretary.wait_for_url("**/actions/accept/**")
    press(secretary, "Tetapkan rencana ini")
    found = re.match(r"0 dari (\d+) aksi selesai", heading(secretary))
    assert found is not None, heading(secretary)
    at(secretary, secretary.url)
    secretary.locator("#a-1").check()
    secretary.get_by_label("Perangkat daerah", exact=True).select_option(label=AGENCY)
    press(secretary, "Bagikan")
    expect(secretary.locator("tr", has=secretary.locator("#a-1"))).to_contain_text(AGENCY)


def _a_visit_for_two_steps_takes_place(secretary: Page, host: Page) -> str:
    today = clock.today()
    at(secretary, "/regions/32.11/visits/ask/?instrument=spbe-2020&steps=11:4,18:3&visitor=14.08")
    secretary.get_by_label("Yang ingin dilihat dan dipelajari").fill("Melihat arsitektur SPBE (peragaan).")
    secretary.get_by_label("Anda dapat datang dari tanggal").fill(today.isoformat())
    secretary.get_by_label("sampai tanggal").fill((today + timedelta(days=14)).isoformat())
    press(secretary, "Kirim permintaan")
    visit = secretary.url
    at(host, visit)
    host.get_by_label("Tanggal kunjungan").fill(today.isoformat())
    press(host, "Setujui tanggal ini")
    host.get_by_label("Tanggal kunjungan berlangsung").fill(today.isoformat())
    press(host, "Kunjungan terlaksana")
    at(secretary, f"{visit}minutes/")
    secretary.get_by_label("Yang diperlihatkan dan dibicarakan").fill("Notulen peragaan.")
    press(secretary, "Simpan notulen")
    assert "komitmen belum ada" in heading(secretary)
    return visit


def _it_ends_in_a_commitment_that_is_put_into_the_plan(secretary: Page, visit: str) -> None:
    today = clock.today()
    at(secretary, f"{visit}commit/")
    secretary.get_by_label("Judul").fill("Komitmen peragaan")
    secretary.get_by_label("Nomor naskah").fill("000/PERAGAAN/2")
    secretary.get_by_label("Ditandatangani oleh").fill("Bupati (demo)")
    secretary.get_by_label("Tanggal penandatanganan").fill(today.isoformat())
    secretary.get_by_label("Tanggal terakhir komitmen").fill((today + timedelta(days=400)).isoformat())
    for number in (1, 2):
        secretary.locator(f"#due-{number}").fill((today + timedelta(days=200)).isoformat())
    press(secretary, "Catat komitmen")
    at(secretary, secretary.url)
    without_action = secretary.get_by_text("belum ada aksi dalam rencana")
    expect(without_action).to_have_count(2)
    press(secretary, "Masukkan ke rencana aksi")
    expect(secretary.get_by_text("2 aksi dalam rencana Anda menepati komitmen ini.")).to_have_count(1)
    expect(without_action).to_have_count(0)


def _the_ministry_sees_who_did_not_keep_a_promise(ministry: Page) -> None:
    at(ministry, "/follow-through/owing/")
    expect(ministry.locator("main")).to_contain_text("Kabupaten Contoh (fiktif)")
