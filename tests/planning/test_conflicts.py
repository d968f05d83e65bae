"""Wishes that exclude each other are named, with the nearest that can be had; what is done already falls away."""

from dataclasses import replace
from fractions import Fraction

import pytest

from livinglab.planning.domain.conflicts import Conflict, problem
from livinglab.planning.domain.plans import Limit, Status, years_of
from livinglab.planning.domain.problems import Goal, Ladder, Problem, Requirement, natural
from livinglab.planning.domain.solving import solve
from tests.planning.small import ladder

TENTH = Fraction(1, 10)


def two(**wishes: object) -> Problem:
    """Return a policy 2 and its practice 10 at level 1 of 4, each level of the practice after that of the policy."""
    waits = [Requirement(("2", n), ("10", n)) for n in (2, 3, 4)]
    efforts = [Fraction(n) for n in (1, 2, 3)]
    found = [ladder("10", 1, TENTH, efforts), ladder("2", 1, TENTH, [Fraction(5)] * 3)]
    return problem(Fraction(2), found, requirements=waits, **wishes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wishes", "message"),
    [
        ({"locked": [("10", 3)], "excluded": [("10", 2)]}, "level 3 is locked .* lock it at the level it has"),
        ({"locked": [("10", 4)], "excluded": [("10", 3)]}, "lock it at level 2"),
        ({"locked": [("10", 3)], "excluded": [("2", 3)]}, "10: its step to level 3 must be taken, but indicator 2"),
        ({"promised": [("10", 4)], "excluded": [("2", 2)]}, "indicator 2 has to reach level 2 first"),
        ({"locked": [("10", 5)]}, "cannot be raised to level 5; its highest step leads to 4"),
        ({"locked": [("7", 2)]}, "no such indicator"),
    ],
)  # fmt: skip
def test_wishes_that_exclude_each_other_are_named(wishes: dict[str, object], message: str) -> None:
    with pytest.raises(Conflict, match=message):
        two(**wishes)


def test_a_fixed_input_cannot_be_locked_and_says_so() -> None:
    with pytest.raises(Conflict, match="it is a fixed input without steps"):
        problem(Fraction(2), [Ladder("5", Fraction(5, 2))], locked=[("5", 4)])


def test_locks_and_exclusions_of_held_levels_fall_away() -> None:
    found = problem(
        Fraction(2), [ladder("1", 3, TENTH, [Fraction(1)])], locked=[("1", 2)], excluded=[("1", 3)]
    )
    assert (found.locked, found.excluded) == (frozenset(), frozenset())


def test_a_practice_ahead_of_its_policy_is_not_sent_back() -> None:
    """The practice holds level 3 over a policy at 1; only its step to 4 waits, for the policy at 4."""
    found = problem(
        Fraction(2),
        [ladder("2", 1, TENTH, [Fraction(1)] * 3), ladder("10", 3, TENTH, [Fraction(1)])],
        requirements=[Requirement(("2", n), ("10", n)) for n in (2, 3, 4)],
    )
    assert found.requirements == (Requirement(("2", 4), ("10", 4)),)
    assert solve(found, Goal(Fraction(24, 10))).best.keys == {("2", 2), ("2", 3), ("2", 4), ("10", 4)}


def test_a_step_that_waits_for_a_fixed_input_below_stays_closed() -> None:
    found = problem(
        Fraction(2),
        [Ladder("2", Fraction(2)), ladder("10", 1, TENTH, [Fraction(1)] * 3)],
        requirements=[Requirement(("2", 3), ("10", 3))],
    )
    outcome = solve(found, Goal(Fraction(3)))
    assert (outcome.status, outcome.highest_reachable) == (Status.UNREACHABLE, Fraction(21, 10))
    assert Limit.FIXED in {each.limit for each in outcome.binding}
    assert Limit.PRECEDENCE in {each.limit for each in outcome.binding}


