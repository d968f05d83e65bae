"""Expressions: what they mean, also where a value is missing, and what is never read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livinglab.packages.adapters.expressions import LARGEST, Unevaluable, holds, is_met, value
from livinglab.packages.domain.expressions.parsing import parse, parse_cell
from livinglab.packages.domain.expressions.tokens import ExpressionRefused

NAMES = {
    "form": {
        "income": 1_500_000,
        "members": 4,
        "name": "Warga",
        "poor": True,
        "born": "2026-01-31",
        "kinds": ["a", "b"],
        "children": [{"age": 3}, {"age": 9}, {"name": "tanpa umur"}],
        "none": [],
        "null": None,
    },
    "param": {"limit": 400_000},
}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("form.income / form.members <= param.limit", True),
        ("form.income > 1500000", False),
        ("form.poor", True),
        ("form.name", False),
        ("form.poor and not (form.name == 'Lain')", True),
        ("form.name in ['Lain', 'Warga']", True),
        ("form.income in [0..1500000]", True),
        ("form.income in [0..1500000)", False),
        ("form.income not in (0..1)", True),
        ("date(form.born) < date('2026-02-01')", True),
        ("contains(form.kinds, 'b')", True),
        ("startsWith(form.name, 'War')", True),
        # a missing value
        ("form.missing > 3", False),
        ("form.missing <= 3", False),
        ("not (form.missing > 3)", True),
        ("form.missing > 3 or form.poor", True),
        ("form.missing in [1..3]", False),
        ("form.missing == null", True),
        ("form.missing != 'x'", True),
        ("form.missing in ['x']", False),
        ("form.missing not in ['x']", True),
        ("form.missing", False),
        ("not form.missing", True),
        ("form.missing + 1 == null", True),
        ("len(form.missing) > 0", False),
        ("a.b.c.d == 3", False),
        ("form.income / 0 > 1", False),
        ("form.income / (form.members - 4) > 1", False),
        ("null", False),
    ],
)
def test_a_condition_means_what_the_standard_says(condition: str, expected: bool) -> None:
    assert holds(condition, NAMES) is expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("form.income * 3", 4_500_000),
        ("form.income * 0.015", 22_500),
        ("round(form.income / 7, 2)", 214_285.71),
        ("0.1 + 0.2", 0.3),
        ("form.income % 7", 5),
        ("-form.members", -4),
        ("2 + 3 * 4", 14),
        ("(2 + 3) * 4", 20),
        ("sum(form.children.age)", 12),
        ("max(form.children.age)", 9),
        ("min(form.none)", None),
        ("sum(form.none)", 0),
        ("max(form.members, 2, 3)", 4),
        ("len(form.kinds)", 2),
        ("year(form.born)", 2026),
        ("date('2026-03-01') - date(form.born)", 29),
        ("floor((date('2027-01-31') - date(form.born)) / 30.4375)", 11),
        ("date(form.missing) - date(form.born)", None),
        ("upper(form.name)", "WARGA"),
        ("form.poor ? 'ya' : 'tidak'", "ya"),
        ("form.missing ? 'ya' : 'tidak'", "tidak"),
        ("form.missing * 2", None),
        ("1 / 0", None),
        ("form.income > 3", True),
    ],
)
def test_an_expression_has_an_exact_value(expression: str, expected: object) -> None:
    found = value(expression, NAMES)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("cell", "column", "expected"),
    [
        ("<= 3", 3, True),
        ("<= 3", None, False),
        ("'a', 'b'", "b", True),
        ("true", True, True),
        ("true", None, False),
        ("false", None, False),
        ("[1..3)", 3, False),
        ("not in ['a']", "b", True),
        ("!= 'a'", None, True),
        ("null", None, True),
        ("> param.limit", 400_001, True),
        ("$ > 3 and $ < 9", 5, True),
        ("-5", -5, True),
    ],
)
def test_a_cell_means_what_the_standard_says(cell: str, column: object, expected: bool) -> None:
    assert is_met(cell, column, NAMES) is expected


@pytest.mark.parametrize(
    ("text", "reason", "at"),
    [
        ("len([0..30000000])", "expected", 4),
        ("map(form.children, 2)", "function", 0),
        ("#.age > 2", "unknown_sign", 0),
        ("now()", "function", 0),
        ("rand(5)", "function", 0),
        ("form['income']", "end", 4),
        ("form.income <= (", "expected", 16),
        ('form.name == "x"', "unknown_sign", 13),
        ("form.x; form.y", "unknown_sign", 6),
        ("'a' in ['a'..'b']", "interval", 13),
        ("1234567890123456", "number", 0),
        ("round(1, 2, 3)", "arguments", 0),
        ("$ > 3", "expected", 0),
        ("", "expected", 0),
        ("1 " + "+ 1 " * 50, "too_many", 200),
        ("1" + " " * 500, "too_long", 500),
        ("'\\u0041'", "unknown_sign", 0),
        ("__import__('os')", "function", 0),
        ("form.", "expected", 5),
        ("1 2", "end", 2),
    ],
)
def test_what_is_outside_the_standard_is_never_read(text: str, reason: str, at: int) -> None:
    with pytest.raises(ExpressionRefused) as refused:
        parse(text)
    assert (refused.value.reason, refused.value.at) == (reason, at)


@pytest.mark.parametrize(
    "text", ["form.name > 3", "form.name + 3 == 4", "date('kemarin') > date('2026-01-01')"]
)
def test_values_that_do_not_fit_each_other_are_refused_and_not_guessed(text: str) -> None:
    with pytest.raises(Unevaluable):
        holds(text, NAMES)


def test_money_stays_exact_or_is_refused() -> None:
    assert value("form.a", {"form": {"a": LARGEST}}) == LARGEST
    with pytest.raises(Unevaluable):
        value("form.a", {"form": {"a": LARGEST + 1}})
    with pytest.raises(Unevaluable):
        value("form.a * 2", {"form": {"a": LARGEST}})


NUMBERS = st.integers(-(10**9), 10**9)


@given(NUMBERS, NUMBERS, st.sampled_from(["==", "!=", "<", "<=", ">", ">="]))
def test_known_numbers_compare_as_numbers_do(a: int, b: int, operator: str) -> None:
    expected = {"==": a == b, "!=": a != b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[operator]
    assert holds(f"form.a {operator} form.b", {"form": {"a": a, "b": b}}) is expected
    assert is_met(f"{operator} form.b", a, {"form": {"b": b}}) is expected


ATOMS = st.sampled_from(["form.a", "form.b", "form.c", "1", "'x'", "true", "null", "-2", "form.l.n"])


def _grown(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    two = st.tuples(
        parts, st.sampled_from(["+", "-", "*", "/", "%", "==", "!=", "<", ">=", "and", "or"]), parts
    )
    return st.one_of(
        two.map(lambda it: f"({it[0]} {it[1]} {it[2]})"),
        parts.map(lambda it: f"(not {it})"),
        parts.map(lambda it: f"({it} in [1..3])"),
        parts.map(lambda it: f"({it} in [1, 'x'])"),
        st.tuples(parts, parts, parts).map(lambda it: f"({it[0]} ? {it[1]} : {it[2]})"),
        parts.map(lambda it: f"max({it}, 2)"),
    )


@given(
    st.recursive(ATOMS, _grown, max_leaves=8), st.dictionaries(st.sampled_from("abc"), st.none() | NUMBERS)
)
def test_no_expression_fails_otherwise_than_by_saying_so(text: str, form: dict[str, int | None]) -> None:
    try:
        assert holds(text, {"form": form}) in (True, False)
        value(text, {"form": form})
    except (ExpressionRefused, Unevaluable):
        pass


SUMS = st.recursive(
    st.sampled_from(["form.a", "form.b", "form.gone", "7"]),
    lambda parts: st.tuples(parts, st.sampled_from("+-*/"), parts).map(" ".join).map("({})".format),
    max_leaves=6,
)


@given(SUMS)
def test_a_sum_with_a_missing_value_is_missing(text: str) -> None:
    names = {"form": {"a": 12, "b": 5}}
    assert "gone" not in text or value(text, names) is None
    assert holds(f"{text} > 3 or true", names) is True


def test_a_cell_may_name_its_column_or_leave_it_out() -> None:
    assert parse_cell("$ > 3") == parse_cell("> 3")
