"""Runs the benchmarks by name."""

from collections.abc import Callable

from benchmarks import (
    adoptions,
    casework,
    casework_pages,
    casework_signing,
    catalogue,
    effect,
    evaluations,
    first_visits,
    follow,
    history,
    likelihood,
    matching,
    merging,
    package_checks,
    pages,
    papers,
    plans,
    running,
    scoring,
    signing,
    uploads,
)
from benchmarks.rows import Row

BENCHMARKS: dict[str, Callable[[int], Row]] = {
    **{page.name: lambda runs, page=page: pages.measure_page(page, runs=runs) for page in pages.PAGES},
    **{
        f"{page.name}-drawn": lambda runs, page=page: pages.measure_page(page, runs=runs, drawn=True)
        for page in pages.PAGES
        if page.drawn
    },
    **first_visits.BENCHMARKS,
    "scoring": lambda runs: scoring.score_country(runs=runs),
    "scoring-in-full": lambda runs: scoring.score_country_in_full(runs=runs),
    **evaluations.BENCHMARKS,
    **papers.BENCHMARKS,
    "evidence-upload": lambda runs: uploads.evidence_upload(runs=runs),
    **plans.BENCHMARKS,
    **likelihood.BENCHMARKS,
    **matching.BENCHMARKS,
    **follow.BENCHMARKS,
    **effect.BENCHMARKS,
    **catalogue.BENCHMARKS,
    **running.BENCHMARKS,
    **merging.BENCHMARKS,
    **package_checks.BENCHMARKS,
    **adoptions.BENCHMARKS,
    **signing.BENCHMARKS,
    **history.BENCHMARKS,
    **casework.BENCHMARKS,
    **casework_pages.BENCHMARKS,
    **casework_signing.BENCHMARKS,
}


def run(names: tuple[str, ...], *, runs: int, report: Callable[[Row], None]) -> list[Row]:
    """This function will run the named benchmarks, all of them without a name. Errors: KeyError for an unknown one."""
    rows = []
    for name in names or tuple(BENCHMARKS):
        row = BENCHMARKS[name](runs)
        report(row)
        rows.append(row)
    return rows
