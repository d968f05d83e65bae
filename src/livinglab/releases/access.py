"""Whose pages about packages these are: the publisher's own, and those of reviewers."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from livinglab.accounts.queries import User
from livinglab.organizations.queries import Role
from livinglab.releases.domain.parties import Actor
from livinglab.releases.queries.parties import actor_of

P = ParamSpec("P")
#: who reads an organisation's own packages, also those that are not offered
READERS = frozenset(
    {Role.HEAD_OF_REGION, Role.COORDINATOR, Role.RESPONSIBLE_OFFICER, Role.AGENCY_OFFICER, Role.DATA_ENTRY}
)
ReviewerView = Callable[Concatenate[HttpRequest, Actor, User, P], HttpResponseBase]


def reviewer_page(view: ReviewerView[P]) -> Callable[..., HttpResponseBase]:
    """This function will let a view run for officers of ministries. Not signed in: the sign-in page. Others: 403."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        user = request.user
        if not isinstance(user, User):
            return redirect_to_login(request.get_full_path())
        actor = actor_of(user)
        if not actor.ministries:
            raise PermissionDenied(_("Versions are reviewed by officers of ministries."))
        return view(request, actor, user, *args, **kwargs)

    return guarded
