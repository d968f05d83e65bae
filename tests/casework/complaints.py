"""A region that takes complaints, and those who work on them. All of it is made up."""

from datetime import datetime
from typing import Final

from livinglab.accounts.models import User
from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import Service
from livinglab.casework.operations import services
from livinglab.organizations.models import Area
from livinglab.organizations.queries import Role
from tests.casework.kit import AT, REGION, VILLAGE, coordinator, home
from tests.organizations.people import make_member
from tests.releases.kit import files_of, zipped

_OFFICIAL: Final = {"name": "Pejabat Contoh", "rank": "", "number": ""}
PARAMETERS: Final = {
    "unit_name": "Dinas Contoh",
    "head_of_unit": _OFFICIAL,
    "letterhead": {"lines": ["Pemerintah Kabupaten Contoh"]},
    "clarify_days": 30,
}
#: what a program sends of a street light that is out
REPORT: Final = {
    "jurisdiction_id": REGION,
    "service_code": "road",
    "address_id": VILLAGE,
    "address_string": "Depan Pasar Contoh",
    "description": "Lampu jalan di depan pasar padam sejak tiga minggu lalu.",
    "attribute[happened_on]": "2026-10-12",
    "attribute[truth]": "yes",
}


def taking_complaints(*, at: datetime = AT) -> Service:
    """Return the service as the region runs it, in a village that has a name."""
    Area.objects.get_or_create(
        code=VILLAGE,
        defaults={
            "name": "Desa Contoh",
            "kind": "village",
            "parent_code": VILLAGE[:8],
            "region_code": REGION,
        },
    )
    return services.put_to_work(
        organization=home(),
        content=zipped(files_of("pengaduan", home())),
        parameters=PARAMETERS,
        places={},
        by=None,
        at=at,
    )


def in_lane(name: str, kind: SeatKind, lane: str, service: Service) -> User:
    """Return somebody who works in one lane of complaints."""
    user = make_member(name, Role.AGENCY_OFFICER, REGION)
    services.give_seat(
        organization=home(),
        user_id=user.id,
        kind=kind,
        service_id=service.id,
        lane=lane,
        by=coordinator(),
        at=AT,
    )
    return user
