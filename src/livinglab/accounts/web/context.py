"""What every page's header says about who is signed in."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from livinglab.accounts.web.tabs import account_tabs


@dataclass(frozen=True, slots=True)
class AccountLink:
    """The way to one's own page, labelled with one's name."""

    url: str
    label: str


def account(request: HttpRequest) -> dict[str, Any]:
    """This function will return `account` for the layout, None for a visitor, and `account_tabs` for one's own pages.

    No query for a reader without a session.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"account": None, "account_tabs": tuple}
    link = AccountLink(reverse(settings.LOGIN_REDIRECT_URL), str(user))
    return {"account": link, "account_tabs": partial(account_tabs, request)}
