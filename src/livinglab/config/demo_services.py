"""A fictitious city runs the project's own packages, so that anybody can try them. Never in production."""

from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Final

from django.conf import settings

from livinglab.accounts.queries import find_user
from livinglab.casework.operations.services import give_seat, put_to_work
from livinglab.casework.queries.seats import SeatKind
from livinglab.config.demo import PEOPLE
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.operations import import_areas
from livinglab.organizations.queries import areas, find_organization
from livinglab.packages.domain.manifest import Manifest, ParameterType
from livinglab.packages.queries.previews import invented_parameters
from livinglab.packages.queries.reading import read_package
from livinglab.packages.queries.sealing import build

CITY: Final = "99.71"
_COORDINATOR: Final = "sekda.teladan@demo.example"
#: the districts and villages of the city, as a file of `areas import` has them; nobody lives there
_AREAS: Final = """code,name
99.71.01,Kecamatan Contoh Satu (fiktif)
99.71.02,Kecamatan Contoh Dua (fiktif)
99.71.01.2001,Desa Contoh Satu (fiktif)
99.71.01.2002,Desa Contoh Dua (fiktif)
99.71.02.1001,Kelurahan Contoh Tiga (fiktif)
"""
#: packages that the offices of villages run, and those of the city's own offices
_IN_VILLAGES: Final = ("sktm", "nib-desa", "posyandu", "verifikasi-miskin-ekstrem")
_IN_THE_CITY: Final = (
    *("reklame", "pengaduan", "informasi-publik"),
    *("mpp-janji-temu", "data-terbuka", "dokumen-hukum"),
)
#: who works where: the kind of office and its place; "" is the city's own
SEATS: Final = (
    ("desa.teladan", SeatKind.VILLAGE, "99.71.01.2001"),
    ("kades.teladan", SeatKind.SIGNER, "99.71.01.2001"),
    ("camat.teladan", SeatKind.DISTRICT, "99.71.01"),
    ("opd.teladan", SeatKind.AGENCY, ""),
    ("inspektorat.teladan", SeatKind.INSPECTOR, ""),
    ("walikota.teladan", SeatKind.SIGNER, ""),
)
#: what letters are headed with
_VILLAGE_OFFICE: Final = "Kantor Desa Contoh Satu"
_CITY_OFFICE: Final = "Balai Kota"
#: where somebody is there who checks what is applied for
_VILLAGES: Final = tuple(place for _who, kind, place in SEATS if kind is SeatKind.VILLAGE)


def run_services(*, at: datetime) -> None:
    """This function will let the fictitious city run every package of the project. Idempotent.

    Errors: RuntimeError in production, and before the demo people were added.
    """
    if settings.ENVIRONMENT.is_production:
        raise RuntimeError("demo services are never run in production")
    with tenancy(None):
        city, by = find_organization(CITY), find_user(_COORDINATOR)
        if city is None or by is None:
            raise RuntimeError("add_people comes first")
        if not areas(CITY).exists():
            import_areas(stream=BytesIO(_AREAS.encode()), by=None, at=at)
    for name in (*_IN_VILLAGES, *_IN_THE_CITY):
        package = read_package(Path(settings.ROOT / "packages" / name))
        put_to_work(
            organization=city,
            content=build(package),
            parameters={
                **invented_parameters(package.manifest, package.scenarios),
                **_own_values(package.manifest, in_villages=name in _IN_VILLAGES),
            },
            places={code: {} for code in _VILLAGES} if name in _IN_VILLAGES else {},
            by=None,
            at=at,
            is_synthetic=True,
        )
    for who, kind, place in SEATS:
        with tenancy(None):
            user = find_user(f"{who}@demo.example")
        if user is None:
            raise RuntimeError("add_people comes first")
        give_seat(organization=city, user_id=user.id, kind=kind, unit_code=place, by=by, at=at)


def _own_values(manifest: Manifest, *, in_villages: bool) -> dict[str, object]:
    """Return what the documents of the city say of it: its letterhead, its office, and the one who signs there."""
    hint = next((one.hint for one in manifest.parameters if one.id == "office_name"), None)
    office, signer = (
        (_VILLAGE_OFFICE, "kades.teladan")
        if in_villages
        else (hint.id if hint else _CITY_OFFICE, "walikota.teladan")
    )
    name = next(one.name for one in PEOPLE if one.email.startswith(f"{signer}@"))
    values: dict[ParameterType, object] = {
        ParameterType.OFFICIAL: {"name": name, "rank": "", "number": ""},
        ParameterType.LETTERHEAD: {"lines": ["Pemerintah Kota Teladan (fiktif)", office]},
    }
    found = {one.id: values[one.type] for one in manifest.parameters if one.type in values}
    return {**found, "office_name": office} if in_villages and hint is not None else found
