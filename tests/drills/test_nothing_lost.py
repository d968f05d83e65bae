"""Nothing that was acknowledged is lost, doubled or stuck, while web, worker and database are killed in turn."""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from itertools import cycle
from pathlib import Path
from typing import Final, TypeVar
from uuid import UUID

import pytest

from launcher.processes import wait_until
from livinglab.casework.domain.contacts import Way
from livinglab.casework.domain.deliveries import key_of
from tests.casework.gateway_server import TOKEN, Carrier, carrying
from tests.drills.installation import KINDS, Installation
from tests.drills.people import VILLAGE, Caller, apply, complete, send_offline

pytestmark = pytest.mark.long


@dataclass(frozen=True)
class Size:
    """How much of it: `submissions`, half on the pages, half from the offline queue of a village, those sent twice;
    `steps` of offices; `every` so many acknowledgements a kill; each kind of process is killed at least `least` times.
    `to_the_end`: it waits for jobs and messages, of which those that failed are tried again after a minute or two.
    """

    submissions: int
    steps: int
    every: int
    least: int
    to_the_end: bool


SMALL: Final = Size(submissions=100, steps=100, every=20, least=2, to_the_end=False)
FULL: Final = Size(submissions=2_000, steps=2_000, every=150, least=7, to_the_end=True)
PHONES: Final = 4  # one in so many applicants is told by SMS
SIDE_BY_SIDE: Final = 6
MINUTES: Final = 30  # after which the drill gives up; on two free cores it takes a fifth of that
QUIET: Final = 300  # seconds in which jobs and messages must come to an end
T = TypeVar("T")


@pytest.fixture
def carrier() -> Iterator[Carrier]:
    with carrying() as one:
        yield one


@pytest.fixture
def site(tmp_path: Path, carrier: Carrier) -> Iterator[Installation]:
    settings = {"SMS_URL": carrier.url, "SMS_TOKEN": TOKEN, "LIVINGLAB_WORKERS": "2"}
    with Installation(tmp_path / "var", settings) as one:
        yield one


class Drill:
    """Work done side by side, with a kill after every so many acknowledgements."""

    def __init__(self, site: Installation, carrier: Carrier, *, every: int) -> None:
        self.site, self.carrier, self.every = site, carrier, every
        self._deadline = time.monotonic() + MINUTES * 60
        self._next = cycle(KINDS)

    def is_over(self) -> bool:
        """Whether the time of the drill is over, or something went wrong."""
        return time.monotonic() > self._deadline

    def caller(self, who: str = "", password: str = "") -> Caller:
        one = Caller(self.site.port, self.is_over)
        if who:
            one.sign_in(f"{who}@demo.example", password)
        return one

    def all_of(self, work: Sequence[Callable[[], T]]) -> list[T]:
        """Do all of the work, killing and restarting meanwhile; the first failure is raised."""
        with ThreadPoolExecutor(SIDE_BY_SIDE) as threads:
            doing: list[Future[T]] = [threads.submit(one) for one in work]
            due = self.every
            try:
                while not all(one.done() for one in doing):
                    if sum(one.done() for one in doing) >= due:
                        self.site.kill(next(self._next))
                        due += self.every
                    self.watch()
                    time.sleep(0.1)
            except BaseException:
                self._deadline = 0
                threads.shutdown(wait=False, cancel_futures=True)
                raise
            return [one.result() for one in doing]

    def watch(self) -> None:
        """Start what ended, and let the gateway recover after twenty messages that it took and then denied."""
        self.site.keep_running()
        if len(self.carrier.asked) >= 20:
            self.carrier.mood = ""


def tasks(site: Installation, node: str) -> list[str]:
    return [
        task
        for (task,) in site.rows(
            f"SELECT id FROM casework_task WHERE node = '{node}' AND unit_code = '{VILLAGE}' ORDER BY since, id"
        )
    ]


def is_quiet(drill: Drill) -> bool:
    """Whether no job is begun or due, and every message has left."""
    drill.watch()
    return (
        drill.site.number(
            "SELECT (SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing' "
            "OR (status = 'todo' AND coalesce(scheduled_at, now()) <= now())) "
            "+ (SELECT count(*) FROM casework_delivery WHERE state <> 'told')"
        )
        == 0
    )


