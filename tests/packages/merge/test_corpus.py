"""What becomes of realistic adaptations when their origin moves on: no false question, no missed one, nothing lost."""

from __future__ import annotations

import pytest

from livinglab.packages.adapters.trees.files import read_tree
from livinglab.packages.domain.compare.elements import plain, same
from livinglab.packages.queries.merging import Merged, merge
from tests.packages.merge.cases import Case, Texts, base, cases, edited

CASES = cases()
MERGEABLE = [case for case in CASES if not case.conflicts]


def assert_says_the_same(files: Texts, expected: Texts) -> None:
    """Assert that two packages hold the same files with the same content, whatever their layout."""
    assert files.keys() == expected.keys()
    for path, text in expected.items():
        found, wanted = read_tree(path, files[path]), read_tree(path, text)
        assert same(found, wanted), (path, plain(found), plain(wanted))


def asked(merged: Merged) -> list[tuple[str, str, str]]:
    return sorted((one.path, repr(one.ours), repr(one.theirs)) for one in merged.conflicts)


def test_there_are_at_least_sixty_pairs_of_every_kind_of_file() -> None:
    assert len(CASES) == 100
    assert len(MERGEABLE) == 55
    touched = {path for case in CASES for path in case.base if case.ours.get(path) != case.base[path]}
    assert touched == set(base()) - {"tasks/approve.schema.json"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_asks_what_must_be_asked_and_nothing_else(case: Case) -> None:
    merged = merge(case.base, case.ours, case.theirs)
    assert [one.path for one in merged.conflicts] == sorted(case.conflicts)


@pytest.mark.parametrize("case", MERGEABLE, ids=lambda case: case.name)
def test_what_merges_holds_the_edits_of_both(case: Case) -> None:
    merged = merge(case.base, case.ours, case.theirs)
    assert case.expected is not None
    assert_says_the_same(dict(merged.files), case.expected)
    for text in case.shown:
        assert any(text in file for file in merged.files.values()), text


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_who_stands_on_which_side_does_not_change_the_questions(case: Case) -> None:
    there = merge(case.base, case.theirs, case.ours)
    turned = sorted((path, theirs, ours) for path, ours, theirs in asked(there))
    assert asked(merge(case.base, case.ours, case.theirs)) == turned


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_merge_with_an_unchanged_side_is_the_other_side_to_the_byte(case: Case) -> None:
    assert merge(case.base, case.ours, case.base).files == case.ours
    assert merge(case.base, case.base, case.theirs).files == case.theirs
    assert merge(case.base, case.ours, case.ours).files == case.ours


@pytest.mark.parametrize("case", MERGEABLE, ids=lambda case: case.name)
def test_merging_again_changes_nothing(case: Case) -> None:
    merged = merge(case.base, case.ours, case.theirs)
    again = merge(case.theirs, merged.files, case.theirs)
    assert (again.files, again.conflicts) == (merged.files, ())


def test_a_conflict_shows_base_ours_and_theirs_and_the_files_hold_ours() -> None:
    start = base()
    ours = edited(start, [{"in": "rules/fees.json", "find": '"fee": "25000"', "put": '"fee": "20000"'}])
    theirs = edited(start, [{"in": "rules/fees.json", "find": '"fee": "25000"', "put": '"fee": "30000"'}])
    merged = merge(start, ours, theirs)
    (found,) = merged.conflicts
    assert (found.path, found.base, found.ours, found.theirs) == (
        "rules/fees.json#/rows[id=small]/then/fee",
        "25000",
        "20000",
        "30000",
    )
    assert '"fee": "20000"' in merged.files["rules/fees.json"]


def test_what_leans_on_a_removed_part_is_named() -> None:
    case = next(case for case in CASES if "a message here names it" in case.name)
    (found,) = merge(case.base, case.ours, case.theirs).conflicts
    assert found.needed_by == ("messages/received.id.md",)
    assert (found.ours == found.base, found.theirs) == (True, None)


def test_of_a_process_in_conflict_each_drawn_shape_stays_with_its_step() -> None:
    case = next(case for case in CASES if "Only the drawing changed" in case.name)
    merged = merge(case.base, case.ours, case.theirs).files["process.bpmn"]
    assert '<bpmndi:BPMNShape id="check_di" bpmnElement="check">' in merged
    assert '<dc:Bounds x="600" y="120" width="100" height="80"/>' in merged


def test_a_signature_stays_only_on_the_content_it_signed() -> None:
    start = base()
    theirs = {
        **edited(start, [{"in": "README.md", "find": "kecil", "put": "mungil"}]),
        "signature.json": "{}",
    }
    ours = edited(start, [{"in": "package.yaml", "find": "survey: true", "put": "survey: false"}])
    assert merge(start, start, theirs).files["signature.json"] == "{}"
    assert "signature.json" not in merge(start, ours, theirs).files
