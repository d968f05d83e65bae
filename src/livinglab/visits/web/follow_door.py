"""The door of the list of who owes what: ministries for the country, provinces for their regions."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from livinglab.accounts.queries import User
from livinglab.kernel.unknown import Known, UnknownValue
from livinglab.organizations.queries import Kind, Organization, Role, organizations, posts

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Supervisor:
    """An officer of a ministry (sees every region) or of provinces (their regions)."""

    user: User
    is_ministry: bool
    provinces: tuple[Organization, ...]


SupervisorView = Callable[Concatenate[HttpRequest, Supervisor, P], HttpResponseBase]


def supervisor_page(view: SupervisorView[P]) -> Callable[..., HttpResponseBase]:
    """This function will let a view run for officers of ministries and provinces. Never cached.

    Not signed in: the sign-in page, then back. Another role: 403.
    """

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not isinstance(request.user, User):
            return redirect_to_login(request.get_full_path())
        supervisor = _supervisor(request.user)
        if not (supervisor.is_ministry or supervisor.provinces):
            raise PermissionDenied(
                _("Ministries see what every region owes, provinces what their regions owe.")
            )
        return view(request, supervisor, *args, **kwargs)

    return guarded


def _supervisor(user: User) -> Supervisor:
    held = posts(user.id)
    ids = [post.organization_id for post in held if post.role is Role.PROVINCE]
    return Supervisor(
        user=user,
        is_ministry=any(post.role is Role.MINISTRY for post in held),
        provinces=tuple(organizations().filter(id__in=ids).order_by("code")) if ids else (),
    )


def choices(supervisor: Supervisor) -> list[Organization]:
    """This function will return the provinces that somebody may look at, by code."""
    if not supervisor.is_ministry:
        return list(supervisor.provinces)
    return list(organizations().filter(kind=Kind.PROVINCE, is_synthetic=False).order_by("code"))


def province_ids(supervisor: Supervisor, code: str, known: list[Organization]) -> tuple[UUID, ...] | None:
    """This function will return whose regions are asked for: one province's, all of the own, None for the country.

    Errors: `UnknownValue` for a code that somebody may not look at or that is none.
    """
    if code:
        found = next((one for one in known if one.code == code), None)
        if found is None:
            raise UnknownValue(_("province"), code, [Known(one.code, one.name) for one in known])
        return (found.id,)
    return None if supervisor.is_ministry else tuple(one.id for one in supervisor.provinces)
