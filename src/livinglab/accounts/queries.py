"""Reads of people for anyone else."""

from dataclasses import dataclass
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, CharField, F, OuterRef, Subquery, When

from livinglab.accounts.models import User

__all__ = ["AnonymousUser", "User"]

Visitor = User | AnonymousUser
LANGUAGES = (("id", "Bahasa Indonesia"), ("en", "English"))


def find_user(email: str) -> User | None:
    """This function will return the person with this e-mail address in any case, None when there is none."""
    return User.objects.filter(email__iexact=email).first()


def has_account(email: str) -> bool:
    """This function will say whether an account has this address, as its first or as another that was proven."""
    return (
        User.objects.filter(email__iexact=email).exists()
        or EmailAddress.objects.filter(email__iexact=email, verified=True).exists()
    )


def names_of(user_ids: set[UUID]) -> dict[UUID, str]:
    """This function will return what to call each person; one query."""
    return {user.id: str(user) for user in User.objects.filter(id__in=user_ids)}


def name_of(column: str) -> Subquery:
    """This function will return what to call the person whose id a query has in a column, to be annotated there."""
    called = Case(When(name="", then=F("email")), default=F("name"), output_field=CharField())
    return Subquery(User.objects.filter(id=OuterRef(column)).values_list(called))


def is_address_verified(user: User) -> bool:
    """This function will say whether the person proved that their e-mail address is theirs."""
    return EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=True).exists()


@dataclass(frozen=True, slots=True)
class Protection:
    """How a person signs in besides the password."""

    has_app: bool
    keys: int
    has_recovery_codes: bool

    @property
    def is_two_step(self) -> bool:
        """Whether a stolen password alone does not open the account."""
        return self.has_app or self.keys > 0


def protection_of(user: User) -> Protection:
    """This function will return how a person's account is protected. One query."""
    kinds = list(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    return Protection(
        has_app=Authenticator.Type.TOTP in kinds,
        keys=kinds.count(Authenticator.Type.WEBAUTHN),
        has_recovery_codes=Authenticator.Type.RECOVERY_CODES in kinds,
    )
