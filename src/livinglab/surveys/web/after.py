"""What an unhappy applicant may do next: contexts that run cases say it, the page that thanks shows it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest

from livinglab.organizations.queries import Organization


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A sentence, and a link or (`posts`) a button below it; without `href` the sentence alone."""

    said: str
    label: str = ""
    href: str = ""
    posts: bool = False


#: of a region and a case; the last is what the link said of where the applicant came from, "" for nothing
Offering = Callable[[HttpRequest, Organization, UUID, str], Iterable[Offer]]
_offering: list[Offering] = []


def offered_after(offers: Offering) -> Offering:
    """This function will register what offers something to an applicant who answered that they are unhappy."""
    _offering.append(offers)
    return offers


def offers(request: HttpRequest, organization: Organization, case_id: UUID, came_from: str) -> list[Offer]:
    """This function will return what an unhappy applicant may do next about their case."""
    return [one for each in _offering for one in each(request, organization, case_id, came_from)]
