"""An OpenID provider that is not ours, run as a program of its own: django-allauth's, over SQLite in a folder.

`python independent_provider.py FOLDER CALLBACK` prints its port and serves until its input ends. Whoever comes to its
page is signed in already: what the person does there is not what is tested.
"""

import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import URLResolver, include, path

CLIENT, SECRET, EMAIL = "living-lab", "rahasia-uji", "sari@warga.example"


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Be quiet."""


def signed_in(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """This function will take whoever comes for the one person there is."""

    def answer(request: HttpRequest) -> HttpResponse:
        request.user = get_user_model().objects.get(email=EMAIL)
        return get_response(request)

    return answer


urlpatterns: list[URLResolver] = []  # filled after the set-up


def _set_up(folder: Path) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    settings.configure(
        SECRET_KEY="x" * 50,
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        USE_TZ=True,
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "provider.db")}},
        INSTALLED_APPS=[
            *(f"django.contrib.{name}" for name in ("auth", "contenttypes", "sessions", "messages")),
            *("allauth", "allauth.account", "allauth.idp.oidc"),
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "allauth.account.middleware.AccountMiddleware",
            f"{__name__}.signed_in",
        ],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
        IDP_OIDC_PRIVATE_KEY=pem.decode(),
    )
    django.setup()
    call_command("migrate", verbosity=0)


def _fill(callback: str) -> None:
    from allauth.account.models import EmailAddress  # noqa: PLC0415  exists only after the set-up
    from allauth.idp.oidc.models import Client  # noqa: PLC0415

    user = get_user_model().objects.create_user("sari", EMAIL, first_name="Sari", last_name="Contoh")
    EmailAddress.objects.create(user=user, email=EMAIL, verified=True, primary=True)
    client = Client(id=CLIENT, name="Living Lab", scopes="openid\nprofile\nemail", redirect_uris=callback)
    client.skip_consent = True
    client.set_secret(SECRET)
    client.save()
    urlpatterns.extend([path("accounts/", include("allauth.urls")), path("", include("allauth.idp.urls"))])


def main() -> None:
    """This function will serve until standard input ends."""
    os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"  # loopback, without TLS
    _set_up(Path(sys.argv[1]))
    _fill(sys.argv[2])
    server = make_server("127.0.0.1", 0, get_wsgi_application(), server_class=_Server, handler_class=_Quiet)
    sys.stdout.write(f"{server.server_address[1]}\n")
    sys.stdout.flush()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()


if __name__ == "__main__":
    main()
