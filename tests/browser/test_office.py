"""An office shares out what waits and does several at once: on a phone, on a wide screen, and by keyboard alone."""

from datetime import timedelta
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, expect

from livinglab.accounts.models import User
from livinglab.casework.domain.states import Channel, SeatKind
from livinglab.casework.operations import cases, drafts, escalating, services
from livinglab.kernel import clock
from livinglab.organizations.queries import Role
from tests.browser.conftest import Site
from tests.browser.story import PHONE, Beside, looked_at
from tests.casework.kit import ANSWERS, PARAMETERS
from tests.organizations.people import make_member, organization
from tests.releases.kit import files_of, zipped

pytestmark = pytest.mark.browser

#: everything in it is made up
REGION: Final = "35.15"
VILLAGE: Final = "35.15.01.2001"
DESK: Final = f"/regions/{REGION}/desk/"
PASSWORD: Final = "kata-sandi-uji-2026"


def _prepared() -> None:
    """Let the region run the letter of hardship, with two officers, their superior, and five applications."""
    home, now = organization(REGION), clock.now()
    coordinator = make_member("sekda-3515", Role.COORDINATOR, REGION)
    service = services.put_to_work(
        organization=home,
        content=zipped(files_of("sktm", home)),
        parameters=PARAMETERS,
        places={VILLAGE: {}},
        by=None,
        at=now - timedelta(days=30),
        is_synthetic=True,
    )
    for name, kind, unit_code in (
        ("ani-3515", SeatKind.VILLAGE, VILLAGE),
        ("budi-3515", SeatKind.VILLAGE, VILLAGE),
        ("camat-3515", SeatKind.SUPERIOR, ""),
    ):
        user = make_member(name, Role.VILLAGE_OPERATOR, REGION)
        user.set_password(PASSWORD)
        user.save()
        services.give_seat(
            organization=home, user_id=user.id, kind=kind, unit_code=unit_code, by=coordinator, at=now
        )
    for nth in range(5):
        at = now - timedelta(days=20) if nth == 0 else now
        _draft, token = drafts.begin(
            organization=home,
            service_id=service.id,
            channel=Channel.SELF,
            applicant=None,
            helped_by=None,
            at=at,
        )
        drafts.save(organization=home, token=token, answers={**ANSWERS, "village": VILLAGE}, at=at)
        cases.submit(organization=home, token=token, by=None, at=at)
    escalating.escalate(organization_id=home.id, at=now)


def _at_work(chromium: Browser, site: Site, name: str, address: str) -> Page:
    page = chromium.new_context(base_url=site.url, viewport=PHONE, locale="id-ID").new_page()
    page.set_default_timeout(60_000)
    page.goto("/accounts/login/")
    page.fill("[name=login]", address)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/accounts/login" not in url)
    return page


def _addresses() -> dict[str, str]:
    return {one: User.objects.get(email__startswith=f"{one}-3515").email for one in ("ani", "budi", "camat")}


def test_an_office_shares_out_what_waits_and_does_several_at_once(
    chromium: Browser, site: Site, beside: Beside
) -> None:
    # Given five applications, one of them late, and two officers with their superior
    beside(_prepared)
    address = beside(_addresses)
    ani = _at_work(chromium, site, "ani", address["ani"])
    for prefix, width in (("", 360), ("/en", 360), ("", 1280), ("/en", 1280)):
        ani.set_viewport_size({"width": width, "height": 800})
        ani.goto(f"{prefix}{DESK}")
        looked_at(ani, f"office-desk-{width}{prefix.replace('/', '-')}")
        ani.locator("summary").click()
        looked_at(ani, f"office-filters-{width}{prefix.replace('/', '-')}")
    # When Ani narrows the list by keyboard and takes two
    ani.set_viewport_size(PHONE)
    ani.goto(DESK)
    ani.locator("summary").focus()
    ani.keyboard.press("Enter")
    ani.keyboard.press("Tab")
    expect(ani.locator("[name=number]")).to_be_focused()
    ani.keyboard.type("3")
    with ani.expect_navigation():
        ani.keyboard.press("Enter")
    expect(ani.locator("tbody tr")).to_have_count(1)
    looked_at(ani, "office-narrowed")
    ani.goto(DESK)
    for nth in (0, 1):
        ani.locator("tbody input").nth(nth).focus()
        ani.keyboard.press("Space")
    ani.locator("button[value=me]").focus()
    with ani.expect_navigation():
        ani.keyboard.press("Enter")
    expect(ani.get_by_text("2 sekarang Anda kerjakan.")).to_be_visible()
    looked_at(ani, "office-taken")
    # Then Budi cannot do hers until he takes it over, and she reads so
    budi = _at_work(chromium, site, "budi", address["budi"])
    budi.goto(DESK)
    budi.locator("tbody a").first.click()
    expect(budi.get_by_role("button", name="Selesai", exact=True)).to_have_count(0)
    looked_at(budi, "office-task-of-another")
    with budi.expect_navigation():
        budi.get_by_role("button", name="Ambil alih").click()
    expect(budi.get_by_role("button", name="Selesai", exact=True)).to_be_visible()
    budi.get_by_text("Serahkan kepada rekan").click()
    looked_at(budi, "office-task")
    budi.goto(f"/en{budi.url[len(site.url) :]}")
    looked_at(budi, "office-task-en")
    budi.set_viewport_size({"width": 1280, "height": 800})
    looked_at(budi, "office-task-1280-en")
    ani.goto(DESK)
    expect(ani.get_by_text("diambil alih dari Anda")).to_be_visible()
    # And she does three at once, by keyboard
    for box in ani.locator("tbody input").all():
        box.check()
    with ani.expect_navigation():
        ani.locator("button[value=together]").press("Enter")
    looked_at(ani, "office-together")
    ani.get_by_label("Lengkap dan benar").focus()
    ani.keyboard.press("Space")
    with ani.expect_navigation():
        ani.get_by_role("button", name="Selesai untuk semuanya").press("Enter")
    expect(ani.locator("h1")).to_have_text("4 permohonan selesai")
    looked_at(ani, "office-together-done")
    # And the superior sees what is late, and who has it
    camat = _at_work(chromium, site, "camat", address["camat"])
    camat.goto(DESK)
    camat.get_by_role("link", name="Disampaikan kepada Anda: 1").click()
    expect(camat.locator("tbody tr")).to_have_count(1)
    looked_at(camat, "office-superior")
    for page in (ani, budi, camat):
        page.context.close()
