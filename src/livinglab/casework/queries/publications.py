"""What a region's offices published, for everybody."""

from typing import Final
from uuid import UUID

from django.conf import settings
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import override

from livinglab.casework.models import Publication, Service
from livinglab.kernel.tenancy import tenancy
from livinglab.kernel.texts import storable

#: words of a search that are looked at; nobody types more
_MOST_WORDS: Final = 8
#: counted and leafed through up to so many: behind them people narrow what is shown
MOST_COUNTED: Final = 1_000
_READ: Final = ("title", "description", "keeper", "document_type", "document_number")


def published(
    organization_id: UUID, *, text: str = "", package: str = "", kind: str = ""
) -> "QuerySet[Publication]":
    """This function will return what stands published, the newest first: with every word of a text, of a service."""
    rows = Publication.objects.filter(organization_id=organization_id, withdrawn_at__isnull=True)
    if package:
        rows = rows.filter(package=package)
    if kind:
        rows = rows.filter(kind=kind)
    for word in storable(text).split()[:_MOST_WORDS]:
        found = Q(pk__in=[])
        for name in _READ:
            found |= Q(**{f"{name}__icontains": word})
        rows = rows.filter(found)
    return rows.order_by("-published_at", "-id")


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
