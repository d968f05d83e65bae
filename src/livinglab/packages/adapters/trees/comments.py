"""The comments of a YAML file by the key they belong to, so that a merged file keeps them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import yaml

from livinglab.packages.adapters.located import Place
from livinglab.packages.adapters.yaml_files import read_yaml


@dataclass(frozen=True, slots=True)
class Comment:
    """The lines above a key, and what stands beside it, each with its `#`."""

    above: tuple[str, ...] = ()
    beside: str = ""


def comments_of(path: str, text: str) -> Mapping[Place, Comment]:
    """This function will return the comments of a readable file; those at its end belong to no key: `()`."""
    if "#" not in text:
        return {}
    read = read_yaml(path, text)
    ends, inside = _values(text)
    first: dict[int, Place] = {}
    for place, starts in read.lines.items():
        if place:
            first.setdefault(starts, place)
    found: dict[Place, Comment] = {}
    above: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        if number in inside:
            continue
        if number not in first:
            above += [line.strip()] if line.strip().startswith("#") else []
            continue
        rest = line[ends.get(number, len(line)) :].strip()
        beside = rest if rest.startswith("#") else ""
        if above or beside:
            found[stable(first[number], read.value)] = Comment(tuple(above), beside)
        above = []
    if above:
        found[()] = Comment(tuple(above))
    return found


def merged_comments(path: str, sources: Sequence[str]) -> Mapping[Place, Comment]:
    """This function will merge comments key by key: whoever changed one has it; of two changes both stay."""
    base, ours, theirs = (comments_of(path, source) if source else {} for source in sources)
    found: dict[Place, Comment] = {}
    for place in dict.fromkeys((*ours, *theirs, *base)):
        was, here, there = (side.get(place, Comment()) for side in (base, ours, theirs))
        if here in (was, there) or there == was:
            found[place] = there if here == was else here
        else:
            lines = dict.fromkeys((*here.above, *there.above, there.beside))
            found[place] = Comment(
                tuple(line for line in lines if line not in ("", here.beside)), here.beside
            )
    return {place: comment for place, comment in found.items() if comment != Comment()}


def stable(place: Place, data: object) -> Place:
    """This function will name the items of lists by their id, where they have one, so that moving does not matter."""
    steps: list[str | int] = []
    for step in place:
        if isinstance(step, int):
            data = data[step] if isinstance(data, list) else None
            named = data.get("id") if isinstance(data, dict) else None
            steps.append(f"id={named}" if isinstance(named, str) else step)
        else:
            data = data.get(step) if isinstance(data, dict) else None
            steps.append(step)
    return tuple(steps)


def _values(text: str) -> tuple[Mapping[int, int], set[int]]:
    """Return the column where the last value of each line ends, and the lines inside of a longer text."""
    ends: dict[int, int] = {}
    inside: set[int] = set()
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        start, end = event.start_mark, event.end_mark
        if start is None or end is None or (end.line, end.column) == (start.line, start.column):
            continue
        inside.update(range(start.line + 2, end.line + 1))
        if isinstance(event, yaml.ScalarEvent) and event.style in ("|", ">"):
            ends[start.line + 1] = start.column + 1
        else:
            ends[end.line + 1] = max(ends.get(end.line + 1, 0), end.column)
    return ends, inside
