"""Decision tables: exact answers, the same as ZEN's own decision table gives, and safe with missing values."""

import json

import pytest
import zen
from hypothesis import given
from hypothesis import strategies as st

from livinglab.packages.adapters.expressions import Unevaluable
from livinglab.packages.adapters.rules import decide
from livinglab.packages.domain.tables import Hit, Input, Output, OutputType, Row, Table
from livinglab.packages.domain.words import Words

TEXT = Words("teks")


def table(
    rows: list[tuple[dict[str, str], dict[str, str]]],
    hit: Hit = Hit.FIRST,
    kind: OutputType = OutputType.MONEY,
) -> Table:
    return Table(
        "fee",
        "rules/fee.json",
        TEXT,
        hit,
        (Input("size", TEXT, "form.size"), Input("kind", TEXT, "form.kind")),
        (Output("fee", TEXT, kind),),
        tuple(Row(f"r{place}", when, then) for place, (when, then) in enumerate(rows)),
    )


FEES = [
    ({"size": "<= 2", "kind": "'bando'"}, {"fee": "100000"}),
    ({"size": "(2..10]"}, {"fee": "form.size * 25000.5"}),
    ({}, {"fee": "param.base + 1"}),
]


@pytest.mark.parametrize(
    ("form", "rows", "fee"),
    [
        ({"size": 2, "kind": "bando"}, ("r0",), 100_000),
        ({"size": 3, "kind": "bando"}, ("r1",), 75_002),  # 75,001.5 rounds half up
        ({"size": 11}, ("r2",), 501),
        ({"kind": "bando"}, ("r2",), 501),
        ({}, ("r2",), 501),
    ],
)
def test_the_first_row_that_holds_decides(form: dict[str, object], rows: tuple[str, ...], fee: int) -> None:
    decision = decide(table(FEES), {"form": form, "param": {"base": 500}})
    assert (decision.rows, decision.outputs) == (rows, {"fee": fee})
    assert type(decision.outputs["fee"]) is int


def test_collecting_gives_every_row_in_order() -> None:
    rows = [({"size": "> 1"}, {"fee": "1"}), ({"size": "> 5"}, {"fee": "2"}), ({"kind": "'x'"}, {"fee": "3"})]
    found = decide(table(rows, Hit.COLLECT), {"form": {"size": 3, "kind": "x"}})
    assert (found.rows, found.outputs) == (("r0", "r2"), {"fee": [1, 3]})
    assert decide(table(rows, Hit.COLLECT), {"form": {}}).outputs == {"fee": []}


@pytest.mark.parametrize(
    ("kind", "expression", "expected"),
    [
        (OutputType.BOOLEAN, "form.size > 1", True),
        (OutputType.BOOLEAN, "form.gone", False),
        (OutputType.TEXT, "'ya'", "ya"),
        (OutputType.NUMBER, "form.size / 4", 0.5),
        (OutputType.INTEGER, "form.size / 4", 1),
        (OutputType.MONEY, "form.gone * 2", None),
    ],
)
def test_an_output_has_the_type_it_declares(kind: OutputType, expression: str, expected: object) -> None:
    found = decide(table([({}, {"fee": expression})], kind=kind), {"form": {"size": 2}})
    assert found.outputs == {"fee": expected}


def test_an_output_of_another_type_is_refused() -> None:
    with pytest.raises(Unevaluable):
        decide(table([({}, {"fee": "'banyak'"})]), {"form": {}})


CELLS = st.sampled_from(["<= 3", "> 3", "[2..4]", "== 2", "!= 2", "1, 2", ""])
KINDS = st.sampled_from(["'a'", "'b'", "'a', 'b'", "!= 'a'", ""])


@given(st.lists(st.tuples(CELLS, KINDS), min_size=1, max_size=4), st.integers(0, 6), st.sampled_from("abc"))
def test_a_table_decides_as_the_decision_table_of_zen_does(
    cells: list[tuple[str, str]], size: int, kind: str
) -> None:
    rows = [
        ({k: v for k, v in (("size", a), ("kind", b)) if v}, {"fee": str(place)})
        for place, (a, b) in enumerate(cells)
    ]
    content = {
        "hitPolicy": "first",
        "inputs": [
            {"id": "size", "name": "s", "field": "form.size"},
            {"id": "kind", "name": "k", "field": "form.kind"},
        ],
        "outputs": [{"id": "fee", "name": "f", "field": "fee"}],
        "rules": [{"_id": f"r{p}", "size": a, "kind": b, "fee": str(p)} for p, (a, b) in enumerate(cells)],
    }
    model = {
        "nodes": [
            {"id": "i", "type": "inputNode", "name": "i"},
            {"id": "t", "type": "decisionTableNode", "name": "t", "content": content},
            {"id": "o", "type": "outputNode", "name": "o"},
        ],
        "edges": [
            {"id": "1", "sourceId": "i", "targetId": "t"},
            {"id": "2", "sourceId": "t", "targetId": "o"},
        ],
    }
    names = {"form": {"size": size, "kind": kind}}
    zens = zen.ZenEngine().create_decision(json.dumps(model)).evaluate(names)["result"] or {}
    assert decide(table(rows), names).outputs.get("fee") == zens.get("fee")
