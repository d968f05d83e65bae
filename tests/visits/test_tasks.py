"""The nightly jobs do what time does, by the present clock, and a second run changes nothing."""

import pytest
from procrastinate.contrib.django import app

from livinglab.visits import tasks
from livinglab.visits.models import Commitment, Visit
from tests.visits import kit

pytestmark = pytest.mark.django_db


def test_the_nightly_jobs_close_and_end_once() -> None:
    who = kit.scene()
    commitment = kit.committed(who)
    Commitment.objects.filter(id=commitment.id).update(ends_on=kit.HELD_ON)
    visit = kit.minuted(who)
    for _ in range(2):
        tasks.close_late(timestamp=0)
        tasks.end_commitments(timestamp=0)
    assert Visit.objects.get(id=visit.id).state == "no_follow_up"
    assert Visit.objects.get(id=visit.id).moves.filter(step="close").count() == 1
    assert Commitment.objects.get(id=commitment.id).state == "ended"


def test_the_worker_knows_when_to_start_them() -> None:
    known = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}
    assert known["visits.close_late"] == "10 17 * * *"
    assert known["visits.end_commitments"] == "20 17 * * *"
