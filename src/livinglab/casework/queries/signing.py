"""What waits for a signer: steps whose completion signs documents, and documents that the process left to be signed."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db.models import Q, QuerySet

from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import Paper, Seat, Task
from livinglab.casework.queries.inbox import inbox
from livinglab.casework.queries.running import runner_of, state_of
from livinglab.casework.queries.seats import at_a_desa, is_there
from livinglab.organizations.queries import Organization
from livinglab.packages.domain.form import FieldType
from livinglab.packages.domain.running.state import Issue
from livinglab.packages.queries.cases import Actor, Case, Runner


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What doing a step would sign, its numbers not given yet. `seal` is the same only for the same documents."""

    papers: tuple[Issue, ...] = field(repr=False)
    seal: str


def foreseen(
    organization: Organization, found: Task, answers: Mapping[str, object], *, by: UUID, at: datetime
) -> Foreseen:
    """This function will return what would be signed if somebody did a step with these answers; nothing is kept.

    Only what falls to the step's own lane counts. Errors: `AnswersRefused`, `IllegalMove`.
    """
    runs = runner_of(found.case.version, zone=organization.zone, count=lambda series, at: 0)
    before = state_of(found.case)
    after = runs.complete(
        before, task=found.node, answers=answers, by=Actor(found.lane, str(by)), at=max(at, before.now)
    )
    signed = tuple(
        _open(one) if nth >= len(before.issued) else _whole(one, found.case_id, nth)
        for nth, one in enumerate(after.issued)
        if one.signed_by == found.lane
        and (nth >= len(before.issued) or before.issued[nth].signed_by != one.signed_by)
    )
    said = json.dumps([[one.document, sorted(one.pages.items())] for one in signed])
    return Foreseen(signed, sha256(said.encode()).hexdigest() if signed else "")


def _open(one: Issue) -> Issue:
    """Return a document whose number the register has still to give."""
    number = one.number.replace("/0/", "/…/")
    return replace(
        one,
        number=number,
        pages={each: page.replace(one.number, number) for each, page in one.pages.items()},
    )


def _whole(one: Issue, case_id: UUID, nth: int) -> Issue:
    """Return a document that was issued before: its pages stand in its own row."""
    return replace(one, pages=Paper.objects.values_list("pages", flat=True).get(case_id=case_id, nth=nth))


def agreed(runs: Runner, state: Case, task: str) -> dict[str, object]:
    """This function will return the answers that say yes to each question of a task's form that is answered so."""
    answers: dict[str, object] = {}
    while True:
        asked = runs.task_asked(state, task=task, answers=answers)
        more = [one.id for one in asked.fields if one.type is FieldType.YES_NO and one.id not in answers]
        if not more:
            return {one.id: True for one in asked.fields if one.type is FieldType.YES_NO}
        answers |= dict.fromkeys(more, True)


def steps_to_sign(organization_id: UUID, seats: Iterable[Seat]) -> "QuerySet[Task]":
    """This function will return the steps that wait at somebody's seats as a signer, the soonest due first."""
    return (
        inbox(organization_id, seats)
        .filter(kind=SeatKind.SIGNER)
        .defer(None)
        .defer("case__version__content")
        .select_related("case__version")
    )


def papers_to_sign(organization_id: UUID, seats: Iterable[Seat]) -> "QuerySet[Paper]":
    """This function will return the documents that the process left to be signed at these seats, the oldest first."""
    rows = Paper.objects.filter(_under(seats), organization_id=organization_id, signed_by__isnull=True)
    rows = rows.exclude(signer="").select_related("case__version")
    return rows.defer("case__state", "case__version__content").order_by("at", "id")


def covers_paper(seat: Seat, paper: Paper) -> bool:
    """This function will tell whether a seat lets its holder sign a document."""
    return (
        seat.kind == SeatKind.SIGNER
        and seat.service_id in (None, paper.case.service_id)
        and seat.lane in ("", paper.signer)
        and is_there(seat, paper.office)
    )


def _under(seats: Iterable[Seat]) -> Q:
    found = Q(pk__in=[])
    for seat in seats:
        if seat.kind != SeatKind.SIGNER:
            continue
        one = Q(office=seat.unit_code) if seat.unit_code else ~at_a_desa("office")
        if seat.service_id:
            one &= Q(case__service_id=seat.service_id)
        if seat.lane:
            one &= Q(signer=seat.lane)
        found |= one
    return found
