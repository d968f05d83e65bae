from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import SharedModel


class UserManager(BaseUserManager["User"]):
    """Makes users; allauth calls it at sign-up."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """This function will store a user whose e-mail address is normalised; None makes the password unusable."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(SharedModel, AbstractBaseUser):
    """A person who can sign in. What the person may do follows from memberships, never from this row."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(
        max_length=2, choices=[("id", "Bahasa Indonesia"), ("en", "English")], default="id"
    )
    is_active = models.BooleanField(default=True)
    is_synthetic = models.BooleanField(default=False)  # a demo person; never in production
    date_joined = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    personal_data = {"email": Personal.ACCOUNT, "name": Personal.ACCOUNT, "password": Personal.ACCOUNT}

    class Meta:
        db_table = "accounts_user"
        constraints = [
            models.UniqueConstraint(Lower("email"), name="email_is_unique_whatever_its_case"),
        ]

    def __str__(self) -> str:
        return self.name or self.email
