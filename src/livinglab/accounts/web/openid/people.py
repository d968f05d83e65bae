"""What allauth asks us about people who come from an OpenID Connect server, and what they read when it fails."""

import logging
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError, AuthProcess
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from livinglab.accounts import operations
from livinglab.accounts.adapters.openid import Unanswered
from livinglab.accounts.queries import User, has_account
from livinglab.kernel import clock
from livinglab.kernel.unknown import Known
from livinglab.ui.web.errors import error_page

_log = logging.getLogger(__name__)
_LONGEST_NAME: Final = 120


class LinkedSignInAdapter(DefaultSocialAccountAdapter):
    """Makes an account of whom the server knows; an address alone opens nobody else's."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """This function will refuse a new person whose proven address has an account already.

        The person is told only because the server proved that the address is theirs. About one that it did not
        prove nobody is told anything: allauth writes to the address instead.
        """
        is_new = sociallogin.state.get("process") == AuthProcess.LOGIN and not sociallogin.is_existing
        proven = [one.email for one in sociallogin.email_addresses if one.verified]
        if is_new and any(has_account(one) for one in proven):
            title = _("There is an account with this e-mail address already")
            explanation = _(
                "Sign in with its password, then link %(name)s on the page Linked accounts. "
                "So nobody gets into an account by an address alone."
            )
            explanation %= {"name": sociallogin.provider.name}
            raise ImmediateHttpResponse(
                error_page(request, 409, title, explanation, _ways(sociallogin.state))
            )

    def new_user(self, request: HttpRequest, sociallogin: SocialLogin) -> User:
        """This function will return a person who reads the language in which they left for the server."""
        return User(language=translation.get_language())

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: Mapping[str, Any]) -> User:
        """This function will call the person what the server calls them."""
        user = sociallogin.user
        assert isinstance(user, User)
        user.email = data.get("email", "")
        user.name = " ".join(data.get("name", "").replace("\0", "").split())[:_LONGEST_NAME]
        return user

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        """This function will store a person who comes for the first time; with a form, `SignInAdapter` notes it."""
        user = super().save_user(request, sociallogin, form)
        if form is None:
            operations.note_account_change(user=user, change="signed_up", at=clock.now())
        return user  # type: ignore[no-any-return]

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: Mapping[str, Any] | None = None,
    ) -> None:
        """This function will say why nobody was signed in, and how to go on. Who cancelled has a page of allauth's."""
        _log.warning("Signing in through %s failed: %s", provider, exception or error)
        if error == AuthError.CANCELLED:
            return
        state = (extra_context or {}).get("state")
        status, title, explanation = _reason(str(provider), exception, has_state=state is not None)
        raise ImmediateHttpResponse(error_page(request, status, title, explanation, _ways(state or {})))


def _reason(name: str, exception: Exception | None, *, has_state: bool) -> tuple[int, str, str]:
    named = {"name": name}
    if isinstance(exception, Unanswered):
        return (
            503,
            _("%(name)s does not answer") % named,
            _("Nothing was changed. Try again in a few minutes, or sign in with your password."),
        )
    if exception is not None:
        return (
            401,
            _("Signing in through %(name)s failed") % named,
            _(
                "What %(name)s answered cannot be relied on, so nobody was signed in. Begin again; "
                "if it fails again, tell whoever runs this site."
            )
            % named,
        )
    if has_state:
        return (
            401,
            _("%(name)s did not sign you in") % named,
            _("It broke the sign-in off. Begin again, or sign in with your password."),
        )
    return (
        401,
        _("This sign-in has run out"),
        _(
            "It was begun in another browser, was finished already, or took longer than ten minutes. Begin again."
        ),
    )


def _ways(state: Mapping[str, Any]) -> tuple[Known, ...]:
    """The page for signing in, which leads on to where the person wanted to go."""
    wish = f"?{urlencode({'next': state['next']})}" if state.get("next") else ""
    return (Known(_("Sign in"), _("Sign in"), reverse("account_login") + wish),)
