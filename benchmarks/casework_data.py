"""A database with many cases of one service in one region: two real ones, and copies of them made by the server itself.

Of a million cases a tenth is open; each has ten steps. Everything is invented: the people are those of the letter's
scenario.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connection, connections

from benchmarks.own_database import own_database
from livinglab.accounts.models import User
from livinglab.casework.domain.states import Channel, SeatKind
from livinglab.casework.models import Case, Seat, Service
from livinglab.casework.operations import cases, drafts, services
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.operations import grant_membership
from livinglab.organizations.queries import Organization, Role, find_organization
from livinglab.packages.queries.reading import parse_package, read_files
from livinglab.packages.queries.sealing import build

REGION: Final = "32.11"
VILLAGE: Final = "32.11.01.2001"
PACKAGE: Final = "sktm"
#: of all cases, one in so many is open
OPEN: Final = 10
STEPS: Final = 10
ANSWERS: Final[dict[str, object]] = {
    "full_name": "Warga Contoh",
    "nik": "9999010101900001",
    "village": VILLAGE,
    "address": "Jalan Contoh 1",
    "purpose": "school",
    "members": 4,
    "income": 1_600_000,
    "truth": True,
    "school": "SMP Contoh",
}
#: the region's own values: office, officials, income limit in rupiah a head, months and days
_PARAMETERS: Final = {
    "office_name": "Kantor Desa Contoh",
    "head_of_village": {"name": "Pejabat Contoh", "rank": "", "number": ""},
    "letterhead": {"lines": ["Pemerintah Desa Contoh"]},
    "agency_name": "Dinas Sosial",
    "income_limit": 600_000,
    "valid_months": 6,
    "lapse_days": 7,
}
_EMAIL: Final = "operator.kasus@uji.example"
_AT: Final = datetime(2026, 11, 2, 3, tzinfo=UTC)
_BATCH: Final = 50_000
#: loading gives up after this
_LONGEST: Final = timedelta(minutes=45)


class TooSlow(Exception):
    """Loading took longer than it may; the database is dropped again."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What benches need of the database."""

    organization: Organization
    service: Service
    officer: User


@contextmanager
def casework_database(number: int) -> Iterator[Loaded]:
    """This function will run a block against a database with so many cases. Errors: `TooSlow`."""
    with own_database(f"livinglab_casework_{number}", Path(__file__), lambda: _fill(number)):
        with tenancy(home().id):
            service = Service.objects.get(organization_id=home().id, package=PACKAGE)
        yield Loaded(home(), service, User.objects.get(email=_EMAIL))


def home() -> Organization:
    """This function will return the region that runs the service."""
    found = find_organization(REGION)
    assert found is not None, "the reference data has every region"
    return found


def arrived(service: Service, *, at: datetime) -> tuple[Case, str]:
    """This function will return a case that has just arrived, and its secret address."""
    organization = home()
    _draft, token = drafts.begin(
        organization=organization,
        service_id=service.id,
        channel=Channel.SELF,
        applicant=None,
        helped_by=None,
        at=at,
    )
    drafts.save(organization=organization, token=token, answers=ANSWERS, at=at)
    return cases.submit(organization=organization, token=token, by=None, at=at), token


def _fill(number: int) -> None:
    started = time.monotonic()
    organization = home()
    service = services.put_to_work(
        organization=organization,
        content=build(parse_package(read_files(Path(settings.ROOT) / "packages" / PACKAGE))),
        parameters=_PARAMETERS,
        places={VILLAGE: {}},
        by=None,
        at=_AT,
        is_synthetic=True,
    )
    officer = _officer(organization)
    waiting, _token = arrived(service, at=_AT)
    ended, _token = arrived(service, at=_AT)
    cases.complete(
        organization=organization,
        case_id=ended.id,
        task="check",
        answers={"result": "wrong"},
        key="done",
        by=officer,
        at=_AT + timedelta(days=1),
    )
    for first in range(0, number, _BATCH):
        if time.monotonic() - started > _LONGEST.total_seconds():
            raise TooSlow(f"{first} of {number} cases were loaded after {_LONGEST}")
        last = min(first + _BATCH, number) - 1
        with tenancy(organization.id), connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit = off")
            _copy_cases(cursor, template=ended, first=first, last=last, step=1, without=OPEN)
            _copy_cases(cursor, template=waiting, first=first, last=last, step=OPEN, without=0)
            _copy_tasks(cursor, waiting, first=first, last=last)
            _copy_steps(cursor, first=first, last=last)
    with connections["owner"].cursor() as cursor:  # the server does so by itself after a while
        cursor.execute("ANALYZE casework_case, casework_task, casework_step")


