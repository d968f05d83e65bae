"""The door of the API for those who work on an evaluation: the session of the pages, and its CSRF token."""

from typing import Annotated, Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Path
from ninja.errors import HttpError
from ninja.security import APIKeyCookie

from livinglab.accounts.queries import User
from livinglab.assessments.queries import get_instrument
from livinglab.evaluations.access import READERS, actor_before
from livinglab.evaluations.domain.process import State
from livinglab.evaluations.policies import may_read
from livinglab.evaluations.queries.participations import find_participation, participations_of
from livinglab.evaluations.queries.places import Place
from livinglab.kernel.tenancy import enter
from livinglab.kernel.unknown import Known, UnknownValue
from livinglab.organizations.queries import codes_like, find_organization
from livinglab.ui.api.lists import PlainText

Code = Annotated[PlainText, Path(examples=["14.08"])]
Year = Annotated[int, Path(examples=[2025], ge=1000, le=9999)]
Indicator = Annotated[PlainText, Path(examples=["21"])]
#: where one evaluation lies
HERE: Final = "/regions/{code}/evaluations/{year}"


class Session(APIKeyCookie):
    """Lets in who may read the evaluation that the address names, and puts its `Place` into `request.auth`.

    The same rules as the pages: no session 401, no part in it (or a write without the CSRF token) 403, no such region
    or no round of that year 404. Everything after runs inside the organisation's transaction.
    """

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Place | None:
        """This function will return where the reader stands, None without a session. Errors: `HttpError`, 404."""
        match = request.resolver_match
        if not isinstance(request.user, User) or match is None:
            return None
        return _place(request.user, str(match.kwargs["code"]), match.kwargs["year"])


def _place(user: User, code: str, given_year: Any) -> Place:
    organization = find_organization(code)
    if organization is None:
        known = [Known(one.code, one.name) for one in codes_like(code)]
        raise UnknownValue(_("region"), code, known, status=404)
    year = _year(given_year)
    participation = None if year is None else find_participation(organization.id, year)
    actor = actor_before(user, organization.id, participation.id if participation else None)
    state = State(participation.state) if participation else None
    refusal = may_read(actor, is_reader=bool(actor.roles & READERS), state=state)
    if refusal is not None:
        raise HttpError(403, str(refusal.reason))
    if participation is None:
        years = [one.year for one in participations_of(organization.id)]
        raise UnknownValue(_("year"), given_year, years, status=404)
    enter(organization.id)
    return Place(organization, participation, get_instrument(participation.round.instrument), actor)


def _year(given: Any) -> int | None:
    text = str(given)
    return int(text) if text.isdecimal() and len(text) == 4 else None


session: Final = Session()


def place_of(request: HttpRequest) -> Place:
    """This function will return the place that the door of this request found."""
    place = getattr(request, "auth", None)
    if not isinstance(place, Place):
        raise TypeError("this operation is not behind the door `Session`")
    return place
