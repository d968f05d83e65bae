"""What a region's offices published, for everybody."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import override

from livinglab.casework.models import Publication, PublishedText, Service
from livinglab.kernel.tenancy import tenancy
from livinglab.kernel.texts import storable

#: words of a search that are looked at; nobody types more
_MOST_WORDS: Final = 8
#: counted and leafed through up to so many: behind them people narrow what is shown
MOST_COUNTED: Final = 1_000


def published(organization_id: UUID, *, package: str = "") -> "QuerySet[Publication]":
    """This function will return what stands published, the newest first: all, or of a service."""
    rows = Publication.objects.filter(organization_id=organization_id, withdrawn_at__isnull=True)
    if package:
        rows = rows.filter(package=package)
    return rows.order_by("-published_at", "-id")


def searched(organization_id: UUID, text: str, *, package: str = "") -> "QuerySet[PublishedText]":
    """This function will return what stands published with every word of a text, the newest first."""
    rows = PublishedText.objects.filter(organization_id=organization_id)
    if package:
        rows = rows.filter(package=package)
    for word in storable(text).upper().split()[:_MOST_WORDS]:
        rows = rows.filter(words__contains=word)
    return rows.order_by("-published_at", "-publication_id")


def up_to_counted(organization_id: UUID, *, text: str = "", package: str = "") -> list[UUID]:
    """This function will return the ids of what stands published, the newest, up to one more than `MOST_COUNTED`."""
    if text.strip():
        found = searched(organization_id, text, package=package)[: MOST_COUNTED + 1]
        return list(found.values_list("publication_id", flat=True))
    return list(published(organization_id, package=package)[: MOST_COUNTED + 1].values_list("id", flat=True))


def entries(organization_id: UUID, ids: Iterable[UUID]) -> "QuerySet[Publication]":
    """This function will return entries by their ids, the newest first."""
    return published(organization_id).filter(id__in=list(ids))


def publishing_services(organization_id: UUID) -> dict[str, dict[str, str]]:
    """This function will return the services of which anything stands published: package and names. One query.

    It asks for the newest entry of each service that the region ever ran, and so reads no other.
    """
    newest = published(organization_id).filter(package=OuterRef("package")).values("names")[:1]
    rows = Service.objects.filter(organization_id=organization_id).annotate(names=Subquery(newest))
    return dict(rows.filter(names__isnull=False).order_by("package").values_list("package", "names"))


def has_publications(organization_id: UUID) -> bool:
    """This function will tell whether an organisation has anything published. One query in its own block."""
    with tenancy(organization_id):
        return published(organization_id).exists()


def find_publication(organization_id: UUID, number: str) -> Publication | None:
    """This function will return an entry by its number, withdrawn or not; None where there is none."""
    rows = Publication.objects.filter(organization_id=organization_id, number=storable(number))
    return rows.first()


def address_of(code: str, number: str) -> str:
    """This function will return where an entry stands, in no language; without a host where `PUBLIC_URL` is not set."""
    with override("id"):
        return settings.PUBLIC_URL + reverse("casework:publication", args=[code, number])
