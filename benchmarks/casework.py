"""Services at work beside a million cases: a citizen's journey, an inbox, a status page, an act.

Each row is also there as `…-hundredth`, with a hundredth of the cases, and each page as `…-growth`: beside a tenth of
the cases and beside all of them in turns.
"""

import multiprocessing
import re
import statistics
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing.synchronize import Barrier
from typing import Final
from uuid import UUID

from django.db import connection
from django.test import Client

from benchmarks.casework_data import (
    ANSWERS,
    OPEN,
    PACKAGE,
    REGION,
    Loaded,
    arrived,
    casework_database,
)
from benchmarks.own_database import close_all
from benchmarks.pages import StatementCounter
from benchmarks.rows import Row, Target, timings
from livinglab.casework.operations import cases
from livinglab.kernel import clock

CASES: Final = 1_000_000
_HUNDREDTH: Final = 100
_PROMISED_A_SECOND: Final = 20
#: the promise is for so many
_CORES: Final = 2
_PROMISED_RATIO: Final = 1.2
_TURNS: Final = 3
_WARMING: Final = 5
_SHOWN: Final = re.compile(r'name="_shown" value="([^"]*)"')


#: of each page of the form its name and what is typed on it
_Pages = list[tuple[str, Mapping[str, str]]]
#: where the children of `_side_by_side` wait for each other; empty in any other process
_MEETING: Final[list[Barrier]] = []


class Journey:
    """Begin, five pages, send: the seven requests by which the letter of hardship is applied for."""

    def __init__(self, pages: _Pages | None = None) -> None:
        self.client = Client(SERVER_NAME="localhost")
        self.taken: list[float] = []
        self.pages = pages or self._pages()

    def __call__(self) -> None:
        """This function will take one journey and keep the milliseconds of each request. Errors: RuntimeError."""
        where = self._post(f"/apply/{REGION}/{PACKAGE}/", {})
        address = where.removesuffix("form/")
        for page, typed in self.pages:
            where = self._post(f"{address}form/{page}/", typed)
        if not where.endswith("/check/"):
            raise RuntimeError(f"the form leads to {where}")
        self._post(where, {})

    def _pages(self) -> _Pages:
        """This function will look at each page once, and return what is typed on it."""
        where = self._post(f"/apply/{REGION}/{PACKAGE}/", {})
        address, found = where.removesuffix("form/"), list[tuple[str, Mapping[str, str]]]()
        where = str(self.client.get(where)["Location"])
        while not where.endswith("/check/"):
            shown = _SHOWN.search(self.client.get(where).content.decode())
            assert shown is not None, "every page says which questions it shows"
            names = shown[1].split()
            typed = {"_shown": shown[1], **{one: _typed(one) for one in names if one in _TYPED}}
            found.append((where.removeprefix(f"{address}form/").strip("/"), typed))
            answer = self.client.post(where, typed)
            if answer.status_code == 200:  # an answer brought up another question: all of them at once, then
                found.pop()
                continue
            where = str(answer["Location"])
        return found

    def _post(self, url: str, typed: Mapping[str, str]) -> str:
        before = time.perf_counter()
        answer = self.client.post(url, typed)
        self.taken.append((time.perf_counter() - before) * 1_000)
        if answer.status_code != 302:
            raise RuntimeError(f"{url} answered {answer.status_code}")
        return str(answer["Location"])


_TYPED: Final = {**ANSWERS, "truth": "yes", "referral": "no"}


def _typed(name: str) -> str:
    return str(_TYPED[name])


