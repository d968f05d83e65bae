"""The door of the pages of one organisation's evaluation: its members, the assigned assessors, the ministry."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache

from livinglab.accounts.queries import User
from livinglab.assessments.queries import get_instrument
from livinglab.evaluations.domain.actors import Actor
from livinglab.evaluations.domain.process import State
from livinglab.evaluations.policies import may_read
from livinglab.evaluations.queries.participations import is_assigned, participations_at
from livinglab.evaluations.queries.places import Place
from livinglab.kernel.tenancy import enter
from livinglab.organizations.queries import Role, find_organization, posts

P = ParamSpec("P")
#: members who see the whole working sheet; citizens, mentors and village operators have no part in it
READERS = frozenset(
    {
        Role.HEAD_OF_REGION,
        Role.COORDINATOR,
        Role.RESPONSIBLE_OFFICER,
        Role.DATA_ENTRY,
        Role.INTERNAL_ASSESSOR,
        Role.AGENCY_OFFICER,
        Role.LEGAL_BUREAU,
        Role.INSPECTORATE,
        Role.PLANNING_AGENCY,
        Role.ADMINISTRATOR,
    }
)


EvaluationView = Callable[Concatenate[HttpRequest, Place, P], HttpResponseBase]


def actor_before(user: User, organization_id: UUID, participation_id: UUID | None) -> Actor:
    """This function will return what a person is to one organisation's evaluation. Two queries."""
    assesses = participation_id is not None and is_assigned(user.id, participation_id)
    return _actor(user, organization_id, assesses=assesses)


def _actor(user: User, organization_id: UUID, *, assesses: bool) -> Actor:
    """Who works inside is never outside at once.

    So nobody assesses or decides the own organisation, nor reads a level before it is shown to it.
    """
    held = posts(user.id)
    here = [post for post in held if post.organization_id == organization_id]
    is_inside = any(post.role in READERS for post in here)
    is_assessor = any(post.role is Role.EXTERNAL_ASSESSOR for post in held)
    return Actor(
        user_id=user.id,
        roles=frozenset(post.role.value for post in here),
        agency_ids=frozenset(post.agency_id for post in here if post.agency_id is not None),
        is_assigned=not is_inside and is_assessor and assesses,
        is_ministry=not is_inside and any(post.role is Role.MINISTRY for post in held),
    )


def evaluation_page(view: EvaluationView[P]) -> Callable[..., HttpResponseBase]:
    """This function will let a view run for those who may read the evaluation, inside the organisation's transaction.

    The URL's `code` and `year` become a `Place`. Unknown organisation: 404. Not signed in: the sign-in page, then
    back. No part in it: 403. No round of that year: 404. Never cached.
    """

    @never_cache
    @wraps(view)
    def guarded(
        request: HttpRequest, code: str, year: int, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        reader_id = request.user.id if isinstance(request.user, User) else None
        taken = participations_at(code, reader_id=reader_id)
        organization = taken[0].participation.organization if taken else find_organization(code)
        if organization is None:
            raise Http404(code)
        if not isinstance(request.user, User):
            return redirect_to_login(request.get_full_path())
        here = next((one for one in taken if one.participation.year == year), None)
        participation = here.participation if here else None
        actor = _actor(request.user, organization.id, assesses=bool(here and here.is_assigned))
        state = State(participation.state) if participation else None
        refusal = may_read(actor, is_reader=bool(actor.roles & READERS), state=state)
        if refusal is not None:
            raise PermissionDenied(refusal.reason)
        if participation is None:
            raise Http404(str(year))
        enter(organization.id)
        earlier = tuple(one.participation for one in taken if one.participation.year < year)
        instrument = get_instrument(participation.round.instrument)
        place = Place(organization, participation, instrument, actor, earlier)
        return view(request, place, *args, **kwargs)

    return guarded
