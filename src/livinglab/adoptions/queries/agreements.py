"""Reads of agreements, for the two organisations that stand in them and for nobody else."""

from uuid import UUID

from django.db.models import Q, QuerySet

from livinglab.adoptions.models import Adoption, Agreement
from livinglab.organizations.queries import Organization


def agreements_of(organization_id: UUID) -> tuple[Agreement, ...]:
    """This function will return the agreements in which an organisation stands, the newest first. One query."""
    return tuple(_of(organization_id).order_by("-proposed_at"))


def find_agreement(organization_id: UUID, agreement_id: UUID) -> Agreement | None:
    """This function will return an agreement in which an organisation stands, None for a stranger to it."""
    return _of(organization_id).filter(id=agreement_id).first()


def adoption_under(agreement: Agreement) -> Adoption | None:
    """This function will return the adoption that an agreement is about, inside the adopter's tenancy; else None."""
    return Adoption.objects.filter(agreement_id=agreement.id).first()


def unsigned_agreements(organization_id: UUID) -> tuple[Agreement, ...]:
    """This function will return the agreements that wait for an organisation's signature, the oldest first."""
    unsigned = Q(adopter_id=organization_id, adopter_signed_at__isnull=True) | Q(
        publisher_id=organization_id, publisher_signed_at__isnull=True
    )
    return tuple(_of(organization_id).filter(unsigned).order_by("proposed_at"))


def other_side(agreement: Agreement, organization_id: UUID) -> Organization:
    """This function will return with whom an organisation agrees."""
    return agreement.publisher if agreement.adopter_id == organization_id else agreement.adopter


def _of(organization_id: UUID) -> "QuerySet[Agreement]":
    rows = Agreement.objects.select_related("adopter", "publisher", "listing__publisher")
    return rows.filter(Q(adopter_id=organization_id) | Q(publisher_id=organization_id))
