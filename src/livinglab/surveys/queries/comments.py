"""What applicants wrote, for the office."""

from uuid import UUID

from django.db.models import QuerySet

from livinglab.surveys.models import Comment


def comments(service_id: UUID | None = None) -> "QuerySet[Comment]":
    """This function will return the comments on one service or all, newest month first.

    Call it inside their organisation.
    """
    found = Comment.objects.order_by("-month", "id")
    return found if service_id is None else found.filter(service_id=service_id)
