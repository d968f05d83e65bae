"""What this context does when others have news."""

from livinglab.assessments.events import ResultsPublished
from livinglab.comparisons import operations
from livinglab.kernel import clock
from livinglab.kernel.events import subscribe


@subscribe(ResultsPublished, name="comparisons.rebuild_standings")
def rebuild_standings(event: ResultsPublished) -> None:
    """Rebuild the year's standings, and the next year's, which say how regions moved since. Safe to repeat."""
    for year in (event.year, event.year + 1):
        operations.rebuild_standings(year=year, by=None, at=clock.now())
