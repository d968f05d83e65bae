"""Packages on offer and taken over: the page of one, and a whole adoption from the question to the service."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import Final

from django.db import transaction
from django.test import Client

from benchmarks.own_database import own_database
from benchmarks.pages import Server
from benchmarks.rows import Row, Target, timings
from livinglab.accounts.queries import find_user
from livinglab.config import demo
from livinglab.kernel import clock

_PREFIX: Final = "livinglab_bench_packages"
_REGION, _PERSON = "14.08", "sekda.siak@demo.example"


def package_page(*, runs: int) -> Row:
    """This function will time the page of a package, drawn anew each time, and weigh the largest one as it is sent."""
    server = Server()
    urls = [f"/packages/{code}/{name}/" for code, name in demo.PACKAGES]
    with _packages_on_offer():
        answers = [server.get(url) for url in urls]
        if any(one.status != 200 for one in answers):
            raise RuntimeError(f"{urls} answered {[one.status for one in answers]}")
        each = cycle(urls)
        p50, p95 = timings(lambda: server.get(next(each)), runs=runs)
    return Row(
        name="package-page",
        size=f"{len(urls)} packages in turn, the largest page",
        p50_ms=p50,
        p95_ms=p95,
        queries=max(one.queries for one in answers),
        bytes=max(len(one.body) for one in answers),
        target=Target(bytes=60 * 1024),
    )


def adoption(*, runs: int) -> Row:
    """This function will time a whole adoption: the screen that asks for whom, the click, the service's own page.

    The first edition is checked with all its scenarios on the way. Each run is rolled back.
    """
    code, name = demo.PACKAGES[0]
    asked = f"/packages/{code}/{name}/1.0.0/adopt/"
    with _packages_on_offer():
        person = find_user(_PERSON)
        assert person is not None
        client = Client(SERVER_NAME="localhost")
        client.force_login(person)

        def take_over() -> None:
            with transaction.atomic():
                seen = [client.get(asked).status_code]
                answer = client.post(asked, {"region": _REGION})
                seen += [answer.status_code, client.get(answer.headers.get("Location", asked)).status_code]
                transaction.set_rollback(True)
            if seen != [200, 302, 200]:
                raise RuntimeError(f"{asked} answered {seen}")

        p50, p95 = timings(take_over, runs=runs, warmup=1)
    return Row(
        name="adoption",
        size="1 screen, 1 click, until the service's page stands",
        p50_ms=p50,
        p95_ms=p95,
        target=Target(p95_ms=1_000),
    )


@contextmanager
def _packages_on_offer() -> Iterator[None]:
    with own_database(_PREFIX, Path(__file__), _fill):
        yield


def _fill() -> None:
    demo.add_people(at=clock.now())
    demo.offer_packages(at=clock.now())


BENCHMARKS: Final[dict[str, Callable[[int], Row]]] = {
    "package-page": lambda runs: package_page(runs=runs),
    "adoption": lambda runs: adoption(runs=runs),
}
