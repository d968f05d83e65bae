"""The form of an action: what is typed into it, read into a draft; and what it began with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from livinglab.actions.domain.drafts import FIELDS, ActionDraft
from livinglab.actions.models import Action
from livinglab.actions.operations.actions import draft_of
from livinglab.actions.web.reading import Unread, read_day, read_id, read_rupiah, read_year

Typed = dict[str, str]
#: what the form began with stands beside each field under this prefix
BASE: Final = "base-"


@dataclass(frozen=True, slots=True)
class ReadForm:
    """A form as it was read: the draft, or the problems that keep it from being one."""

    draft: ActionDraft | None
    problems: tuple[tuple[str, str], ...] = ()


def typed_of(draft: ActionDraft) -> Typed:
    """This function will return a draft as the form shows it: days as the browser's own field writes them."""
    return {name: "" if getattr(draft, name) is None else str(getattr(draft, name)) for name in FIELDS}


def typed_now(action: Action) -> Typed:
    """This function will return an action as the form shows it."""
    return typed_of(draft_of(action))


def read_form(given: Mapping[str, str], *, prefix: str = "") -> ReadForm:
    """This function will read the fields of a form whose names begin with `prefix`, all problems at once."""
    problems: list[tuple[str, str]] = []

    def said(name: str) -> str:
        return given.get(prefix + name, "")

    values: dict[str, object] = {
        name: said(name) for name in ("title", "lever", "evidence_wanted", "sub_activity")
    }
    values |= {name: read_id(said(name)) for name in ("agency_id", "assignee_id")}
    readers = {"starts_on": read_day, "due_on": read_day, "planning_year": read_year, "cost": read_rupiah}
    for name, read in readers.items():
        try:
            values[name] = read(name, said(name))
        except Unread as unread:
            problems.append((unread.field, str(unread)))
    if not problems and values["due_on"] is None:
        problems.append(("due_on", _("Enter the day by which the action is due.")))
    if problems:
        return ReadForm(None, tuple(problems))
    return ReadForm(ActionDraft(**values))  # type: ignore[arg-type]  # each was read by the reader of its type


def chosen_fields(given: Mapping[str, str]) -> Typed:
    """This function will return the fields of a settled conflict: of each contested one the side that was chosen."""
    found = {name: given.get(name, "") for name in FIELDS}
    for name in FIELDS:
        side = given.get(f"choose-{name}", "")
        if side in ("mine", "theirs"):
            found[name] = given.get(f"{side}-{name}", "")
    return found
