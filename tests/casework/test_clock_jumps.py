"""A clock that jumps moves no case and deletes nothing before it has proved itself."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from livinglab.casework.models import Case, Ring, Task
from livinglab.casework.tasks import (
    escalate_due,
    escalate_region,
    forget_due,
    forget_region,
    ring_due,
    ring_region,
)
from livinglab.kernel import clock
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.looking import look_at_clock
from livinglab.kernel.models import ClockLook
from livinglab.kernel.steadiness import Looked, look
from livinglab.kernel.tenancy import tenancy
from tests.casework.kit import arrived, home, running

AT = datetime(2026, 11, 23, 3, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def jobs(name: str) -> int:
    return ProcrastinateJob.objects.filter(task_name=name, status="todo").count()


@pytest.mark.parametrize(
    ("between", "since", "moves", "deletes"),
    [
        pytest.param(MINUTE, None, True, True, id="each minute"),
        pytest.param(DAY, None, True, True, id="off for a day"),
        pytest.param(DAY + MINUTE, MINUTE * 0, False, False, id="off for longer"),
        pytest.param(400 * DAY, MINUTE * 0, False, False, id="a year too far"),
        pytest.param(-2 * MINUTE, None, True, True, id="corrected by a time server"),
        pytest.param(-6 * MINUTE, MINUTE * 0, False, False, id="set back"),
    ],
)
def test_a_jump_is_what_no_look_each_minute_explains(
    between: timedelta, since: timedelta | None, moves: bool, deletes: bool
) -> None:
    now = look(Looked(AT, None), AT + between)
    assert now.steady_since == (None if since is None else AT + between - since)
    assert (now.may_move, now.may_delete) == (moves, deletes)


@pytest.mark.parametrize(
    ("even", "moves", "deletes"),
    [(HOUR - MINUTE, False, False), (HOUR, True, False), (DAY - MINUTE, True, False), (DAY, True, True)],
)
def test_it_is_believed_again_once_it_went_on_evenly(even: timedelta, moves: bool, deletes: bool) -> None:
    now = look(Looked(AT + even - MINUTE, AT), AT + even)
    assert (now.may_move, now.may_delete) == (moves, deletes)


def test_one_that_jumps_there_and_back_waits_from_the_way_back() -> None:
    there = look(Looked(AT, None), AT + 400 * DAY)
    back = look(there, AT + 2 * MINUTE)
    assert back.steady_since == AT + 2 * MINUTE
    assert not back.may_move


@pytest.mark.django_db
def test_after_a_jump_no_case_is_moved_and_nothing_deleted() -> None:
    running()
    Ring.objects.create(organization=home(), case_id=new_id(), at=clock.now() - MINUTE)
    look_at_clock(at=clock.now() - 30 * DAY)
    ring_due(0)
    forget_due(0)
    assert (jobs("casework.ring_region"), jobs("casework.forget_region")) == (0, 0)
    ClockLook.objects.update(steady_since=clock.now() - HOUR)
    ring_due(0)
    forget_due(0)
    assert (jobs("casework.ring_region"), jobs("casework.forget_region")) == (1, 0)
    ClockLook.objects.update(steady_since=clock.now() - DAY)
    forget_due(0)
    assert jobs("casework.forget_region") == 1


@pytest.mark.django_db
@pytest.mark.parametrize("job", [ring_region, escalate_region, forget_region], ids=lambda one: one.name)
def test_a_job_that_waited_over_a_jump_does_nothing(job: Callable[[str], None]) -> None:
    case = arrived(running(), at=clock.now() - 900 * DAY)
    look_at_clock(at=clock.now() - 30 * DAY)
    before = state_of(case.id)
    job(str(home().id))
    escalate_due(0)
    assert state_of(case.id) == before
    assert jobs("casework.escalate_region") == 0


def state_of(case_id: UUID) -> tuple[object, ...]:
    with tenancy(home().id):
        case = Case.objects.get(id=case_id)
        told = list(Task.objects.filter(case_id=case_id).values_list("escalated_at", flat=True))
    return case.outcome, case.steps, case.forgotten_at, told


@pytest.mark.django_db
def test_an_installation_that_begins_waits_for_nothing() -> None:
    Ring.objects.create(organization=home(), case_id=new_id(), at=clock.now() - MINUTE)
    ring_due(0)
    assert jobs("casework.ring_region") == 1
    assert ClockLook.objects.get().steady_since is None
