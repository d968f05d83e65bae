"""The door of the pages of rounds: the ministries for the country, provinces for their regions."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from livinglab.accounts.queries import User
from livinglab.evaluations.models import Round
from livinglab.evaluations.queries.followers import Follower, follower
from livinglab.evaluations.queries.overview import Scope
from livinglab.evaluations.queries.participations import get_round
from livinglab.kernel import clock
from livinglab.kernel.unknown import Known, UnknownValue
from livinglab.organizations.queries import Kind, Organization, organizations

P = ParamSpec("P")


RoundsView = Callable[Concatenate[HttpRequest, Follower, P], HttpResponseBase]


def follower_page(view: RoundsView[P]) -> Callable[..., HttpResponseBase]:
    """This function will let a view run for officers of ministries and provinces. Never cached.

    Not signed in: the sign-in page, then back. Another role: 403.
    """

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not isinstance(request.user, User):
            return redirect_to_login(request.get_full_path())
        found = follower(request.user)
        if not found.follows:
            raise PermissionDenied(
                _("Rounds are followed by ministries, and by provinces for their regions.")
            )
        return view(request, found, *args, **kwargs)

    return guarded


def ministry_page(view: RoundsView[P]) -> Callable[..., HttpResponseBase]:
    """This function will let a view run for officers of ministries only; otherwise as `follower_page`."""

    @follower_page
    @wraps(view)
    def guarded(
        request: HttpRequest, follower: Follower, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        if not follower.is_ministry:
            raise PermissionDenied(_("Only a ministry opens and changes rounds."))
        return view(request, follower, *args, **kwargs)

    return guarded


def round_or_404(round_id: UUID) -> Round:
    """This function will return the round in an address. Errors: Http404."""
    found = get_round(round_id)
    if found is None:
        raise Http404(str(round_id))
    return found


def scope_of(row: Round, follower: Follower, code: str) -> tuple[Scope, Organization | None]:
    """This function will return which participants somebody looks at: all, or those of the province with this code.

    A province's officer sees the own province without asking. Errors: `UnknownValue` for no province,
    PermissionDenied for another province than the own.
    """
    province = _province(follower, code)
    scope = Scope(
        row,
        clock.now(),
        clock.today(),
        None if province is None else province.id,
        sees_every_stage=follower.is_ministry,
    )
    return scope, province


def _province(follower: Follower, code: str) -> Organization | None:
    own = {one.code: one for one in follower.provinces}
    if not follower.is_ministry:
        if code and code not in own:
            raise PermissionDenied(_("You follow the regions of your own province only."))
        return own[code or min(own)]
    if not code:
        return None
    provinces = {one.code: one for one in organizations().filter(kind=Kind.PROVINCE)}
    if code not in provinces:
        known = [Known(one.code, one.name) for one in provinces.values()]
        raise UnknownValue(_("province"), code, known)
    return provinces[code]
