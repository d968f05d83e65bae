"""Tables that an office reads on a phone: nothing of them hides behind the edge, and each figure says what it is."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, expect

from livinglab.accounts.models import User
from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import ServiceMonth
from livinglab.casework.operations import services
from livinglab.kernel import clock
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.models import Organization
from livinglab.organizations.queries import Role
from livinglab.signatures.operations import certificates
from livinglab.surveys import operations as surveys
from livinglab.surveys.domain.elements import Answers
from tests.browser.conftest import Site
from tests.browser.pages import in_language
from tests.browser.story import Beside, looked_at, scrolled_sideways
from tests.casework.kit import PARAMETERS
from tests.organizations.people import make_member, organization
from tests.releases.kit import files_of, zipped
from tests.surveys.kit import HAPPY, UNHAPPY, asked

pytestmark = pytest.mark.browser

#: everything in it is made up
REGION: Final = "35.16"
VILLAGE: Final = "35.16.01.2001"
PASSWORD: Final = "kata-sandi-uji-2026"
HOME: Final = f"/regions/{REGION}"
#: each page and how many rows its tables hold altogether
PAGES: Final = {
    "seats": (f"{HOME}/seats/", 5),
    "certificates": (f"{HOME}/certificates/", 4),
    "satisfaction": (f"{HOME}/satisfaction/", 4),
    "rating": (f"{HOME}/satisfaction/", 10),  # of the first of them: nine elements and a year
    "performance": (f"{HOME}/performance/sktm/", 19),  # twelve months, five ends and two versions
}
#: the narrowest phone, a usual one, the first width at which tables stay tables, a desk
WIDTHS: Final = (320, 360, 768, 1280)


@pytest.fixture(scope="module")
def coordinator(chromium: Browser, site: Site, beside: Beside) -> Iterator[Page]:
    """The one who answers for all of it, signed in."""
    beside(_prepared)
    context = chromium.new_context(base_url=site.url, locale="id-ID", reduced_motion="reduce")
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto("/accounts/login/")
    page.fill("[name=login]", "sekda-3516@uji.example")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/accounts/login" not in url)
    yield page
    context.close()


def _prepared() -> None:
    home = organization(REGION)
    coordinator = make_member("sekda-3516", Role.COORDINATOR, REGION)
    coordinator.set_password(PASSWORD)
    coordinator.save()
    _seats(home, coordinator)
    _certificates(home, coordinator)
    _ratings(home)


def _seats(home: Organization, coordinator: User) -> None:
    """Let the region run a service that was busy for a year, at whose seats five people sit."""
    now = clock.now()
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
        ("operator-desa-sumberwaru-3516", SeatKind.VILLAGE, VILLAGE),
        ("kepala-desa-3516", SeatKind.SIGNER, VILLAGE),
        ("dinas-sosial-3516", SeatKind.AGENCY, ""),
        ("inspektur-3516", SeatKind.INSPECTOR, ""),
        ("camat-3516", SeatKind.SUPERIOR, ""),
    ):
        user = make_member(name, Role.VILLAGE_OPERATOR, REGION)
        services.give_seat(
            organization=home, user_id=user.id, kind=kind, unit_code=unit_code, by=coordinator, at=now
        )
    with tenancy(home.id):
        for month in range(1, 13):
            for release in ("1.0.0", "1.1.0"):
                ServiceMonth.objects.create(
                    organization_id=home.id,
                    service_id=service.id,
                    release=release,
                    month=date(2026, month, 1),
                    arrived=1200 + month,
                    granted=1000,
                    refused=60,
                    lapsed=40,
                    withdrawn=70,
                    kept=1010,
                    breached=90,
                    days={"1": 400, "2": 400, "12": 300},
                    hours={"24": 400, "50": 400, "300": 300},
                )


def _certificates(home: Organization, coordinator: User) -> None:
    """Give four officials a certificate each, and revoke the last one."""
    now = clock.now()
    for nth, (name, position) in enumerate(
        (
            ("Pejabat Contoh Pertama", "Kepala Desa Sumberwaru"),
            ("Pejabat Contoh Kedua", "Kepala Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu"),
            ("Pejabat Contoh Ketiga", "Camat"),
            ("Pejabat Contoh Keempat", "Sekretaris Daerah"),
        )
    ):
        held = certificates.issue(
            organization=home,
            user_id=make_member(f"pejabat-{nth}-3516", Role.VILLAGE_OPERATOR, REGION).id,
            name=name,
            position=position,
            passphrase="kata kunci rahasia 71",
            by=coordinator,
            at=now,
        )
    certificates.revoke(
        organization=home,
        certificate_id=held.id,
        reason="Pejabat berpindah tugas ke kantor lain.",
        by=coordinator,
        at=now,
    )


def _ratings(home: Organization) -> None:
    """Have applicants rate four services, one of them too seldom for an index."""
    for name, number, answers in (
        ("Surat Keterangan Tidak Mampu", 12, HAPPY),
        ("Persetujuan Kesesuaian Kegiatan Pemanfaatan Ruang", 11, UNHAPPY),
        ("Kartu Keluarga", 10, HAPPY),
        ("Pengaduan", 4, HAPPY),
    ):
        _rated(home, name, number, answers)


def _rated(home: Organization, name: str, number: int, answers: Answers) -> None:
    now, service_id = clock.now(), new_id()
    for _nth in range(number):
        question = asked(service_id=service_id, names={"id": name, "en": name}, step="end")
        token = surveys.invite(organization_id=home.id, asked=question, by=None, at=now)
        surveys.answer(organization_id=home.id, token=token, answers=answers, comment="", at=now)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_no_table_of_an_office_scrolls_sideways(coordinator: Page, name: str, language: str) -> None:
    path, rows = PAGES[name]
    for width in WIDTHS:
        coordinator.set_viewport_size({"width": width, "height": 740})
        coordinator.goto(in_language(path, language))
        if name == "rating":
            coordinator.locator("tbody a").first.click()
        for behind in coordinator.locator("details:not([open]) > summary").all():
            behind.click()
        assert coordinator.locator("tbody tr").count() == rows
        looked_at(coordinator, f"narrow-{name}-{language}-{width}")
        assert scrolled_sideways(coordinator) == [], f"at {width} px"


def test_a_card_names_each_cell_for_the_eye_and_stays_a_table_for_the_ear(coordinator: Page) -> None:
    coordinator.set_viewport_size({"width": 360, "height": 740})
    for name, (path, _rows) in PAGES.items():
        coordinator.goto(path)
        for behind in coordinator.locator("details:not([open]) > summary").all():
            behind.click()
        card = coordinator.locator(".cards tbody tr").first
        heads = coordinator.locator(".cards").first.get_by_role("columnheader").all_text_contents()
        said = card.get_by_role("cell").evaluate_all("all => all.map(one => one.dataset.column || null)")
        assert [head for head in heads[1:] if head != "Tindakan"] == [one for one in said if one], name
        expect(card.get_by_role("rowheader")).to_have_count(1)


def test_an_office_prints_its_tables_as_tables(coordinator: Page) -> None:
    coordinator.set_viewport_size({"width": 360, "height": 740})
    coordinator.goto(PAGES["seats"][0])
    row = coordinator.locator("tbody tr").first
    assert row.evaluate("one => getComputedStyle(one).display") == "grid"
    coordinator.emulate_media(media="print")
    assert row.evaluate("one => getComputedStyle(one).display") == "table-row"
    coordinator.emulate_media(media="screen")
