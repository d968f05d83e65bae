"""Which questions are asked, what is kept of the answers, and what is wrong with them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as of
from datetime import date
from typing import Final

from livinglab.packages.domain.form import Field, Form

Holds = Callable[[str, Mapping[str, object]], bool]

#: answers that say nothing
EMPTY: Final[tuple[object, ...]] = (None, "", [], {})


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with an answer: a stable code and what fills its words. `field` is `children.1.age` in a list.

    Codes: required, unread_number, unread_date, too_short, too_long, pattern, nik, nik_form, place, too_small,
    too_large, step, too_few, too_many, unknown_choice, repeated, must_be_true, after, before, kind, too_big, wrong,
    unasked.
    """

    field: str
    code: str
    said: Mapping[str, str] = of(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """A form with what was answered so far: the fields that are asked, and the answers that are kept."""

    fields: tuple[Field, ...]
    answers: Mapping[str, object]

    def is_asked(self, field_id: str) -> bool:
        """This function will tell whether a field is asked with these answers."""
        return any(one.id == field_id for one in self.fields)


def in_order(form: Form) -> tuple[Field, ...]:
    """This function will return the fields of a form in the order of its pages."""
    return tuple(form.fields[one] for page in form.pages for one in page.fields if one in form.fields)


def asked(
    form: Form, given: Mapping[str, object], names: Mapping[str, object], *, task: str, holds: Holds
) -> Asked:
    """This function will return what is asked and kept. A hidden field is neither asked nor kept.

    The fields are looked at in order: a condition sees the answers before it, and takes a later one for missing.
    `task` is the id of a task's form, "" for the citizen's, and says under which name the answers stand.
    """
    kept: dict[str, object] = {}
    shown: list[Field] = []
    for one in in_order(form):
        if one.show_if and not holds(one.show_if, _with(names, task, kept)):
            continue
        shown.append(one)
        if given.get(one.id) not in EMPTY:
            kept[one.id] = given[one.id]
    return Asked(tuple(shown), kept)


def dates_out_of_bounds(one: Field, value: object, today: date) -> Mistake | None:
    """This function will return what is wrong with a date by `x-not-before` and `x-not-after`."""
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        return Mistake(one.id, "unread_date")
    if one.not_after and day > (last := _bound(one.not_after, today)):
        return Mistake(one.id, "after", {"day": last.isoformat()})
    if one.not_before and day < (first := _bound(one.not_before, today)):
        return Mistake(one.id, "before", {"day": first.isoformat()})
    return None


def _bound(text: str, today: date) -> date:
    return today if text == "today" else date.fromisoformat(text)


def _with(names: Mapping[str, object], task: str, kept: Mapping[str, object]) -> dict[str, object]:
    if not task:
        return {**names, "form": kept}
    tasks = names.get("task")
    return {**names, "task": {**(tasks if isinstance(tasks, Mapping) else {}), task: kept}}
