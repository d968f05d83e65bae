"""People who sign in."""

import pytest
from allauth.account.models import EmailAddress

from livinglab.accounts.models import User

PASSWORD = "sawah-hijau-empat-musim"


@pytest.fixture
def person(db: None) -> User:
    user = User.objects.create_user("rina@example.go.id", PASSWORD, name="Rina Uji")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user
