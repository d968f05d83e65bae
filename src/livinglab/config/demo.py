"""Synthetic people and regions of demo mode, so that anybody can try everything. Never in production."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from livinglab.accounts.operations import ensure_demo_person
from livinglab.accounts.queries import find_user
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.operations import (
    OrganizationRow,
    add_agency,
    grant_membership,
    load_organizations,
)
from livinglab.organizations.queries import (
    AgencyKind,
    Kind,
    Organization,
    Role,
    agencies,
    find_organization,
)
from livinglab.releases.operations import demonstration as packages
from livinglab.visits.operations import demonstration


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody who does not exist, with a role in a real or central organisation."""

    email: str
    name: str
    role: Role
    organization: str
    agency: str = ""  # for which the role is held


def _person(local: str, name: str, role: Role, organization: str, agency: str = "") -> DemoPerson:
    return DemoPerson(f"{local}@demo.example", f"{name} (demo)", role, organization, agency)


_KOMINFO = "Dinas Komunikasi dan Informatika (demo)"


#: regions that do not exist: what fails in demo mode fails there
REGIONS = (
    OrganizationRow(
        code="99",
        name="Provinsi Contoh (fiktif)",
        short_name="Contoh (fiktif)",
        kind=Kind.PROVINCE,
        is_synthetic=True,
    ),
    OrganizationRow(
        code="99.01",
        name="Kabupaten Contoh (fiktif)",
        short_name="Contoh (fiktif)",
        kind=Kind.REGENCY,
        province_code="99",
        is_synthetic=True,
    ),
    OrganizationRow(
        code="99.71",
        name="Kota Teladan (fiktif)",
        short_name="Teladan (fiktif)",
        kind=Kind.CITY,
        province_code="99",
        is_synthetic=True,
    ),
)

#: who publishes which of the project's own packages
PACKAGES = (
    ("99.71", "sktm"),
    ("99.01", "reklame"),
    ("99", "informasi-publik"),
    ("99.01", "pengaduan"),
    ("99.01", "nib-desa"),
    ("99.71", "mpp-janji-temu"),
    ("99.01", "posyandu"),
    ("99.01", "verifikasi-miskin-ekstrem"),
    ("99", "data-terbuka"),
    ("99.71", "dokumen-hukum"),
)

PEOPLE = (
    _person("sekda.sumedang", "Sekda Sumedang", Role.COORDINATOR, "32.11"),
    _person("bupati.sumedang", "Bupati Sumedang", Role.HEAD_OF_REGION, "32.11"),
    _person("pj.sumedang", "Penanggung jawab Sumedang", Role.RESPONSIBLE_OFFICER, "32.11"),
    _person("operator.sumedang", "Operator Sumedang", Role.DATA_ENTRY, "32.11"),
    _person("asesor.sumedang", "Asesor internal Sumedang", Role.INTERNAL_ASSESSOR, "32.11"),
    _person("opd.sumedang", "Petugas OPD Sumedang", Role.AGENCY_OFFICER, "32.11"),
    _person("hukum.sumedang", "Bagian Hukum Sumedang", Role.LEGAL_BUREAU, "32.11"),
    _person("inspektorat.sumedang", "Inspektorat Sumedang", Role.INSPECTORATE, "32.11"),
    _person("bappeda.sumedang", "Bappeda Sumedang", Role.PLANNING_AGENCY, "32.11"),
    _person("desa.sumedang", "Operator desa Sumedang", Role.VILLAGE_OPERATOR, "32.11"),
    _person("admin.sumedang", "Admin Sumedang", Role.ADMINISTRATOR, "32.11"),
    _person("sekda.siak", "Sekda Siak", Role.COORDINATOR, "14.08"),
    _person("pj.siak", "Penanggung jawab Siak", Role.RESPONSIBLE_OFFICER, "14.08"),
    _person("operator.siak", "Operator Siak", Role.DATA_ENTRY, "14.08"),
    _person("asesor.siak", "Asesor internal Siak", Role.INTERNAL_ASSESSOR, "14.08"),
    _person("opd.siak", "Petugas Kominfo Siak", Role.AGENCY_OFFICER, "14.08", _KOMINFO),
    _person("sekda.provinsi", "Sekda Provinsi Contoh", Role.COORDINATOR, "99"),
    _person("sekda.contoh", "Sekda Contoh", Role.COORDINATOR, "99.01"),
    _person("sekda.teladan", "Sekda Teladan", Role.COORDINATOR, "99.71"),
    _person("walikota.teladan", "Wali Kota Teladan", Role.HEAD_OF_REGION, "99.71"),
    _person("opd.teladan", "Petugas OPD Teladan", Role.AGENCY_OFFICER, "99.71"),
    _person("inspektorat.teladan", "Inspektorat Teladan", Role.INSPECTORATE, "99.71"),
    _person("camat.teladan", "Petugas kecamatan Teladan", Role.VILLAGE_OPERATOR, "99.71"),
    _person("desa.teladan", "Operator desa Teladan", Role.VILLAGE_OPERATOR, "99.71"),
    _person("kades.teladan", "Kepala desa Teladan", Role.VILLAGE_OPERATOR, "99.71"),
    _person("asesor.eksternal", "Asesor eksternal", Role.EXTERNAL_ASSESSOR, "kementerian-panrb"),
    _person("mentor", "Mentor universitas", Role.MENTOR, "platform"),
    _person("provinsi.jabar", "Petugas Provinsi Jawa Barat", Role.PROVINCE, "32"),
    _person("kementerian", "Petugas Kementerian PANRB", Role.MINISTRY, "kementerian-panrb"),
    _person("warga", "Warga Sumedang", Role.CITIZEN, "32.11"),
)


