"""The same answers for several cases that wait at the same step: each by itself; one that fails stops no other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from livinglab.accounts.queries import User
from livinglab.casework.models import Case, Seat, Step
from livinglab.casework.operations import cases
from livinglab.casework.operations.gathering import gathered
from livinglab.casework.operations.locking import lock_cases
from livinglab.casework.remarks import refused as in_words
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
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

    `key` names the act: whatever a call before this one did stays done and is told so. What cannot be done together
    by `gathering` is left as it is. Nobody's number is told to who has no seat there.
    """
    with tenancy(organization.id):
        lock_cases(organization.id, case_ids)
        names = [cases.act_name(one, key) for one in case_ids]
        done = Case.objects.filter(
            organization_id=organization.id,
            id__in=Step.objects.filter(organization_id=organization.id, key__in=names, by=str(by.id)).values(
                "case_id"
            ),
        )
        outcomes = [Outcome(number) for number in done.order_by("number").values_list("number", flat=True)]
        found = gathered(organization, seats, by=by.id, case_ids=case_ids, node=task)
        for one in found.tasks:
            why = _why(organization, one.case_id, task, answers, key=key, by=by, at=at)
            outcomes.append(Outcome(one.case.number, why))
        return (*outcomes, *(Outcome(number, str(one.reason)) for number, one in found.left))


def _why(
    organization: Organization,
    case_id: UUID,
    task: str,
    answers: Mapping[str, object],
    *,
    key: str,
    by: User,
    at: datetime,
) -> str:
    """Do the step of one case, and return why it could not be done, "" where it was."""
    try:
        cases.complete(
            organization=organization, case_id=case_id, task=task, answers=answers, key=key, by=by, at=at
        )
    except AnswersRefused:
        return _("Its form needs other answers. Do it on its own page.")
    except IllegalMove as refused:
        return in_words(refused)
    except Refused as refused:
        return str(refused.refusal.reason)
    return ""
