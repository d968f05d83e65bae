"""The check of service packages: from the files in a folder to every finding, scenarios played."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from django.conf import settings

from benchmarks.rows import Row, Target, timings
from livinglab.packages.queries.check import check_path

_PACKAGE: Final = "posyandu"  # the largest of the packages in this repository


def check_package(*, runs: int) -> Row:
    """This function will time the whole check of a typical package from its folder."""
    path = Path(settings.ROOT) / "packages" / _PACKAGE
    report = check_path(path)
    assert report.is_sound
    assert report.package is not None
    size = f"{len(report.package.files)} files, {len(report.package.scenarios)} scenarios"
    p50, p95 = timings(lambda: check_path(path), runs=min(runs, 20), warmup=1)
    return Row(name="package-check", size=size, p50_ms=p50, p95_ms=p95, target=Target(p95_ms=3_000))


BENCHMARKS: Final[dict[str, Callable[[int], Row]]] = {"package-check": lambda runs: check_package(runs=runs)}
