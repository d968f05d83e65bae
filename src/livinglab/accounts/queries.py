"""Reads of people for anyone else."""

from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from livinglab.accounts.models import User

__all__ = ["AnonymousUser", "User"]

Visitor = User | AnonymousUser


def find_user(email: str) -> User | None:
    """This function will return the person with this e-mail address in any case, None when there is none."""
    return User.objects.filter(email__iexact=email).first()


def names_of(user_ids: set[UUID]) -> dict[UUID, str]:
    """This function will return what to call each person; one query."""
    return {user.id: str(user) for user in User.objects.filter(id__in=user_ids)}
