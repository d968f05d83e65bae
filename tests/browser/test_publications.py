"""What offices published, on a phone and in both languages: the list, an entry, taking it back, its tombstone."""

import pytest
from playwright.sync_api import Page, expect

from livinglab.casework.models import Publication
from livinglab.kernel import clock
from livinglab.kernel.freshness import changed
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import find_organization
from tests.browser.story import Beside, Desk, looked_at, on_a_phone, press

pytestmark = pytest.mark.browser
REGION = "99.71"
LIST = f"/regions/{REGION}/publications/"


def _published() -> None:
    home, at = find_organization(REGION), clock.now()
    assert home is not None
    with tenancy(home.id):
        for nth, kind, facts in (
            (901, "data", {"licence": "cc_by_4", "from_year": 2022, "until_year": 2025, "frequency": "year"}),
            (
                902,
                "legal_document",
                {
                    "document_type": "Peraturan daerah",
                    "document_number": "5",
                    "document_year": 2019,
                    "status": "repealed",
                },
            ),
        ):
            Publication.objects.create(
                organization_id=home.id,
                number=f"2026-{nth}",
                kind=kind,
                package="data-terbuka",
                names={"id": "Permohonan data terbuka", "en": "Request for open data"},
                step="publish",
                title="Jumlah murid sekolah dasar per sekolah menurut kelas dan jenis kelamin",
                description="Jumlah murid menurut kelas dan jenis kelamin di setiap sekolah dasar.",
                keeper="Dinas Pendidikan Contoh",
                link=f"https://data.contoh.example/panjang/{'sangat' * 12}/{nth}",
                published_at=at,
                revised_at=at,
                is_synthetic=True,
                **facts,
            )
        changed("casework.publications")


def test_everybody_reads_what_was_published_until_it_is_taken_back(
    phone: Page, desk: Desk, beside: Beside
) -> None:
    beside(_published)
    for prefix, language in (("", "id"), ("/en", "en")):
        phone.goto(f"{prefix}{LIST}")
        expect(phone.locator("main li")).to_have_count(2)
        looked_at(phone, f"publications-{language}")
        for nth, kind in ((901, "data"), (902, "law")):
            phone.goto(f"{prefix}{LIST}2026-{nth}/")
            expect(phone.locator("h1")).to_contain_text("Jumlah murid")
            looked_at(phone, f"publication-{kind}-{language}")
    office = on_a_phone(desk("sekda.teladan"))
    office.goto(f"{LIST}2026-902/")
    office.get_by_role("link", name="Cabut", exact=True).click()
    looked_at(office, "publication-withdraw")
    press(office, "Cabut")
    expect(office.get_by_role("alert")).to_contain_text("Tulis alasan pencabutan")
    office.get_by_label("Mengapa dicabut?").fill("Angkanya keliru.")
    press(office, "Cabut")
    for prefix, language in (("", "id"), ("/en", "en")):
        answer = phone.goto(f"{prefix}{LIST}2026-902/")
        assert answer is not None
        assert answer.status == 410
        expect(phone.locator("blockquote")).to_have_text("Angkanya keliru.")
        looked_at(phone, f"publication-withdrawn-{language}")
