"""Tells people what others did that concerns them. Jobs call these in the organisation's transaction."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from livinglab.evaluations.domain.answers import AnswerStep
from livinglab.evaluations.domain.notices import KEPT_FOR, OF_STEP, NoticeKind
from livinglab.evaluations.events import AnswerMoved, LevelScored, ObjectionRaised, ObjectionSettled
from livinglab.evaluations.models import Answer, AnswerMove, Assignment, Notice, Objection, Score
from livinglab.evaluations.queries.records import find_answer
from livinglab.organizations.queries import Role, members


def tell_of_answer(event: AnswerMoved) -> int:
    """This function will tell whoever has an answer next, and return how many were told; twice the same, once."""
    kind = OF_STEP.get(AnswerStep(event.step))
    if kind is None or event.organization_id is None:
        return 0
    answer = find_answer(event.organization_id, event.evaluation_id, event.indicator)
    if answer is None:
        return 0
    doers = set(_moves(answer).filter(step=event.step, at=event.at).values_list("by", flat=True))
    return _tell(_next_of(kind, answer) - doers, event.evaluation_id, kind, event.indicator, event.at)


def tell_of_score(event: LevelScored) -> int:
    """This function will tell the other assessors of the region that a level was given."""
    if event.organization_id is None:
        return 0
    row = Score.objects.filter(
        organization_id=event.organization_id,
        evaluation_id=event.evaluation_id,
        indicator=event.indicator,
        stage=event.stage,
    ).first()
    others = _assessors(event.evaluation_id) - {row.scored_by if row else None}
    return _tell(others, event.evaluation_id, NoticeKind.SCORED, event.indicator, event.at)


def tell_of_objection(event: ObjectionRaised) -> int:
    """This function will tell the assessors of the region that it objects to a level."""
    people = _assessors(event.evaluation_id)
    return _tell(people, event.evaluation_id, NoticeKind.OBJECTED, event.indicator, event.at)


def tell_of_settlement(event: ObjectionSettled) -> int:
    """This function will tell those who may object, and who did, how an objection ended; not who ended it."""
    if event.organization_id is None:
        return 0
    row = Objection.objects.filter(organization_id=event.organization_id, id=event.objection_id).first()
    if row is None:
        return 0
    people = _holders(event.organization_id, Role.COORDINATOR, Role.RESPONSIBLE_OFFICER) | {row.raised_by}
    return _tell(
        people - {row.settled_by}, event.evaluation_id, NoticeKind.SETTLED, event.indicator, event.at
    )


def _next_of(kind: NoticeKind, answer: Answer) -> set[UUID | None]:
    if kind is NoticeKind.HANDED_IN:
        return _holders(answer.organization_id, Role.INTERNAL_ASSESSOR, but_not_of=answer.agency_id)
    if kind is NoticeKind.ACCEPTED:
        return _holders(answer.organization_id, Role.RESPONSIBLE_OFFICER)
    handed_in = _moves(answer).filter(step=AnswerStep.HAND_IN).order_by("-at").first()
    return {answer.assignee_id, handed_in.by if handed_in else None}


def _moves(answer: Answer) -> "QuerySet[AnswerMove]":
    return AnswerMove.objects.filter(organization_id=answer.organization_id, answer_id=answer.id)


def _holders(organization_id: UUID, *roles: Role, but_not_of: UUID | None = None) -> set[UUID | None]:
    """Those who hold one of the roles now; nobody judges what the own agency answers."""
    return {
        one.user_id
        for one in members(organization_id).filter(role__in=roles)
        if but_not_of is None or one.agency_id != but_not_of
    }


def _assessors(participation_id: UUID) -> set[UUID | None]:
    rows = Assignment.objects.filter(participation_id=participation_id, ended_at__isnull=True)
    return set(rows.values_list("assessor_id", flat=True))


def _tell(
    people: Iterable[UUID | None], participation_id: UUID, kind: NoticeKind, indicator: str, at: datetime
) -> int:
    """Write the notices; what was told long ago is forgotten."""
    told = [
        Notice(user_id=one, participation_id=participation_id, kind=kind, indicator=indicator, at=at)
        for one in people
        if one is not None
    ]
    Notice.objects.bulk_create(told, ignore_conflicts=True)
    Notice.objects.filter(user_id__in=[one.user_id for one in told], at__lt=at - KEPT_FOR).delete()
    return len(told)
