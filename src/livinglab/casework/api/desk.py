"""What waits for an office, for programs of those who sit there."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any, Final
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.errors import HttpError

from livinglab.accounts.queries import User
from livinglab.casework.api import schemas
from livinglab.casework.api.doors import office_session, officer_of
from livinglab.casework.api.offered import Code
from livinglab.casework.api.saying import attempted, in_both, refused_answers
from livinglab.casework.domain.filters import Due, Filters, Standing, Who, numbers_like
from livinglab.casework.domain.given import misfits
from livinglab.casework.models import Task
from livinglab.casework.operations import cases
from livinglab.casework.operations.assigning import assign
from livinglab.casework.operations.disposing import dispose
from livinglab.casework.operations.guesses import note_unknown_at_desk
from livinglab.casework.queries.applications import places_for
from livinglab.casework.queries.inbox import Reach, find_task, found
from livinglab.casework.queries.running import package_of, runner_of, state_of
from livinglab.casework.queries.seats import covers, places_under, seats_of
from livinglab.casework.queries.services import services_of
from livinglab.kernel import clock
from livinglab.kernel.unknown import Known, UnknownValue
from livinglab.organizations.queries import Organization
from livinglab.packages.queries import answering, case_words
from livinglab.ui.api.lists import AS_CSV, Listing, PageQuery, list_answer

router = Router(tags=["desk"], auth=office_session)
_HERE = "/regions/{code}/desk"
#: a count of all would take longer the more a region has open
_MOST_COUNTED: Final = 10_000


@router.get(
    _HERE, response=Listing[schemas.TaskItem], openapi_extra=AS_CSV, summary="What waits at one's seats"
)
def list_tasks(
    request: HttpRequest,
    code: Code,
    page: PageQuery,
    narrowed: Annotated[schemas.DeskFilters, Query()],
) -> Any:
    """The soonest due first; nothing without a seat. With `standing=escalated` also what a superior was told."""
    organization, user = officer_of(request)
    at, seats = clock.now(), seats_of(organization.id, user.id)
    reach = Reach(organization, user.id, seats)
    rows = found(reach, _filters(organization, narrowed), at=at)
    return list_answer(
        request,
        page,
        rows,
        lambda one: _item(organization, user, one),
        schema=schemas.TaskItem,
        name="desk",
        most_counted=_MOST_COUNTED,
    )


@router.get(f"{_HERE}/{{task_id}}", response=schemas.TaskDetail, summary="A step that waits")
def get_task(request: HttpRequest, code: Code, task_id: UUID) -> Any:
    """What it asks, and what was applied for with numbers of identity masked."""
    organization, user = officer_of(request)
    found = find_waiting(organization, user, task_id)
    runs, state = runner_of(found.case.version, zone=organization.zone), state_of(found.case)
    form, places = runs.task_form(found.node), places_for(organization, found.service_id)
    asked = runs.asked(state.answers, parameters=state.parameters, at=clock.now())
    return schemas.TaskDetail(
        **_item(organization, user, found).dict(),
        form=dict(form.schema) if form else None,
        application=[
            schemas.AppliedAnswer(
                field=one.id,
                question=one.title.in_language("en"),
                answer=answering.in_reading(
                    one, state.answers.get(one.id), language="en", places=places, is_masked=True
                ),
            )
            for one in asked.fields
        ],
        checks=[
            schemas.CheckItem.model_validate(
                {"kind": register, "at": one.at, "source": one.source, "says": dict(one.says)}
            )
            for register, one in state.checks.items()
        ],
    )


@router.post(f"{_HERE}/{{task_id}}/completion", response=schemas.DoneItem, summary="Do a step that waits")
def complete_task(request: HttpRequest, code: Code, task_id: UUID, given: schemas.ActBody) -> Any:
    """Once it is done it does not wait any more: 404. Files are attached on the page."""
    organization, user = officer_of(request)
    found = find_waiting(organization, user, task_id)
    form = runner_of(found.case.version, zone=organization.zone).task_form(found.node)
    if wrong := misfits(form.fields if form else {}, given.answers):
        return refused_answers(wrong, form or package_of(found.case.version).form)
    done: list[Any] = []
    act = partial(
        cases.complete,
        organization=organization,
        case_id=found.case_id,
        task=found.node,
        answers=given.answers,
        key=given.key,
        by=user,
        at=clock.now(),
    )
    return attempted(lambda: done.append(act()), form) or schemas.DoneItem.model_validate(
        {"number": done[0].number, "outcome": done[0].outcome or None}
    )


@router.put(f"{_HERE}/{{task_id}}/assignee", response=schemas.TaskItem, summary="Say who does a step")
def assign_task(request: HttpRequest, code: Code, task_id: UUID, given: schemas.AssigneeBody) -> Any:
    """The reader takes it without `person`. Said twice it changes nothing; from whom it was taken reads so."""
    organization, user = officer_of(request)
    return _assigned(organization, user, task_id, to=given.person or user.id)


@router.delete(f"{_HERE}/{{task_id}}/assignee", response=schemas.TaskItem, summary="Give a step back")
def release_task(request: HttpRequest, code: Code, task_id: UUID) -> Any:
    """It waits for whoever has a seat there. Somebody else's is taken over first."""
    organization, user = officer_of(request)
    return _assigned(organization, user, task_id, to=None)