def journey(*, runs: int, number: int) -> Row:
    """This function will time whole journeys of a five-page form, of each request, and count their statements.

    As many processes as promised cores apply at once, each with the whole program of a web process, against one
    database; each takes `runs` journeys. What a browser and a connection take is not in it.
    """
    with casework_database(number):
        take = Journey()
        take()
        counter = StatementCounter()
        with connection.execute_wrapper(counter):
            take()
        parts = _side_by_side(take.pages, runs)
    requests = [one for part in parts for one in part.requests]
    lasted = max(part.ended for part in parts) - min(part.began for part in parts)
    a_second = runs * len(parts) / lasted
    return Row(
        name="case-journey",
        size=f"{len(requests) // runs // len(parts)} requests a journey, {number} cases loaded",
        p50_ms=round(statistics.median(requests), 1),
        p95_ms=round(statistics.quantiles(requests, n=20)[-1], 1),
        queries=counter.count,
        share=a_second / _PROMISED_A_SECOND,
        target=Target(p95_ms=60, queries=60, share=1),
        table=(
            f"{a_second:.1f} journeys a second in {len(parts)} processes, of {_PROMISED_A_SECOND} promised",
        ),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """What one process took: seconds of the machine's clock, and milliseconds of each request."""

    began: float
    ended: float
    requests: tuple[float, ...]


def _side_by_side(pages: _Pages, runs: int) -> list[_Part]:
    """Take journeys in several processes that begin together."""
    close_all()  # a child has connections of its own
    forking = multiprocessing.get_context("fork")
    together = forking.Barrier(_CORES)
    with ProcessPoolExecutor(
        _CORES, mp_context=forking, initializer=_MEETING.append, initargs=(together,)
    ) as children:
        return list(children.map(_journeys, [pages] * _CORES, [runs] * _CORES))


def _journeys(pages: _Pages, runs: int) -> _Part:
    take = Journey(pages)
    for _run in range(_WARMING):
        take()
    take.taken.clear()
    _MEETING[0].wait(timeout=60)
    began = time.perf_counter()
    for _run in range(runs):
        take()
    return _Part(began, time.perf_counter(), tuple(take.taken))


def inbox(*, runs: int, number: int) -> Row:
    """This function will time the first page of an inbox."""
    with casework_database(number) as loaded:
        client = Client(SERVER_NAME="localhost")
        client.force_login(loaded.officer)
        look = partial(_page, client, f"/regions/{REGION}/desk/")
        p50, p95 = timings(look, runs=runs)
        queries = _statements(look)
    return Row(
        name="case-inbox",
        size=f"{number // OPEN} open cases",
        p50_ms=p50,
        p95_ms=p95,
        queries=queries,
        target=Target(p95_ms=60, queries=10),
    )


def status(*, runs: int, number: int) -> Row:
    """This function will time the page on which an applicant sees where the case stands."""
    with casework_database(number) as loaded:
        _case, token = arrived(loaded.service, at=clock.now())
        look = partial(_page, Client(SERVER_NAME="localhost"), f"/applications/{REGION}/{token}/")
        p50, p95 = timings(look, runs=runs)
        queries = _statements(look)
    return Row(
        name="case-status",
        size=f"{number} cases",
        p50_ms=p50,
        p95_ms=p95,
        queries=queries,
        target=Target(p95_ms=30, queries=10),
    )


def step(*, runs: int, number: int) -> Row:
    """This function will take the processor time of an officer's act with everything that is stored of it."""
    with casework_database(number) as loaded:
        waiting = [arrived(loaded.service, at=clock.now())[0] for _run in range(_WARMING + runs)]
        taken = [_act(loaded, one.id) for one in waiting][_WARMING:]
    return Row(
        name="case-step",
        size=f"an act with its statements, {number} cases; CPU of the program",
        p50_ms=round(statistics.median(taken), 1),
        p95_ms=round(statistics.quantiles(taken, n=20)[-1], 1),
        target=Target(),
        table=("the engine alone, of which 5 ms are promised: engine-step",),
    )


def _act(loaded: Loaded, case_id: UUID) -> float:
    before = time.process_time()
    cases.complete(
        organization=loaded.organization,
        case_id=case_id,
        task="check",
        answers={"result": "complete"},
        key="bench",
        by=loaded.officer,
        at=clock.now(),
    )
    return (time.process_time() - before) * 1_000


def _page(client: Client, url: str) -> None:
    answer = client.get(url)
    if answer.status_code != 200:
        raise RuntimeError(f"{url} answered {answer.status_code}")


def _statements(call: Callable[[], object]) -> int:
    counter = StatementCounter()
    with connection.execute_wrapper(counter):
        call()
    return counter.count


def growth(measure: Callable[..., Row], runs: int) -> Row:
    """This function will measure a page at ten times the cases, and how many times as long it takes as at one time.

    Both are measured in turns, and the least median of each counts: what else the machine does only makes it longer.
    """
    each = max(runs // _TURNS, 5)
    turns = [
        (measure(runs=each, number=CASES // 10), measure(runs=each, number=CASES)) for _ in range(_TURNS)
    ]
    small, large = (min(rows, key=lambda row: row.p50_ms or 0) for rows in zip(*turns, strict=True))
    return replace(
        large,
        name=f"{large.name}-growth",
        ratio=round((large.p50_ms or 0) / (small.p50_ms or 1), 2),
        target=replace(large.target, ratio=_PROMISED_RATIO),
    )


def _named(measure: Callable[..., Row], number: int, ending: str, runs: int) -> Row:
    row = measure(runs=runs, number=number)
    return replace(row, name=f"{row.name}{ending}")


_PAGES: Final[Mapping[str, Callable[..., Row]]] = {
    "case-journey": journey,
    "case-inbox": inbox,
    "case-status": status,
}
_ALL: Final[Mapping[str, Callable[..., Row]]] = {**_PAGES, "case-step": step}

BENCHMARKS: Final[dict[str, Callable[[int], Row]]] = {
    **{name: partial(_named, one, CASES, "") for name, one in _ALL.items()},
    **{
        f"{name}-hundredth": partial(_named, one, CASES // _HUNDREDTH, "-hundredth")
        for name, one in _ALL.items()
    },
    **{f"{name}-growth": partial(growth, one) for name, one in _PAGES.items()},
}
