"""Issued documents and certificates, for casework and an organisation's own pages: inside its transaction."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from livinglab.signatures.models import Certificate, IssuedDocument, IssuedFile

__all__ = ["Certificate", "IssuedDocument", "certificate_of", "certificates", "documents_of", "file_of"]


def documents_of(
    organization_id: UUID, *, kind: str, subject_ids: "Iterable[UUID] | QuerySet[Any, Any]"
) -> list[IssuedDocument]:
    """This function will return what was issued for some subjects, oldest first, revoked ones too. One query.

    Subjects that are a query of ids stay one: nobody reads them beforehand.
    """
    subjects = subject_ids if isinstance(subject_ids, QuerySet) else list(subject_ids)
    return list(
        IssuedDocument.objects.filter(organization_id=organization_id, kind=kind, subject_id__in=subjects)
        .select_related("certificate")
        .order_by("issued_at", "id")
    )


def file_of(organization_id: UUID, document_id: UUID) -> bytes:
    """This function will return the PDF of a document as it is now. Errors: `IssuedFile.DoesNotExist`."""
    file = IssuedFile.objects.get(organization_id=organization_id, document_id=document_id)
    return bytes(file.content)


def certificates(organization_id: UUID) -> list[Certificate]:
    """This function will return the organisation's certificates, newest first, without their keys."""
    return list(
        Certificate.objects.filter(organization_id=organization_id)
        .defer("sealed", "pem")
        .order_by("-issued_at", "-id")
    )


def certificate_of(organization_id: UUID, user_id: UUID) -> Certificate | None:
    """This function will return an official's newest certificate, so that a refusal can say what is wrong with it."""
    return (
        Certificate.objects.filter(organization_id=organization_id, user_id=user_id)
        .order_by("-issued_at", "-id")
        .first()
    )
