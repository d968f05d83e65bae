"""A database with many cases of one service in one region: two real ones, and copies of them made by the server itself.

Of a million cases a tenth is open; each has ten steps. Beside them stand complaints that everybody may read, messages
that left, and what applicants find in their accounts. Everything is invented: the people are those of the letter's
scenario.
"""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connection, connections
from django.test import Client

from benchmarks.own_database import own_database
from livinglab.accounts.models import User
from livinglab.casework.domain.states import Channel, SeatKind
from livinglab.casework.models import Case, Seat, Service
from livinglab.casework.operations import cases, counting, drafts, services
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.models import Area
from livinglab.organizations.operations import grant_membership
from livinglab.organizations.queries import Organization, Role, find_organization
from livinglab.packages.queries.reading import parse_package, read_files
from livinglab.packages.queries.sealing import build

REGION: Final = "32.11"
VILLAGE: Final = "32.11.01.2001"
PACKAGE: Final = "sktm"
#: by which the region takes complaints
COMPLAINTS: Final = "pengaduan"
#: of all cases, one in so many is open
OPEN: Final = 10
#: for so many cases stands one complaint that everybody may read
_CASES_A_COMPLAINT: Final = 20
#: and one open case that began under a version before the one at work
_CASES_AN_OLD_ONE: Final = 1_000
#: one that waits for a signature, and one entry that an office published
_CASES_A_SIGNATURE: Final = 1_000
_CASES_A_PUBLICATION: Final = 100
#: what one applicant finds in the account, and how many months the figures go back
_OWN: Final = 60
_MONTHS: Final = 60
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
#: what a program sends of a street light that is out
_REPORT: Final = {
    "jurisdiction_id": REGION,
    "service_code": "road",
    "address_id": VILLAGE,
    "address_string": "Depan Pasar Contoh",
    "description": "Lampu jalan di depan pasar padam sejak tiga minggu lalu.",
    "attribute[happened_on]": "2026-10-12",
    "attribute[truth]": "yes",
    "attribute[publish]": "yes",
}
_OFFICE_OF_COMPLAINTS: Final = {
    "unit_name": "Dinas Contoh",
    "head_of_unit": {"name": "Pejabat Contoh", "rank": "", "number": ""},
    "letterhead": {"lines": ["Pemerintah Kabupaten Contoh"]},
    "clarify_days": 30,
}
_EMAIL: Final = "operator.kasus@uji.example"
_SIGNER: Final = "penanda.tangan.kasus@uji.example"
_COORDINATOR: Final = "koordinator.kasus@uji.example"
_APPLICANT: Final = "pemohon.kasus@uji.example"
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
    signer: User
    coordinator: User
    applicant: User


@contextmanager
def casework_database(number: int) -> Iterator[Loaded]:
    """This function will run a block against a database with so many cases. Errors: `TooSlow`."""
    with own_database(f"livinglab_casework_{number}", Path(__file__), lambda: _fill(number)):
        with tenancy(home().id):
            service = Service.objects.get(organization_id=home().id, package=PACKAGE)
        people = [User.objects.get(email=one) for one in (_EMAIL, _SIGNER, _COORDINATOR, _APPLICANT)]
        yield Loaded(home(), service, *people)


def home() -> Organization:
    """This function will return the region that runs the service."""
    found = find_organization(REGION)
    assert found is not None, "the reference data has every region"
    return found


def begun(service: Service, *, at: datetime) -> str:
    """This function will return the secret address of a form that is filled in and not sent yet."""
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
    return token


def arrived(service: Service, *, at: datetime) -> tuple[Case, str]:
    """This function will return a case that has just arrived, and its secret address."""
    token = begun(service, at=at)
    return cases.submit(organization=home(), token=token, by=None, at=at), token


