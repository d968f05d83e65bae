"""What ./test says at the end: each stage with its time, and one closing line with the number of tests."""

from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET


@dataclass(frozen=True, slots=True)
class Tally:
    """How many tests ended in which way."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self) -> str:
        parts = [(self.failed, "failed"), (self.passed, "passed"), (self.skipped, "skipped")]
        return ", ".join(f"{count} {how}" for count, how in parts if count)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one stage ended."""

    stage: str
    passed: bool
    seconds: float
    tally: Tally = Tally()


def read_tally(report: Path) -> Tally:
    """This function will count the tests in a JUnit report that pytest wrote; none if it wrote none."""
    if not report.exists():
        return Tally()
    tally = Tally()
    for suite in ET.parse(report).iter("testsuite"):  # noqa: S314 (pytest wrote it, from our own tests)
        count = {name: int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")}
        failed = count["failures"] + count["errors"]
        tally += Tally(count["tests"] - failed - count["skipped"], failed, count["skipped"])
    return tally


def summarize(outcomes: list[Outcome], *, left_out: list[str]) -> str:
    """This function will give the table of stages and the closing line, such as `812 passed in 301.4 s`."""
    lines = [_line(outcome) for outcome in outcomes]
    lines += [f"  {name:<14} not run" for name in left_out]
    seconds = sum(outcome.seconds for outcome in outcomes)
    total = sum((outcome.tally for outcome in outcomes), Tally())
    failed = [outcome.stage for outcome in outcomes if not outcome.passed]
    verdict = f"FAILED in {failed[0]}: " if failed else ""
    counted = str(total) or f"{sum(outcome.passed for outcome in outcomes)} stages ok"
    return "\n".join(["", *lines, "", f"===== {verdict}{counted} in {seconds:.1f} s ====="])


def _line(outcome: Outcome) -> str:
    how = "ok" if outcome.passed else "FAILED"
    return f"  {outcome.stage:<14} {how:<7} {outcome.seconds:7.1f} s  {outcome.tally}".rstrip()
