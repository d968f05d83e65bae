"""People who sign in."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress

from livinglab.accounts.models import User
from tests.accounts.people import PASSWORD


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """Argon2 is slow on purpose; what is tested here does not depend on it."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def person(db: None) -> User:
    user = User.objects.create_user("rina@example.go.id", PASSWORD, name="Rina Uji")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user
