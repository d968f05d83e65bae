"""Cases that came to their end, written at once: what moves a case on is tested by itself. All of it is made up."""

from datetime import timedelta

from livinglab.casework.models import Case, Service, ServiceVersion
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.models import Organization
from livinglab.packages.domain.process import Outcome
from tests.casework.kit import AT


def ended(home: Organization, number: int, *, late: int = 0, **fields: object) -> list[Case]:
    """Give an organisation this many cases of the letter that ended a day later, some of them late."""
    with tenancy(home.id):
        service, _new = Service.objects.get_or_create(
            organization_id=home.id,
            publisher="32.11",
            package="sktm",
            defaults={"opened_at": AT, "changed_at": AT},
        )
        version, _new = ServiceVersion.objects.get_or_create(
            organization_id=home.id,
            service=service,
            number=1,
            defaults={"release": "1.0.0", "digest": "", "content": b"", "parameters": {}, "made_at": AT},
        )
        return Case.objects.bulk_create(
            one_case(service, version, is_late=n < late, **fields) for n in range(number)
        )


def one_case(service: Service, version: ServiceVersion, **fields: object) -> Case:
    """Return a case that was granted a day after it came, where nothing else is said; not kept yet."""
    key = str(new_id())
    usual: dict[str, object] = {
        "number": key.upper(),
        "state": {},
        "outcome": Outcome.GRANTED,
        "ended_at": AT + timedelta(days=1),
    }
    return Case(
        organization_id=service.organization_id,
        service=service,
        version=version,
        secret=key,
        key=key,
        channel="self",
        started_at=AT,
        due_at=AT + timedelta(days=3),
        steps=1,
        **{**usual, **fields},
    )


def complained(service: Service, number: str, **fields: object) -> Case:
    """Keep a complaint that names an application; it ended and was found right where nothing else is said."""
    with tenancy(service.organization_id):
        version = ServiceVersion.objects.get(id=service.version_id)
        said = {"answers": {"application_number": number}}
        (row,) = Case.objects.bulk_create([one_case(service, version, state=said, **fields)])
    return row
