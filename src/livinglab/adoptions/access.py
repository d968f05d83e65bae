"""Whose pages about a region's services these are: of who works on them, and of who works in a district or village."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from livinglab.accounts.queries import User
from livinglab.adoptions.models import Adoption
from livinglab.adoptions.policies import PREPARES
from livinglab.adoptions.queries.adoptions import find_adoption
from livinglab.adoptions.queries.seated import is_seated
from livinglab.organizations.access import member_page
from livinglab.organizations.queries import Organization, Role, roles_in

P = ParamSpec("P")
READERS = PREPARES
#: who may open the page of one district or village: also who works there
UNIT_READERS = PREPARES | {Role.VILLAGE_OPERATOR}
AdoptionView = Callable[Concatenate[HttpRequest, Organization, Adoption, User, P], HttpResponseBase]


def adoption_page(view: AdoptionView[P]) -> Callable[..., HttpResponseBase]:
    """This function will let a view run for who works on the adoption of the URL. Another region's: 404."""

    @never_cache
    @member_page(READERS)
    def guarded(
        request: HttpRequest,
        organization: Organization,
        /,
        adoption_id: UUID,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> HttpResponseBase:
        found = find_adoption(organization.id, adoption_id)
        if found is None:
            raise Http404(str(adoption_id))
        assert isinstance(request.user, User)
        return view(request, organization, found, request.user, *args, **kwargs)

    return guarded


def unit_page(view: AdoptionView[P]) -> Callable[..., HttpResponseBase]:
    """This function will let a view run for who works on the adoption of the URL, or in its district or village."""

    @never_cache
    @member_page(UNIT_READERS)
    def guarded(
        request: HttpRequest,
        organization: Organization,
        /,
        adoption_id: UUID,
        unit_code: str,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> HttpResponseBase:
        assert isinstance(request.user, User)
        found = find_adoption(organization.id, adoption_id)
        works_on_it = not READERS.isdisjoint(roles_in(request.user, organization.id))
        if found is None and works_on_it:
            raise Http404(str(adoption_id))
        if not works_on_it and (found is None or not is_seated(found, request.user.id, unit_code)):
            raise PermissionDenied(_("Your role in this organisation does not allow this."))
        assert found is not None
        kwargs["unit_code"] = unit_code
        return view(request, organization, found, request.user, *args, **kwargs)

    return guarded
