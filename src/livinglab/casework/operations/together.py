"""The same answers for several cases that wait at the same step: each by itself; one that fails stops no other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from livinglab.accounts.queries import User
from livinglab.casework.models import Case, Seat, Step, Task
from livinglab.casework.operations import cases
from livinglab.casework.operations.gathering import Like, gathered
from livinglab.casework.operations.locking import lock_case
from livinglab.casework.remarks import refused as in_words
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import apart, tenancy
from livinglab.organizations.queries import Organization
from livinglab.packages.queries.cases import AnswersRefused, IllegalMove


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a case: its number, and why it stayed where it was, "" where the step is done."""

    number: str
    why: str = ""


def complete_each(
    *,
    organization: Organization,
    seats: tuple[Seat, ...],
    case_ids: Sequence[UUID],
    task: str,
    answers: Mapping[str, object],
    key: str,
    by: User,
    at: datetime,
) -> tuple[Outcome, ...]:
    """This function will do a step of several cases with the same answers, and return what became of each.

    Each is a transaction of its own, done whole or not at all: one that waits for a number holds nothing that others
    need. `key` names the act: whatever a call before this one did stays done and is told so, so a repeat after a break
    does the rest. What cannot be done together by `gathering` is left as it is. Nobody's number is told to who has no
    seat there.
    """
    with tenancy(organization.id):
        found = gathered(organization, seats, by=by.id, case_ids=case_ids, node=task)
        before = _done(organization, case_ids, key=key, by=by)
    outcomes = [Outcome(number) for number in before]
    for one in (each for each in found.tasks if each.case.number not in before):
        with apart(organization.id):
            lock_case(organization.id, one.case_id)
            why = _why(organization, seats, one, found.like, answers, key=key, by=by, at=at)
        outcomes.append(Outcome(one.case.number, why))
    return (*outcomes, *(Outcome(number, str(refusal.reason)) for number, refusal in found.left))


def _done(organization: Organization, case_ids: Sequence[UUID], *, key: str, by: User) -> list[str]:
    """Return the numbers of the cases that this person's act of this name has moved already."""
    names = [cases.act_name(one, key) for one in case_ids]
    steps = Step.objects.filter(organization_id=organization.id, key__in=names, by=str(by.id))
    done = Case.objects.filter(organization_id=organization.id, id__in=steps.values("case_id"))
    return list(done.order_by("number").values_list("number", flat=True))


def _why(
    organization: Organization,
    seats: tuple[Seat, ...],
    one: Task,
    like: Like | None,
    answers: Mapping[str, object],
    *,
    key: str,
    by: User,
    at: datetime,
) -> str:
    """Do the step of a locked case, and return why it could not be done, "" where it was, now or at the same moment."""
    if _done(organization, [one.case_id], key=key, by=by):
        return ""
    now = gathered(organization, seats, by=by.id, case_ids=[one.case_id], node=one.node, like=like)
    if now.left:
        return str(now.left[0][1].reason)
    try:
        cases.complete(
            organization=organization,
            case_id=one.case_id,
            task=one.node,
            answers=answers,
            key=key,
            by=by,
            at=at,
        )
    except AnswersRefused:
        return _("Its form needs other answers. Do it on its own page.")
    except IllegalMove as refused:
        return in_words(refused)
    except Refused as refused:
        return str(refused.refusal.reason)
    return ""
