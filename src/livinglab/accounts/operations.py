"""Writes about people."""

from datetime import datetime
from hashlib import sha256

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest

from livinglab.accounts.models import User
from livinglab.audit import operations as audit


@transaction.atomic
def ensure_demo_person(*, email: str, name: str, password: str, at: datetime) -> User:
    """This function will store a synthetic person with this password, or give the known one this password again.

    Only for demo mode and tests; the person is marked synthetic and the address counts as verified.
    """
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, password, name=name, is_synthetic=True)
        audit.record(by=None, at=at, action="accounts.demo_person_added", subject=str(user.id))
    elif not user.check_password(password):
        user.set_password(password)
        user.save(update_fields=["password"])
    EmailAddress.objects.get_or_create(user=user, email=email, defaults={"verified": True, "primary": True})
    return user


@transaction.atomic
def update_profile(*, user: User, name: str, language: str, at: datetime) -> None:
    """This function will store how a person wants to be called and addressed; the person does it themselves."""
    user.name, user.language = name.strip(), language
    user.save(update_fields=["name", "language"])
    audit.record(
        by=user.id,
        at=at,
        action="accounts.profile_updated",
        subject=str(user.id),
        facts={"language": language},
    )


@transaction.atomic
def note_account_change(*, user: User, change: str, at: datetime) -> None:
    """This function will note in the platform's trail what a person did to their own account.

    `change` is the past of a verb, such as signed_in or totp_activated; no address and no secret is noted.
    """
    audit.record(by=user.id, at=at, action=f"accounts.{change}", subject=str(user.id))


def is_try_within_limit(*, request: HttpRequest, what: str, most: int, seconds: int, at: datetime) -> bool:
    """This function will count a try from the request's address and say whether it is one of the first so many.

    Counted in windows of `seconds`, in the database, for every process alike. The address is kept as its hash until its
    window is over. A view that raises takes its try back, since the request is one transaction: answer instead.
    """
    address = sha256(get_adapter().get_client_ip(request).encode()).hexdigest()[:32]
    key = f"{what}:{address}:{int(at.timestamp()) // seconds}"
    cache.add(key, 0, seconds)
    return cache.incr(key) <= most
