"""What share followed up: the country's page and its API at 100,000 actions, then at ten times as many.

`…-drawn` counts everything anew in each run, `…-growth` too.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

from benchmarks.follow_data import ACTIONS, VISITS, follow_database
from benchmarks.pages import Answer, Server
from benchmarks.rows import Row, Target, timings
from livinglab.visits.queries import kept

_TEN: Final = 10
_URLS: Final = {
    "follow-through": "/follow-through/",
    "follow-through-visitors": "/follow-through/?by=visitors",
    "follow-through-api": "/api/v1/follow-through",
}


def measure(name: str, runs: int, *, times: int = 1, drawn: bool = False) -> Row:
    """This function will time one page as its reader gets it; `drawn`: as the first one after a change."""
    server = Server()

    def request() -> Answer:
        if drawn:
            kept.forget()
        return server.get(_URLS[name])

    with follow_database(times):
        answer = request()
        if answer.status != 200:
            raise RuntimeError(f"{_URLS[name]} answered {answer.status}")
        p50, p95 = timings(request, runs=runs)
    return Row(
        name=f"{name}-drawn" if drawn else name,
        size=f"{ACTIONS * times} actions, {VISITS * times} visits",
        p50_ms=p50,
        p95_ms=p95,
        queries=answer.queries,
        bytes=len(answer.body),
        target=Target(p95_ms=80, queries=8) if times == 1 else Target(),
    )


def growth(name: str, runs: int) -> Row:
    """This function will time a page at ten times the size, drawn, and how many times as long it takes."""
    small, large = measure(name, runs, drawn=True), measure(name, runs, times=_TEN, drawn=True)
    ratio = (large.p50_ms or 0) / small.p50_ms if small.p50_ms else None
    return replace(large, name=f"{name}-growth", ratio=round(ratio, 2) if ratio else None)


BENCHMARKS: Final[dict[str, Callable[[int], Row]]] = {
    **{name: partial(measure, name) for name in _URLS},
    "follow-through-drawn": partial(measure, "follow-through", drawn=True),
    "follow-through-growth": partial(growth, "follow-through"),
}
