"""A process is changed step by step, and exactly what was meant changes."""

import pytest
from django.conf import settings

from livinglab.packages.domain.process import NodeKind
from livinglab.packages.queries.check import check_files
from livinglab.packages.queries.differences import compare
from livinglab.packages.queries.process_editing import (
    CannotChange,
    Why,
    change,
    diagram_of,
    insert,
    remove,
    said_of,
)
from livinglab.packages.queries.reading import read_files

BPMN = "process.bpmn"
FILES = read_files(settings.ROOT / "packages" / "sktm")
SKTM = FILES[BPMN].decode()


def differences(after: str) -> list[str]:
    return [one.said.en for one in compare({BPMN: SKTM}, {BPMN: after}).differences]


def test_saying_the_same_changes_nothing() -> None:
    for node in diagram_of(SKTM).main.nodes.values():
        assert differences(change(SKTM, node.id, said_of(node))) == [
            "process.bpmn: only layout, comments or the drawing changed"
        ]


@pytest.mark.parametrize(
    ("step", "said", "flows", "told"),
    [
        (
            "check",
            {"ll:within": "P2D"},
            {},
            ["Step “Periksa permohonan”: time limit changed from “1 day” to “2 days”"],
        ),
        ("check", {"ll:within": ""}, {}, ["Step “Periksa permohonan”: time limit “1 day” removed"]),
        ("refer", {"lane": "village"}, {}, ["Step “Terima rujukan” moved to lane “Petugas desa”"]),
        (
            "too_late",
            {"timer": "P30D"},
            {},
            ["Step “Tidak dilengkapi”: time limit changed from “=param.lapse_days” to “30 days”"],
        ),
        (
            "checked",
            {},
            {"is_wrong": ("Salah", "task.check.result == 'complete'")},
            [
                "Flow “Tidak benar”: name changed from “Tidak benar” to “Salah”",
                "Flow “Salah”: condition changed from “task.check.result == 'wrong'” to "
                "“task.check.result == 'complete'”",
            ],
        ),
    ],
)
def test_one_fact_changed_is_exactly_that_difference(
    step: str, said: dict[str, str], flows: dict[str, tuple[str, str]], told: list[str]
) -> None:
    assert differences(change(SKTM, step, said, flows)) == told


def test_a_step_put_in_stands_between_two_and_taken_out_again_leaves_no_trace() -> None:
    said = {"name": "Catat: hasil", "lane": "village", "ll:kind": "register"}
    after, step = insert(SKTM, "f3", NodeKind.SERVICE, said)
    assert step == "catat_hasil"
    process = diagram_of(after).main
    assert process.flows["f3"].target == step
    assert [flow.target for flow in process.flows.values() if flow.source == step] == ["checked"]
    assert process.nodes[step].lane == "village"
    assert check_files({**FILES, BPMN: after.encode()}).is_sound
    assert differences(remove(after, step)) == ["process.bpmn: only layout, comments or the drawing changed"]


def test_two_steps_of_one_name_get_ids_of_their_own() -> None:
    said = {"name": "Kabari: diterima!", "lane": "applicant", "ll:message": "received"}
    once, first = insert(SKTM, "f3", NodeKind.SEND, said)
    twice, second = insert(once, "f1", NodeKind.SEND, said)
    assert (first, second) == ("kabari_diterima", "kabari_diterima_2")
    assert set(diagram_of(twice).main.nodes) >= {first, second}


def test_a_time_limit_goes_with_its_way() -> None:
    process = diagram_of(remove(SKTM, "too_late")).main
    assert "too_late" not in process.nodes
    assert "f6" not in process.flows


@pytest.mark.parametrize(
    ("step", "why"),
    [
        ("nothing", Why.NO_SUCH_STEP),
        ("f3", Why.NO_SUCH_STEP),
        ("checked", Why.HAS_NO_SINGLE_WAY_ON),
        ("granted", Why.HAS_NO_SINGLE_WAY_ON),
        ("start", Why.HAS_NO_SINGLE_WAY_ON),
        ("complete", Why.HAS_A_LIMIT),
    ],
)
def test_what_cannot_be_taken_out_says_why(step: str, why: Why) -> None:
    with pytest.raises(CannotChange) as refused:
        remove(SKTM, step)
    assert refused.value.why is why


def test_a_step_or_way_or_lane_that_is_not_there_is_refused() -> None:
    with pytest.raises(CannotChange, match=Why.NO_SUCH_STEP):
        change(SKTM, "nothing", {"name": "x"})
    with pytest.raises(CannotChange, match=Why.NOT_A_LANE):
        change(SKTM, "check", {"lane": "mayor"})
    with pytest.raises(CannotChange, match=Why.NO_SUCH_WAY):
        change(SKTM, "check", {}, {"is_wrong": ("", "")})
    with pytest.raises(CannotChange, match=Why.NO_SUCH_WAY):
        insert(SKTM, "check", NodeKind.SEND, {"lane": "applicant"})
    with pytest.raises(CannotChange, match=Why.NOT_A_LANE):
        insert(SKTM, "f3", NodeKind.SEND, {"lane": "mayor"})
