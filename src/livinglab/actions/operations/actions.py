"""What an action is: who does it, by when, with which lever, evidence, budget code and cost."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from livinglab.actions import policies
from livinglab.actions.domain.actors import ASSIGNABLE
from livinglab.actions.domain.drafts import FIELDS, ActionDraft, Merge, merge
from livinglab.actions.domain.kinds import Lever
from livinglab.actions.domain.rupiah import MOST
from livinglab.actions.models import Action
from livinglab.actions.operations.projection import project
from livinglab.actions.operations.records import lock_action, record
from livinglab.actions.queries.places import Place
from livinglab.kernel.refusals import ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.kernel.texts import storable
from livinglab.organizations import queries as organizations

LONGEST_TITLE: Final = 200
LONGEST_EVIDENCE: Final = 4_000
_CODE: Final = re.compile(r"[0-9A-Za-z]{1,6}(?:[.-][0-9A-Za-z]{1,6}){0,7}")
_YEARS: Final = range(2020, 2101)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field of an action, and what to do."""

    field: str
    message: str | Promise


class ActionRefused(Exception):
    """What was written into an action has problems; nothing was stored."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(", ".join(one.field for one in problems))
        self.problems = problems


class EditConflict(Exception):
    """Somebody else changed the same fields since this writer began; nothing was stored.

    `stored` is what they left, `version` its number: saving again with it as base settles the conflict.
    """

    def __init__(self, *, found: Merge, ours: ActionDraft, stored: ActionDraft, action: Action) -> None:
        super().__init__(", ".join(found.conflicts))
        self.found, self.ours, self.stored, self.action = found, ours, stored, action


@dataclass(frozen=True, slots=True)
class Saved:
    """An action as it is stored now. `merged`: with somebody else's part; `changed`: what this writer changed."""

    action: Action
    changed: tuple[str, ...]
    merged: bool = False


def save(
    *, place: Place, action_id: UUID, draft: ActionDraft, base: ActionDraft, base_version: int, at: datetime
) -> Saved:
    """This function will store what somebody wrote on top of version `base_version`, which read `base`.

    Fields that only one of two writers changed are merged. Errors: `Refused` by the policy, `ActionRefused` with every
    problem, `EditConflict` when both changed the same field, `UnknownAction`.
    """
    with tenancy(place.organization.id):
        action, plan = lock_action(place.organization.id, action_id)
        ensure(policies.may_change_plan(place.actor, plan))
        stored = draft_of(action)
        ours = _cleaned(draft)
        wanted, was_merged = ours, False
        if base_version != action.version:
            found = merge(base, ours, stored)
            if found.conflicts:
                raise EditConflict(found=found, ours=ours, stored=stored, action=action)
            wanted, was_merged = found.merged, found.merged != ours
        changed = tuple(name for name in FIELDS if getattr(wanted, name) != getattr(stored, name))
        problems = find_problems(place, wanted, changed)
        if problems:
            raise ActionRefused(problems)
        if changed:
            write(place, action, wanted, changed, at=at)
            project(plan, [action], at=at)
    return Saved(action, changed, was_merged)


def assign(
    *,
    place: Place,
    action_ids: Collection[UUID],
    agency_id: UUID | None,
    assignee_id: UUID | None,
    at: datetime,
) -> int:
    """This function will give several actions to an agency, a person, or both, and return how many changed.

    None changes on an error: `Refused` by the policy, `ActionRefused` for an unknown agency or person, `UnknownAction`.
    """
    changed_count = 0
    with tenancy(place.organization.id):
        for action_id in action_ids:
            action, plan = lock_action(place.organization.id, action_id)
            ensure(policies.may_change_plan(place.actor, plan))
            stored = draft_of(action)
            values = {name: getattr(stored, name) for name in FIELDS}
            wanted = ActionDraft(**{**values, "agency_id": agency_id, "assignee_id": assignee_id})
            changed = tuple(name for name in FIELDS if getattr(wanted, name) != getattr(stored, name))
            problems = find_problems(place, wanted, changed)
            if problems:
                raise ActionRefused(problems)
            if changed:
                write(place, action, wanted, changed, at=at)  # figures hold neither agency nor person
                changed_count += 1
    return changed_count


def draft_of(action: Action) -> ActionDraft:
    """This function will return what is stored of an action as a draft."""
    return ActionDraft(**{name: getattr(action, name) for name in FIELDS})


def find_problems(place: Place, draft: ActionDraft, changed: Collection[str]) -> tuple[Problem, ...]:
    """This function will return everything that keeps a draft from being stored; only what changed is looked up."""
    found: list[Problem] = []
    if len(draft.title) > LONGEST_TITLE:
        found.append(Problem("title", _("The name is too long: at most 200 characters.")))
    if len(draft.evidence_wanted) > LONGEST_EVIDENCE:
        found.append(Problem("evidence_wanted", _("The text is too long: at most 4,000 characters.")))
    if draft.starts_on is not None and draft.starts_on > draft.due_on:
        words = _("The action begins after it is due. Let it begin on %(day)s at the latest.")
        found.append(Problem("starts_on", words % {"day": draft.due_on.strftime("%d-%m-%Y")}))
    if draft.lever and draft.lever not in set(Lever):
        found.append(Problem("lever", _("Choose one of the three levers.")))
    if draft.sub_activity and not _CODE.fullmatch(draft.sub_activity):
        words = _(
            "Write the code as in the nomenclature: digits with points between, such as 2.16.02.2.01.0001."
        )
        found.append(Problem("sub_activity", words))
    if draft.planning_year is not None and draft.planning_year not in _YEARS:
        found.append(Problem("planning_year", _("Enter a budget year between 2020 and 2100.")))
    if draft.cost is not None and not 0 <= draft.cost <= MOST:
        found.append(Problem("cost", _("Enter whole rupiah, as in Rp1.250.000.")))
    return (*found, *_unknown(place, draft, changed))


def _unknown(place: Place, draft: ActionDraft, changed: Collection[str]) -> list[Problem]:
    here, found = place.organization.id, []
    agency = draft.agency_id if "agency_id" in changed else None
    if agency is not None and not organizations.agencies(here).filter(id=agency).exists():
        found.append(Problem("agency_id", _("This organisation has no such agency.")))
    person = draft.assignee_id if "assignee_id" in changed else None
    if person is not None and not organizations.roles_held(person, here) & ASSIGNABLE:
        words = _("This person holds no role here that works on actions.")
        found.append(Problem("assignee_id", words))
    return found


def write(
    place: Place, action: Action, draft: ActionDraft, changed: Collection[str], *, at: datetime
) -> None:
    """This function will store the changed fields of a locked action and record which; the caller projects."""
    for name in changed:
        setattr(action, name, getattr(draft, name))
    touch(action, changed, by=place.actor.user_id, at=at)
    record(place, "changed", action, at=at, fields=list(changed))


def touch(action: Action, changed: Collection[str], *, by: UUID, at: datetime) -> None:
    """This function will store fields of a locked action under its next version."""
    action.version += 1
    action.changed_at, action.changed_by = at, by
    action.save(update_fields=[*changed, "version", "changed_at", "changed_by"])


def _cleaned(draft: ActionDraft) -> ActionDraft:
    values = {name: getattr(draft, name) for name in FIELDS}
    values["title"] = " ".join(storable(draft.title).split())
    values["evidence_wanted"] = storable(draft.evidence_wanted).replace("\r\n", "\n")
    values["sub_activity"] = storable(draft.sub_activity)
    return ActionDraft(**values)
