"""A front desk looks through the day's appointments: on a phone, on a wide screen, on paper, in both languages."""

from datetime import date
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, expect

from livinglab.casework.domain.states import SeatKind
from livinglab.casework.operations import cases, services
from livinglab.kernel import clock
from livinglab.organizations.queries import Role
from livinglab.packages.domain.manifest import Calendar
from livinglab.packages.queries.calendars import days_of
from tests.browser.conftest import Site
from tests.browser.story import PHONE, Beside, looked_at
from tests.casework.booking import mall, visit
from tests.organizations.people import make_member, organization

pytestmark = pytest.mark.browser

#: everything in it is made up
REGION: Final = "33.27"
DESK: Final = f"/regions/{REGION}/desk/"
PASSWORD: Final = "kata-sandi-uji-2026"
NAME: Final = "meja-3327"


def _prepared() -> tuple[str, date]:
    """Let a region's mall give six appointments on its next working day; return who is at the desk, and the day."""
    region, now = organization(REGION), clock.now()
    service = mall(region)
    officer = make_member(NAME, Role.AGENCY_OFFICER, REGION)
    officer.set_password(PASSWORD)
    officer.save()
    head = make_member("sekda-3327", Role.COORDINATOR, REGION)
    services.give_seat(organization=region, user_id=officer.id, kind=SeatKind.AGENCY, by=head, at=now)
    day = days_of().add(clock.today(), 1, Calendar.WORKING)
    wanted = (
        ("s0800", "population"),
        ("s0800", "population"),
        ("s0800", "tax"),
        ("s0900", "land"),
        ("s0900", "health_cover"),
        ("s1100", "other"),
    )
    found = [
        visit(service, region, at=now, visit_on=day.isoformat(), slot=slot, agency=agency)
        for slot, agency in wanted
    ]
    for nth in (0, 2, 3):
        cases.complete(
            organization=region,
            case_id=found[nth].id,
            task="confirm",
            answers={"result": "free", "counter": "A3"},
            key=f"c{nth}",
            by=officer,
            at=now,
        )
    cases.complete(
        organization=region,
        case_id=found[0].id,
        task="serve",
        answers={"result": "served"},
        key="s",
        by=officer,
        at=now,
    )
    cases.withdraw(organization=region, case_id=found[4].id, key="w", by=None, at=now)
    return officer.email, day


def _at_the_desk(chromium: Browser, site: Site, address: str) -> Page:
    page = chromium.new_context(base_url=site.url, viewport=PHONE, locale="id-ID").new_page()
    page.set_default_timeout(60_000)
    page.goto("/accounts/login/")
    page.fill("[name=login]", address)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/accounts/login" not in url)
    return page


def test_a_front_desk_looks_through_the_day(chromium: Browser, site: Site, beside: Beside) -> None:
    # Given six appointments on the next working day, one served and one withdrawn
    address, day = beside(_prepared)
    page = _at_the_desk(chromium, site, address)
    # When the officer goes there from the desk by keyboard, and to the next working day
    page.goto(DESK)
    looked_at(page, "appointments-desk")
    page.get_by_role("link", name="Janji temu hari ini").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    looked_at(page, "appointments-today")
    with page.expect_navigation():
        page.get_by_role("link", name="Hari kerja berikutnya").click()
    assert page.url.endswith(f"/desk/day/?day={day.isoformat()}")
    # Then the list stands by hour, on each screen and on paper
    expect(page.locator("tbody tr")).to_have_count(6)
    for prefix, width in (("", 360), ("/en", 360), ("", 1280), ("/en", 1280)):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{prefix}{DESK}day/?day={day.isoformat()}")
        looked_at(page, f"appointments-{width}{prefix.replace('/', '-')}")
    page.emulate_media(media="print")
    expect(page.locator("form.filter")).to_be_hidden()
    looked_at(page, "appointments-paper")
    page.emulate_media(media="screen")
    # And a day that is none is said at its field
    page.set_viewport_size(PHONE)
    page.goto(f"{DESK}day/?day=besok")
    expect(page.locator(".problems")).to_be_focused()
    looked_at(page, "appointments-no-day")
    # And the number leads to the step that waits
    page.goto(f"{DESK}day/?day={day.isoformat()}")
    with page.expect_navigation():
        page.locator("tbody a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tetapkan loket")
