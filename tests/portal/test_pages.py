"""Every page of the portal answers in both languages, in our look, safely, and costs nothing the second time."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from livinglab.kernel.kept_pages import kept_pages

pytestmark = pytest.mark.django_db

PAGES = (
    "/data/",
    "/data/checks/",
    "/api/v1/docs",
    "/search/",
    "/search/?q=sumedang",
    "/about/",
    "/about/method/",
    "/about/accessibility/",
    "/about/privacy/",
)
TRANSACTION = ("SAVEPOINT", "RELEASE SAVEPOINT", "SET LOCAL")
#: page -> how many queries it costs, the one for the ETag included
QUERIES = {
    "/data/": 6,
    "/data/checks/": 5,
    "/search/?q=sumedang": 5,
    "/about/": 0,
    "/about/method/": 0,
    "/api/v1/docs": 0,
}


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole_in_both_languages(client: Client, path: str, prefix: str) -> None:
    response = client.get(prefix + path)
    page = response.content.decode()
    assert response.status_code == 200
    assert f'<html lang="{"en" if prefix else "id"}">' in page
    assert page.count("<h1") == 1
    assert '<main id="main"' in page
    assert "/about/privacy/" in page


@pytest.mark.parametrize("path", PAGES)
def test_a_page_runs_nothing_inline_and_may_not_be_framed(client: Client, path: str) -> None:
    response = client.get(path)
    page = response.content.decode()
    assert " style=" not in page
    assert "<style" not in page
    assert " onclick" not in page
    assert all("src=" in tag for tag in page.split("<script")[1:])
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("path", PAGES)
def test_a_second_look_costs_a_304(client: Client, path: str) -> None:
    first = client.get(path)
    second = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert second.status_code == 304
    assert second.content == b""
    assert "Cookie" in first["Vary"]


@pytest.mark.parametrize("path", PAGES)
def test_a_reader_gets_no_cookie(client: Client, path: str) -> None:
    assert not client.get(path).cookies


def test_a_long_page_is_compressed(client: Client) -> None:
    response = client.get("/data/", headers={"Accept-Encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in response["Vary"]


@pytest.mark.parametrize("path", QUERIES)
def test_a_page_keeps_its_number_of_queries(client: Client, path: str) -> None:
    client.get(path)
    kept_pages.clear()
    with CaptureQueriesContext(connection) as context:
        assert client.get(path).status_code == 200
    asked = [one["sql"] for one in context.captured_queries]
    assert len([sql for sql in asked if not sql.startswith(TRANSACTION)]) == QUERIES[path]


@pytest.mark.parametrize("path", PAGES)
def test_head_is_answered_like_get_and_post_is_refused(client: Client, path: str) -> None:
    assert client.head(path).status_code == 200
    assert client.post(path).status_code == 405
