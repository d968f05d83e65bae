"""The token game: in any order of acts no token is lost, every case ends or waits, and every state can be stored."""

import json
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livinglab.packages.adapters.kits import PackageKit
from livinglab.packages.domain.process import Flow, Node, NodeKind, Outcome, Process
from livinglab.packages.domain.running.machine import Actor, Machine
from livinglab.packages.domain.running.refusals import BrokenPackage
from livinglab.packages.domain.running.state import Case
from livinglab.packages.domain.running.storing import StoredOtherwise, from_json, to_json
from tests.packages.running.small import MONDAY, PLAIN, node, package, process

DESK = Actor("desk", "Petugas Contoh")
ME = Actor("me", "Warga Contoh")


def machine(*args: object, **more: object) -> Machine:
    built = package(*args, **more)  # type: ignore[arg-type]
    return Machine(built, PackageKit(built), PLAIN)


def begun(runs: Machine, answers: dict[str, object] | None = None) -> Case:
    return runs.start(
        number="1", answers=answers or {}, parameters={"days": 3, "name": "Kantor"}, by=ME, at=MONDAY
    )


def done(runs: Machine, case: Case, task: str) -> Case:
    return runs.complete(case, task=task, answers={}, by=DESK, at=case.now)


def waits(case: Case) -> list[str]:
    return sorted(token.node for token in case.tokens)


@dataclass
class Drawing:
    """A drawing that grows block by block; `work` counts the tasks of each way through it."""

    nodes: list[Node] = field(default_factory=list)
    flows: dict[str, Flow] = field(default_factory=dict)

    def add(self, is_a: NodeKind, /, **more: object) -> str:
        new = node(f"n{len(self.nodes)}", is_a, **more)
        self.nodes.append(new)
        return new.id

    def join(self, source: str, target: str, condition: str = "") -> str:
        flow = Flow(f"f{len(self.flows)}", source, target, condition)
        self.flows[flow.id] = flow
        return flow.id


#: a block is a task, a sequence, a parallel split and join, or a choice by a number of the form
BLOCKS = st.recursive(
    st.just("task"),
    lambda inner: st.tuples(
        st.sampled_from(["in turn", "together", "either"]), st.lists(inner, min_size=1, max_size=3)
    ),
    max_leaves=10,
)


def draw(drawing: Drawing, block: object, source: str, chosen: int) -> tuple[str, int]:
    """Add a block after a node; return its last node and how many tasks a case passes in it."""
    if block == "task":
        task = drawing.add(NodeKind.USER)
        drawing.join(source, task)
        return task, 1
    kind, inner = block  # type: ignore[misc]
    if kind == "in turn":
        total = 0
        for one in inner:
            source, work = draw(drawing, one, source, chosen)
            total += work
        return source, total
    gateway = NodeKind.PARALLEL if kind == "together" else NodeKind.EXCLUSIVE
    split = drawing.add(gateway)
    drawing.join(source, split)
    ends, works = [], []
    for place, one in enumerate(inner):
        first = drawing.add(NodeKind.SERVICE, kind="register")
        is_default = place == len(inner) - 1
        flow = drawing.join(
            split, first, f"form.way == {place}" if gateway is NodeKind.EXCLUSIVE and not is_default else ""
        )
        if gateway is NodeKind.EXCLUSIVE and is_default:
            old = next(each for each in drawing.nodes if each.id == split)
            drawing.nodes[drawing.nodes.index(old)] = node(split, gateway, default_flow=flow)
        end, work = draw(drawing, one, first, chosen)
        ends.append(end)
        works.append(work)
    join = drawing.add(gateway)
    for end in ends:
        drawing.join(end, join)
    return join, sum(works) if kind == "together" else works[min(chosen, len(inner) - 1)]


@given(BLOCKS, st.integers(0, 3), st.randoms(use_true_random=False))
def test_in_any_order_of_acts_every_task_is_done_once_and_the_case_ends(
    block: object, chosen: int, luck: object
) -> None:
    drawing = Drawing()
    start = drawing.add(NodeKind.START)
    last, work = draw(drawing, block, start, chosen)
    drawing.join(last, drawing.add(NodeKind.END, outcome="granted"))
    runs = machine(Process("main", {one.id: one for one in drawing.nodes}, drawing.flows, ("desk",)))
    case = begun(runs, {"way": chosen})
    acts = 0
    while not case.is_over:
        assert case.tokens, "a token was lost"
        assert from_json(json.loads(json.dumps(to_json(case)))) == case
        case = done(runs, case, luck.choice([token.node for token in case.tokens]))  # type: ignore[attr-defined]
        acts += 1
    assert (acts, case.outcome, case.tokens, case.arrivals, case.frames) == (
        work,
        Outcome.GRANTED,
        (),
        (),
        (),
    )


START = node("start", NodeKind.START)
END = node("end", NodeKind.END, outcome="granted")


def test_a_loop_is_walked_as_often_as_somebody_sends_it_round() -> None:
    runs = machine(
        process(
            [
                START,
                node("check", NodeKind.USER, form="check"),
                node("good", NodeKind.EXCLUSIVE, default_flow="good-end"),
                END,
            ],
            "start > check\ncheck > good\ngood > check ? task.check.again\ngood > end",
        )
    )
    case = begun(runs)
    for _ in range(3):
        case = runs.complete(case, task="check", answers={"again": True}, by=DESK, at=case.now)
        assert waits(case) == ["check"]
    case = runs.complete(case, task="check", answers={}, by=DESK, at=case.now)
    assert case.outcome is Outcome.GRANTED


