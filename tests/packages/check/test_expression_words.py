"""Why a text is no expression is said in words, not by a code of ours."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from livinglab.packages.domain.expressions.parsing import parse, parse_cell
from livinglab.packages.domain.expressions.tokens import ExpressionRefused
from livinglab.packages.domain.faults import Fault
from livinglab.packages.queries.check import sentence


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (" or ".join(["form.referral == true"] * 30), "longer than 500 characters"),
        ("(" * 101, "more than 100 words and signs"),
        ("form.a # 1", "the language does not have this sign"),
        ("form.a == 1234567890123456", "a number of more than 15 digits"),
        ("form.a ==", "something is missing or does not belong there"),
        ("form.a == 1 form.b", "something is left over at the end"),
        ("repeat('a', 9)", "the language does not have this function"),
        ("len(form.a, form.b)", "the function takes another number of values"),
        ("form.a in ['x'..'y']", "an interval stands between two numbers"),
    ],
)
def test_why_an_expression_is_refused_is_said_in_words(text: str, why: str) -> None:
    with pytest.raises(ExpressionRefused) as error:
        parse(text)
    fault = Fault("P401", "process.bpmn", 9, {"expression": "…", "near": "…", "reason": error.value.reason})
    with override("en"):
        assert sentence(fault).endswith(f"({why}).")
    with override("id"):
        assert why not in sentence(fault)


def test_a_cell_is_refused_in_the_same_words() -> None:
    with pytest.raises(ExpressionRefused) as error:
        parse_cell("map(1)")
    assert error.value.reason == "function"