def password() -> str:
    """This function will return the demo password, generated at first start into the data folder."""
    path = settings.VAR_DIR / "secrets" / "demo-password"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(f"demo-{secrets.token_urlsafe(9)}\n", encoding="utf-8")
    return str(path.read_text(encoding="utf-8")).strip()


def add_people(*, at: datetime) -> None:
    """This function will store the demo people with their roles. Errors: RuntimeError in production."""
    if settings.ENVIRONMENT.is_production:
        raise RuntimeError("demo people never exist in production")
    with tenancy(None):
        load_organizations(rows=REGIONS, by=None, at=at)
        users = [
            (one, ensure_demo_person(email=one.email, name=one.name, password=password(), at=at))
            for one in PEOPLE
        ]
    for one, user in users:
        with tenancy(None):
            organization = find_organization(one.organization)
            if organization is None:
                raise RuntimeError(f"reference data has no organisation {one.organization}")
            agency_id = _agency(organization, one.agency, at=at) if one.agency else None
            grant_membership(
                user=user, organization=organization, role=one.role, agency_id=agency_id, by=None, at=at
            )


def add_missed_commitment(*, at: datetime) -> None:
    """This function will let one fictitious region promise another what it does not keep. Idempotent."""
    with tenancy(None):
        people = {one.organization: find_user(one.email) for one in PEOPLE if one.role is Role.COORDINATOR}
        places = {code: find_organization(code) for code in ("99.01", "99.71")}
    visitor, host = places["99.01"], places["99.71"]
    by_visitor, by_host = people["99.01"], people["99.71"]
    if visitor is None or host is None or by_visitor is None or by_host is None:
        raise RuntimeError("add_people comes first")
    demonstration.add_missed_commitment(
        host=host, visitor=visitor, by_host=by_host, by_visitor=by_visitor, at=at
    )


def offer_packages(*, at: datetime) -> None:
    """This function will let the fictitious regions publish the project's own packages. Idempotent."""
    with tenancy(None):
        people = {one.organization: find_user(one.email) for one in PEOPLE if one.role is Role.COORDINATOR}
        reviewer = next(find_user(one.email) for one in PEOPLE if one.role is Role.MINISTRY)
    for code, name in PACKAGES:
        with tenancy(None):
            publisher = find_organization(code)
        by = people[code]
        if publisher is None or by is None or reviewer is None:
            raise RuntimeError("add_people comes first")
        packages.offer(
            publisher=publisher,
            folder=settings.ROOT / "packages" / name,
            by_publisher=by,
            by_reviewer=reviewer,
            at=at,
        )


def _agency(organization: Organization, name: str, *, at: datetime) -> UUID:
    with tenancy(organization.id):
        known = agencies(organization.id).filter(name=name).first()
        row = known or add_agency(
            organization_id=organization.id, name=name, kind=AgencyKind.DEPARTMENT, by=None, at=at
        )
        return row.id


def sign_ins() -> list[dict[str, str]]:
    """This function will return how to sign in as each demo person; nothing outside demo mode."""
    if not settings.DEMO:
        return []
    return [
        {"email": one.email, "password": password(), "role": one.role, "organization": one.organization}
        for one in PEOPLE
    ]
