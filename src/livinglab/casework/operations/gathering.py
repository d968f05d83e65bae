"""Which cases wait at the same step and can get the same answers, looked at before they do; nothing is changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from livinglab.casework import policies
from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import Seat, Task
from livinglab.casework.queries.inbox import inbox
from livinglab.casework.queries.running import runner_of, state_of
from livinglab.kernel.refusals import Refusal
from livinglab.organizations.queries import Organization
from livinglab.packages.queries.cases import Runner
from livinglab.packages.queries.filling import has_files

#: what is done together at once
AT_ONCE: Final = 20


@dataclass(frozen=True, slots=True)
class Like:
    """What the steps that get the same answers have in common: the version, the step, and what it asks."""

    version_id: UUID
    node: str
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The steps that get the same answers, the soonest due first, and those that are left out, with why.

    `like` is what they are all like, None where there is none.
    """

    tasks: tuple[Task, ...]
    left: tuple[tuple[str, Refusal], ...]
    like: Like | None = None


def gathered(
    organization: Organization,
    seats: Iterable[Seat],
    *,
    by: UUID,
    task_ids: Iterable[UUID] = (),
    case_ids: Iterable[UUID] = (),
    node: str = "",
    like: Like | None = None,
) -> Gathered:
    """This function will return which steps of these ids, or of a node of these cases, can be done together.

    They are compared with `like`, or with the first of them. What somebody has no seat for, and what waits no more, is
    in neither list. One query.
    """
    rows = inbox(organization.id, seats).defer(None).defer("case__version__content")
    rows = rows.filter(case_id__in=list(case_ids), node=node) if node else rows.filter(id__in=list(task_ids))
    tasks: list[Task] = []
    left: list[tuple[str, Refusal]] = []
    for one in rows:
        runs = runner_of(one.case.version, zone=organization.zone)
        itself = Like(one.case.version_id, one.node, _asked(runs, one))
        if like is None and one.kind != SeatKind.SIGNER:
            like = itself
        refusal = _refusal(one, runs, itself, like, by=by)
        if refusal is None and len(tasks) == AT_ONCE:
            refusal = policies.TOO_MANY
        if refusal is None:
            tasks.append(one)
        else:
            left.append((one.case.number, refusal))
    return Gathered(tuple(tasks), tuple(left), like)


def _asked(runs: Runner, one: Task) -> tuple[str, ...]:
    return tuple(field.id for field in runs.task_asked(state_of(one.case), task=one.node, answers={}).fields)


def _refusal(one: Task, runs: Runner, itself: Like, like: Like | None, *, by: UUID) -> Refusal | None:
    form = runs.task_form(one.node)
    return policies.may_do_together(
        is_same_step=like is not None and (itself.version_id, itself.node) == (like.version_id, like.node),
        is_signed=one.kind == SeatKind.SIGNER,
        takes_files=form is not None and has_files(form),
        asks_the_same=like is not None and itself.asked == like.asked,
        is_free=one.assignee in (None, by),
    )
