"""What an officer sees who takes a working sheet out as a workbook, brings it back, and asks for a report."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Browser, Page, ViewportSize

from livinglab.evaluations.models import ReportJob, ReportState
from livinglab.evaluations.operations import answers, reports, workbooks
from livinglab.kernel import clock
from livinglab.kernel.tenancy import tenancy
from tests.browser.conftest import LOOKS, Site, axe_violations
from tests.evaluations.kit import AT, Region, draft, open_round
from tests.evaluations.test_workbook_files import edited, where

pytestmark = pytest.mark.browser

CODE = "35.29"  # Sumenep; everything in its round is made up
HERE = f"/regions/{CODE}/evaluations/2025"
PASSWORD = "kata-sandi-uji-2025"
NARROW = ViewportSize(width=320, height=700)
DESKTOP = ViewportSize(width=1440, height=1000)


@pytest.fixture(scope="module")
def filled(
    site: Site, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Region, Path]:
    """A region, and a workbook that was filled offline while somebody else wrote online."""
    file = tmp_path_factory.mktemp("workbook") / "lembar-kerja.xlsx"
    with django_db_blocker.unblock(), ThreadPoolExecutor(1) as beside:  # the browser's loop keeps this thread
        return beside.submit(_filled, file).result(), file


def _filled(file: Path) -> Region:
    try:
        region = open_round(code=CODE)
        region.entry.set_password(PASSWORD)
        region.entry.save()
        place = region.as_(region.entry)
        answers.save(place=place, indicator="21", draft=draft(2, "F", "A"), base_version=0, at=AT)
        content = workbooks.export(place=place, at=AT, language="id")
        cells = {
            where(content, "21", "facts"): "Ditulis luring.",
            where(content, "22", "facts"): "Fakta yang panjang. " * 40,
            where(content, "23", "level"): 4,  # its checklist allows 1
        }
        file.write_bytes(edited(content, **cells))
        answers.save(
            place=place, indicator="21", draft=draft(2, "Ditulis daring.", "A"), base_version=1, at=AT
        )
        for state, problem in ((ReportState.WORKING, ""), (ReportState.FAILED, "broken")):
            job = reports.ask(place=place, language="id", form="pdf" if problem else "docx", at=clock.now())
            with tenancy(region.organization.id):
                ReportJob.objects.filter(id=job.id).update(state=state, percent=40, problem=problem)
        job = reports.ask(place=place, language="en", form="docx", at=clock.now() - timedelta(minutes=1))
        reports.make(organization_id=region.organization.id, job_id=job.id, at=clock.now())
    finally:
        connections.close_all()
    return region


@pytest.fixture(scope="module")
def officer(chromium: Browser, site: Site, filled: tuple[Region, Path]) -> Iterator[Page]:
    context = chromium.new_context(base_url=site.url, viewport=NARROW)
    page = context.new_page()
    page.goto("/accounts/login/")
    page.fill("[name=login]", filled[0].entry.email)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/accounts/login" not in url)
    yield page
    context.close()


def _problems(page: Page, path: str) -> list[str]:
    """Everything by day on a phone of 320 px; by night on a desk what the look can change."""
    page.set_viewport_size(NARROW)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.goto(path)
    found = axe_violations(page) + _sideways(page)
    page.set_viewport_size(DESKTOP)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    return found + axe_violations(page, rules=LOOKS) + _sideways(page)


def _sideways(page: Page) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"scrolls sideways by {wide} px"] if wide > 0 else []


@pytest.mark.parametrize("page", ["workbook/", "report/"])
def test_a_page_for_files_is_accessible_and_fits(officer: Page, page: str) -> None:
    assert _problems(officer, f"{HERE}/{page}") == []


def test_a_filled_workbook_is_looked_at_and_stored(officer: Page, filled: tuple[Region, Path]) -> None:
    # Given a workbook in which one text was meanwhile changed by somebody else
    officer.goto(f"{HERE}/workbook/")
    officer.set_input_files("#file", filled[1])
    officer.click("text=Unggah dan lihat perubahannya")
    assert officer.inner_text("h1") == "Buku kerja mengubah 2 indikator"
    # Then the page that shows it is accessible and fits
    assert _problems(officer, officer.url) == []
    # When the officer takes what the workbook says
    officer.check("#choice-facts-21-mine")
    officer.click("text=Simpan perubahan ini")
    # Then it is stored, and the row that cannot be was left out
    officer.wait_for_selector(".messages")
    assert "2 jawaban tersimpan." in officer.inner_text(".messages")
    officer.goto(f"{HERE}/21/")
    assert officer.input_value("[name=facts]") == "Ditulis luring."