@router.put(f"{_HERE}/{{task_id}}/agency", response=schemas.TaskItem, summary="Hand over to an agency")
def dispose_task(request: HttpRequest, code: Code, task_id: UUID, given: schemas.AgencyBody) -> Any:
    """Everything of the application that the office has goes with it. Handed over twice it changes nothing."""
    organization, user = officer_of(request)
    waiting = find_waiting(organization, user, task_id)
    act = partial(
        dispose,
        organization=organization,
        task_id=task_id,
        agency_id=given.agency,
        instruction=given.instruction,
        by=user,
        at=clock.now(),
    )
    refused = attempted(act, None)
    return (
        refused
        if refused is not None
        else _item(organization, user, find_task(organization.id, task_id) or waiting)
    )


def _assigned(organization: Organization, user: User, task_id: UUID, *, to: UUID | None) -> Any:
    if find_task(organization.id, task_id) is None:
        raise _not_waiting(organization, user, task_id)
    act = partial(assign, organization=organization, task_id=task_id, to=to, by=user, at=clock.now())
    refused = attempted(act, None)
    waiting = find_task(organization.id, task_id)
    if refused is not None or waiting is None:
        return refused
    return _item(organization, user, waiting)


def _filters(organization: Organization, narrowed: schemas.DeskFilters) -> Filters:
    due = Due(narrowed.due) if narrowed.due else None
    who: Who | UUID | None = Who(narrowed.who) if isinstance(narrowed.who, str) else narrowed.who
    running = services_of(organization.id) if narrowed.number or narrowed.package else ()
    chosen = [one.id for one in running if one.package == narrowed.package]
    if narrowed.package and not chosen:
        raise UnknownValue(
            _("service"), narrowed.package, [Known(one.package, one.package) for one in running]
        )
    year = clock.today(organization.zone).year
    return Filters(
        numbers=numbers_like(narrowed.number, {one.package for one in running}, year=year)
        if narrowed.number
        else None,
        service_id=chosen[0] if chosen else None,
        node=narrowed.step,
        places=places_under(organization, narrowed.place) if narrowed.place else None,
        due=Due.LATE if narrowed.show == "late" else due,
        who=Who.MINE if narrowed.show == "mine" else who,
        standing=Standing(narrowed.standing) if narrowed.standing else None,
    )


def find_waiting(organization: Organization, user: User, task_id: UUID) -> Task:
    """This function will return a step that waits at somebody's seats. Errors: `UnknownValue`, `HttpError` 403."""
    found = find_task(organization.id, task_id)
    if found is None:
        raise _not_waiting(organization, user, task_id)
    if not any(covers(seat, found) for seat in seats_of(organization.id, user.id)):
        raise HttpError(403, _("You have no seat in the office where this waits."))
    return found


def _not_waiting(organization: Organization, user: User, task_id: UUID) -> UnknownValue:
    note_unknown_at_desk(organization_id=organization.id, by=user.id, at=clock.now())
    return UnknownValue(_("step"), task_id, status=404)


def _item(organization: Organization, user: User, one: Task) -> schemas.TaskItem:
    runs = runner_of(one.case.version, zone=organization.zone)
    return schemas.TaskItem(
        id=str(one.id),
        number=one.case.number,
        package=runs.package.manifest.id,
        step=in_both(lambda language: case_words.node_name(runs, one.node, language)),
        lane=one.lane,
        since=one.since,
        due_at=one.due,
        is_late=one.due < clock.now() and one.case.asked_at is None,
        is_mine=one.assignee == user.id,
        assignee=one.assignee,
        agency=one.agency_id,
        is_escalated=one.escalated_at is not None,
        is_synthetic=one.case.is_synthetic,
    )
