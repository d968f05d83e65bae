"""What allauth asks us while somebody signs up, signs in or changes how they sign in."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.context import request_context
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation

from livinglab.accounts import operations
from livinglab.accounts.queries import User
from livinglab.kernel import clock


class SignInAdapter(DefaultAccountAdapter):
    """Writes sign-ups, sign-ins and changes of the account's protection into the audit trail."""

    def save_user(
        self, request: HttpRequest, user: AbstractBaseUser, form: Any, commit: bool = True
    ) -> AbstractBaseUser:
        """This function will store a person who signed up; their language is the one of the page."""
        _ours(user).language = translation.get_language() or settings.LANGUAGE_CODE
        saved = super().save_user(request, user, form, commit=commit)
        if commit:
            operations.note_account_change(user=_ours(saved), change="signed_up", at=clock.now())
        return saved

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **details: Any) -> HttpResponse:
        """This function will note the sign-in, after every step of it was passed, and send the person on."""
        operations.note_account_change(user=_ours(user), change="signed_in", at=clock.now())
        return super().post_login(request, user, **details)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """This function will return one's own page in the language one chose."""
        with translation.override(request.user.language):  # type: ignore[union-attr]
            return reverse(settings.LOGIN_REDIRECT_URL)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """This function will note a change of password, address or second factor, and tell the person by mail.

        The mail is in the person's language. allauth calls this for second factors after the commit, when it
        has forgotten the request that the mail speaks of; so the request is named again.
        """
        person = _ours(user)
        operations.note_account_change(user=person, change=template_prefix.rsplit("/", 1)[-1], at=clock.now())
        with request_context(self.request), translation.override(person.language):
            super().send_notification_mail(template_prefix, user, context, email)


def _ours(user: AbstractBaseUser) -> User:
    assert isinstance(user, User)
    return user
