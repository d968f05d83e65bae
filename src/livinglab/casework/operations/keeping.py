"""What every move of a case shares: the register, and how the new state is kept."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import connection

from livinglab.casework.domain.states import SeatKind, office_of
from livinglab.casework.models import Case, Message, OwnCase, Paper, Ring, Step, Task
from livinglab.casework.operations import billing, booking, checking, telling
from livinglab.kernel.identifiers import new_id
from livinglab.packages.domain.manifest import RoleKind
from livinglab.packages.domain.process import NodeKind
from livinglab.packages.domain.publications import SERIES as PUBLICATIONS
from livinglab.packages.domain.running.state import Entry, Happened, Issue, Sent, Token
from livinglab.packages.domain.running.storing import to_json
from livinglab.packages.domain.words import Words
from livinglab.packages.queries import cases
from livinglab.packages.queries.cases import Runner


def next_number(organization_id: UUID, *, series: str, unit_code: str, year: int) -> int:
    """This function will return the next number of a series; its row stays locked until the transaction ends.

    A transaction that is rolled back gives its number back: there are no gaps.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO casework_counter (id, organization_id, unit_code, series, year, last) "
            "VALUES (%s, %s, %s, %s, %s, 1) ON CONFLICT (organization_id, unit_code, series, year) "
            "DO UPDATE SET last = casework_counter.last + 1 RETURNING last",
            [new_id(), organization_id, unit_code, series, year],
        )
        row = cursor.fetchone()
    assert row is not None, "an upsert returns its row"
    return int(row[0])


def register(organization_id: UUID, unit_code: str) -> Callable[[str, datetime], int]:
    """This function will return what gives the numbers of documents in a place, and of publications in its region."""

    def count(series: str, at: datetime) -> int:
        whose = "" if series == PUBLICATIONS else unit_code  # publications are the whole region's
        return next_number(organization_id, series=series, unit_code=whose, year=at.year)

    return count


def keep(row: Case, before: cases.Case | None, after: cases.Case, *, runs: Runner, key: str) -> None:
    """This function will keep how a case stands after a move: state, steps, tasks, messages, papers, the next ring.

    `before` is None for a case that has just arrived. `key` makes the act recognisable when it is repeated.
    """
    happened = after.history[len(before.history) if before else 0 :]
    row.state = to_json(_lean(after))
    row.outcome = after.outcome or ""
    row.due_at, row.asked_at, row.ended_at = after.due, after.asked, after.ended
    row.is_late = after.is_late
    if before is None or before.is_over:  # a standard begins with the case, and anew where it is opened again
        row.within_days = runs.package.manifest.standard.within.by(after.parameters).days
    first = row.steps
    row.steps += len(happened)
    is_new = before is None
    rang = row.rings_at
    row.rings_at = runs.next_ring(after)
    row.save(force_insert=is_new)
    _keep_steps(row, happened, first, key)
    _keep_messages(row, after.sent, first)
    _keep_papers(row, before.issued if before else (), after.issued, runs)
    _keep_tasks(row, before.tokens if before else (), after, runs)
    billing.plan(row, before.tokens if before else (), after, happened, first, runs)
    checking.plan(row, after, happened, first, runs)
    if after.is_over and after.bookings:
        booking.places_of(row).end(at=after.now)
    if row.rings_at != rang:
        _keep_ring(row)
    if row.applicant is not None:
        _keep_own(row, row.applicant, after, runs)


def relocate(row: Case, runs: Runner) -> None:
    """This function will have what waits for signers in a case wait where its version says that they work.

    Another version may say of a role whose signer it is. Who worked on such a step and has no seat there does no more.
    """
    for role in runs.package.manifest.roles:
        if role.kind is RoleKind.SIGNER:
            there = office_of(row.unit_code, role)
            here = {"organization_id": row.organization_id, "case_id": row.id}
            tasks = Task.objects.filter(**here, lane=role.id).exclude(unit_code=there)
            tasks.update(unit_code=there, assignee=None, taken_from=None)
            papers = Paper.objects.filter(**here, signer=role.id, signed_by__isnull=True)
            papers.exclude(office=there).update(office=there)


def note(row: Case, what: Happened, *, node: str, lane: str, by: UUID, at: datetime) -> None:
    """This function will write into the history of a case, which the caller has locked; its state stays as it is."""
    Step.objects.create(
        organization_id=row.organization_id,
        case=row,
        place=row.steps,
        what=what,
        at=at,
        on=node,
        role=lane,
        by=str(by),
    )
    row.steps += 1
    row.save(update_fields=["steps"])


