"""People, organisations and a browser without a screen, for the tests of organisations."""

from datetime import UTC, datetime

from allauth.account.models import EmailAddress
from django.test import Client

from livinglab.accounts.models import User
from livinglab.audit.models import Entry
from livinglab.audit.queries import latest_entries
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations import operations
from livinglab.organizations.models import Membership, Organization
from livinglab.organizations.queries import Role, find_organization

AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


def organization(code: str) -> Organization:
    found = find_organization(code)
    assert found is not None
    return found


def make_person(name: str, *, verified: bool = True) -> User:
    user = User.objects.create_user(f"{name}@uji.example", name=name.title())
    EmailAddress.objects.create(user=user, email=user.email, verified=verified, primary=True)
    return user


def make_member(name: str, role: Role, code: str = "32.11") -> User:
    user = make_person(name)
    operations.grant_membership(user=user, organization=organization(code), role=role, by=None, at=AT)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def memberships(user: User) -> list[Membership]:
    return list(Membership.objects.filter(user=user, ended_at__isnull=True))


def trail(code: str = "32.11") -> list[Entry]:
    """The audit entries of an organisation, newest first."""
    with tenancy(organization(code).id):
        return latest_entries(organization(code).id, limit=1000)
