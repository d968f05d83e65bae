"""Service packages at work: a step of the engine, and how soon a trial is ready."""

import json
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.test import Client

from benchmarks.rows import Row, Target, timings
from livinglab.packages.domain.package import Package
from livinglab.packages.domain.running.storing import from_json, to_json
from livinglab.packages.domain.scenarios import Act
from livinglab.packages.queries import play
from livinglab.packages.queries.cases import runner
from livinglab.packages.queries.reading import read_package
from livinglab.sandboxes.models import Sandbox
from livinglab.sandboxes.queries import tryable

_LIMIT_MS = 5
_READY_MS = 2_000


def engine_step(*, runs: int) -> Row:
    """This function will time each act of every scenario: load the stored case, act, store it; processor time.

    An act takes its case as far as it goes: rules, messages and documents are part of it.
    """
    packages = [read_package(one) for one in sorted((Path(settings.ROOT) / "packages").iterdir())]
    taken: list[float] = []
    for round_ in range(1 + max(runs // 10, 3)):
        found = [one for package in packages for one in _acts(package)]
        if (
            round_
        ):  # the first fills the caches of compiled expressions and templates, as a server's first cases do
            taken += found
    return Row(
        name="engine-step",
        size=f"{len(taken)} acts of {len(packages)} packages, with loading and storing; CPU",
        p50_ms=statistics.median(taken),
        p95_ms=statistics.quantiles(taken, n=20)[-1],
        target=Target(p95_ms=_LIMIT_MS),
    )


def _acts(package: Package) -> Iterator[float]:
    """This function will yield the milliseconds of each act of a package's scenarios."""
    runs = runner(package)
    for scenario in package.scenarios.values():
        stage = play.Stage(None, scenario.starts.replace(tzinfo=runs.days.zone))
        for step in scenario.steps:
            if not isinstance(step, Act):
                continue
            stored = json.dumps(to_json(stage.case)) if stage.case else ""
            before = time.process_time()
            loaded = play.Stage(from_json(json.loads(stored)) if stored else None, stage.now)
            stage, _ = play.take(runs, scenario, loaded, step)
            if stage.case:
                json.dumps(to_json(stage.case))
            yield (time.process_time() - before) * 1_000


def sandbox_ready(*, runs: int) -> Row:
    """This function will time one click until the trial's first page is there, the package read anew each time."""
    client = Client(SERVER_NAME="localhost")
    made: list[str] = []
    one = tryable.offered()[0]

    def click() -> None:
        tryable.forget()
        answer = client.post(f"/try/{one.publisher}/{one.package}/")
        made.append(answer["Location"])
        page = client.get(answer["Location"])
        if page.status_code != 200:
            raise RuntimeError(f"{answer['Location']} answered {page.status_code}")

    try:
        p50, p95 = timings(click, runs=runs, warmup=1)
    finally:
        Sandbox.objects.filter(address__in=[at.rstrip("/").rsplit("/", 1)[-1] for at in made]).delete()
    return Row(
        name="sandbox-ready",
        size="one click to the first page, package not read before",
        p50_ms=p50,
        p95_ms=p95,
        target=Target(p95_ms=_READY_MS),
    )


BENCHMARKS: dict[str, Callable[[int], Row]] = {
    "engine-step": lambda runs: engine_step(runs=runs),
    "sandbox-ready": lambda runs: sandbox_ready(runs=runs),
}
