"""A plan along its days: a bar for each action, its milestones, today; drawn by the server, with a table beside it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from livinglab.actions.access import actions_page
from livinglab.actions.domain.axis import Axis, axis_of
from livinglab.actions.domain.cutoffs import Moved
from livinglab.actions.models import Milestone
from livinglab.actions.queries import records
from livinglab.actions.queries.budget import moved_to
from livinglab.actions.queries.places import Place
from livinglab.actions.web import findings
from livinglab.actions.web.frame import find_plan_or_404, plan_frame
from livinglab.actions.web.plan import Row, rows_of
from livinglab.kernel import clock


@dataclass(frozen=True, slots=True)
class Point:
    """A milestone on a bar."""

    x: str
    title: str
    day: date
    is_reached: bool


@dataclass(frozen=True, slots=True)
class Ghost:
    """Where a missed document of the budget year moves an action."""

    x: str
    width: str
    days: Moved


@dataclass(frozen=True, slots=True)
class Bar:
    """One action along the days; positions in per cent of the axis."""

    row: Row
    x: str
    width: str
    points: tuple[Point, ...]
    ghost: Ghost | None


@dataclass(frozen=True, slots=True)
class Tick:
    """The first day of a quarter on the axis."""

    x: str
    label: str
    is_year: bool


@require_safe
@actions_page
def timeline(request: HttpRequest, place: Place, plan_id: UUID) -> HttpResponse:
    """This function will show the actions of a plan along its days."""
    found = find_plan_or_404(place, plan_id)
    actions = list(records.actions_of(place.organization.id, found.id))
    today = clock.today(place.organization.zone)
    points: dict[UUID, list[Milestone]] = defaultdict(list)
    for one in records.milestones_in(place.organization.id, found.id):
        points[one.action_id].append(one)
    rows = list(rows_of(place, found, actions, today))
    days = [day for row in rows for day in (row.action.starts_on or row.action.due_on, row.action.due_on)]
    ghosts = {row.action.id: moved_to(row.action, today) for row in rows}
    days += [day for one in ghosts.values() if one for day in (one.starts_on, one.due_on)]
    axis = axis_of([*days, *(one.due_on for many in points.values() for one in many)])
    context = {
        **plan_frame(place, found, "timeline"),
        "heading": findings.plan_heading(actions, today),
        "bars": [_bar(axis, row, points[row.action.id], ghosts[row.action.id]) for row in rows]
        if axis
        else [],
        "has_moved": any(ghosts.values()),
        "ticks": [_tick(axis, day) for day in axis.quarters] if axis else [],
        "today_x": _at(axis, today) if axis and axis.holds(today) else "",
        "today": today,
    }
    return render(request, "actions/timeline.html", context)


def _bar(axis: Axis, row: Row, milestones: list[Milestone], ghost: Moved | None) -> Bar:
    action = row.action
    begin = action.starts_on or action.due_on
    return Bar(
        row=row,
        x=_at(axis, begin),
        width=_width(axis, begin, action.due_on),
        points=tuple(
            Point(_at(axis, one.due_on), one.title, one.due_on, one.done_on is not None) for one in milestones
        ),
        ghost=Ghost(_at(axis, ghost.starts_on), _width(axis, ghost.starts_on, ghost.due_on), ghost)
        if ghost
        else None,
    )


def _width(axis: Axis, first: date, last: date) -> str:
    return f"{axis.share(last + timedelta(days=1)) - axis.share(first):.2f}%"


def _tick(axis: Axis, day: date) -> Tick:
    is_year = day.month == 1
    label = str(day.year) if is_year else _("Q%(number)s") % {"number": (day.month + 2) // 3}
    return Tick(_at(axis, day), label, is_year)


def _at(axis: Axis, day: date) -> str:
    return f"{axis.share(day):.2f}%"
