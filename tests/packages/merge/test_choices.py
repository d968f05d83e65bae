"""What people decide about conflicts, and what stands in the files until they do."""

from __future__ import annotations

import re

import pytest

from livinglab.packages.adapters.trees.files import read_tree
from livinglab.packages.domain.compare.elements import child, plain, standing_at
from livinglab.packages.queries.merging import Merged, Reason, Side, merge
from tests.packages.merge.cases import Case, cases

CASES = cases()
STRUCTURAL = {Reason.DIFFERS, Reason.REMOVED, Reason.ORDER, Reason.PLACE}


def merged_of(case: Case, **choices: Side) -> Merged:
    return merge(case.base, case.ours, case.theirs, choices)


def named(words: str) -> Case:
    (found,) = (case for case in CASES if words in case.name)
    return found


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("case", [case for case in CASES if case.conflicts], ids=lambda case: case.name)
def test_a_chosen_side_stands_in_the_result_and_is_asked_no_more(case: Case, side: Side) -> None:
    asked = merged_of(case).conflicts
    done = merged_of(case, **{one.path: side for one in asked})
    for one in asked:
        value = getattr(one, side.value)
        if one.reason in STRUCTURAL:
            assert (one.path, one.reason) not in [(left.path, left.reason) for left in done.conflicts]
        if one.reason in {Reason.DIFFERS, Reason.REMOVED} and not re.search(
            r"\.(md|html)#|steps\[", one.path
        ):
            trees = {path: read_tree(path, text) for path, text in done.files.items()}
            assert plain(standing_at(trees, one.path)) == value


@pytest.mark.parametrize(
    "words",
    ["a message here names it", "a rule here begins to read it", "begins to read it", "sends it once more"],
)
def test_until_decided_what_is_needed_stays_as_ours_has_it(words: str) -> None:
    case = named(words)
    (asked,) = merged_of(case).conflicts
    assert (asked.reason, asked.ours == asked.base, asked.theirs) == (Reason.NEEDED, True, None)
    path = asked.path.partition("#")[0]
    assert read_tree(path, merged_of(case).files[path]).identity == read_tree(path, case.ours[path]).identity


def test_removing_what_is_needed_leaves_the_question_open() -> None:
    case = named("a message here names it")
    (asked,) = merged_of(case).conflicts
    assert merged_of(case, **{asked.path: Side.OURS}).is_whole
    assert merged_of(case, **{asked.path: Side.THEIRS}).conflicts == (asked,)


def test_a_cell_that_nobody_filled_cannot_be_chosen() -> None:
    case = named("a row without it")
    (asked,) = merged_of(case).conflicts
    assert asked.reason is Reason.INCOMPLETE
    assert merged_of(case, **{asked.path: Side.OURS}).conflicts == (asked,)


def test_the_chosen_limits_come_from_one_side() -> None:
    case = named("The least and greatest length cross")
    (asked,) = merged_of(case).conflicts
    for side, limits in ((Side.OURS, (60, 100)), (Side.THEIRS, (2, 50)), (Side.BASE, (2, 100))):
        done = merged_of(case, **{asked.path: side})
        field = standing_at(
            {"f": read_tree("form.schema.json", done.files["form.schema.json"])},
            "f#/properties/business_name",
        )
        assert done.is_whole
        assert (plain(child(field, "minLength")), plain(child(field, "maxLength"))) == limits


def test_a_chosen_order_keeps_the_content_of_both() -> None:
    case = named("One side puts a row first")
    done = merged_of(case, **{"rules/fees.json#/rows/order": Side.THEIRS})
    table = plain(read_tree("rules/fees.json", done.files["rules/fees.json"]))
    assert isinstance(table, dict)
    assert [row["id"] for row in table["rows"]] == ["micro", "else", "small"]


@pytest.mark.parametrize(("side", "first"), [(Side.BASE, True), (Side.OURS, True), (Side.THEIRS, False)])
def test_of_two_rows_at_one_place_the_chosen_side_s_row_stands_above(side: Side, first: bool) -> None:
    case = named("same place, and a case may fit both")
    (asked,) = merged_of(case).conflicts
    assert asked.reason is Reason.PLACE
    rows = merged_of(case, **{asked.path: side}).files["rules/fees.json"]
    assert (rows.index('"id": "larger"') < rows.index('"id": "medium"')) is first
