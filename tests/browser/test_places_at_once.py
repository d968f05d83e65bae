"""Several people who want the last places of an hour at the same instant, each with a connection of their own.

Here because what they write is committed, as in `test_at_once.py`.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from typing import Any
from uuid import UUID

import pytest
from django.db import connections, transaction

from livinglab.casework.models import Case
from livinglab.casework.operations import cases
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.models import Organization
from tests.casework.booking import DAY, mall, places, visit
from tests.casework.kit import AT
from tests.organizations.people import organization

pytestmark = pytest.mark.browser

LONG = 30  # seconds after which somebody waits for ever
VISITORS = 6


@pytest.fixture
def desks(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[ThreadPoolExecutor, ...]]:
    """Threads, each with a connection of its own."""
    with django_db_blocker.unblock():
        pools = tuple(ThreadPoolExecutor(1) for _visitor in range(VISITORS))
        yield pools
        for pool in pools:
            pool.submit(connections.close_all).result()
            pool.shutdown()


def asked(code: str) -> tuple[Organization, list[UUID]]:
    """This function will return a region of two places an hour, and cases that were asked for another day."""
    region = organization(code)
    service = mall(region)
    return region, [visit(service, region, visit_on="2026-11-07").id for _visitor in range(VISITORS)]


def choose(region: Organization, case_id: UUID) -> str:
    """This function will ask for the hour that everybody wants, and return why there is none ("" where there is)."""
    chosen = {"visit_on": DAY}
    cases.answer(organization=region, case_id=case_id, task="choose", answers=chosen, key="a", by=None, at=AT)
    with tenancy(region.id):
        found: str = Case.objects.get(id=case_id).state["bookings"]["place"]["why"]
    return found


def test_of_many_at_once_as_many_get_a_place_as_there_are(desks: tuple[ThreadPoolExecutor, ...]) -> None:
    region, waiting = desks[0].submit(asked, "33.25").result(LONG)
    together = Barrier(VISITORS)

    def at_once(case_id: UUID) -> str:
        together.wait(LONG)
        return choose(region, case_id)

    came = [desk.submit(at_once, one) for desk, one in zip(desks, waiting, strict=True)]
    assert sorted(one.result(LONG) for one in came) == ["", "", "full", "full", "full", "full"]
    held = desks[0].submit(places, region).result(LONG)
    assert held == [("population", DAY, 540, 1), ("population", DAY, 540, 2)]


def test_a_place_that_is_not_committed_after_all_goes_to_who_waited(
    desks: tuple[ThreadPoolExecutor, ...],
) -> None:
    region, waiting = desks[0].submit(asked, "33.26").result(LONG)
    held, go_on = Event(), Event()

    def taken_and_lost() -> None:
        with transaction.atomic():
            choose(region, waiting[0])
            held.set()
            assert go_on.wait(LONG)
            transaction.set_rollback(True)

    lost = desks[0].submit(taken_and_lost)
    assert held.wait(LONG)
    second = desks[1].submit(choose, region, waiting[1])
    third = desks[2].submit(choose, region, waiting[2])
    go_on.set()
    lost.result(LONG)
    assert (second.result(LONG), third.result(LONG)) == ("", "")
    numbers = [one[3] for one in desks[0].submit(places, region).result(LONG)]
    assert numbers == [1, 2]
