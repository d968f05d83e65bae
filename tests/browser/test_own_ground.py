"""A service on a region's own ground, in a browser: handed down to villages, and told to the people."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from livinglab.kernel import clock
from tests.browser.conftest import axe_violations, databases
from tests.browser.story import Desk, at, press
from tests.packages.versions import version_of

pytestmark = pytest.mark.browser

#: what nobody has taken over in another story: Sumedang, and the letter of hardship
PACKAGE = f"/en/packages/99.71/sktm/{version_of('sktm')}/adopt/"
AREAS = "code,name\n32.11.90,Contoh\n32.11.90.1001,Kelurahan Contoh\n32.11.90.2001,Desa Contoh\n"


def narrow(page: Page) -> Page:
    """This function will see that a page fits the narrowest phone, and that axe has nothing against it there."""
    page.set_viewport_size({"width": 320, "height": 700})
    width = page.evaluate("() => [document.documentElement.scrollWidth, window.innerWidth]")
    assert width[0] <= width[1], f"{page.url} is wider than the screen"
    assert axe_violations(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    return page


def test_a_region_hands_a_service_down_and_tells_its_people(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "areas.csv"
    file.write_text(AREAS, "utf-8")
    command = [sys.executable, "-m", "livinglab.config.cli", "areas", "import", str(file)]
    subprocess.run(command, env=_environment(), check=True, cwd=settings.ROOT, capture_output=True)
    officer = desk("sekda.sumedang")
    at(officer, PACKAGE)
    press(officer, "Take it over")
    adoption = officer.url
    _it_is_handed_down(officer, adoption)
    _the_people_are_told(officer, adoption)


def _environment() -> dict[str, str]:
    return {**os.environ, **databases(), "LIVINGLAB_MODE": "demo"}


def _it_is_handed_down(officer: Page, adoption: str) -> None:
    officer.get_by_role("link", name="Hand it down to districts and villages").click()
    narrow(officer)
    officer.get_by_role("link", name="Hand it down to more").click()
    narrow(officer)
    press(officer, "The whole district")
    expect(officer.locator("h1")).to_have_text(
        "Handed down to 1 district and 2 villages; 1 village has not decided yet."
    )
    narrow(officer)
    officer.get_by_label("Desa Contoh").check()
    officer.get_by_label("Number of the decision or agreement").fill("141/1/2026")
    officer.get_by_label("Its day").fill("2026-11-02")
    press(officer, "Keep the decision")
    expect(officer.locator("h1")).to_have_text("Handed down to 1 district and 2 villages.")
    officer.get_by_role("link", name="Values of Contoh", exact=True).click()
    officer.get_by_label("Name of the village office").fill("Kantor Contoh")
    press(officer, "Keep the values")
    at(officer, f"{adoption}units/32.11.90.2001/")
    expect(officer.get_by_role("row", name="Name of the village office")).to_contain_text("from Contoh")
    narrow(officer)


def _the_people_are_told(officer: Page, adoption: str) -> None:
    narrow(at(officer, f"{adoption}tell/"))
    officer.get_by_label("Where or for whom").fill("Kantor desa")
    officer.get_by_label("Who does it").fill("Dinas sosial")
    officer.get_by_label("First day").fill(f"{clock.today() + timedelta(days=7):%Y-%m-%d}")
    press(officer, "Plan it")
    expect(officer.locator("h1")).to_have_text("1 channel is planned; nobody opened a link yet.")
    narrow(officer)
    officer.get_by_role("link", name="Poster: Kantor desa").click()
    link = officer.locator("#poster ~ p code").inner_text()
    narrow(officer)
    officer.goto(link)
    expect(officer).to_have_url(f"{link.split('/en/')[0]}/en/packages/99.71/sktm/")
    at(officer, f"{adoption}tell/")
