"""The doors of visits and commitments: everybody sees what took place, the parties and the ministry the rest."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache

from livinglab.accounts.queries import User
from livinglab.organizations.queries import Kind, Organization, find_organization
from livinglab.visits import policies
from livinglab.visits.domain.parties import Actor, Parties
from livinglab.visits.domain.process import VisitState
from livinglab.visits.models import Commitment, Visit
from livinglab.visits.queries.commitments import find_commitment
from livinglab.visits.queries.parties import actor_of, parties_of, parties_to
from livinglab.visits.queries.visits import find_visit

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Sight:
    """Who looks: nobody known, or a person with what this person is to the parties."""

    user: User | None
    actor: Actor | None
    parties: Parties

    @property
    def reads_texts(self) -> bool:
        """Whether purpose, minutes and reasons are shown."""
        return policies.may_read_texts(self.actor, self.parties) is None


VisitView = Callable[Concatenate[HttpRequest, Visit, Sight, P], HttpResponseBase]
CommitmentView = Callable[Concatenate[HttpRequest, Commitment, Sight, P], HttpResponseBase]
PersonVisitView = Callable[Concatenate[HttpRequest, Visit, Sight, User, P], HttpResponseBase]
PersonCommitmentView = Callable[Concatenate[HttpRequest, Commitment, Sight, User, P], HttpResponseBase]
HostView = Callable[Concatenate[HttpRequest, Organization, User, P], HttpResponseBase]


def visit_page(view: VisitView[P]) -> Callable[..., HttpResponseBase]:
    """This function will let a view run for those who may see the visit of the URL's `visit_id`.

    Unknown: 404. Not signed in, while it is only its parties': the sign-in page, then back. No part in it: 403.
    """

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, visit_id: UUID, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        visit = find_visit(visit_id)
        if visit is None:
            raise Http404(str(visit_id))
        sight = _sight(request, parties_of(visit))
        refusal = policies.may_read(sight.actor, sight.parties, state=VisitState(visit.state))
        if refusal is not None:
            if sight.user is None:
                return redirect_to_login(request.get_full_path())
            raise PermissionDenied(refusal.reason)
        return view(request, visit, sight, *args, **kwargs)

    return guarded


def commitment_page(view: CommitmentView[P]) -> Callable[..., HttpResponseBase]:
    """This function will let a view run with the commitment of the URL's `commitment_id`; everybody sees its steps.

    Unknown: 404.
    """

    @never_cache
    @wraps(view)
    def guarded(
        request: HttpRequest, commitment_id: UUID, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        commitment = find_commitment(commitment_id)
        if commitment is None:
            raise Http404(str(commitment_id))
        return view(request, commitment, _sight(request, parties_to(commitment)), *args, **kwargs)

    return guarded


def person_visit_page(view: PersonVisitView[P]) -> Callable[..., HttpResponseBase]:
    """This function will let a view run as `visit_page` does, for people who are signed in only; the view gets whom."""

    @visit_page
    @wraps(view)
    def guarded(
        request: HttpRequest, visit: Visit, sight: Sight, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        if sight.user is None:
            return redirect_to_login(request.get_full_path())
        return view(request, visit, sight, sight.user, *args, **kwargs)

    return guarded


def person_commitment_page(view: PersonCommitmentView[P]) -> Callable[..., HttpResponseBase]:
    """This function will let a view run as `commitment_page` does, for people who are signed in only."""

    @commitment_page
    @wraps(view)
    def guarded(
        request: HttpRequest, commitment: Commitment, sight: Sight, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        if sight.user is None:
            return redirect_to_login(request.get_full_path())
        return view(request, commitment, sight, sight.user, *args, **kwargs)

    return guarded


def host_page(view: HostView[P]) -> Callable[..., HttpResponseBase]:
    """This function will let a view run for whoever is signed in, with the host of the URL's `code`.

    Unknown code: 404. Not signed in: the sign-in page, then back. The view asks the policy.
    """

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, code: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        host = find_organization(code)
        if host is None or host.kind == Kind.PLATFORM:
            raise Http404(code)
        if not isinstance(request.user, User):
            return redirect_to_login(request.get_full_path())
        return view(request, host, request.user, *args, **kwargs)

    return guarded


def _sight(request: HttpRequest, parties: Parties) -> Sight:
    user = request.user if isinstance(request.user, User) else None
    return Sight(user, actor_of(user) if user is not None else None, parties)
