"""Several people who want the last places of an hour at the same instant, each with a connection of their own.

Here because what they write is committed, as in `test_at_once.py`.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier, Event
from typing import Any
from uuid import UUID

import pytest
from django.db import connections, transaction

from livinglab.casework.models import Case
from livinglab.casework.operations import cases, services
from livinglab.casework.operations.booking import places_of
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.models import Organization
from livinglab.packages.domain.bookings import Slot
from tests.browser.test_desk_at_once import backend, wait_until_blocked
from tests.casework.booking import DAY, PARAMETERS, mall, places, visit
from tests.casework.kit import AT
from tests.organizations.people import organization
from tests.releases.kit import files_of, zipped

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


def with_two_steps(code: str) -> tuple[Organization, list[Case]]:
    """This function will return a region whose process books twice, and two cases that hold nothing."""
    region = organization(code)
    files = files_of("mpp-janji-temu", region)
    process = files["process.bpmn"].decode()
    step = next(line for line in process.splitlines() if '<serviceTask id="place"' in line)
    for old, new in (
        (step, step + step.replace('id="place"', 'id="again"')),
        ("<flowNodeRef>place<", "<flowNodeRef>again</flowNodeRef><flowNodeRef>place<"),
        ('<sequenceFlow id="f25" sourceRef="place"', '<sequenceFlow id="f25" sourceRef="again"'),
        ("</process>", '<sequenceFlow id="f99" sourceRef="place" targetRef="again"/></process>'),
    ):
        assert old in process
        process = process.replace(old, new, 1)
    files["process.bpmn"] = process.encode()
    service = services.put_to_work(
        organization=region,
        content=zipped(files),
        parameters={**PARAMETERS, "places_per_hour": 1},
        places={},
        by=None,
        at=AT,
    )
    return region, [visit(service, region, visit_on="2026-11-07") for _visitor in range(2)]


def test_two_who_take_two_places_each_never_wait_for_each_other(
    desks: tuple[ThreadPoolExecutor, ...],
) -> None:
    region, (one, other) = desks[0].submit(with_two_steps, "33.27").result(LONG)
    holding, waiting = (desk.submit(backend).result(LONG) for desk in desks[:2])
    has_one, go_on = Event(), Event()
    nine, ten = (Slot(date.fromisoformat(DAY), minute) for minute in (540, 600))

    def takes_both() -> list[bool]:
        with tenancy(region.id):
            first = places_of(one).take("place", "population", nine, most=1)
            has_one.set()
            assert go_on.wait(LONG)
            return [first, places_of(one).take("again", "population", ten, most=1)]

    def takes_both_the_other_way() -> list[bool]:
        with tenancy(region.id):
            found = places_of(other)
            return [
                found.take(*each, most=1)
                for each in (("place", "population", ten), ("again", "population", nine))
            ]

    first = desks[0].submit(takes_both)
    assert has_one.wait(LONG)
    second = desks[1].submit(takes_both_the_other_way)
    desks[2].submit(wait_until_blocked, waiting, holding).result(LONG)
    go_on.set()
    assert (first.result(LONG), second.result(LONG)) == ([True, True], [False, False])


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
