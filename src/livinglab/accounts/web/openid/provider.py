"""allauth's provider and its way to the server, with the checks of OpenID Connect."""

from functools import cached_property, partial
from secrets import token_urlsafe
from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.utils import build_absolute_uri
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation

from livinglab.accounts.adapters.openid import Unacceptable, ask, description_of, person_of


class CheckedServer(OpenIDConnectOAuth2Adapter):
    """Asks the server, and believes what it can prove."""

    begun: dict[str, Any] = {}  # what was kept when the person left for the server

    @cached_property
    def openid_config(self) -> dict[str, Any]:
        """How the server describes itself, read once for a request."""
        return description_of(self.get_provider().server_url)  # type: ignore[no-untyped-call]

    def get_callback_url(self, request: HttpRequest, app: object) -> str:
        """This function will return the one address that is registered at the server, whatever language is read."""
        with translation.override(settings.LANGUAGE_CODE):
            path = reverse("openid_connect_callback", kwargs={"provider_id": self.provider_id})
        return str(build_absolute_uri(request, path, self.redirect_uri_protocol))

    def get_access_token_data(
        self, request: HttpRequest, app: Any, client: OAuth2Client, pkce_code_verifier: str | None = None
    ) -> dict[str, Any]:
        """This function will return what the server gives for the code. Errors: those of `ask`."""
        form = {
            "grant_type": "authorization_code",
            "code": request.GET["code"],
            "redirect_uri": client.callback_url,
            "code_verifier": pkce_code_verifier,
        }
        sign_in = None
        if self.basic_auth:
            sign_in = (app.client_id, app.secret)
        else:
            form |= {"client_id": app.client_id} | ({"client_secret": app.secret} if app.secret else {})
        given = ask("POST", self.access_token_url, data=form, auth=sign_in)
        if not all(isinstance(given.get(name), str) for name in ("id_token", "access_token")):
            raise Unacceptable("the server gives no statement about the person")
        return given

    def parse_token(self, data: dict[str, Any]) -> SocialToken:
        """This function will return what opens the person's data at the server; it is used once and not kept."""
        return SocialToken(token=data["access_token"])

    def complete_login(self, request: HttpRequest, app: Any, token: SocialToken, **given: Any) -> SocialLogin:
        """This function will return who signs in, as the server states it. Errors: those of `person_of` and `ask`."""
        described = self.openid_config
        said = person_of(
            given["response"]["id_token"],
            issuer=described["issuer"],
            client=app.client_id,
            nonce=str(self.begun.get("nonce", "")),
            keys=partial(ask, "GET", described["jwks_uri"]),
        )
        if isinstance(address := described.get("userinfo_endpoint"), str):
            more = ask("GET", address, headers={"Authorization": f"Bearer {token.token}"})
            if more.get("sub") != said["sub"]:  # Core 5.3.2
                raise Unacceptable("the server tells of another person")
            said = {**said, **more}
        provider: CheckedProvider = self.get_provider()  # type: ignore[no-untyped-call]
        login: SocialLogin = provider.sociallogin_from_response(request, {"userinfo": said})
        return login


class CheckedProvider(OpenIDConnectProvider):
    """The OpenID Connect server that the settings name."""

    oauth2_adapter_class = CheckedServer
    package = "livinglab.accounts.web.openid"  # where allauth finds its addresses

    def redirect(
        self, request: HttpRequest, process: str, next_url: Any = None, data: Any = None, **asked: Any
    ) -> HttpResponse:
        """This function will send the person to the server with a question of their own, or say why it cannot."""
        nonce = token_urlsafe(32)
        # as set up: an address that somebody was given changes neither
        asked["auth_params"] = {**self.get_auth_params(), "nonce": nonce}  # type: ignore[no-untyped-call]
        asked["scope"] = self.get_scope()  # type: ignore[no-untyped-call]
        kept = {"nonce": nonce, "language": translation.get_language()}
        answer: HttpResponse
        try:
            answer = super().redirect(request, process, next_url, data, **asked, **kept)
        except OAuth2Error as error:
            answer = render_authentication_error(
                request, self, exception=error, extra_context={"state": {"next": next_url}}
            )
        return answer

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """This function will return what is kept beside the number of the person: nothing.

        National identities tell of birth days and population numbers, which nobody here needs.
        """
        return {}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        """This function will return the person's address; proven only where the server says so without a doubt."""
        said = data["userinfo"]
        if not isinstance(address := said.get("email"), str):
            return []
        return [EmailAddress(email=address, verified=said.get("email_verified") is True, primary=True)]

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        """This function will return what an account begins with: a name and an address, where they are texts."""
        said = data["userinfo"]
        return {name: said[name] for name in ("email", "name") if isinstance(said.get(name), str)}
