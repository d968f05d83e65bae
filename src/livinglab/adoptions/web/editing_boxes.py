"""Boxes as a page draws them: label, what stands there, what may be chosen, and what is wrong with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from livinglab.adoptions.web import editing_words as words
from livinglab.packages.domain.editing.boxes import LANGUAGES, Box, Kind, chosen, shown
from livinglab.packages.domain.editing.places import standing_at
from livinglab.packages.queries.editing import Finding, Place

TWO = (Kind.WORDS, Kind.LONG_WORDS)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A box on the page. A text in two languages has two `values` and `errors`, Indonesian first."""

    kind: str
    name: str
    label: str
    hint: str
    values: tuple[str, ...]
    errors: tuple[str, ...]
    is_ticked: bool
    chosen: tuple[str, ...]
    options: tuple[tuple[str, str], ...]


def drawn(
    box: Box,
    data: object,
    errors: Mapping[str, str],
    *,
    label: str = "",
    options: Mapping[str, str] | None = None,
    empty: str = "",
) -> Drawn:
    """This function will return a box as the page draws it.

    `errors` by the name of the field. Label and names of options come from the words for the last key of its place,
    unless they are given; `empty` is how choosing nothing is called, where that is possible.
    """
    key = str(box.place[-1])
    names = options or {value: str(said) for value, said in words.OPTIONS.get(key, {}).items()}
    pairs = tuple((value, names.get(value, value)) for value in box.options)
    texts = shown(box, data)
    return Drawn(
        kind=box.kind.value,
        name=box.name,
        label=label or str(words.LABELS.get(key, key)),
        hint=str(words.HINTS.get(key, "")),
        values=tuple(texts.values()),
        errors=tuple(errors.get(name, "") for name in texts),
        is_ticked=standing_at(data, box.place) is True,
        chosen=chosen(box, data),
        options=((("", empty),) if empty else ()) + pairs,
    )


def at_boxes(
    findings: Iterable[Finding], boxes: Iterable[Box]
) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """This function will return what is wrong by the name of its field, and the sentences that no box is about."""
    names = {place: name for box in boxes for place, name in _names(box).items()}
    placed: dict[str, str] = {}
    others: list[str] = []
    for one in findings:
        name = next((names[place] for place in _around(one) if place in names), "")
        if name:
            placed.setdefault(name, one.said)
        else:
            others.append(one.said)
    return tuple(placed.items()), tuple(dict.fromkeys(others))


def _names(box: Box) -> dict[Place, str]:
    if box.kind in TWO:
        both = {(*box.place, one): f"{box.name}.{one}" for one in LANGUAGES}
        return {box.place: f"{box.name}.id", **both}
    return {box.place: box.name}


def _around(finding: Finding) -> list[Place]:
    """Return where to look for a box: the part itself, then what is around it."""
    place = finding.place
    found = [place[:length] for length in range(len(place), 0, -1)]
    if key := words.BOX_OF_FAULT.get(finding.fault.code):
        found.insert(0, (*place, key))
    if what := finding.fault.said.get("what"):  # a scenario: what of a step did not fit
        found = [(*place, "expect", *what.split(".")), (*place, what), *found]
    return found
