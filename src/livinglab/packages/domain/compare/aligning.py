"""Keys for elements that have none: which block of a text, which step, is which on the other side."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Final

from livinglab.packages.domain.compare.elements import Branch, Element, Leaf, Run, Shape

_LIKE: Final = 0.45  # share of words in common from which a block counts as edited, not as another one
_MOVED: Final = 0.8  # … and as moved, when it stands elsewhere
_WIDEST: Final = 2_500  # pairs of one gap that are compared word by word
_MOST_ITEMS: Final = (
    2_000  # a run that is longer is compared as a whole: no text for people has as many blocks
)
_MOST_EQUAL: Final = 200_000  # pairs of equal items that are weighed against each other
_WORD: Final = re.compile(r"\w+")

Keys = list[str | None]


def can_be_keyed(*runs: Run | None) -> bool:
    """This function will tell whether runs are short enough to be told apart item by item."""
    return all(run is None or len(run.items) <= _MOST_ITEMS for run in runs)


def keyed(base: Run | None, ours: Run | None, theirs: Run | None) -> tuple[Branch, Branch, Branch]:
    """This function will give the items of up to three runs common keys; equal insertions at one place share one.

    What both sides put in the place of an item that both took away counts as its two edits.
    """
    old = base.items if base else ()
    new = [side.items if side else () for side in (ours, theirs)]
    names = _names(old)
    ours_keys, theirs_keys = ([None if at is None else names[at] for at in _pairs(old, side)] for side in new)
    _share_replacements(names, (new[0], ours_keys), (new[1], theirs_keys))
    _name_insertions((new[0], ours_keys), (new[1], theirs_keys))
    kind = next((run.kind for run in (ours, theirs, base) if run is not None), "")
    branches = [
        Branch(dict(zip((str(key) for key in keys), items, strict=True)), Shape.RUN, ordered=True, kind=kind)
        for keys, items in ((names, old), (ours_keys, new[0]), (theirs_keys, new[1]))
    ]
    return branches[0], branches[1], branches[2]


def unkeyed(branch: Branch, like: Run) -> Run:
    """This function will return the items of a merged branch as a run again."""
    return Run(tuple(branch.children.values()), kind=like.kind, before=like.before)


def _names(items: Sequence[Element]) -> list[str]:
    """Name each item by its kind and its place among those of its kind, counted from 1."""
    seen: Counter[str] = Counter()
    names = []
    for item in items:
        seen[item.kind] += 1
        names.append(f"/{item.kind}[{seen[item.kind]}]" if item.kind else f"[{seen['']}]")
    return names


def _pairs(old: Sequence[Element], new: Sequence[Element]) -> list[int | None]:
    """Return for each new item the place of the old one that it is, or None: equal first, then moved, then alike."""
    places: list[int | None] = [None] * len(new)
    gaps = []
    for tag, start, end, new_start, new_end in _differences(old, new):
        if tag == "equal":
            places[new_start:new_end] = range(start, end)
        else:
            gaps.append((list(range(start, end)), list(range(new_start, new_end))))
    free = {at for gap, _ in gaps for at in gap}
    _pair_moved(old, new, free, places)
    for olds, news in gaps:
        _pair_gap(
            old, new, [at for at in olds if at in free], [at for at in news if places[at] is None], places
        )
    _pair_alike_elsewhere(old, new, sorted(free - set(places)), places)
    for olds, news in gaps:
        _pair_rest(old, new, olds, news, places)
    return places


def _differences(old: Sequence[Element], new: Sequence[Element]) -> Sequence[tuple[str, int, int, int, int]]:
    """Return which stretches are equal; of very many equal items only those at the start."""
    sides = [[item.identity for item in side] for side in (old, new)]
    counts = [Counter(side) for side in sides]
    if sum(number * counts[1][identity] for identity, number in counts[0].items()) <= _MOST_EQUAL:
        return SequenceMatcher(None, sides[0], sides[1], autojunk=False).get_opcodes()
    first = next(
        (at for at, pair in enumerate(zip(*sides, strict=False)) if pair[0] != pair[1]), min(map(len, sides))
    )
    return [("equal", 0, first, 0, first), ("replace", first, len(old), first, len(new))]


def _pair_moved(
    old: Sequence[Element], new: Sequence[Element], free: set[int], places: list[int | None]
) -> None:
    waiting: dict[object, list[int]] = {}
    for place in sorted(free, reverse=True):
        waiting.setdefault(old[place].identity, []).append(place)
    for at, item in enumerate(new):
        if places[at] is None and waiting.get(item.identity):
            places[at] = waiting[item.identity].pop()
    free -= {place for place in places if place is not None}


def _pair_gap(
    old: Sequence[Element],
    new: Sequence[Element],
    olds: list[int],
    news: list[int],
    places: list[int | None],
) -> None:
    """Pair within one gap, in order, so that the likeness in all is greatest."""
    if not olds or not news or len(olds) * len(news) > _WIDEST:
        return
    best = [[0.0] * (len(news) + 1) for _ in range(len(olds) + 1)]
    likes = [[likeness(old[one], new[other]) for other in news] for one in olds]
    for row in range(len(olds) - 1, -1, -1):
        for column in range(len(news) - 1, -1, -1):
            like = likes[row][column]
            paired = like + best[row + 1][column + 1] if like >= _LIKE else 0.0
            best[row][column] = max(paired, best[row + 1][column], best[row][column + 1])
    row = column = 0
    while row < len(olds) and column < len(news):
        like = likes[row][column]
        if like >= _LIKE and best[row][column] == like + best[row + 1][column + 1]:
            places[news[column]] = olds[row]
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            row += 1
        else:
            column += 1


def _pair_alike_elsewhere(
    old: Sequence[Element], new: Sequence[Element], free: list[int], places: list[int | None]
) -> None:
    came = [at for at, place in enumerate(places) if place is None]
    if len(came) * len(free) > _WIDEST:
        return
    for at in came:
        found = max(free, key=lambda place: likeness(old[place], new[at]), default=None)
        if found is not None and likeness(old[found], new[at]) >= _MOVED:
            places[at] = found
            free.remove(found)


def _pair_rest(
    old: Sequence[Element],
    new: Sequence[Element],
    olds: list[int],
    news: list[int],
    places: list[int | None],
) -> None:
    """Pair what a gap has left where as many of one kind went as came: they were written anew."""
    taken = set(places)
    left = [at for at in olds if at not in taken]
    came = [at for at in news if places[at] is None]
    if len(left) == len(came) and all(
        old[one].kind == new[other].kind and type(old[one]) is type(new[other])
        for one, other in zip(left, came, strict=True)
    ):
        for one, other in zip(left, came, strict=True):
            places[other] = one


def likeness(one: Element, other: Element) -> float:
    """This function will return the share of words that two elements have in common, from 0 to 1."""
    if type(one) is not type(other) or one.kind != other.kind:
        return 0.0
    first, second = _words(one), _words(other)
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else 1.0


def _words(element: Element) -> Counter[str]:
    if isinstance(element, Leaf):
        return Counter(_WORD.findall(str(element.value)))
    words: Counter[str] = Counter()
    if isinstance(element, Run):
        for item in element.items:
            words += _words(item)
        return words
    for key, part in element.children.items():
        if element.shape is Shape.MAP:
            words[key] += 1
        words += _words(part)
    return words


def _share_replacements(
    names: Sequence[str], ours: tuple[Sequence[Element], Keys], theirs: tuple[Sequence[Element], Keys]
) -> None:
    """Give the key of an item that both took away to what each put in its place, where that differs."""
    where = [{key: at for at, key in enumerate(keys) if key is not None} for _, keys in (ours, theirs)]
    last = [-1, -1]  # where the nearest kept item before stands on either side
    for name in names:
        if name in where[0] or name in where[1]:
            last = [kept.get(name, before) for kept, before in zip(where, last, strict=True)]
            continue
        first, second = last[0] + 1, last[1] + 1
        if not (_is_new(ours[1], first) and _is_new(theirs[1], second)):
            continue
        if ours[0][first].identity != theirs[0][second].identity:
            ours[1][first] = theirs[1][second] = name
            last = [first, second]


def _is_new(keys: Keys, at: int) -> bool:
    return at < len(keys) and keys[at] is None


def _name_insertions(ours: tuple[Sequence[Element], Keys], theirs: tuple[Sequence[Element], Keys]) -> None:
    """Name what either side inserted; equal items after the same neighbour get one name."""
    free: dict[tuple[object, str | None], list[str]] = {}
    for mark, (items, keys) in (("+", ours), ("++", theirs)):
        neighbour: str | None = None
        for at, item in enumerate(items):
            if keys[at] is not None:
                neighbour = keys[at]
                continue
            name = f"{'/' + item.kind if item.kind else ''}[{mark}{at + 1}]"
            waiting = free.setdefault((item.identity, neighbour), [])
            if mark == "+":
                waiting.append(name)
            elif waiting:
                name = waiting.pop(0)
            keys[at] = name
