"""Leaving for the server that proves who somebody is, and coming back from it."""

from typing import Any

from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation

from livinglab.accounts.web.openid.provider import CheckedServer


class _Return(OAuth2CallbackView):
    """Somebody comes back: to the language and the question with which they left."""

    adapter: CheckedServer

    def _get_state(self, request: HttpRequest, provider: Any) -> tuple[Any, Any]:
        state, refused = super()._get_state(request, provider)
        self.adapter.begun = state or {}
        if language := self.adapter.begun.get("language"):
            translation.activate(language)
            request.LANGUAGE_CODE = language
        return state, refused


def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """This function will ask whether to go to the server, and go."""
    return _answer(OAuth2LoginView, request, provider_id)


def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """This function will sign in whom the server sent back, or say why it does not."""
    return _answer(_Return, request, provider_id)


def _answer(
    view: type[OAuth2LoginView] | type[_Return], request: HttpRequest, provider_id: str
) -> HttpResponse:
    server = CheckedServer(request, provider_id)
    answer: HttpResponse
    try:
        answer = view.adapter_view(server)(request)  # type: ignore[no-untyped-call]
    except SocialApp.DoesNotExist:
        raise Http404 from None
    except OAuth2Error as error:
        provider = server.get_provider()  # type: ignore[no-untyped-call]
        answer = render_authentication_error(
            request, provider, exception=error, extra_context={"state": server.begun}
        )
    return answer