def _fill(number: int) -> None:
    started = time.monotonic()
    organization = home()
    _put_to_work(organization, PACKAGE, {**_PARAMETERS, "lapse_days": 14}, at=_AT)
    with tenancy(organization.id):
        before, _token = arrived(Service.objects.get(package=PACKAGE), at=_AT)
    service = _put_to_work(organization, PACKAGE, _PARAMETERS, at=_AT)
    officer = _officer(organization)
    applicant = User.objects.create_user(email=_APPLICANT, name="Warga Contoh")
    complaint = _complaint(organization)
    waiting, _token = arrived(service, at=_AT)
    unsigned, _token = arrived(service, at=_AT)
    _check(organization, unsigned, "complete", by=officer)
    ended, _token = arrived(service, at=_AT)
    _check(organization, ended, "wrong", by=officer)
    counting.count_case(organization_id=organization.id, case_id=ended.id)
    for first in range(0, number, _BATCH):
        if time.monotonic() - started > _LONGEST.total_seconds():
            raise TooSlow(f"{first} of {number} cases were loaded after {_LONGEST}")
        last = min(first + _BATCH, number) - 1
        with tenancy(organization.id), connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit = off")
            _copy_cases(cursor, template=ended, first=first, last=last, step=1, without=OPEN)
            _copy_cases(cursor, template=waiting, first=first, last=last, step=OPEN, without=0)
            _copy_cases(
                cursor,
                template=before,
                first=first,
                last=last,
                step=_CASES_AN_OLD_ONE,
                without=0,
                kind="before",
            )
            _copy_tasks(cursor, waiting, first=first, last=last, step=OPEN)
            _copy_cases(
                cursor,
                template=unsigned,
                first=first,
                last=last,
                step=_CASES_A_SIGNATURE,
                without=0,
                kind="unsigned",
            )
            _copy_tasks(cursor, unsigned, first=first, last=last, step=_CASES_A_SIGNATURE, kind="unsigned")
            _copy_steps(cursor, first=first, last=last)
            _copy_cases(
                cursor,
                template=complaint,
                first=first,
                last=last,
                step=_CASES_A_COMPLAINT,
                without=0,
                kind="complaint",
            )
            _copy_messages(cursor, waiting, first=first, last=last)
            _copy_own(cursor, waiting, first=first, last=last, applicant=applicant)
    with tenancy(organization.id), connection.cursor() as cursor:
        _copy_months(cursor, number=number)
        _publish(cursor, organization, number=number // _CASES_A_PUBLICATION)
    with connections["owner"].cursor() as cursor:  # the server does so by itself after a while
        cursor.execute("ANALYZE casework_case, casework_task, casework_step")
        cursor.execute("ANALYZE casework_message, casework_delivery, casework_own_case, casework_publication")
        cursor.execute("ANALYZE casework_published_text")


def _check(organization: Organization, case: Case, result: str, *, by: User) -> None:
    cases.complete(
        organization=organization,
        case_id=case.id,
        task="check",
        answers={"result": result},
        key=result,
        by=by,
        at=_AT + timedelta(days=1),
    )


def _officer(organization: Organization) -> User:
    user = User.objects.create_user(email=_EMAIL, name="Operator Contoh")
    signer = User.objects.create_user(email=_SIGNER, name="Kepala Desa Contoh")
    coordinator = User.objects.create_user(email=_COORDINATOR, name="Koordinator Contoh")
    with tenancy(None):
        for one, role in (
            (user, Role.VILLAGE_OPERATOR),
            (signer, Role.VILLAGE_OPERATOR),
            (coordinator, Role.COORDINATOR),
        ):
            grant_membership(user=one, organization=organization, role=role, by=None, at=_AT)
    with tenancy(organization.id):
        for one, kind in ((user, SeatKind.VILLAGE), (signer, SeatKind.SIGNER)):
            Seat.objects.create(
                organization_id=organization.id,
                user_id=one.id,
                kind=kind,
                unit_code=VILLAGE,
                given_at=_AT,
                given_by=user.id,
            )
    return user


def _put_to_work(
    organization: Organization, package: str, parameters: Mapping[str, object], *, at: datetime
) -> Service:
    return services.put_to_work(
        organization=organization,
        content=build(parse_package(read_files(Path(settings.ROOT) / "packages" / package))),
        parameters=parameters,
        places={VILLAGE: {}} if package == PACKAGE else {},
        by=None,
        at=at,
        is_synthetic=True,
    )


def _complaint(organization: Organization) -> Case:
    """This function will let somebody complain by Open311 where everybody may read it."""
    Area.objects.get_or_create(
        code=VILLAGE,
        defaults={
            "name": "Desa Contoh",
            "kind": "village",
            "parent_code": VILLAGE[:8],
            "region_code": REGION,
        },
    )
    _put_to_work(organization, COMPLAINTS, _OFFICE_OF_COMPLAINTS, at=_AT)
    answer = Client(SERVER_NAME="localhost").post("/open311/v2/requests.json", _REPORT)
    with tenancy(organization.id):
        return Case.objects.get(id=answer.json()[0]["service_request_id"])


_ID: Final = "md5(%(kind)s || '/' || nth)::uuid"


def _copy_cases(
    cursor: Any, *, template: Case, first: int, last: int, step: int, without: int, kind: str = "case"
) -> None:
    """This function will copy a case: each `step`-th of a span, without each `without`-th, ten minutes apart."""
    cursor.execute(
        f"""
        INSERT INTO casework_case (id, organization_id, service_id, version_id, number, unit_code, secret, key, channel,
          email, phone, by_phone, told_in, state, outcome, started_at, due_at, ended_at, is_late, steps, agencies,
          is_synthetic)
        SELECT {_ID}, organization_id, service_id, version_id, %(kind)s || '-X-' || nth, unit_code,
          md5(%(kind)s || 's' || nth) || md5('t' || nth), md5(%(kind)s || 'k' || nth), channel,
          email, phone, by_phone, told_in, state, outcome,
          started_at - nth * interval '10 minutes', due_at - nth * interval '10 minutes',
          ended_at - nth * interval '10 minutes', is_late, %(steps)s, agencies, is_synthetic
        FROM casework_case, generate_series(%(first)s::int, %(last)s::int) AS nth
        WHERE id = %(template)s AND nth %% %(step)s = 0 AND (%(without)s = 0 OR nth %% nullif(%(without)s, 0) > 0)
        """,
        {
            "kind": kind,
            "template": template.id,
            "first": first,
            "last": last,
            "step": step,
            "without": without,
            "steps": STEPS,
        },
    )


def _copy_tasks(cursor: Any, template: Case, *, first: int, last: int, step: int, kind: str = "case") -> None:
    cursor.execute(
        """
        INSERT INTO casework_task
          (id, organization_id, case_id, service_id, token, node, lane, kind, unit_code, place, since, due)
        SELECT md5(%(kind)s || '/task/' || nth)::uuid, organization_id, md5(%(kind)s || '/' || nth)::uuid, service_id,
          token, node, lane, kind, unit_code, place,
          since - nth * interval '10 minutes', due - nth * interval '10 minutes'
        FROM casework_task, generate_series(%(first)s::int, %(last)s::int) AS nth
        WHERE case_id = %(template)s AND nth %% %(step)s = 0
        """,
        {"kind": kind, "template": template.id, "first": first, "last": last, "step": step},
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


def _copy_messages(cursor: Any, template: Case, *, first: int, last: int) -> None:
    """This function will copy what open cases were told; one in a hundred could not be told."""
    span = {"template": template.id, "first": first, "last": last, "open": OPEN, "failing": 100 * OPEN}
    cursor.execute(
        """
        INSERT INTO casework_message (id, organization_id, case_id, nth, message, texts, at, told_at)
        SELECT md5('message/' || nr)::uuid, organization_id, md5('case/' || nr)::uuid, nth, message, texts, at,
          told_at
        FROM casework_message, generate_series(%(first)s::int, %(last)s::int) AS nr
        WHERE case_id = %(template)s AND nth = 0 AND nr %% %(open)s = 0
        """,
        span,
    )
    cursor.execute(
        """
        INSERT INTO casework_delivery
          (id, organization_id, case_id, message_id, way, state, obstacle, tries, tries_at, made_at, told_at)
        SELECT md5('delivery/' || nr)::uuid, organization_id, md5('case/' || nr)::uuid,
          md5('message/' || nr)::uuid, 'email', CASE WHEN fails THEN 'failed' ELSE 'told' END,
          CASE WHEN fails THEN 'refused' ELSE '' END, 1, made_at, made_at, CASE WHEN NOT fails THEN made_at END
        FROM (
          SELECT organization_id, nr, nr %% %(failing)s = 0 AS fails, at - nr * interval '10 minutes' AS made_at
          FROM casework_message, generate_series(%(first)s::int, %(last)s::int) AS nr
          WHERE case_id = %(template)s AND nth = 0 AND nr %% %(open)s = 0
        ) AS told
        """,
        span,
    )


def _copy_own(cursor: Any, template: Case, *, first: int, last: int, applicant: User) -> None:
    """This function will put open cases into accounts: some into one, the others into one each."""
    cursor.execute(
        """
        INSERT INTO casework_own_case
          (id, organization_id, applicant, case_id, number, names, outcome, started_at, papers, is_synthetic)
        SELECT md5('own/' || nr)::uuid, organization_id,
          CASE WHEN nr < %(own)s THEN %(applicant)s::uuid ELSE md5('applicant/' || nr)::uuid END,
          md5('case/' || nr)::uuid, 'case-X-' || nr, '{"id": "Surat keterangan tidak mampu"}', '',
          started_at - nr * interval '10 minutes', '[]', true
        FROM casework_case, generate_series(%(first)s::int, %(last)s::int) AS nr
        WHERE id = %(template)s AND nr %% %(open)s = 0
        """,
        {
            "template": template.id,
            "first": first,
            "last": last,
            "open": OPEN,
            "own": _OWN * OPEN,
            "applicant": applicant.id,
        },
    )


def _copy_months(cursor: Any, *, number: int) -> None:
    """This function will copy the one counted month, as if the cases had arrived within five years."""
    cursor.execute(
        """
        INSERT INTO casework_service_month
          (id, organization_id, service_id, release, month, arrived, granted, refused, lapsed, withdrawn, handed_over,
           kept, breached, days, hours)
        SELECT md5('month/' || nth)::uuid, organization_id, service_id, release,
          (month - nth * interval '1 month')::date, %(many)s, 0, %(many)s, 0, 0, 0, %(many)s, 0,
          jsonb_build_object('1', %(many)s), jsonb_build_object('24', %(many)s)
        FROM casework_service_month, generate_series(1, %(months)s) AS nth
        WHERE refused = 1
        """,
        {"many": number // _MONTHS, "months": _MONTHS},
    )


def _publish(cursor: Any, organization: Organization, *, number: int) -> None:
    """This function will let the two services here have published so many entries."""
    cursor.execute(
        """
        INSERT INTO casework_publication
          (id, organization_id, number, kind, package, names, step, title, description, keeper, licence, frequency,
           document_type, document_number, status, related, link, sha256, size, content_type, file_name, edition,
           published_at, revised_at, reason, is_synthetic)
        SELECT md5('publication/' || nth)::uuid, %(organization)s, '2026-' || nth, 'data',
          (ARRAY['sktm', 'pengaduan'])[1 + nth %% 2], '{"id": "Permintaan data terbuka"}', 'publish',
          'Data contoh ' || nth, 'Jumlah contoh menurut desa dan tahun.', 'Dinas Contoh', 'cc_by_4', 'year',
          '', '', '', '', 'https://data.contoh.example/' || nth, '', 0, '', '', 1,
          %(at)s - nth * interval '1 hour', %(at)s - nth * interval '1 hour', '', true
        FROM generate_series(1, %(number)s) AS nth
        """,
        {"organization": organization.id, "at": _AT, "number": number},
    )
    cursor.execute(
        """
        INSERT INTO casework_published_text (id, publication_id, organization_id, package, words, published_at)
        SELECT id, id, organization_id, package, upper(concat_ws(' ', title, description, keeper)), published_at
        FROM casework_publication
        """
    )
