"""Conditions as data: what a device can tell without evaluating a text, and what it leaves to the server."""

import pytest

from livinglab.casework.domain.conditions import as_data


@pytest.mark.parametrize(
    ("condition", "data"),
    [
        ("form.purpose == 'school'", ["is", "purpose", "school"]),
        ("'school' == form.purpose", ["is", "purpose", "school"]),
        ("form.anonymous != true", ["not", ["is", "anonymous", True]]),
        ("form.at_home == null", ["is", "at_home", None]),
        ("form.reported", ["is", "reported", True]),
        ("not form.reported", ["not", ["is", "reported", True]]),
        ("form.a in ['x', 'y']", ["or", ["is", "a", "x"], ["is", "a", "y"]]),
        ("form.a not in ['x']", ["not", ["is", "a", "x"]]),
        ("form.a == 'x' and form.b == false", ["and", ["is", "a", "x"], ["is", "b", False]]),
        ("form.a == 'x' or form.b", ["or", ["is", "a", "x"], ["is", "b", True]]),
    ],
)
def test_conditions_on_answers_become_data(condition: str, data: object) -> None:
    assert as_data(condition) == data


@pytest.mark.parametrize(
    "condition",
    [
        "form.members > 3",
        "form.members == 3",
        "parameters.income_limit == 'x'",
        "form.a == form.b",
        "len(form.a) == 2",
        "form.a == 'x' and form.members > 3",
        "not (form.members > 3)",
        "form.a in ['x', 3]",
    ],
)
def test_what_needs_more_than_answers_is_left_to_the_server(condition: str) -> None:
    assert as_data(condition) is None
