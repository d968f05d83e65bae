"""What `./livinglab bench` promises: a row keeps every number of its target, or is over."""

from collections.abc import Callable

import pytest

from benchmarks.rows import Row, Target, in_turns, times_as_long
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


class _Machine:
    """A clock, and calls that take so many seconds of it while the machine is as busy as said of each moment."""

    def __init__(self, busy: Callable[[int], int] = lambda _call: 1) -> None:
        self.now, self.called, self._busy = 0.0, "", busy

    def call(self, name: str, seconds: float) -> Callable[[], None]:
        def take() -> None:
            self.now += seconds * self._busy(len(self.called))
            self.called += name

        return take

    def timed(self, *, pairs: int, warmup: int = 0) -> list[tuple[float, float]]:
        a, b = self.call("a", 2), self.call("b", 3)
        return in_turns(a, b, pairs=pairs, warmup=warmup, clock=lambda: self.now)


def test_calls_in_turns_swap_who_is_first_and_what_warms_up_does_not_count() -> None:
    machine = _Machine(busy=lambda call: 9 if call < 2 else 1)
    assert machine.timed(pairs=3, warmup=1) == [(2_000, 3_000)] * 3
    assert machine.called == "abbaabba"


@pytest.mark.parametrize(
    "busy",
    [
        lambda _call: 1,
        lambda call: 2 if call >= 9 else 1,  # from within the pair in the middle on
        lambda call: 1 + call // 2,  # more with each pair
        lambda call: 5 if call == 4 else 1,
    ],
)
def test_how_many_times_as_long_a_call_takes_is_the_same_while_the_machine_is_busy(
    busy: Callable[[int], int],
) -> None:
    assert times_as_long(_Machine(busy).timed(pairs=9)) == 1.5