@pytest.mark.parametrize("size", [pytest.param(SMALL, id="small"), pytest.param(FULL, id="full")])
def test_nothing_is_lost_doubled_or_stuck(site: Installation, carrier: Carrier, size: Size) -> None:
    # Given a city whose village takes applications on the pages and offline, and an SMS gateway that fails at first
    drill = Drill(site, carrier, every=size.every)
    carrier.mood = "taken, then down"
    password = json.loads(site.application.read("demo-sign-ins", "--json"))[0]["password"]
    ((version,),) = site.rows(
        "SELECT version_id FROM casework_service service JOIN organizations_organization region "
        "ON region.id = service.organization_id WHERE region.code = '99.71' AND package = 'sktm'"
    )
    citizen, officer = drill.caller(), drill.caller("desa.teladan", password)
    head = drill.caller("kades.teladan", password)

    def applying(nth: int) -> Callable[[], tuple[str, str]]:
        phone = f"+62812{nth:08}" if nth % PHONES == 0 else ""
        return lambda: apply(citizen, phone=phone)

    # When they apply and decide, while web, worker and database are killed in turn
    sent = dict(
        drill.all_of(
            [
                work
                for nth in range(1, size.submissions // 2 + 1)
                for work in (applying(nth), lambda: send_offline(officer, version))
            ]
        )
    )
    checks = tasks(site, "check")[: size.steps // 2]
    drill.all_of([partial(complete, officer, task, result="complete") for task in checks])
    approvals = tasks(site, "approve")
    drill.all_of([partial(complete, head, task, approved=True) for task in approvals])

    # Then each kind was killed, and some answers were lost on their way
    assert min(site.killed.values()) >= size.least, site.killed
    assert citizen.repeats + officer.repeats + head.repeats > 0
    # and every acknowledged submission exists once, under its number, without a gap
    kept = {
        row[0]: row[1] for row in site.rows("SELECT secret, number FROM casework_case WHERE NOT number = ''")
    }
    assert kept == {sha256(secret.encode()).hexdigest(): number for secret, number in sent.items()}
    year = next(iter(kept.values())).split("-")[1]
    assert sorted(kept.values()) == [f"SKTM-{year}-{nth:06}" for nth in range(1, size.submissions + 1)]
    # and every step was done once, and every document has a number of its own, without a gap
    assert len(checks) == len(approvals) == size.steps // 2
    done = site.rows(
        "SELECT count(*), count(DISTINCT (case_id, \"on\")) FROM casework_step WHERE what = 'completed'"
    )
    assert done == [(str(size.steps), str(size.steps))]
    assert site.rows(
        "SELECT count(*), count(DISTINCT number), count(DISTINCT case_id) FROM casework_paper"
    ) == [(str(size.steps // 2),) * 3]
    assert site.rows("SELECT max(last), sum(last) FROM casework_counter WHERE series NOT LIKE 'case/%'") == [
        (str(size.steps // 2),) * 2
    ]
    if size.to_the_end:
        all_came_to_an_end(drill, size)


def all_came_to_an_end(drill: Drill, size: Size) -> None:
    """See that no job and no message is left behind."""
    site, carrier = drill.site, drill.carrier
    # jobs come to an end: none is left behind, and none was given up but those that come by the clock
    assert wait_until(lambda: is_quiet(drill), seconds=QUIET), site.rows(
        "SELECT status, task_name, count(*) FROM procrastinate_jobs WHERE status <> 'succeeded' GROUP BY 1, 2"
    )
    assert (
        site.rows(
            "SELECT DISTINCT task_name FROM procrastinate_jobs WHERE status = 'failed' "
            "AND task_name IN ('casework.tell', 'kernel.deliver_event')"
        )
        == []
    )
    # and every message was told at least once, a repeat known by its key
    planned = site.rows(
        "SELECT delivery.case_id, nth FROM casework_delivery delivery "
        "JOIN casework_message message ON message.id = delivery.message_id"
    )
    assert set(carrier.carried) == {key_of(UUID(case), int(nth), Way.SMS) for case, nth in planned}
    assert len(planned) >= size.submissions // 2 // PHONES
    assert len(carrier.asked) > len(carrier.carried)
