"""An office hands its part of a case over to an agency, on a phone and by keyboard, and the agency does it."""

from datetime import timedelta
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, expect

from livinglab.accounts.models import User
from livinglab.casework.domain.states import Channel, SeatKind
from livinglab.casework.operations import cases, drafts, services
from livinglab.kernel import clock
from livinglab.organizations.operations import add_agency
from livinglab.organizations.queries import AgencyKind, Role
from tests.browser.conftest import Site
from tests.browser.story import PHONE, Beside, looked_at
from tests.casework.billing import ANSWERS, PARAMETERS
from tests.organizations.people import make_member, organization
from tests.releases.kit import files_of, zipped

pytestmark = pytest.mark.browser

#: everything in it is made up
REGION: Final = "33.05"
VILLAGE: Final = "33.05.01.2001"
DESK: Final = f"/regions/{REGION}/desk/"
SEATS: Final = f"/regions/{REGION}/seats/"
PASSWORD: Final = "kata-sandi-uji-2026"
AGENCIES: Final = ("Dinas Contoh Perizinan", "Dinas Contoh Pekerjaan Umum")
INSTRUCTION: Final = "Periksa ukuran rangkanya lebih dahulu."


def _prepared() -> tuple[str, str]:
    """Let the region run the permit for advertisements; return the number of an application and its secret address."""
    home, now = organization(REGION), clock.now()
    service = services.put_to_work(
        organization=home,
        content=zipped(files_of("reklame", home)),
        parameters=PARAMETERS,
        places={},
        by=None,
        at=now - timedelta(days=30),
        is_synthetic=True,
    )
    first, second = (
        add_agency(organization_id=home.id, name=one, kind=AgencyKind.DEPARTMENT, by=None, at=now).id
        for one in AGENCIES
    )
    coordinator = make_member("sekda-3305", Role.COORDINATOR, REGION)
    for name, agency_id in (("izin-3305", None), ("pu-3305", second), ("lain-3305", first)):
        user = make_member(name, Role.AGENCY_OFFICER, REGION)
        services.give_seat(
            organization=home,
            user_id=user.id,
            kind=SeatKind.AGENCY,
            agency_id=agency_id,
            by=coordinator,
            at=now,
        )
    for user in User.objects.filter(email__contains="-3305"):
        user.set_password(PASSWORD)
        user.save()
    _draft, token = drafts.begin(
        organization=home,
        service_id=service.id,
        channel=Channel.SELF,
        applicant=None,
        helped_by=None,
        at=now,
    )
    drafts.save(organization=home, token=token, answers={**ANSWERS, "village": VILLAGE}, at=now)
    return cases.submit(organization=home, token=token, by=None, at=now).number, token


def _address(name: str) -> str:
    return User.objects.get(email__startswith=f"{name}-3305").email


def _signed_in(chromium: Browser, site: Site, address: str) -> Page:
    page = chromium.new_context(base_url=site.url, viewport=PHONE, locale="id-ID").new_page()
    page.set_default_timeout(60_000)
    page.goto("/accounts/login/")
    page.fill("[name=login]", address)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/accounts/login" not in url)
    return page


def test_an_agency_gets_an_office_s_part_of_a_case_and_no_other_sees_it(
    chromium: Browser, site: Site, beside: Beside
) -> None:
    # Given an application at an office, and officers of two agencies who see only what is handed to theirs
    number, token = beside(_prepared)
    office, works, other, regional = (
        _signed_in(chromium, site, beside(lambda name=name: _address(name)))
        for name in ("izin", "pu", "lain", "sekda")
    )
    works.goto(DESK)
    expect(works.get_by_role("link", name=number)).to_have_count(0)
    # When the office hands its part over by keyboard, first without saying to whom
    office.goto(DESK)
    office.get_by_role("link", name=number).press("Enter")
    summary = office.get_by_text("Serahkan ke perangkat daerah")
    summary.focus()
    office.keyboard.press("Enter")
    looked_at(office, "disposing-form")
    with office.expect_navigation():
        office.get_by_role("button", name="Serahkan", exact=True).press("Enter")
    expect(office.get_by_text("Pilih perangkat daerah yang menerimanya.").first).to_be_visible()
    looked_at(office, "disposing-refused")
    step = office.url[len(site.url) :].removesuffix("dispose/")
    office.goto(f"/en{step}")
    office.get_by_text("Hand it over to an agency").click()
    looked_at(office, "disposing-form-en")
    office.get_by_label("Agency").select_option(label=AGENCIES[1])
    office.get_by_label("Instruction").fill(INSTRUCTION)
    with office.expect_navigation():
        office.get_by_role("button", name="Hand over", exact=True).press("Enter")
    expect(office.get_by_text(f"{number} is handed over.")).to_be_visible()
    looked_at(office, "disposing-handed-over-en")
    # Then that agency reads what it is to do, the other sees nothing, and the applicant reads who has it
    works.goto(DESK)
    works.get_by_role("link", name=number).click()
    expect(works.get_by_text(INSTRUCTION)).to_be_visible()
    looked_at(works, "disposing-at-the-agency")
    other.goto(DESK)
    expect(other.get_by_role("link", name=number)).to_have_count(0)
    citizen = chromium.new_context(base_url=site.url, viewport=PHONE, locale="id-ID").new_page()
    for prefix in ("", "/en"):
        citizen.goto(f"{prefix}/applications/{REGION}/{token}/")
        expect(citizen.get_by_text(AGENCIES[1]).first).to_be_visible()
        assert INSTRUCTION not in citizen.content()
        looked_at(citizen, f"disposing-status{prefix.replace('/', '-')}")
    # And the agency does the step
    works.get_by_label("Lengkap").first.check()
    with works.expect_navigation():
        works.get_by_role("button", name="Selesai", exact=True).click()
    looked_at(works, "disposing-done")
    # And who answers for the services reads of whom the seats are
    for prefix in ("", "/en"):
        regional.goto(f"{prefix}{SEATS}")
        expect(regional.get_by_text(AGENCIES[1]).first).to_be_visible()
        looked_at(regional, f"disposing-seats{prefix.replace('/', '-')}")
    for page in (office, works, other, regional, citizen):
        page.context.close()
