"""What holds for every merge, on generated versions of a package."""

from __future__ import annotations

from collections import Counter

from hypothesis import HealthCheck, given, settings

from livinglab.packages.adapters.trees.files import read_tree
from livinglab.packages.domain.compare.elements import Leaf, same
from livinglab.packages.domain.compare.sentences import sentences
from livinglab.packages.queries.merging import Merged, merge
from tests.packages.merge.cases import Texts
from tests.packages.merge.generated import BASE, VERSIONS, leaves

thorough = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def asked(path: str, merged: Merged) -> bool:
    """Whether a conflict covers what stands at a path."""
    leaning = (name.rpartition("/")[0] or name for one in merged.conflicts for name in one.needed_by)
    named = [*(one.path for one in merged.conflicts), *leaning]
    return any(path.startswith(name) or name.startswith(path) for name in named)


def said(value: object) -> object:
    return value.identity if isinstance(value, Leaf) else value


def told(text: str) -> list[str]:
    """Return the sentences of a text, without regard to how its lines are wrapped."""
    return [
        " ".join(str(one.value).split())
        for one in sentences(Leaf(text, prose=True)).items
        if isinstance(one, Leaf)
    ]


@thorough
@given(VERSIONS)
def test_a_merge_with_the_base_is_the_other_side_to_the_byte(side: Texts) -> None:
    assert merge(BASE, side, BASE) == Merged(side)
    assert merge(BASE, BASE, side) == Merged(side)
    assert merge(BASE, side, side) == Merged(side)


@thorough
@given(VERSIONS, VERSIONS)
def test_conflicts_are_the_same_from_either_side(ours: Texts, theirs: Texts) -> None:
    here, there = merge(BASE, ours, theirs), merge(BASE, theirs, ours)
    assert sorted(
        (one.path, repr(one.base), repr(one.ours), repr(one.theirs)) for one in here.conflicts
    ) == sorted((one.path, repr(one.base), repr(one.theirs), repr(one.ours)) for one in there.conflicts)


@thorough
@given(VERSIONS, VERSIONS)
def test_every_edit_is_in_the_result_or_in_a_conflict(ours: Texts, theirs: Texts) -> None:
    merged = merge(BASE, ours, theirs)
    was, here, there, now = (leaves(files)[0] for files in (BASE, ours, theirs, dict(merged.files)))
    for side, other in ((here, there), (there, here)):
        for path in {*was, *side}:
            if (
                said(was.get(path)) == said(side.get(path))
                or path.endswith("#/version")
                or asked(path, merged)
            ):
                continue
            if said(now.get(path)) != said(side.get(path)):
                values = [one.get(path) for one in (was, side, other, now)]
                assert all(isinstance(one, Leaf) and one.prose for one in values), (path, values)
                assert_no_sentence_lost(*(told(str(one.value)) for one in values if isinstance(one, Leaf)))


@thorough
@given(VERSIONS, VERSIONS)
def test_every_block_of_text_and_every_step_is_in_the_result_or_in_a_conflict(
    ours: Texts, theirs: Texts
) -> None:
    merged = merge(BASE, ours, theirs)
    runs = [leaves(files)[1] for files in (BASE, ours, theirs, dict(merged.files))]
    for path in merged.files:
        if not asked(path, merged):
            told_by = [[s for block in side.get(path, ()) for s in told(block)] for side in runs]
            assert_no_sentence_lost(told_by[0], told_by[1], told_by[2], told_by[3])
            assert_no_sentence_lost(told_by[0], told_by[2], told_by[1], told_by[3])


def assert_no_sentence_lost(was: list[str], side: list[str], other: list[str], now: list[str]) -> None:
    """Assert that what a side added is there, and what it removed is not, but for what the other side did to it."""
    before, mine, yours, after = Counter(was), Counter(side), Counter(other), Counter(now)
    for one in mine - before:
        assert after[one] >= mine[one] - max(0, before[one] - yours[one]), (one, was, side, other, now)
    for one in before - mine:
        assert after[one] <= mine[one] + max(0, yours[one] - before[one]), (one, was, side, other, now)


@thorough
@given(VERSIONS, VERSIONS)
def test_nothing_stands_in_the_result_that_no_side_said(ours: Texts, theirs: Texts) -> None:
    merged = merge(BASE, ours, theirs)
    was, here, there, now = (leaves(files)[0] for files in (BASE, ours, theirs, dict(merged.files)))
    for path, value in now.items():
        if isinstance(value, Leaf) and value.prose:
            known = {
                s
                for side in (was, here, there)
                if isinstance(leaf := side.get(path), Leaf)
                for s in told(str(leaf.value))
            }
            assert set(told(str(value.value))) <= known
        elif not asked(path, merged):
            assert said(value) in [said(side.get(path)) for side in (was, here, there)], path


@thorough
@given(VERSIONS, VERSIONS)
def test_a_merged_package_merges_on_without_a_question(ours: Texts, theirs: Texts) -> None:
    merged = merge(BASE, ours, theirs)
    if merged.is_whole:
        again = merge(theirs, merged.files, theirs)
        assert (again.files, again.conflicts) == (merged.files, ())
        for path, text in merged.files.items():
            assert same(read_tree(path, text), read_tree(path, text + "\n" if path.endswith(".md") else text))
