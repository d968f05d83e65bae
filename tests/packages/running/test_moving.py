"""Where a case stands decides whether another version of its process can take it on."""

import pytest

from livinglab.packages.domain.package import Package
from livinglab.packages.domain.process import NodeKind, Outcome
from livinglab.packages.domain.running.machine import Machine
from livinglab.packages.domain.running.moving import Hindrance, HindranceKind, hindrances
from livinglab.packages.domain.running.state import Case
from tests.packages.running.small import node, package, process
from tests.packages.running.test_token_game import begun, done, machine

TOGETHER = """
    start > split
    split > works
    split > tax
    works > join
    tax > join
    join > sign
    sign > end
"""
ANOTHER = "split > order\norder > join"


def drawn(arrows: str, *more: str, join: str = "join") -> Package:
    """Return a package of two looks side by side and a signature, with further tasks."""
    nodes = [
        node("start", NodeKind.START),
        node("split", NodeKind.PARALLEL),
        node(join, NodeKind.PARALLEL),
        *(node(one, NodeKind.USER) for one in ("works", "tax", "sign", *more)),
        node("end", NodeKind.END, outcome=Outcome.GRANTED),
    ]
    return package(process(nodes, arrows))


@pytest.fixture
def together() -> tuple[Package, Machine, Case]:
    before = drawn(TOGETHER)
    runs = machine(before.diagram.main)
    return before, runs, begun(runs)


def test_a_case_among_parallel_ways_stays_where_another_way_was_added(
    together: tuple[Package, Machine, Case],
) -> None:
    before, runs, case = together
    after = drawn(TOGETHER + ANOTHER, "order")
    both = (Hindrance(HindranceKind.BRANCHES, "works"), Hindrance(HindranceKind.BRANCHES, "tax"))
    assert hindrances(case, before, after) == both
    half = done(runs, case, "works")
    assert hindrances(half, before, after) == (Hindrance(HindranceKind.BRANCHES, "tax"),)
    assert hindrances(case, before, before) == hindrances(half, before, before) == ()


def test_a_case_among_parallel_ways_stays_where_they_meet_at_another_gateway(
    together: tuple[Package, Machine, Case],
) -> None:
    before, runs, case = together
    after = drawn(TOGETHER.replace("join", "meet"), join="meet")
    assert hindrances(done(runs, case, "tax"), before, after) == (Hindrance(HindranceKind.BRANCHES, "works"),)


def test_parallel_ways_that_have_met_keep_a_case_only_by_the_step_that_it_missed(
    together: tuple[Package, Machine, Case],
) -> None:
    before, runs, case = together
    met = done(runs, done(runs, case, "works"), "tax")
    after = drawn(TOGETHER + ANOTHER, "order")
    assert hindrances(met, before, after) == (Hindrance(HindranceKind.STEP_BEFORE, "order"),)


def test_parallel_ways_that_are_still_ahead_keep_no_case() -> None:
    ahead = TOGETHER.replace("start > split", "start > look\nlook > split")
    before, after = drawn(ahead, "look"), drawn(ahead + ANOTHER, "look", "order")
    assert hindrances(begun(machine(before.diagram.main)), before, after) == ()
