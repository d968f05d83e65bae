"""Synthetic people of demo mode: one per role, so that anybody can try everything. Never in production."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from livinglab.accounts.operations import ensure_demo_person
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.operations import add_agency, grant_membership
from livinglab.organizations.queries import AgencyKind, Organization, Role, agencies, find_organization


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
