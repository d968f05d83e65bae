"""Whose pages about a region's cases these are: those of people with a seat."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from livinglab.accounts.queries import User
from livinglab.casework.models import Seat, Task
from livinglab.casework.operations.guesses import note_unknown_at_desk
from livinglab.casework.queries.inbox import find_task
from livinglab.casework.queries.seats import covers, seats_of
from livinglab.kernel import clock
from livinglab.kernel.unknown import Known
from livinglab.organizations.access import member_page
from livinglab.organizations.queries import Organization, Role
from livinglab.ui.web.errors import error_page

P = ParamSpec("P")
#: who may hold a seat: everybody who works for the region
WORKERS = frozenset(Role) - {Role.CITIZEN}
OfficeView = Callable[Concatenate[HttpRequest, Organization, User, tuple[Seat, ...], P], HttpResponseBase]
TaskView = Callable[Concatenate[HttpRequest, Organization, User, Task, P], HttpResponseBase]


def office_page(view: OfficeView[P]) -> Callable[..., HttpResponseBase]:
    """This function will let a view run for people of the region, with the seats that they hold."""

    @never_cache
    @member_page(WORKERS)
    @wraps(view)
    def guarded(
        request: HttpRequest, organization: Organization, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        assert isinstance(request.user, User)
        return view(
            request, organization, request.user, seats_of(organization.id, request.user.id), *args, **kwargs
        )

    return guarded


def task_page(view: TaskView[P]) -> Callable[..., HttpResponseBase]:
    """This function will let a view run for who has a seat where the task of the URL waits.

    Another region's task, and one that does not wait any more: 404 and an entry of the trail. Without such a seat: 403.
    What the view says of itself is kept: one that takes files checks the CSRF token by itself.
    """

    @office_page
    @wraps(view)
    def guarded(
        request: HttpRequest,
        organization: Organization,
        user: User,
        seats: tuple[Seat, ...],
        /,
        task_id: UUID,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> HttpResponseBase:
        found = find_task(organization.id, task_id)
        if found is None:
            return not_at_desk(request, organization, user)
        if not any(covers(seat, found) for seat in seats):
            raise PermissionDenied(_("You have no seat in the office where this waits."))
        return view(request, organization, user, found, *args, **kwargs)

    return guarded


def not_kept(request: HttpRequest, organization: Organization) -> HttpResponse:
    """This function will answer 404 where a region keeps nothing, and put that a member asked into its trail."""
    assert isinstance(request.user, User)
    note_unknown_at_desk(organization_id=organization.id, by=request.user.id, at=clock.now())
    return error_page(
        request,
        404,
        _("Nothing is kept at this address"),
        _("It may be done already, by you or a colleague, or it never was here."),
        [Known("desk", _("What waits"), reverse("casework:desk", args=[organization.code]))],
    )


def not_at_desk(request: HttpRequest, organization: Organization, user: User) -> HttpResponse:
    """This function will answer 404 where nothing waits for an officer, and put it into the region's trail.

    It is answered, not raised: what is raised takes the entry back with the rest of the request.
    """
    note_unknown_at_desk(organization_id=organization.id, by=user.id, at=clock.now())
    return error_page(
        request,
        404,
        _("Nothing waits at this address"),
        _("It may be done already, by you or a colleague, or it never was here. What waits is at your desk."),
        [Known("desk", _("What waits"), reverse("casework:desk", args=[organization.code]))],
    )
