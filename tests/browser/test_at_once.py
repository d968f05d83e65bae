"""Two people at the same instant, each with a connection of their own: the second waits, and then sees the first.

Here because what they write is committed: the pages' tests have a database of their own, others roll everything back.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from threading import Event
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, connections, transaction

from livinglab.evaluations.models import EvidenceUse
from livinglab.evaluations.operations import process
from livinglab.evidence import operations as evidence
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from tests.evaluations.kit import AT, Region, answer_everything, open_round

pytestmark = pytest.mark.browser

LONG = 20  # seconds after which somebody waits for ever
WAITING = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


@pytest.fixture
def desks(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[ThreadPoolExecutor, ...]]:
    """Three threads, each with a connection of its own."""
    with django_db_blocker.unblock():
        pools = tuple(ThreadPoolExecutor(1) for _desk in range(3))
        yield pools
        for pool in pools:
            pool.submit(connections.close_all).result()
            pool.shutdown()


def ready(code: str) -> Region:
    """This function will return a region whose answers are validated."""
    region = open_round(code=code)
    answer_everything(region, 3)
    return region


def approve(region: Region) -> str:
    """This function will approve as the responsible officer, and return the state or why it was refused."""
    try:
        return process.approve(place=region.as_(region.responsible), at=AT).state
    except Refused as refused:
        return refused.refusal.code


def describe(region: Region, piece: UUID) -> str:
    """This function will give a piece another title, and return it or why it was refused."""
    better = evidence.Details(title="Judul baru (uji)", type="policy", issued_on=date(2025, 5, 1))
    here, by = region.organization.id, region.entry.id
    try:
        return evidence.describe(organization_id=here, piece_id=piece, details=better, by=by, at=AT).title
    except Refused as refused:
        return refused.refusal.code


def shown_piece(region: Region) -> UUID:
    """This function will return a piece that stands under indicator 21."""
    with tenancy(region.organization.id):
        return EvidenceUse.objects.filter(indicator="21").order_by("letter")[0].piece_id


def one_after_the_other(
    desks: tuple[ThreadPoolExecutor, ...], first: Callable[[], str], second: Callable[[], str]
) -> tuple[str, str]:
    """This function will begin `second` while `first` is not committed yet, and return what came of both."""
    done, go_on = Event(), Event()

    def held() -> str:
        with transaction.atomic():
            came = first()
            done.set()
            assert go_on.wait(LONG)
        return came

    def until_somebody_waits(other: "Future[str]") -> None:
        with connection.cursor() as cursor:
            while not other.done():
                cursor.execute(WAITING)
                if cursor.fetchone()[0]:
                    return

    one = desks[0].submit(held)
    assert done.wait(LONG)
    other = desks[1].submit(second)
    desks[2].submit(until_somebody_waits, other).result()
    assert not other.done(), "the second did not wait for the first"
    go_on.set()
    return one.result(LONG), other.result(LONG)


def test_of_two_approvals_at_once_the_second_finds_it_approved(desks: tuple[ThreadPoolExecutor, ...]) -> None:
    region = desks[0].submit(ready, "33.18").result()
    came = one_after_the_other(desks, lambda: approve(region), lambda: approve(region))
    assert came == ("approved", "not_in_this_state")


def test_what_is_approved_at_that_instant_is_described_no_more(desks: tuple[ThreadPoolExecutor, ...]) -> None:
    region = desks[0].submit(ready, "33.19").result()
    piece = desks[0].submit(shown_piece, region).result()
    assert one_after_the_other(desks, lambda: approve(region), lambda: describe(region, piece)) == (
        "approved",
        "held",
    )


def test_what_is_described_at_that_instant_is_approved_as_described(
    desks: tuple[ThreadPoolExecutor, ...],
) -> None:
    region = desks[0].submit(ready, "33.20").result()
    piece = desks[0].submit(shown_piece, region).result()
    came = one_after_the_other(desks, lambda: describe(region, piece), lambda: approve(region))
    assert came == ("Judul baru (uji)", "approved")
