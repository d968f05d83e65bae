"""Every course of a process is walked: sound ones pass, each unsound one is named."""

from dataclasses import replace

import pytest

from livinglab.packages.domain.checks.graph import histories
from livinglab.packages.domain.checks.kinds import Case
from livinglab.packages.domain.checks.process_checks import course_faults, process_faults
from livinglab.packages.domain.checks.soundness import MOST_STATES
from livinglab.packages.domain.process import Diagram, Flow, Node, NodeKind, Outcome, Process, Silence
from livinglab.packages.queries.reading import parse_package
from tests.packages.check.kit import FILES

PACKAGE = parse_package(FILES)
KINDS = {
    "s": NodeKind.START,
    "e": NodeKind.END,
    "u": NodeKind.USER,
    "x": NodeKind.EXCLUSIVE,
    "p": NodeKind.PARALLEL,
    "b": NodeKind.BOUNDARY,
    "n": NodeKind.SEND,
    "c": NodeKind.CALL,
    "r": NodeKind.RULE,
}


def process(*arrows: str, name: str = "main", **more: dict[str, object]) -> Process:
    """A process of arrows such as `s1 u1`; the first letter of a node is its kind. `more` changes nodes."""
    pairs = [tuple(arrow.split()) for arrow in arrows]
    names = dict.fromkeys(one for pair in pairs for one in pair)
    nodes = {}
    for one in names:
        said = {"outcome": "granted"} if one[0] == "e" else {}
        first = next((f"{a}-{b}" for a, b in pairs if a == one), "")
        node = Node(id=one, kind=KINDS[one[0]], name=one, lane="applicant", said=said, default_flow=first)
        nodes[one] = replace(node, **more.get(one, {}))  # type: ignore[arg-type]
    flows = {}
    for source, target in pairs:
        key = f"{source}-{target}"
        is_asked = source[0] == "x" and nodes[source].default_flow != key
        flows[key] = Flow(key, source, target, "form.referral" if is_asked else "")
    return Process(name, nodes, flows, ("applicant",))


def codes(main: Process, **called: Process) -> set[str]:
    """What the checks of shape and courses say about a process."""
    package = replace(PACKAGE, diagram=Diagram(main, called, ""))
    case = Case(package)
    quiet = {"P338", "P342", "P344"}  # lanes and standards are not what these processes are about
    return {one.code for one in (*process_faults(case), *course_faults(case))} - quiet


PARALLEL = ("s1 p1", "p1 u1", "p1 u2", "u1 p2", "u2 p2", "p2 e1")


@pytest.mark.parametrize(
    "arrows",
    [
        ("s1 e1",),
        ("s1 u1", "u1 e1"),
        PARALLEL,
        ("s1 x1", "x1 u1", "x1 u2", "u1 x2", "u2 x2", "x2 e1"),
        ("s1 x1", "x1 u1", "x1 u2", "u1 e1", "u2 e2"),
        ("s1 u1", "u1 x1", "x1 e1", "x1 u1"),
    ],
)
def test_a_sound_process_has_no_fault(arrows: tuple[str, ...]) -> None:
    assert codes(process(*arrows)) == set()


@pytest.mark.parametrize(
    ("arrows", "found"),
    [
        (("s1 x1", "x1 u1", "x1 u2", "u1 p1", "u2 p1", "p1 e1"), {"P330"}),
        (("s1 p1", "p1 u1", "p1 u2", "u1 x1", "u2 x1", "x1 u3", "u3 e1"), {"P331", "P333"}),
        (("s1 p1", "p1 u1", "p1 u2", "u1 e1", "u2 e2"), {"P333"}),
        (("s1 u1", "u1 u2", "u2 u1", "s1 e1"), {"P323", "P324"}),
        (("s1 x1", "x1 e1", "x1 n1", "n1 x1"), {"P335"}),
        (("s1 e1", "u1 e1"), {"P322"}),
        (("s1 e1", "s2 e1"), {"P320"}),
        (("s1 u1", "u1 n1"), {"P321", "P325"}),
    ],
)
def test_an_unsound_process_is_named(arrows: tuple[str, ...], found: set[str]) -> None:
    assert found <= codes(process(*arrows))


