"""A job that its worker cannot finish is done again, and one that runs is left alone."""

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from livinglab.kernel.stalled import retry_stalled

pytestmark = pytest.mark.django_db


def worker(*, silent: int) -> int:
    """Add a worker that last said so many seconds ago that it lives."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) "
            "VALUES (now() - make_interval(secs => %s)) RETURNING id",
            [silent],
        )
        return int(cursor.fetchone()[0])


def job(*, lock: str | None = None) -> int:
    deferrer = app.configure_task("casework.ring_due", queueing_lock=lock, allow_unknown=True)
    return int(deferrer.defer(timestamp=0))


def begun(by: int | None, *, ago: int = 0, lock: str | None = None) -> int:
    """Add a job that a worker began so many seconds ago."""
    number = job(lock=lock)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s", [by, number]
        )
        cursor.execute(
            "UPDATE procrastinate_events SET at = now() - make_interval(secs => %s) "
            "WHERE job_id = %s AND type = 'started'",
            [ago, number],
        )
    return number


def stands(number: int) -> tuple[str, int]:
    one = ProcrastinateJob.objects.get(id=number)
    return one.status, one.attempts


def test_a_job_of_a_silent_worker_is_done_again_once() -> None:
    number = begun(worker(silent=31))
    assert retry_stalled() == 1
    assert stands(number) == ("todo", 1)
    assert retry_stalled() == 0


def test_a_job_of_a_worker_that_is_gone_is_done_again() -> None:
    number = begun(None)
    assert retry_stalled() == 1
    assert stands(number) == ("todo", 1)


def test_a_job_that_runs_is_left_alone() -> None:
    number = begun(worker(silent=29))
    assert retry_stalled() == 0
    assert stands(number) == ("doing", 0)


def test_what_a_living_worker_began_before_its_present_job_is_done_again() -> None:
    by = worker(silent=1)
    lost, present = begun(by, ago=60), begun(by, ago=2)
    other = begun(worker(silent=1), ago=300)
    assert retry_stalled() == 1
    assert [stands(one)[0] for one in (lost, present, other)] == ["todo", "doing", "doing"]


def test_a_job_whose_kind_waits_already_is_given_up_for_that_one() -> None:
    number, waiting = begun(worker(silent=60), lock="tests.once"), job(lock="tests.once")
    assert retry_stalled() == 1
    assert [stands(one)[0] for one in (number, waiting)] == ["aborted", "todo"]
