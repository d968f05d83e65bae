"""Doors of the API beside that of one evaluation: whoever signed in, those who follow rounds, ministries."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.errors import HttpError
from ninja.security import APIKeyCookie

from livinglab.accounts.queries import User
from livinglab.evaluations.queries.followers import Follower, follower


class _Person(APIKeyCookie):
    """Lets in whoever signed in on the pages, and puts what they may follow into `request.auth`. Without: 401."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Follower | None:
        """This function will return who asks, None without a session. Errors: `HttpError`, 403."""
        return follower(request.user) if isinstance(request.user, User) else None


class _Followers(_Person):
    """Lets in officers of ministries and provinces; others 403."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Follower | None:
        """This function will return who asks, None without a session. Errors: `HttpError`, 403."""
        found = super().authenticate(request, key)
        if found is not None and not found.follows:
            raise HttpError(403, _("Rounds are followed by ministries, and by provinces for their regions."))
        return found


class _Ministry(_Person):
    """Lets in officers of ministries; others 403."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Follower | None:
        """This function will return who asks, None without a session. Errors: `HttpError`, 403."""
        found = super().authenticate(request, key)
        if found is not None and not found.is_ministry:
            raise HttpError(403, _("Only the ministry opens this."))
        return found


person: Final = _Person()
followers: Final = _Followers()
ministry: Final = _Ministry()


def follower_of(request: HttpRequest) -> Follower:
    """This function will return who the door of this request let in."""
    found = getattr(request, "auth", None)
    if not isinstance(found, Follower):
        raise TypeError("this operation is behind none of these doors")
    return found
