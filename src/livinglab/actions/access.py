"""The door of the pages of a region's action plans: its officials. Ministries and provinces see figures only."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache

from livinglab.accounts.queries import User
from livinglab.actions.domain.actors import Actor
from livinglab.actions.queries.places import Place
from livinglab.kernel.tenancy import enter
from livinglab.organizations.access import refusal_for
from livinglab.organizations.queries import REGIONAL, Role, find_organization, posts

P = ParamSpec("P")
#: members who see the plans; citizens, mentors and village operators have no part in them
READERS = frozenset(
    {
        Role.HEAD_OF_REGION,
        Role.COORDINATOR,
        Role.RESPONSIBLE_OFFICER,
        Role.PLANNING_AGENCY,
        Role.DATA_ENTRY,
        Role.INTERNAL_ASSESSOR,
        Role.AGENCY_OFFICER,
        Role.LEGAL_BUREAU,
        Role.INSPECTORATE,
        Role.ADMINISTRATOR,
    }
)

ActionsView = Callable[Concatenate[HttpRequest, Place, P], HttpResponseBase]


def actor_before(user: User, organization_id: UUID) -> Actor:
    """This function will return what a person is to one region's plans. One query."""
    here = [post for post in posts(user.id) if post.organization_id == organization_id]
    return Actor(
        user_id=user.id,
        roles=frozenset(post.role.value for post in here),
        agency_ids=frozenset(post.agency_id for post in here if post.agency_id is not None),
    )


def actions_page(view: ActionsView[P]) -> Callable[..., HttpResponseBase]:
    """This function will let a view run for the officials of a region, inside the region's transaction.

    The URL's `code` becomes a `Place`. No such organisation, or one that is no region:
    404. Not signed in: the sign-in page, then back. No part in it: 403. Never cached.
    """

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, code: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        organization = find_organization(code)
        if organization is None:
            raise Http404(code)
        if not isinstance(request.user, User):
            return redirect_to_login(request.get_full_path())
        actor = actor_before(request.user, organization.id)
        refusal = refusal_for(frozenset(Role(role) for role in actor.roles), READERS)
        if refusal is not None:
            raise PermissionDenied(refusal.reason)
        if organization.kind not in REGIONAL:
            raise Http404(code)
        enter(organization.id)
        return view(request, Place(organization, actor), *args, **kwargs)

    return guarded
