"""The questions of a merge on a page: the place by its name, and in words what stood there and what each side says."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from livinglab.packages.domain.words import Words
from livinglab.packages.queries.conflict_words import asked
from livinglab.packages.queries.difference_texts import Line, lines
from livinglab.packages.queries.differences import Difference
from livinglab.packages.queries.merging import Conflict, Side
from livinglab.ui.languages import language

PREFIX = "at:"


@dataclass(frozen=True, slots=True)
class Question:
    """A conflict: its place, why it is asked, what each side did, and what stands there on each side."""

    name: str
    path: str
    place: str
    why: str
    did_ours: tuple[str, ...]
    did_theirs: tuple[str, ...]
    base: str
    ours: str
    theirs: str
    chosen: str


def questions(
    conflicts: Iterable[Conflict],
    *,
    ours: Sequence[Difference],
    theirs: Sequence[Difference],
    choices: Mapping[str, Side],
) -> list[Question]:
    """This function will return conflicts for a page. `ours` and `theirs` are what each side changed of the base."""
    return [_question(one, ours, theirs, choices) for one in conflicts]


def choices_in(given: Mapping[str, str]) -> dict[str, Side]:
    """This function will return what a form says about each question, by path; what is no side is not answered."""
    return {
        name.removeprefix(PREFIX): Side(side)
        for name, side in given.items()
        if name.startswith(PREFIX) and side in set(Side)
    }


def _question(
    conflict: Conflict,
    ours: Sequence[Difference],
    theirs: Sequence[Difference],
    choices: Mapping[str, Side],
) -> Question:
    mine, others = _at(conflict.path, ours), _at(conflict.path, theirs)
    titles = [one.change.title.in_language(language()) for one in (*others, *mine)]
    return Question(
        name=f"{PREFIX}{conflict.path}",
        path=conflict.path,
        place=titles[0] if titles else conflict.path,
        why=asked(conflict.reason).in_language(language()),
        did_ours=said(mine),
        did_theirs=said(others),
        base=_told(conflict.base),
        ours=_told(conflict.ours),
        theirs=_told(conflict.theirs),
        chosen=choices[conflict.path].value if conflict.path in choices else "",
    )


def said(found: Iterable[Difference]) -> tuple[str, ...]:
    """This function will return changes as sentences in the reader's language."""
    return tuple(one.said.in_language(language()) for one in found)


def told(found: Iterable[Difference]) -> tuple[Line, ...]:
    """This function will return changes as sentences with the old and the new text, in the reader's language."""
    return lines(found, language())


def _at(path: str, found: Iterable[Difference]) -> list[Difference]:
    return [one for one in found if one.change.path.startswith(path) or path.startswith(one.change.path)]


def _told(value: object) -> str:
    """Return a value of a package as people read it: texts in their language, lists and parts a line each."""
    if value is None:
        return _("(nothing)")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dict) and "id" in value and value.keys() <= {"id", "en"}:
        return Words(str(value["id"]), str(value.get("en") or "")).in_language(language())
    if isinstance(value, dict):
        return "\n".join(f"{key}: {_told(one)}" for key, one in value.items())
    if isinstance(value, list):
        return "\n".join(_told(one) for one in value) or _("(nothing)")
    return str(value)
