"""A process is drawn so that people can read it: nothing covers anything else, and always the same."""

import itertools
from dataclasses import replace

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from livinglab.packages.adapters.trees.bpmn_drawing import geometry, geometry_of
from livinglab.packages.domain.layout import Box, Drawing, lay_out
from livinglab.packages.domain.process import Flow, Node, NodeKind, Process
from livinglab.packages.domain.process_order import columns, in_order
from livinglab.packages.queries.differences import compare
from livinglab.packages.queries.drawing import drawn, kept
from livinglab.packages.queries.reading import read_package

PACKAGES = settings.ROOT / "packages"
OURS = sorted(one.name for one in PACKAGES.iterdir())
LANES = ("one", "two", "three")
BPMN = "process.bpmn"


def text_of(package: str) -> str:
    return (PACKAGES / package / BPMN).read_text()


@st.composite
def processes(draw: st.DrawFn) -> Process:
    """Any steps in any lanes, joined in any way, sensible or not, some with a timer at their border."""
    kinds = st.sampled_from([NodeKind.USER, NodeKind.EXCLUSIVE, NodeKind.END, NodeKind.TIMER, NodeKind.SEND])
    nodes = {"start": Node(id="start", kind=NodeKind.START, name="", lane="one")}
    for number in range(draw(st.integers(0, 14))):
        name = f"n{number}"
        nodes[name] = Node(id=name, kind=draw(kinds), name="", lane=draw(st.sampled_from(LANES)))
    for host in [one for one in nodes.values() if one.kind is NodeKind.USER and draw(st.booleans())]:
        event = Node(
            id=f"{host.id}_late", kind=NodeKind.BOUNDARY, name="", lane=host.lane, attached_to=host.id
        )
        nodes[event.id] = event
    ends = st.sampled_from(sorted(nodes))
    inner = st.sampled_from(sorted(one for one in nodes if not one.endswith("_late")))
    pairs = draw(st.lists(st.tuples(ends, inner), max_size=24))
    flows = {f"f{at}": Flow(f"f{at}", source, target) for at, (source, target) in enumerate(pairs)}
    return Process("main", nodes, flows, LANES)


def overlap(one: Box, other: Box) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def steps(process: Process, drawing: Drawing) -> list[tuple[str, Box]]:
    """The boxes of what has a cell of its own: a timer at a border stands on its step."""
    return [(name, box) for name, box in drawing.nodes.items() if not process.nodes[name].attached_to]


def pieces(points: tuple[tuple[int, int], ...]) -> list[Box]:
    """The straight pieces of a line, each as thick as a pen."""
    return [
        Box(min(a, c), min(b, d), max(abs(a - c), 1), max(abs(b - d), 1))
        for (a, b), (c, d) in itertools.pairwise(points)
    ]


def assert_readable(process: Process) -> None:
    drawing = lay_out(process)
    placed = steps(process, drawing)
    for (name, box), (other, its) in itertools.combinations(placed, 2):
        assert not overlap(box, its), f"{name} covers {other}"
    for (name, box), (other, its) in itertools.combinations(drawing.lanes.items(), 2):
        assert not overlap(box, its), f"{name} covers {other}"
    for name, box in placed:
        lane = drawing.lanes[process.nodes[name].lane]
        assert lane.x < box.x
        assert lane.y < box.y
        assert box.right < lane.right
        assert box.bottom < lane.bottom
    for name, points in drawing.flows.items():
        flow = process.flows[name]
        host = process.nodes[flow.source].attached_to
        for piece in pieces(points):
            for other, its in placed:
                if other not in (flow.source, flow.target, host):
                    assert not overlap(piece, its), f"{name} runs through {other}"


@given(processes())
def test_nothing_covers_anything_else_whatever_the_process(process: Process) -> None:
    assert_readable(process)


@given(processes())
def test_every_part_is_drawn_and_always_the_same(process: Process) -> None:
    drawing = lay_out(process)
    assert set(drawing.nodes) == set(process.nodes)
    assert set(drawing.flows) == set(process.flows)
    assert set(drawing.lanes) == set(LANES)
    assert lay_out(replace(process)) == drawing


@pytest.mark.parametrize("package", OURS)
def test_our_packages_are_drawn_readably(package: str) -> None:
    process = read_package(PACKAGES / package).diagram.main
    assert_readable(process)
    assert geometry_of(drawn(text_of(package))) == geometry(lay_out(process))


def test_steps_stand_in_the_order_in_which_they_are_taken() -> None:
    process = read_package(PACKAGES / "sktm").diagram.main
    assert in_order(process) == (
        "start", "tell_received", "check", "checked", "decide_eligibility", "is_eligible",
        "needs_district", "check_at_district", "in_order", "approve", "approved", "issue_letter", "sign_letter",
        "tell_granted", "wants_referral", "granted", "may_ask_welfare", "ask_welfare", "refer", "handed_over",
        "tell_refused", "may_object", "objection", "review", "reviewed", "tell_upheld", "upheld", "refused",
        "tell_incomplete", "complete", "tell_lapsed", "lapsed",
    )  # fmt: skip
    at = columns(process)
    assert (at["start"], at["check"], at["complete"], at["tell_lapsed"]) == (0, 2, 5, 6)


@pytest.mark.parametrize("package", OURS)
def test_a_file_that_a_drawing_program_only_opened_and_sent_stays_byte_for_byte(package: str) -> None:
    before = text_of(package)
    shown = drawn(before)
    assert drawn(shown) == shown
    assert kept(before, shown) == before
    sent = shown.replace(' cancelActivity="true"', "").replace(
        "<conditionExpression>", '<conditionExpression xsi:type="tFormalExpression">'
    )
    sent = sent.replace(
        "<definitions", '<definitions xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"', 1
    )
    assert sent != shown
    assert kept(before, sent) == before


def test_a_step_renamed_in_a_drawing_program_is_exactly_that_change() -> None:
    before = text_of("sktm")
    sent = drawn(before).replace('name="Periksa permohonan"', 'name="Teliti permohonan"')
    after = kept(before, sent)
    said = [one.said.en for one in compare({BPMN: before}, {BPMN: after}).differences]
    assert said == [
        "Step “Periksa permohonan”: name changed from “Periksa permohonan” to “Teliti permohonan”"
    ]
    assert "BPMNDiagram" not in after


def test_what_was_drawn_by_hand_stays_and_a_step_without_a_place_gets_one() -> None:
    before = text_of("sktm")
    shown = drawn(before)
    moved = shown.replace('<dc:Bounds x="', '<dc:Bounds x="1', 1)
    after = kept(before, moved)
    assert geometry_of(after) == geometry_of(moved)
    assert compare({BPMN: before}, {BPMN: after}).differences[0].said.en.endswith("the drawing changed")
    assert drawn(after) == after
    added = after.replace(
        '    <endEvent id="granted"',
        '    <sendTask id="new" name="Baru" ll:message="granted"/>\n    <endEvent id="granted"',
    ).replace(
        "<flowNodeRef>granted</flowNodeRef>",
        "<flowNodeRef>granted</flowNodeRef><flowNodeRef>new</flowNodeRef>",
    )
    assert "new" in geometry_of(drawn(added))
