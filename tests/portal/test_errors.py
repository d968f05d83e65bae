"""A request that cannot be answered is told what could have been asked, and leaves nothing behind."""

import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from livinglab.kernel.models import DataVersion

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.portal.probe_urls")]


@pytest.mark.parametrize(
    ("name", "status"),
    [("unknown-year", 422), ("unknown-region", 404), ("too-many", 422), ("denied", 403), ("suspicious", 400)],
)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_refused_request_is_answered_in_our_look(
    client: Client, name: str, status: int, prefix: str
) -> None:
    response = client.get(f"{prefix}/probe/{name}/")
    page = response.content.decode()
    assert response.status_code == status
    assert f'<html lang="{"en" if prefix else "id"}">' in page
    assert '<main id="main"' in page
    assert page.count("<h1>") == 1
    assert 'name="robots" content="noindex"' in page


def test_an_unknown_value_is_named_and_the_known_ones_beside_it(client: Client) -> None:
    page = client.get("/en/probe/unknown-year/").content.decode()
    assert "<h1>Year “1999” is not known</h1>" in page
    assert "<li>2023</li>" in page
    assert "<li>2024</li>" in page


def test_what_is_known_is_a_link_where_it_has_an_address(client: Client) -> None:
    page = client.get("/en/probe/unknown-region/").content.decode()
    assert '<a href="/regions/32.11/">Kabupaten Sumedang</a>' in page


def test_what_was_given_is_escaped(client: Client) -> None:
    page = client.get("/en/probe/hostile/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_the_title_is_in_the_readers_language(client: Client) -> None:
    assert "tidak dikenal</h1>" in client.get("/probe/unknown-year/").content.decode()


def test_the_api_says_the_same_as_json(client: Client) -> None:
    response = client.get("/api/v1/probe/unknown-year")
    assert response.status_code == 422
    error = response.json()["error"]
    assert error["status"] == 422
    assert error["known"] == ["2023", "2024"]
    assert "1999" in error["message"]


@pytest.mark.urls("livinglab.config.urls")
def test_the_api_refuses_a_body_that_is_too_large_in_english(client: Client) -> None:
    body = b" " * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    response = client.post("/api/v1/score", body, content_type="application/json")
    assert response.json() == {"error": {"status": 413, "message": "The body is larger than 5 MB."}}
    assert response.status_code == 413


@pytest.mark.urls("livinglab.config.urls")
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/regions/%00/", 404),
        ("/regions/32.11%00/portrait.pdf", 404),
        ("/institutions/a%00/figures/domains.csv", 404),
        ("/regions/%00/areas/", 404),
        ("/regions/%00/services/", 404),
        ("/organizations/%00/", 404),
        ("/compare/?regions=a%00b", 422),
        ("/compare/?add=%00", 200),
        ("/compare/figures/domains.csv?regions=%00", 404),
    ],
)
def test_a_null_character_is_no_code(client: Client, address: str, status: int) -> None:
    assert client.get(address).status_code == status


@pytest.mark.parametrize("name", ["unknown-year", "denied"])
def test_a_failed_view_changes_nothing(client: Client, name: str) -> None:
    client.get(f"/probe/{name}/")
    assert not DataVersion.objects.filter(topic=f"probe-{name}").exists()


def test_the_page_of_our_own_failure_needs_no_engine_and_no_database(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.raise_request_exception = False
    monkeypatch.setattr(settings, "TEMPLATES", [])
    response = client.get("/probe/broken/")
    assert response.status_code == 500
    page = response.content.decode()
    assert "Ada gangguan di pihak kami" in page
    assert "Something failed on our side" in page
    assert "planted" not in page
    assert "<script" not in page
    assert "style=" not in page
    sheets = re.findall(r'href="/static/([^"]+\.css)"', page)
    assert sheets == ["ui/tokens.css", "ui/base.css"]
    assert all(finders.find(sheet) for sheet in sheets)


def test_our_own_failure_is_json_under_the_api(client: Client) -> None:
    client.raise_request_exception = False
    response = client.get("/api/v1/probe/broken")
    assert response.status_code == 500
    assert response.json() == {"error": {"status": 500, "message": "internal error"}}


def test_an_unknown_address_is_answered_in_our_look(client: Client) -> None:
    response = client.get("/tidak/ada/")
    assert response.status_code == 404
    assert "Halaman tidak ditemukan" in response.content.decode()


def test_a_form_from_elsewhere_is_refused_in_our_look() -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/say/", {})
    assert response.status_code == 403
    assert '<main id="main"' in response.content.decode()