def _lean(case: cases.Case) -> cases.Case:
    """This function will return a case without what is kept in rows of its own."""
    return replace(
        case,
        sent=(),
        issued=tuple(replace(one, pages={}) for one in case.issued),
        history=() if case.is_over else case.history,
    )


def _keep_steps(row: Case, happened: tuple[Entry, ...], first: int, key: str) -> None:
    Step.objects.bulk_create(
        Step(
            organization_id=row.organization_id,
            case=row,
            place=first + nth,
            what=one.what,
            at=one.at,
            on=one.on,
            role=one.role,
            by=one.by,
            key="" if nth else key,
        )
        for nth, one in enumerate(happened)
    )


def _keep_messages(row: Case, sent: tuple[Sent, ...], first: int) -> None:
    if not sent:
        return
    new = [
        Message(
            organization_id=row.organization_id,
            case=row,
            nth=first + nth,
            message=one.message,
            texts={
                language: {"subject": text.subject, "body": text.body} for language, text in one.texts.items()
            },
            at=one.at,
        )
        for nth, one in enumerate(sent)
    ]
    Message.objects.bulk_create(new)
    telling.plan(row, new)


def _keep_papers(row: Case, before: tuple[Issue, ...], after: tuple[Issue, ...], runs: Runner) -> None:
    roles = {role.id: role for role in runs.package.manifest.roles}

    def office(signer: str) -> str:
        return office_of(row.unit_code, roles[signer]) if signer else ""

    Paper.objects.bulk_create(
        Paper(
            organization_id=row.organization_id,
            case=row,
            nth=nth,
            unit_code=row.unit_code,
            document=one.document,
            number=one.number,
            pages=dict(one.pages),
            at=one.at,
            signer=one.signed_by,
            office=office(one.signed_by),
        )
        for nth, one in enumerate(after)
        if nth >= len(before)
    )
    for nth, (old, new) in enumerate(zip(before, after, strict=False)):
        if old.signed_by != new.signed_by:
            Paper.objects.filter(case_id=row.id, nth=nth).update(
                signer=new.signed_by, office=office(new.signed_by)
            )


def _keep_tasks(row: Case, before: tuple[Token, ...], after: cases.Case, runs: Runner) -> None:
    known = {one.id: one for one in before}
    waiting = {one.id: one for one in after.tokens}
    if gone := [one for one in known if one not in waiting]:
        Task.objects.filter(case_id=row.id, token__in=gone).delete()
    roles = {role.id: role for role in runs.package.manifest.roles}
    new: list[Task] = []
    for token in waiting.values():
        node = runs.node(token.node)
        if node is None or node.kind is not NodeKind.USER:
            continue
        due = token.due or after.due
        if (old := known.get(token.id)) is None:
            role = roles[node.lane]
            new.append(
                Task(
                    organization_id=row.organization_id,
                    case=row,
                    service_id=row.service_id,
                    token=token.id,
                    node=token.node,
                    lane=node.lane,
                    kind=SeatKind(role.kind.value),
                    unit_code=office_of(row.unit_code, role),
                    agency_id=row.agencies.get(node.lane),
                    place=row.unit_code,
                    since=token.since,
                    due=due,
                )
            )
        elif old.due != token.due:
            Task.objects.filter(case_id=row.id, token=token.id).update(due=due)
    Task.objects.bulk_create(new)


def _keep_ring(row: Case) -> None:
    if row.rings_at is None:
        Ring.objects.filter(case_id=row.id).delete()
        return
    Ring.objects.bulk_create(
        [Ring(organization_id=row.organization_id, case_id=row.id, at=row.rings_at)],
        update_conflicts=True,
        unique_fields=["case_id"],
        update_fields=["at"],
    )


def _keep_own(row: Case, applicant: UUID, after: cases.Case, runs: Runner) -> None:
    """Write what the applicant's own list shows: they were signed in when they applied."""
    manifest = runs.package.manifest
    names = {one.id: _names(one.name) for one in manifest.documents}
    OwnCase.objects.bulk_create(
        [
            OwnCase(
                organization_id=row.organization_id,
                applicant=applicant,
                case_id=row.id,
                number=row.number,
                names=_names(manifest.name),
                outcome=row.outcome,
                started_at=row.started_at,
                papers=[{"names": names[one.document], "number": one.number} for one in after.issued],
                is_synthetic=row.is_synthetic,
            )
        ],
        update_conflicts=True,
        unique_fields=["case_id"],
        update_fields=["outcome", "papers"],
    )


def _names(words: Words) -> dict[str, str]:
    return {language: words.in_language(language) for language in ("id", "en")}
