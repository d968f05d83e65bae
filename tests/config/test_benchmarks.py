"""What `./livinglab bench` promises: a row keeps every number of its target, or is over."""

import pytest

from benchmarks.rows import Row, Target
from benchmarks.run import run


@pytest.mark.parametrize(
    ("median", "tail", "ok"),
    [(400, 700, True), (400.1, 500, False), (300, 700.1, False), (None, 500, False), (300, None, False)],
)
def test_a_row_is_over_where_its_median_is_and_where_its_tail_is(
    median: float | None, tail: float | None, ok: bool
) -> None:
    row = Row(name="a", size="one", p50_ms=median, p95_ms=tail, target=Target(p50_ms=400, p95_ms=700))
    assert (row.ok, row.as_json()["target"]) == (ok, "p50 <= 400 ms, p95 <= 700 ms")


def test_what_was_not_promised_is_not_asked_for() -> None:
    assert Row(name="a", size="one", p50_ms=9_000, p95_ms=60, target=Target(p95_ms=60)).ok


def test_a_signature_is_held_to_both_of_its_times() -> None:
    (row,) = run(("sign-document",), runs=1, report=lambda _row: None)
    assert row.target == Target(p50_ms=400, p95_ms=700)
    assert row.p50_ms is not None
    assert row.p95_ms is not None
    assert row.ok == (row.p50_ms <= 400 and row.p95_ms <= 700)
