"""Which rows can count, which patterns are fast and which texts they fit: worked out, and compared with trying."""

import re

import pytest
import zen
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from livinglab.packages.adapters.expressions import is_met
from livinglab.packages.domain.checks.names import Kind, Thing
from livinglab.packages.domain.checks.regions import coverage
from livinglab.packages.domain.expressions.guarding import as_condition, as_value
from livinglab.packages.domain.expressions.nodes import FUNCTIONS
from livinglab.packages.domain.expressions.parsing import parse
from livinglab.packages.domain.expressions.tokens import ExpressionRefused
from livinglab.packages.domain.patterns import PatternRefused, lengths_of
from livinglab.packages.domain.tables import Hit, Input, Output, OutputType, Row, Table
from livinglab.packages.domain.words import Words

NUMBER = {"a": Thing(Kind.NUMBER), "b": Thing(Kind.NUMBER)}
WORDS = Words("a")


def table(*rows: dict[str, str], hit: Hit = Hit.FIRST) -> Table:
    """A table over two columns; each row gives its own number."""
    return Table(
        "t",
        "rules/t.json",
        WORDS,
        hit,
        (Input("a", WORDS, "form.a"), Input("b", WORDS, "form.b")),
        (Output("o", WORDS, OutputType.INTEGER),),
        tuple(Row(f"r{place}", when, {"o": str(place)}) for place, when in enumerate(rows)),
    )


def test_a_row_that_those_above_cover_together_never_counts() -> None:
    found = coverage(table({"a": "< 5"}, {"a": ">= 5"}, {"a": "[2..3]"}, {}), NUMBER)
    assert found is not None
    assert found.never == ("r2",)  # the last row still counts where the value is missing


def test_a_narrow_row_above_a_wide_one_counts_and_below_it_does_not() -> None:
    above = coverage(table({"a": "3"}, {"a": "< 5"}, {}), NUMBER)
    below = coverage(table({"a": "< 5"}, {"a": "3"}, {}), NUMBER)
    assert above is not None
    assert below is not None
    assert (above.never, below.never) == ((), ("r1",))
    assert above.overlapping == ()


def test_rows_that_cross_are_said() -> None:
    found = coverage(table({"a": "< 5"}, {"b": "< 5"}, {}), NUMBER)
    assert found is not None
    assert found.overlapping == (("r0", "r1"),)


def test_a_cell_that_names_a_parameter_is_taken_as_true_or_false() -> None:
    found = coverage(table({"a": "< param.limit"}, {"a": "< 5"}, {"a": "< param.limit"}, {}), NUMBER)
    assert found is not None
    assert found.never == ("r2",)


def test_a_choice_has_only_its_values() -> None:
    columns = {"a": Thing(Kind.TEXT, frozenset({"x", "y"})), "b": Thing(Kind.BOOLEAN)}
    found = coverage(table({"a": "'x'"}, {"a": "'y'"}, {"a": "'z'"}, {}), columns)
    assert found is not None
    assert found.never == ("r2",)


CELLS = st.sampled_from(
    ["< 3", "<= 3", "> 3", ">= 5", "3", "5", "[2..4]", "(2..4)", "3, 5", "not in [3, 5]", "!= 4", "in [4..9]"]
)
WHENS = st.fixed_dictionaries({}, optional={"a": CELLS, "b": CELLS})


@settings(max_examples=60, deadline=None)
@given(
    st.lists(WHENS, min_size=1, max_size=4),
    st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), max_size=15),
)
def test_a_row_that_never_counts_is_never_met_by_the_engine(
    whens: list[dict[str, str]], values: list[tuple[int, int]]
) -> None:
    found = coverage(table(*whens, {}), NUMBER)
    assert found is not None
    for a, b in values:
        at = {"a": a, "b": b}
        first = next(
            (
                f"r{place}"
                for place, when in enumerate(whens)
                if all(is_met(cell, at[key], {}) for key, cell in when.items())
            ),
            f"r{len(whens)}",
        )
        assert first not in found.never


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+",
        "(a|a)*",
        "(a*)*b",
        "(?=a)b",
        r"(a)\1",
        "a**",
        "(?P<n>a)",
        "(",
        "[a",
        "a{3,1}",
        "^a|b$",
        "a*b*c*d*",
        "(a|aa)+",
    ],
)
def test_a_pattern_that_could_take_long_is_refused(pattern: str) -> None:
    with pytest.raises(PatternRefused):
        lengths_of(pattern)


@pytest.mark.parametrize(
    ("pattern", "least", "most", "is_whole"),
    [
        ("^[0-9]{16}$", 16, 16, True),
        ("^[A-Z]{1,2} [0-9]{1,4} [A-Z]{0,3}$", 4, 11, True),
        (r"\d{3}", 3, 3, False),
        ("^(?:08|628)[0-9]{8,11}$", 10, 14, True),
    ],
)
def test_the_lengths_of_a_pattern_are_known(pattern: str, least: int, most: int, *, is_whole: bool) -> None:
    found = lengths_of(pattern)
    assert (found.least, found.most, found.is_whole) == (least, most, is_whole)


@settings(max_examples=200, deadline=None)
@given(st.text("ab(|)[]{}?*+^$1,", max_size=12), st.text("ab1", max_size=8))
def test_a_text_that_matches_has_a_length_that_was_told(pattern: str, text: str) -> None:
    try:
        found = lengths_of(pattern)
    except PatternRefused:
        return
    assume(re.fullmatch(pattern, text))
    assert found.least <= len(text) <= found.most


@settings(max_examples=200, deadline=2_000)
@given(st.text("ab(|)[]{}?*+^$1,.", max_size=30))
def test_any_text_is_a_pattern_or_refused(pattern: str) -> None:
    try:
        lengths_of(pattern)
    except PatternRefused:
        return
    re.compile(pattern)


ATOMS = st.sampled_from(
    ["1", "2.5", "'a'", "'#{a}`'", "true", "null", "form.a", "form.in", "param.b.name", "''"]
)
EXPRESSIONS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "*", "/", "%", "==", "<=", "and", "or"]), inner).map(" ".join),
        inner.map("not ({})".format),
        inner.map("-({})".format),
        inner.map("({}) not in [1, 'a', null]".format),
        inner.map("({}) in (1..3]".format),
        st.tuples(inner, inner, inner).map("({0[0]}) ? {0[1]} : {0[2]}".format),
        st.tuples(st.sampled_from(sorted(FUNCTIONS)), inner, inner).map("{0[0]}({0[1]}, {0[2]})".format),
        st.tuples(st.sampled_from(sorted(FUNCTIONS)), inner).map("{0[0]}({0[1]})".format),
    ),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(EXPRESSIONS)
def test_zen_takes_every_expression_that_the_check_takes(text: str) -> None:
    try:
        node = parse(text)
    except ExpressionRefused:
        return
    zen.compile_expression(as_value(node).text)
    zen.compile_expression(as_condition(node).text)
