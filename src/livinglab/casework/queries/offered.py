"""Reads of the services that regions offer, for everybody."""

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Q, QuerySet
from django.db.models.functions import Greatest

from livinglab.casework.domain.states import ServiceState
from livinglab.casework.models import OfferedService
from livinglab.kernel.texts import storable

#: below this a word is another word
_ALIKE = 0.35


def offered(*, region: str = "", text: str = "") -> "QuerySet[OfferedService]":
    """This function will return the services that can be applied for: of one region, or with a text in their words.

    A typing error in a word is passed over. The best fit stands first, else by name.
    """
    rows = OfferedService.objects.select_related("organization").exclude(state=ServiceState.CLOSED)
    if region:
        rows = rows.filter(organization__code=storable(region))
    words = storable(text).strip()
    if not words:
        return rows.order_by("name_id", "organization__code")
    fit = Greatest(
        TrigramWordSimilarity(words, "name_id"),
        TrigramWordSimilarity(words, "name_en"),
        TrigramWordSimilarity(words, "summary_id"),
        TrigramWordSimilarity(words, "summary_en"),
    )
    held = Q(name_id__icontains=words) | Q(name_en__icontains=words)
    return (
        rows.annotate(fit=fit)
        .filter(held | Q(fit__gte=_ALIKE))
        .order_by("-fit", "name_id", "organization__code")
    )


def find_offered(region: str, package: str) -> OfferedService | None:
    """This function will return a region's service by its package's id, the newest of several; None without one."""
    rows = OfferedService.objects.select_related("organization")
    return rows.filter(organization__code=storable(region), package=storable(package)).order_by("-id").first()


def may_be_applied_for(region: str, package: str) -> bool:
    """This function will tell whether a region runs a service, also one that rests just now. One query."""
    return offered(region=region).filter(package=storable(package)).exists()
