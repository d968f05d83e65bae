"""A citizen proves who they are at an OpenID Connect server, applies, and finds the case in their account."""

from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import Settings

from livinglab.casework.models import OwnCase
from tests.accounts.openid_server import Server, serving
from tests.accounts.test_openid import offered, through
from tests.casework.kit import REGION, running
from tests.casework.test_pages import begun, filled, text

pytestmark = pytest.mark.django_db
SERVICE = f"/apply/{REGION}/sktm/"


@pytest.fixture
def server(settings: Settings) -> Iterator[Server]:
    with serving() as one:
        offered(settings, one.url)
        yield one


def test_who_signs_in_at_the_server_applies_from_where_they_were_and_finds_it_again(
    client: Client, server: Server
) -> None:
    # Given a citizen who reads what a service asks, and is told that they may sign in first
    running()
    assert f'href="/accounts/login/?next={SERVICE}"' in text(client.get(SERVICE))
    # When they do so at the server, and apply
    assert through(client, server.authorize, then=SERVICE)["Location"] == SERVICE
    assert "/accounts/login/" not in text(client.get(SERVICE))
    client.post(filled(client, begun(client)))
    # Then the case stands in their account, also after they signed out and in again
    case = OwnCase.objects.get()
    address = f'href="/applications/{REGION}/{case.case_id}/"'
    assert address in text(client.get("/me/applications/"))
    client.post("/accounts/logout/")
    assert client.get("/me/applications/").status_code == 302
    assert through(client, server.authorize, then="/me/applications/")["Location"] == "/me/applications/"
    assert address in text(client.get("/me/applications/"))
    # And not in that of somebody else whom the server knows
    server.person |= {"sub": "warga-0002", "email": "tono@warga.example"}
    neighbour = Client()
    through(neighbour, server.authorize)
    assert address not in text(neighbour.get("/me/applications/"))