def test_a_timer_that_interrupts_leaves_one_token_and_one_that_does_not_leaves_two() -> None:
    arrows = ("s1 u1", "u1 e1", "b1 n1", "n1 e2")
    attached = {"attached_to": "u1", "timer": "P1D"}
    assert codes(process(*arrows, b1={**attached, "interrupts": True})) == set()
    reminds = process(*arrows, b1={**attached, "interrupts": False}, e2={"said": {}})
    assert codes(reminds) == set()
    assert codes(process(*arrows, b1={**attached, "interrupts": False})) == {"P333"}
    slow = process("s1 u1", "u1 e1", "b1 u2", "u2 e2", b1={**attached, "interrupts": False}, e2={"said": {}})
    assert codes(slow) == {"P332"}  # what was granted could end with a branch that says nothing


def test_an_end_must_have_an_outcome_somewhere_on_each_course() -> None:
    assert codes(process("s1 u1", "u1 e1", e1={"said": {}})) == {"P332"}


def test_a_process_with_too_many_courses_is_refused_in_time() -> None:
    wide = [f"p1 u{number}" for number in range(20)] + [f"u{number} p2" for number in range(20)]
    main = process("s1 p1", *wide, "p2 e1")
    assert codes(main) == {"P334"}
    assert MOST_STATES < 2**20


def test_ten_parallel_ways_are_few_enough() -> None:
    wide = [f"p1 u{number}" for number in range(10)] + [f"u{number} p2" for number in range(10)]
    assert codes(process("s1 p1", *wide, "p2 e1")) == set()


def test_a_called_process_is_checked_too_and_has_no_outcome() -> None:
    main = process("s1 c1", "c1 e1", c1={"calls": "inner"})
    inner = process("s1 u1", "u1 e1", name="inner", e1={"said": {}})
    assert codes(main, inner=inner) == set()
    assert codes(main, inner=process("s1 u1", "u1 e1", name="inner")) == {"P343"}
    assert codes(main, inner=replace(inner, silence=Silence(Outcome.GRANTED))) == {"P349"}
    assert "P322" in codes(main, inner=process("s1 e1", "u1 e1", name="inner", e1={"said": {}}))
    assert codes(process("s1 c1", "c1 e1", c1={"calls": "ghost"})) == {"P340"}
    again = process("s1 c1", "c1 e1", name="inner", c1={"calls": "inner"}, e1={"said": {}})
    assert codes(main, inner=again) == {"P340"}


def test_what_has_run_is_known_on_every_way_through_both_gateways() -> None:
    rule = {"said": {"rule": "a"}}
    chosen = process(
        "s1 x1", "x1 r1", "x1 u1", "r1 x2", "u1 x2", "x2 e1", r1=rule, u1={"said": {"form": "f"}}
    )
    history = histories(Diagram(chosen, {}, ""))["main"]
    assert history.always_before["e1"] == frozenset()
    assert history.perhaps_before["e1"] == {("rule", "a"), ("task", "f")}
    both = process("s1 p1", "p1 r1", "p1 u1", "r1 p2", "u1 p2", "p2 e1", r1=rule, u1={"said": {"form": "f"}})
    assert histories(Diagram(both, {}, ""))["main"].always_before["e1"] == {("rule", "a"), ("task", "f")}


def test_what_a_called_process_runs_is_known_to_its_caller() -> None:
    main = process("s1 c1", "c1 e1", c1={"calls": "inner"})
    inner = process("s1 r1", "r1 e1", name="inner", r1={"said": {"rule": "a"}}, e1={"said": {}})
    assert histories(Diagram(main, {"inner": inner}, ""))["main"].always_before["e1"] == {("rule", "a")}
