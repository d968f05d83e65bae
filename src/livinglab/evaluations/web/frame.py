"""What every page of one evaluation has in common: the way there, its steps, and what its figures are called."""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from livinglab.accounts.queries import User
from livinglab.evaluations.domain.process import State
from livinglab.evaluations.domain.stages import RoundKind
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.web import words

Crumb = tuple[str, str | None]


def frame(place: Place, *way: Crumb) -> dict[str, object]:
    """This function will return what the layout of an evaluation's pages needs; `way` leads on from the sheet."""
    code, year = place.organization.code, place.participation.year
    sheet = None if not way else reverse("evaluations:sheet", args=[code, year])
    return {
        "place": place,
        "code": code,
        "year": year,
        "region": place.organization,
        "notice_text": words.standing(place.participation),
        "is_official": bool(place.participation.decision_number),
        "is_synthetic": place.participation.round.is_synthetic or place.organization.is_synthetic,
        "breadcrumbs": (
            (place.organization.short_name, url_if_any("comparisons:portrait", code)),
            (_("Evaluations"), reverse("evaluations:list", args=[code])),
            (str(year), sheet),
            *way,
        ),
    }


def stepper(place: Place) -> tuple[tuple[str, ...], int]:
    """This function will return the states of this round in order, and the number of the present one from 1.

    The visit is shown only where the region is or was in it: most regions are not visited.
    """
    state = State(place.participation.state)
    shown = [one for one in State if _is_on_the_way(one, place.kind, state)]
    return tuple(str(words.STATES[one]) for one in shown), shown.index(state) + 1


def _is_on_the_way(one: State, kind: RoundKind, now: State) -> bool:
    if one is State.VISIT:
        return now is State.VISIT
    if one is State.INTERVIEW:
        return kind is RoundKind.EVALUATION
    return True


def url_if_any(name: str, *args: object) -> str | None:
    """This function will return the address of a page, None where this installation does not have it."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return None


def with_query(url: str, **values: str) -> str:
    """This function will return an address with those values that are not empty."""
    query = urlencode({key: value for key, value in values.items() if value})
    return f"{url}?{query}" if query else url


def officer(request: HttpRequest) -> User:
    """This function will return who is signed in; the door of these pages lets nobody else in."""
    if not isinstance(request.user, User):
        raise TypeError("member pages are for people who are signed in")
    return request.user
