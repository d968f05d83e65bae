"""Conflicts that show only in the result: each side alone holds together, the two together do not."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from livinglab.packages.domain.compare.elements import (
    Branch,
    Element,
    Shape,
    Tree,
    child,
    children,
    keys_of,
    plain,
    put_at,
    standing_at,
    text,
)
from livinglab.packages.domain.compare.merging import Conflict, Reason, question
from livinglab.packages.domain.compare.references import FORM, PACKAGE, PROCESS, Name, leanings, names

_MOST_ON_A_PAGE: Final = 5
_LIMITS: Final = (("minimum", "maximum"), ("minLength", "maxLength"), ("minItems", "maxItems"))


#: reasons that show only in the result
TOGETHER: Final = frozenset(
    {Reason.NEEDED, Reason.INCOMPLETE, Reason.CROSSED, Reason.CROWDED, Reason.CUT_OFF}
)


@dataclass(frozen=True, slots=True)
class Sides:
    """The three packages and what came of them."""

    base: Tree
    ours: Tree
    theirs: Tree
    merged: Tree


def broken_together(sides: Sides, open_questions: Collection[str]) -> tuple[Conflict, ...]:
    """This function will return what the merge broke: nothing that one of the sides had broken already.

    What leans on an answer still to be given (`open_questions`: paths in conflict) is looked at once it is given.
    """
    found = [*_needed(sides, open_questions), *_incomplete(sides), *_crossed(sides), *_crowded(sides)]
    if not any(path.startswith(PROCESS) for path in (*open_questions, *(one.path for one in found))):
        found += _cut_off(sides)
    return tuple(one for one in found if not _open(one.path, open_questions))


def settled(merged: Tree, side: Tree, path: str) -> Tree:
    """This function will return the merged tree with what one side says about such a conflict; of limits both ends."""
    keys = path.rpartition("/")
    if keys[2] in ("minimum", "minLength", "minItems"):
        high = f"{keys[0]}/{dict(_LIMITS)[keys[2]]}"
        merged = put_at(merged, high, standing_at(side, high))
    found = standing_at(side, path)
    if found is None and standing_at(merged, path) is None:
        return merged
    if path.endswith("/fields"):
        return merged
    return (
        _placed(put_at(merged, path, found), side, path) if found is not None else put_at(merged, path, found)
    )


def _placed(merged: Tree, side: Tree, path: str) -> Tree:
    """Give a field that comes back its place among those of its page; other elements stay where they are."""
    file, *keys = keys_of(path)
    page = text(standing_at(side, path), "page")
    if len(keys) != 2 or not page:
        return merged
    order, wanted = (list(children(tree.get(file), "places", page)) for tree in (merged, side))
    if keys[1] not in wanted or keys[1] in order or page not in children(merged.get(file), "places"):
        return merged
    before = [key for key in wanted[: wanted.index(keys[1])] if key in order]
    order.insert(order.index(before[-1]) + 1 if before else 0, keys[1])
    fields = {**children(side.get(file), "places", page), **children(merged.get(file), "places", page)}
    places = Branch({key: fields[key] for key in order}, Shape.SET, ordered=True)
    return put_at(merged, f"{file}#/places/{page}", places)


def _open(path: str, open_questions: Collection[str]) -> bool:
    return any(path.startswith(question) or question.startswith(path) for question in open_questions)


def _needed(sides: Sides, open_questions: Collection[str]) -> Iterator[Conflict]:
    """Find names that the result uses and does not have, though each side that uses them there has them."""
    both = [(names(tree), set(leanings(tree))) for tree in (sides.ours, sides.theirs)]
    known = names(sides.merged)
    missing: dict[Name, list[str]] = {}
    for place, name in sorted(set(leanings(sides.merged))):
        if name not in known and not _open(place, open_questions):
            bearers = [has for has, uses in both if _uses(uses, place, name)]
            if bearers and all(name in has for has in bearers):
                missing.setdefault(name, []).append(place)
    for name, places in missing.items():
        if name[:-1] not in missing:  # with a field its choices are missing too
            path = next(has[name] for has, _ in both if name in has)
            values = [plain(standing_at(tree, path)) for tree in (sides.base, sides.ours, sides.theirs)]
            yield question(path, values, Reason.NEEDED, tuple(places))


def _uses(uses: set[tuple[str, Name]], place: str, name: Name) -> bool:
    """Whether a side uses the name in that place; steps of a scenario count by file, as their numbers shift."""
    if place.startswith("scenarios/"):
        file = place.partition("#")[0]
        return any(other == name and where.startswith(file) for where, other in uses)
    return (place, name) in uses


def _incomplete(sides: Sides) -> Iterator[Conflict]:
    """Find rows of one side that lack the output that the other side added."""
    for path, rule in sides.merged.items():
        if not path.startswith("rules/"):
            continue
        for output in children(rule, "outputs"):
            for row, cells in children(rule, "rows").items():
                if output in children(cells, "then"):
                    continue
                ours, theirs = (_lacks(side.get(path), output, row) for side in (sides.ours, sides.theirs))
                if not ours and not theirs:
                    at = f"{path}#/rows[id={row}]/then/{output}"
                    yield question(at, (None, None, None), Reason.INCOMPLETE)


def _lacks(rule: Element | None, output: str, row: str) -> bool:
    rows = children(rule, "rows")
    return output in children(rule, "outputs") and row in rows and output not in children(rows[row], "then")


def _crossed(sides: Sides) -> Iterator[Conflict]:
    """Find fields and parameters whose lower limit came to stand above the upper one."""
    for path, holder, key, part in _limited(sides.merged):
        for low, high in _LIMITS:
            if _above(part, low, high) and not any(
                _above(children(side.get(path), holder).get(key), low, high)
                for side in (sides.ours, sides.theirs)
            ):
                at = f"{path}#/{holder}/{key}" if holder == "properties" else f"{path}#/{holder}[id={key}]"
                values = [
                    {name: plain(child(side.get(path), holder, key, name)) for name in (low, high)}
                    for side in (sides.base, sides.ours, sides.theirs)
                ]
                yield question(f"{at}/{low}", values, Reason.CROSSED)


def _limited(tree: Tree) -> Iterator[tuple[str, str, str, Element]]:
    for path, file in tree.items():
        holder = "properties" if path.endswith(".schema.json") else "parameters" if path == PACKAGE else ""
        for key, part in children(file, holder).items() if holder else ():
            yield path, holder, key, part


def _above(part: Element | None, low: str, high: str) -> bool:
    lower, upper = (plain(child(part, key)) for key in (low, high))
    return isinstance(lower, int | float) and isinstance(upper, int | float) and lower > upper


def _crowded(sides: Sides) -> Iterator[Conflict]:
    """Find pages that hold more fields than a page may, though on each side they fitted."""
    for path, form in sides.merged.items():
        if path != FORM and not path.startswith("tasks/"):
            continue
        for page in children(form, "x-pages"):
            if len(_on_page(form, page)) > _MOST_ON_A_PAGE and not any(
                len(_on_page(side.get(path), page)) > _MOST_ON_A_PAGE for side in (sides.ours, sides.theirs)
            ):
                values = [_on_page(side.get(path), page) for side in (sides.base, sides.ours, sides.theirs)]
                yield question(f"{path}#/x-pages[id={page}]/fields", values, Reason.CROWDED)


def _on_page(form: Element | None, page: str) -> list[str]:
    return [key for key, field in children(form, "properties").items() if text(field, "page") == page]


def _cut_off(sides: Sides) -> Iterator[Conflict]:
    """Find steps that no way leads to, or from which none goes on, though on each side one did."""
    merged, ours, theirs = (
        children(side.get(PROCESS), "elements") for side in (sides.merged, sides.ours, sides.theirs)
    )
    stuck = _stuck(merged) - _stuck(ours) - _stuck(theirs)
    lost = [key for key in merged if key in stuck]
    sources = {text(one, "sourceRef") for one in merged.values()}
    targets = {text(one, "targetRef") or text(one, "attachedToRef") for one in merged.values()}
    first = [key for key in lost if not _has_ways(key, merged[key], sources, targets)]
    for key in first or lost:
        values = [_ways(side, key) for side in (sides.base, sides.ours, sides.theirs)]
        yield question(f"{PROCESS}#/elements[id={key}]", values, Reason.CUT_OFF)


def _has_ways(key: str, element: Element, sources: set[str], targets: set[str]) -> bool:
    """Whether at least one flow leads to a step and one goes on: then it was cut off further up or down."""
    kind = text(element, "element")
    return (key in targets or kind in ("startEvent", "boundaryEvent")) and (
        key in sources or kind == "endEvent"
    )


def _stuck(elements: Mapping[str, Element]) -> set[str]:
    """Return the steps outside of every way from a start to an end."""
    flows = [(text(one, "sourceRef"), text(one, "targetRef")) for one in elements.values()]
    flows = [(source, target) for source, target in flows if source and target]
    borders = [(text(one, "attachedToRef"), key) for key, one in elements.items()]
    ways = [*flows, *((host, key) for host, key in borders if host)]
    ends = [key for key, one in elements.items() if text(one, "element") == "endEvent"]
    starts = [key for key, one in elements.items() if text(one, "element") == "startEvent"]
    reached = _reach(starts, ways)
    leaving = _reach(ends, [(target, source) for source, target in ways])
    steps = {key for key, one in elements.items() if text(one, "element") not in ("sequenceFlow", "")}
    return {key for key in steps if key not in reached or key not in leaving}


def _reach(first: list[str], ways: list[tuple[str, str]]) -> set[str]:
    onward: dict[str, list[str]] = {}
    for source, target in ways:
        onward.setdefault(source, []).append(target)
    found, waiting = set(first), list(first)
    while waiting:
        for key in onward.get(waiting.pop(), ()):
            if key not in found:
                found.add(key)
                waiting.append(key)
    return found


def _ways(tree: Tree, key: str) -> object:
    """Return the flows into and out of a step: what a person must put right."""
    elements = children(tree.get(PROCESS), "elements")
    if key not in elements:
        return None
    return {
        "from": sorted(flow for flow, one in elements.items() if text(one, "targetRef") == key),
        "to": sorted(flow for flow, one in elements.items() if text(one, "sourceRef") == key),
    }