def _officer(organization: Organization) -> User:
    user = User.objects.create_user(email=_EMAIL, name="Operator Contoh")
    with tenancy(None):
        grant_membership(user=user, organization=organization, role=Role.VILLAGE_OPERATOR, by=None, at=_AT)
    with tenancy(organization.id):
        Seat.objects.create(
            organization_id=organization.id,
            user_id=user.id,
            kind=SeatKind.VILLAGE,
            unit_code=VILLAGE,
            given_at=_AT,
            given_by=user.id,
        )
    return user


_ID: Final = "md5(%(kind)s || '/' || nth)::uuid"


def _copy_cases(cursor: Any, *, template: Case, first: int, last: int, step: int, without: int) -> None:
    """This function will copy a case: each `step`-th of a span, without each `without`-th, ten minutes apart."""
    cursor.execute(
        f"""
        INSERT INTO casework_case (id, organization_id, service_id, version_id, number, unit_code, secret, key, channel,
          email, phone, by_phone, told_in, state, outcome, started_at, due_at, ended_at, is_late, steps, is_synthetic)
        SELECT {_ID}, organization_id, service_id, version_id, 'SKTM-X-' || nth, unit_code,
          md5('s' || nth) || md5('t' || nth), md5('k' || nth), channel, email, phone, by_phone, told_in, state, outcome,
          started_at - nth * interval '10 minutes', due_at - nth * interval '10 minutes',
          ended_at - nth * interval '10 minutes', is_late, %(steps)s, is_synthetic
        FROM casework_case, generate_series(%(first)s::int, %(last)s::int) AS nth
        WHERE id = %(template)s AND nth %% %(step)s = 0 AND (%(without)s = 0 OR nth %% nullif(%(without)s, 0) > 0)
        """,
        {
            "kind": "case",
            "template": template.id,
            "first": first,
            "last": last,
            "step": step,
            "without": without,
            "steps": STEPS,
        },
    )


def _copy_tasks(cursor: Any, template: Case, *, first: int, last: int) -> None:
    cursor.execute(
        """
        INSERT INTO casework_task
          (id, organization_id, case_id, service_id, token, node, lane, kind, unit_code, place, since, due)
        SELECT md5('task/' || nth)::uuid, organization_id, md5('case/' || nth)::uuid, service_id, token, node,
          lane, kind, unit_code, place, since - nth * interval '10 minutes', due - nth * interval '10 minutes'
        FROM casework_task, generate_series(%(first)s::int, %(last)s::int) AS nth
        WHERE case_id = %(template)s AND nth %% %(open)s = 0
        """,
        {"template": template.id, "first": first, "last": last, "open": OPEN},
    )


def _copy_steps(cursor: Any, *, first: int, last: int) -> None:
    cursor.execute(
        """
        INSERT INTO casework_step (id, organization_id, case_id, place, what, at, "on", role, by, key)
        SELECT md5('step/' || nth || '/' || place)::uuid, organization_id, id, place,
          (ARRAY['applied', 'sent', 'completed', 'decided', 'sent', 'completed', 'decided', 'completed', 'issued',
            'sent'])[place + 1],
          started_at + place * interval '1 hour', 'check', 'village', '', ''
        FROM generate_series(%(first)s::int, %(last)s::int) AS nth
        JOIN casework_case ON id = md5('case/' || nth)::uuid, generate_series(0, %(steps)s::int - 1) AS place
        """,
        {"first": first, "last": last, "steps": STEPS},
    )