def test_a_called_process_returns_to_its_caller() -> None:
    inner = process(
        [
            node("in", NodeKind.START),
            node("split", NodeKind.PARALLEL),
            node("a", NodeKind.USER),
            node("b", NodeKind.USER),
            node("out", NodeKind.END),
        ],
        "in > split\nsplit > a\nsplit > b\na > out\nb > out",
        process_id="inner",
    )
    runs = machine(
        process(
            [START, node("call", NodeKind.CALL, calls="inner"), node("after", NodeKind.USER), END],
            "start > call\ncall > after\nafter > end",
        ),
        (inner,),
    )
    case = begun(runs)
    assert waits(case) == ["a", "b"]
    case = done(runs, case, "b")
    assert waits(case) == ["a"]
    case = done(runs, case, "a")
    assert waits(case) == ["after"]
    assert done(runs, case, "after").outcome is Outcome.GRANTED


def test_the_end_reached_last_names_the_outcome() -> None:
    runs = machine(
        process(
            [
                START,
                node("split", NodeKind.PARALLEL),
                node("a", NodeKind.USER),
                node("b", NodeKind.USER),
                END,
                node("no", NodeKind.END, outcome="refused"),
            ],
            "start > split\nsplit > a\nsplit > b\na > end\nb > no",
        )
    )
    case = begun(runs)
    assert done(runs, done(runs, case, "a"), "b").outcome is Outcome.REFUSED
    assert done(runs, done(runs, case, "b"), "a").outcome is Outcome.GRANTED


def test_a_gateway_that_waits_in_vain_is_said_to_be_stuck() -> None:
    runs = machine(
        process(
            [
                START,
                node("choose", NodeKind.EXCLUSIVE, default_flow="choose-join"),
                node("a", NodeKind.USER),
                node("join", NodeKind.PARALLEL),
                END,
            ],
            "start > choose\nchoose > a ? form.a\nchoose > join\na > join\njoin > end",
        )
    )
    case = begun(runs)
    assert (case.is_stuck, case.is_over, waits(case)) == (True, False, [])


@pytest.mark.parametrize(
    ("nodes", "arrows", "code"),
    [
        (
            [START, node("a", NodeKind.EXCLUSIVE), node("b", NodeKind.EXCLUSIVE)],
            "start > a\na > b\nb > a",
            "endless",
        ),
        (
            [START, node("a", NodeKind.EXCLUSIVE), END],
            "start > a\na > end ? form.no\na > start ? form.no",
            "no_way",
        ),
        ([START], "start > nowhere", "no_node"),
        ([END], "", "no_start"),
        ([START, node("stop", NodeKind.END)], "start > stop", "no_outcome"),
        ([START, node("r", NodeKind.RULE, rule="gone"), END], "start > r\nr > end", "no_rule"),
        ([START, node("m", NodeKind.SEND, message="gone"), END], "start > m\nm > end", "no_message"),
        (
            [START, node("d", NodeKind.SERVICE, kind="issue", document="gone"), END],
            "start > d\nd > end",
            "no_document",
        ),
        (
            [START, node("s", NodeKind.SERVICE, kind="sign", document="gone"), END],
            "start > s\ns > end",
            "unsigned",
        ),
        ([START, node("c", NodeKind.CALL, calls="main"), END], "start > c\nc > end", "no_process"),
        ([START, node("t", NodeKind.TIMER, timer="R/P1D"), END], "start > t\nt > end", "timer"),
        ([START, node("t", NodeKind.TIMER, timer="=param.name"), END], "start > t\nt > end", "timer"),
        (
            [START, node("a", NodeKind.EXCLUSIVE), END],
            "start > a\na > end ? open('x')\na > end ? 1",
            "no_way",
        ),
    ],
)
def test_a_package_that_no_checker_saw_is_stopped_with_a_reason(
    nodes: list[Node], arrows: str, code: str
) -> None:
    if "open(" in arrows:
        arrows, code = (
            arrows.replace("a > end ? 1", "a > start ? __import__('os').system('id')"),
            "expression",
        )
    with pytest.raises(BrokenPackage) as broken:
        begun(machine(process(nodes, arrows)))
    assert broken.value.code == code
    assert code in BrokenPackage.CODES


def test_processes_that_call_each_other_for_ever_are_stopped() -> None:
    one = process(
        [node("s1", NodeKind.START), node("c1", NodeKind.CALL, calls="two")], "s1 > c1", process_id="one"
    )
    two = process(
        [node("s2", NodeKind.START), node("c2", NodeKind.CALL, calls="one")], "s2 > c2", process_id="two"
    )
    runs = machine(process([START, node("c", NodeKind.CALL, calls="one")], "start > c"), (one, two))
    with pytest.raises(BrokenPackage) as broken:
        begun(runs)
    assert broken.value.code == "endless"


def test_a_state_of_another_version_is_refused() -> None:
    runs = machine(process([START, node("a", NodeKind.USER), END], "start > a\na > end"))
    stored = to_json(begun(runs))
    with pytest.raises(StoredOtherwise):
        from_json({**stored, "version": 99})
