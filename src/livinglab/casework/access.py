"""Whose pages about a region's cases these are: those of people with a seat."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from livinglab.accounts.queries import User
from livinglab.casework.models import Seat, Task
from livinglab.casework.queries.inbox import find_task
from livinglab.casework.queries.seats import covers, seats_of
from livinglab.organizations.access import member_page
from livinglab.organizations.queries import Organization, Role

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

    Another region's task, and one that does not wait any more: 404. Without such a seat: 403.
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
            raise Http404(str(task_id))
        if not any(covers(seat, found) for seat in seats):
            raise PermissionDenied(_("You have no seat in the office where this waits."))
        return view(request, organization, user, found, *args, **kwargs)

    return guarded
