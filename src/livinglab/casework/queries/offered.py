"""Reads of the services that regions offer, for everybody: by an event in a life, by region, by words."""

from collections.abc import Iterable
from typing import Final

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy

from livinglab.casework.domain.states import ServiceState
from livinglab.casework.models import OfferedService
from livinglab.catalogue.queries import things_asked
from livinglab.kernel.kept_queries import ALL, KeptModels
from livinglab.kernel.texts import storable
from livinglab.kernel.unknown import UnknownValue
from livinglab.organizations.queries import Organization, organizations
from livinglab.packages.domain.life_events import LifeEvent

#: below this a word is another word
_ALIKE = 0.35
#: a region's name is short, and one letter of it makes another region: "Bandung", "Badung"
_ALIKE_REGION = 0.55
_WORDS = ("name_id", "name_en", "summary_id", "summary_en")


def offered(
    *,
    region: str = "",
    regions: Iterable[Organization] | None = None,
    text: str = "",
    event: LifeEvent | None = None,
) -> "QuerySet[OfferedService]":
    """This function will return the services that can be applied for: of a region by its code, or of several; for an
    event; with a text.

    Words that mean the same count as the same, and a typing error is passed over. The best fit stands first, else by
    name.
    """
    rows = OfferedService.objects.select_related("organization").exclude(state=ServiceState.CLOSED)
    if region:
        rows = rows.filter(organization__code=storable(region))
    if regions is not None:
        rows = rows.filter(organization__in=list(regions))
    if event is not None:
        rows = rows.filter(life_events__contains=[event])
    words = storable(text).strip()
    if not words:
        return rows.order_by("name_id", "organization__code")
    fit = Greatest(*(TrigramWordSimilarity(words, one) for one in _WORDS))
    return (
        rows.annotate(fit=fit)
        .filter(_has_all_things(words) | Q(fit__gte=_ALIKE))
        .order_by("-fit", "name_id", "organization__code")
    )


def event_named(given: str) -> LifeEvent | None:
    """This function will return the event that an address names, None for none. Errors: UnknownValue."""
    if not given:
        return None
    try:
        return LifeEvent(given)
    except ValueError:
        raise UnknownValue(gettext_lazy("event in a life"), given, [str(one) for one in LifeEvent]) from None


def regions_named(text: str) -> tuple[Organization, ...]:
    """This function will return the regions with services whose code or name was written; the best fit first.

    A code or a whole name is one region; else a typing error is passed over, and several may fit. One query.
    """
    written = storable(text).strip()
    offers = OfferedService.objects.filter(organization_id=OuterRef("pk")).exclude(state=ServiceState.CLOSED)
    rows = organizations().filter(Exists(offers)).annotate(fit=TrigramWordSimilarity(written, "name"))
    named = Q(code=written) | Q(name__icontains=written) | Q(fit__gte=_ALIKE_REGION)
    found = tuple(rows.filter(named).order_by("-fit", "code"))
    whole = tuple(one for one in found if written.casefold() in {one.code, one.name.casefold()})
    return whole or found


def find_offered(region: str, package: str) -> OfferedService | None:
    """This function will return a region's service by its package's id, the newest of several; None without one."""
    return _NEWEST.first(storable(region), storable(package))


_NEWEST: Final = KeptModels(
    lambda region, package: OfferedService.objects.filter(
        organization__code=region, package=package
    ).order_by("-id")[:1],
    "region",
    "package",
    model=OfferedService,
    parts={"": ALL, "organization": ALL},
)


def may_be_applied_for(region: str, package: str) -> bool:
    """This function will tell whether a region runs a service, also one that rests just now. One query."""
    return offered(region=region).filter(package=storable(package)).exists()


def _has_all_things(words: str) -> Q:
    """This function will return the condition that each thing asked for stands in a name or summary."""
    asked = things_asked(words)
    if not asked:
        return Q(name_id__icontains=words) | Q(name_en__icontains=words)
    every = Q()
    for terms in asked:
        one = Q()
        for term in terms:
            for column in _WORDS:
                # beginnings of words only: "kk" is no part of "makkah"
                one |= Q(**{f"{column}__iregex": rf"\m{term}"})
        every &= one
    return every
