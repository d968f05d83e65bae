"""Somebody's own cases, across regions."""

from uuid import UUID

from django.db.models import QuerySet

from livinglab.casework.models import OwnCase


def own_cases(applicant: UUID) -> "QuerySet[OwnCase]":
    """This function will return what somebody applied for while signed in, the newest first, with its region."""
    rows = OwnCase.objects.select_related("organization").filter(applicant=applicant)
    return rows.order_by("-started_at", "-id")
