"""An adopter of a package and everything that going live needs. All of it is made up."""

from datetime import date
from typing import Final

from livinglab.accounts.models import User
from livinglab.adoptions.domain.requirements import Requirement
from livinglab.adoptions.models import Adoption
from livinglab.adoptions.operations import adoptions, agreements, editions
from livinglab.adoptions.queries.editions import texts_in_use
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.models import Organization
from livinglab.releases.models import Release
from tests.organizations.people import organization
from tests.releases import kit as releases

AT: Final = releases.AT
ADOPTER: Final = "14.08"
TERMS: Final = agreements.Terms("Paket dan pelatihan.", "Dua minggu.", "Masing-masing.", "Kerja sama daerah.")
VALUES: Final = {
    "agency_name": {"": "Dinas Sosial Contoh"},
    "income_limit": {"": "Rp 650.000"},
    "valid_months": {"": "6"},
    "lapse_days": {"": "10"},
}


def home() -> Organization:
    return organization(ADOPTER)


def officer() -> User:
    return releases.coordinator(ADOPTER)


def started(release: Release | None = None) -> Adoption:
    """Return an adoption of the letter of hardship that was just started."""
    release = release or releases.published()
    return adoptions.start(organization=home(), release=release, by=officer(), at=AT)


def agreed(row: Adoption) -> None:
    """Let both sides sign."""
    agreement = agreements.propose(organization=home(), adoption_id=row.id, terms=TERMS, by=officer(), at=AT)
    for code in (ADOPTER, releases.PUBLISHER):
        agreements.sign(
            organization=organization(code), agreement_id=agreement.id, by=releases.coordinator(code), at=AT
        )


def agreed_by_publisher(row: Adoption) -> None:
    """Let the publisher sign what the adopter proposed."""
    with tenancy(row.organization_id):
        row.refresh_from_db()
    assert row.agreement_id is not None
    agreements.sign(
        organization=organization(releases.PUBLISHER),
        agreement_id=row.agreement_id,
        by=releases.coordinator(),
        at=AT,
    )


def edited(row: Adoption, path: str, old: str, new: str) -> None:
    """Change a text of what the adopter runs, as a draft."""
    with tenancy(row.organization_id):
        text = texts_in_use(row)[path]
    assert old in text
    editions.draft(
        organization=home(),
        adoption_id=row.id,
        path=path,
        text=text.replace(old, new, 1),
        by=officer(),
        at=AT,
    )


def answered(row: Adoption, *, but: Requirement | None = None) -> None:
    """Meet every requirement of going live, but one."""
    how = adoptions.Answer(number="NOMOR/1", on=date(2026, 10, 1))
    for one in Requirement:
        if one is not but:
            adoptions.answer(
                organization=home(), adoption_id=row.id, requirement=one, how=how, by=officer(), at=AT
            )


def valued(row: Adoption) -> None:
    """Set every required value of the adopter."""
    adoptions.set_values(
        organization=home(), adoption_id=row.id, unit_code="", said=VALUES, by=officer(), at=AT
    )
