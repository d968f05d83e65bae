"""Several applications at once, while a colleague takes a number: each is done by itself, so neither stops the other.

Here because what they write is committed: the pages' tests have a database of their own, others roll everything back.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Event
from uuid import UUID

import pytest
from django.db import OperationalError, connection, connections

from livinglab.accounts.models import User
from livinglab.audit import operations as audit
from livinglab.casework.domain.states import Channel, SeatKind
from livinglab.casework.models import Case, Counter, Paper, Step, Task
from livinglab.casework.operations import cases, drafts, services
from livinglab.casework.operations.keeping import next_number
from livinglab.casework.operations.locking import lock_case
from livinglab.casework.operations.together import Outcome, complete_each
from livinglab.casework.queries.seats import seats_of
from livinglab.kernel.tenancy import enter, tenancy
from livinglab.organizations.models import Organization
from livinglab.organizations.queries import Role
from tests.browser.test_at_once import LONG, desks
from tests.organizations.people import make_member, organization
from tests.releases.kit import files_of, zipped

__all__ = ["desks"]
pytestmark = pytest.mark.browser
AT = datetime(2026, 11, 2, 3, tzinfo=UTC)
ANSWERS = {
    "agency": "population",
    "need": "Mencetak ulang KTP yang hilang.",
    "visit_on": "2026-11-05",
    "slot": "s0900",
    "full_name": "Warga Contoh",
    "assistance": "none",
}
PARAMETERS: dict[str, object] = {
    "mall_name": "Mal Contoh",
    "mall_address": "Jalan Contoh 1",
    "opening_hours": "08.00",
    "days_ahead": 14,
    "lapse_days": 7,
}


def arranged(code: str) -> tuple[User, list[UUID]]:
    """Return an officer of the front desk, and two cases in two villages whose next step issues a number there."""
    region = organization(code)
    places: dict[str, dict[str, object]] = {f"{code}.01.2001": {}, f"{code}.01.2002": {}}
    service = services.put_to_work(
        organization=region,
        content=zipped(files_of("mpp-janji-temu", region)),
        parameters=PARAMETERS,
        places=places,
        by=None,
        at=AT,
    )
    head = make_member(f"sekda-{code.replace('.', '')}", Role.COORDINATOR, code)
    officer = make_member(f"meja-{code.replace('.', '')}", Role.VILLAGE_OPERATOR, code)
    services.give_seat(organization=region, user_id=officer.id, kind=SeatKind.AGENCY, by=head, at=AT)
    sent = []
    for village in places:
        _draft, token = drafts.begin(
            organization=region,
            service_id=service.id,
            unit_code=village,
            channel=Channel.SELF,
            applicant=None,
            helped_by=None,
            at=AT,
        )
        drafts.save(organization=region, token=token, answers=ANSWERS, at=AT)
        sent.append(cases.submit(organization=region, token=token, by=None, at=AT).id)
    return officer, sent


def together(region: Organization, officer: User, case_ids: list[UUID]) -> list[Outcome]:
    """Do the step of the cases as a request does, which is one transaction around it."""
    with tenancy(None):
        enter(region.id)
        return list(
            complete_each(
                organization=region,
                seats=seats_of(region.id, officer.id),
                case_ids=case_ids,
                task="confirm",
                answers={"result": "free", "counter": "A3"},
                key="once",
                by=officer,
                at=AT,
            )
        )


def backend() -> int:
    """Return the process of the database that serves this thread."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def wait_until_blocked(waiter: int, holder: int) -> None:
    """Return when one waits for another, also behind a job of the worker that waits for the same one."""
    with connection.cursor() as cursor:
        for _look in range(100_000):
            cursor.execute(
                "SELECT FROM unnest(pg_blocking_pids(%s)) AS ahead"
                " WHERE ahead = %s OR %s = ANY(pg_blocking_pids(ahead))",
                (waiter, holder, holder),
            )
            if cursor.fetchone() is not None:
                return
    pytest.fail("nobody waited")


def waits_under(region: Organization) -> tuple[list[str], int, int]:
    """Return the steps that wait, the numbers that were given, and how often the step was done."""
    with tenancy(region.id):
        return (
            list(Task.objects.order_by("due", "id").values_list("node", flat=True)),
            Paper.objects.count(),
            Step.objects.filter(what="completed", on="confirm").count(),
        )


def in_order(region: Organization, case_ids: list[UUID]) -> list[Case]:
    """Return the cases in the order in which they are done together."""
    with tenancy(region.id):
        rows = Task.objects.filter(case_id__in=case_ids).select_related("case").order_by("due", "id")
        return [one.case for one in rows]


def test_who_takes_a_number_meanwhile_and_several_at_once_both_come_through(
    desks: tuple[ThreadPoolExecutor, ...],
) -> None:
    region = desks[0].submit(organization, "33.21").result()
    officer, sent = desks[0].submit(arranged, "33.21").result()
    _first, second = desks[0].submit(in_order, region, sent).result()
    holding, waiting = (desk.submit(backend).result() for desk in desks[:2])
    has_number, go_on = Event(), Event()

    def takes_a_number() -> str:
        with tenancy(region.id):
            next_number(region.id, series="ANTREAN", unit_code=second.unit_code, year=2026)
            has_number.set()
            assert go_on.wait(LONG)
            audit.record(organization_id=region.id, by=None, at=AT, action="casework.moved", subject="x")
        return "kept"

    single = desks[0].submit(takes_a_number)
    assert has_number.wait(LONG)
    several = desks[1].submit(together, region, officer, sent)
    desks[2].submit(wait_until_blocked, waiting, holding).result()
    go_on.set()
    assert single.result(LONG) == "kept"
    assert [one.why for one in several.result(LONG)] == ["", ""]
    assert desks[0].submit(waits_under, region).result() == (["serve", "serve"], 2, 2)


def test_what_was_done_before_a_break_stays_and_a_repeat_does_the_rest(
    desks: tuple[ThreadPoolExecutor, ...],
) -> None:
    region = desks[0].submit(organization, "33.22").result()
    officer, sent = desks[0].submit(arranged, "33.22").result()
    first, second = desks[0].submit(in_order, region, sent).result()
    holding, waiting = (desk.submit(backend).result() for desk in desks[:2])
    is_held, go_on = Event(), Event()

    def holds_the_second() -> None:
        with tenancy(region.id):
            lock_case(region.id, second.id)
            is_held.set()
            assert go_on.wait(LONG)

    def breaks_off() -> None:
        wait_until_blocked(waiting, holding)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", (waiting,))

    holder = desks[0].submit(holds_the_second)
    assert is_held.wait(LONG)
    several = desks[1].submit(together, region, officer, sent)
    desks[2].submit(breaks_off).result()
    with pytest.raises(OperationalError):
        several.result(LONG)
    go_on.set()
    holder.result(LONG)
    desks[1].submit(connections.close_all).result()
    assert desks[0].submit(waits_under, region).result()[1:] == (1, 1)
    for _click in range(2):
        outcomes = desks[1].submit(together, region, officer, sent).result(LONG)
        assert sorted((one.number, one.why) for one in outcomes) == sorted(
            (one.number, "") for one in (first, second)
        )
        assert desks[0].submit(waits_under, region).result() == (["serve", "serve"], 2, 2)

    def last() -> list[int]:
        with tenancy(region.id):
            return list(Counter.objects.filter(series="ANTREAN").values_list("last", flat=True))

    assert desks[0].submit(last).result() == [1, 1]
