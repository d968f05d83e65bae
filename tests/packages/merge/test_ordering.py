"""Merged orders: of any two items, the side that changed which comes first has its way, or a person decides."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from livinglab.packages.domain.compare.ordering import merged_order, moved

KEYS = st.permutations(["a", "b", "c", "d", "e", "f"])
SOME = KEYS.flatmap(lambda keys: st.integers(0, 6).map(lambda number: keys[:number]))


def order(base: str, ours: str, theirs: str, kept: str) -> str:
    found = merged_order(list(base), list(ours), list(theirs), set(kept))
    return "!" if found.torn else "".join(found.keys)


def test_one_side_moves() -> None:
    assert order("abc", "cab", "abc", "abc") == "cab"
    assert order("abc", "abc", "bca", "abc") == "bca"


def test_both_move_another_item() -> None:
    assert order("abcd", "bacd", "abdc", "abcd") == "badc"
    assert order("abc", "bca", "cab", "abc") == "cba"


def test_one_item_is_moved_to_two_places() -> None:
    assert order("abc", "bac", "acb", "abc") == "!"


def test_both_insert_at_one_place_and_ours_comes_first() -> None:
    assert order("abz", "abxz", "abyz", "abxyz") == "abxyz"


def test_both_insert_the_same_item_at_two_places() -> None:
    assert order("ab", "xab", "abx", "abx") == "!"
    assert order("ab", "axb", "axb", "abx") == "axb"


def test_an_inserted_item_does_not_follow_a_neighbour_that_the_other_side_moved() -> None:
    assert order("abcd", "abxcd", "acdb", "abcdx") == "axcdb"


def test_an_inserted_item_stays_where_its_deleted_neighbour_was() -> None:
    assert order("abc", "abxc", "ac", "acx") == "axc"


@given(KEYS, KEYS, KEYS)
def test_of_each_pair_the_side_that_turned_it_has_its_way(
    base: list[str], ours: list[str], theirs: list[str]
) -> None:
    found = merged_order(base, ours, theirs, set(base))
    assert sorted(found.keys) == sorted(base)
    for one, other in combinations(base, 2):  # in base, one comes first
        turned = ours.index(one) > ours.index(other) or theirs.index(one) > theirs.index(other)
        if not found.torn:
            assert (found.keys.index(one) > found.keys.index(other)) == turned


@given(SOME, SOME, SOME)
def test_every_kept_item_stands_once_and_sides_may_be_swapped(
    base: list[str], ours: list[str], theirs: list[str]
) -> None:
    kept = {*ours, *theirs}
    found = merged_order(base, ours, theirs, kept)
    assert sorted(found.keys) == sorted(kept)
    assert found.torn == merged_order(base, theirs, ours, kept).torn


@given(KEYS, KEYS)
def test_no_fewer_items_moved(before: list[str], after: list[str]) -> None:
    gone = moved(before, after)
    stayed = [key for key in after if key not in gone]
    assert stayed == [key for key in before if key not in gone]
    smaller = (set(rest) for rest in combinations(before, len(gone) - 1)) if gone else ()
    assert not any(
        [k for k in before if k not in few] == [k for k in after if k not in few] for few in smaller
    )