def test_locks_bring_what_they_wait_for_and_exclusions_keep_out_what_waits() -> None:
    assert solve(two(locked=[("10", 3)]), Goal(Fraction(2))).best.keys == {
        ("2", 2),
        ("2", 3),
        ("10", 2),
        ("10", 3),
    }
    outcome = solve(two(excluded=[("2", 3)]), Goal())
    assert (outcome.best.keys, outcome.highest_reachable) == ({("2", 2), ("10", 2)}, Fraction(22, 10))
    assert [(each.limit, each.step, each.index) for each in outcome.binding] == [
        (Limit.EXCLUDED, ("2", 3), Fraction(26, 10)),
        (Limit.PRECEDENCE, ("10", 2), Fraction(24, 10)),
    ]


@pytest.mark.parametrize(
    ("goal", "message"),
    [
        (Goal(Fraction(3), capacity=(Fraction(0), Fraction(0))), "every year's capacity is 0"),
        (Goal(Fraction(3), capacity=(Fraction(-1),)), "below 0"),
        (Goal(Fraction(3), effort_limit=Fraction(-1)), "the nearest feasible is 0"),
        (Goal(steps_limit=-1), "the nearest feasible is 0"),
        (Goal(Fraction(22, 10), effort_limit=Fraction(5)), "take 6 effort, more than the limit of 5; raise it to 6"),
        (Goal(steps_limit=1), "are 2, more than the limit of 1; raise it to 2"),
        (Goal(effort_limit=Fraction(5), steps_limit=9), "take 6 effort"),
    ],
)  # fmt: skip
def test_limits_that_leave_no_room_are_named(goal: Goal, message: str) -> None:
    with pytest.raises(Conflict, match=message):
        solve(two(locked=[("10", 2)]), goal)


def test_the_least_capacity_is_named_and_is_the_least() -> None:
    goal = Goal(Fraction(23, 10), capacity=(Fraction(0), Fraction(0), Fraction(0)))
    with pytest.raises(Conflict) as refused:
        solve(two(), goal)
    least = Fraction(str(refused.value.values["capacity"]))
    assert least == Fraction(367, 100)  # effort 11 in three years
    assert solve(two(), replace(goal, capacity=(least,) * 3)).status is Status.OPTIMAL
    less = least - Fraction(1, 100)
    assert solve(two(), replace(goal, capacity=(less,) * 3)).status is Status.UNREACHABLE


def test_years_that_carry_nothing_are_enough_for_what_is_held_already() -> None:
    outcome = solve(two(), Goal(Fraction(1), capacity=(Fraction(0),)))
    assert (outcome.status, outcome.best.steps) == (Status.OPTIMAL, ())


def test_a_target_that_capacity_keeps_out_of_reach_says_what_is_missing() -> None:
    """Effort 6 brings two steps (2.2); the next height, 2.3 by the policy's step to 3, takes 11."""
    outcome = solve(two(), Goal(Fraction(23, 10), capacity=(Fraction(4), Fraction(4))))
    assert (outcome.status, outcome.highest_reachable, outcome.best.effort) == (
        Status.UNREACHABLE,
        Fraction(22, 10),
        Fraction(6),
    )
    first = outcome.binding[0]
    assert (first.limit, first.index, first.effort) == (Limit.CAPACITY, Fraction(23, 10), Fraction(11))


def test_steps_come_in_order_and_in_the_year_in_which_they_are_finished() -> None:
    plan = solve(two(), Goal(Fraction(26, 10))).best
    assert [step.key for step in plan.steps] == [
        ("2", 2),
        ("10", 2),
        ("2", 3),
        ("10", 3),
        ("2", 4),
        ("10", 4),
    ]
    assert [step.effort for step in plan.steps] == [5, 1, 5, 2, 5, 3]
    assert years_of(plan, (Fraction(6), Fraction(0), Fraction(6), Fraction(20))) == (0, 0, 2, 3, 3, 3)


def test_a_reached_target_asks_for_nothing() -> None:
    outcome = solve(two(), Goal(Fraction(19, 10)))
    assert (outcome.status, outcome.best.steps, outcome.alternatives, outcome.binding) == (
        Status.OPTIMAL,
        (),
        (),
        (),
    )


def test_indicators_are_sorted_as_people_count() -> None:
    assert sorted(["10", "35-2", "2", "35", "35-10"], key=natural) == ["2", "10", "35", "35-2", "35-10"]
