"""The pages of one's own account, as tabs."""

from dataclasses import dataclass

from allauth.socialaccount.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Tab:
    """One page of the account."""

    url: str
    label: str
    current: bool


def account_tabs(request: HttpRequest) -> tuple[Tab, ...]:
    """This function will return the tabs of the account pages; nothing for a visitor."""
    if not request.user.is_authenticated:
        return ()
    pages = [
        (settings.LOGIN_REDIRECT_URL, _("Overview")),
        ("accounts:profile", _("Name and language")),
        ("account_email", _("E-mail addresses")),
        ("account_change_password", _("Password")),
        ("mfa_index", _("Two-factor authentication")),
    ]
    if get_adapter().list_providers(request):
        pages.append(("socialaccount_connections", _("Linked accounts")))
    pages.append(("account_logout", _("Sign out")))
    return tuple(
        Tab(url, label, _holds(url, request.path)) for url, label in ((reverse(n), t) for n, t in pages)
    )


def _holds(url: str, path: str) -> bool:
    return path == url or (not url.endswith("/me/") and path.startswith(url))
