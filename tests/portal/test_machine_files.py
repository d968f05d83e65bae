"""What search engines, browsers and finders of security holes ask for."""

import json
import re
from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client

from livinglab.kernel import clock

pytestmark = pytest.mark.django_db


def test_the_sitemap_names_every_public_page_in_both_languages(client: Client) -> None:
    response = client.get("/sitemap.xml")
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    found = [one.text for one in ElementTree.fromstring(response.content).findall("s:url/s:loc", space)]
    assert len(set(found)) == len(found)
    for path in ("/data/", "/en/data/", "/about/privacy/", "/en/about/privacy/", "/instruments/spbe-2020/"):
        assert f"http://testserver{path}" in found


def test_every_small_page_of_the_sitemap_answers(client: Client) -> None:
    addresses = re.findall(
        r"<loc>http://testserver([^<]+)</loc>", client.get("/sitemap.xml").content.decode()
    )
    ours = [
        one
        for one in addresses
        if one.startswith(("/about", "/data", "/api", "/en/api", "/en/about", "/en/data"))
    ]
    assert len(ours) == 14
    assert {client.get(one).status_code for one in ours} == {200}


def test_robots_lead_to_the_sitemap_and_keep_out_of_accounts(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert "Disallow: /accounts/" in text


def test_security_txt_is_valid_for_at_least_five_months(client: Client) -> None:
    text = client.get("/.well-known/security.txt").content.decode()
    fields = dict(line.split(": ", 1) for line in text.splitlines())
    assert fields["Contact"] == "http://testserver/about/#security"
    expires = datetime.fromisoformat(fields["Expires"].replace("Z", "+00:00"))
    assert expires > clock.now() + timedelta(days=150)
    assert 'id="security"' in client.get("/about/").content.decode()


def test_the_mark_is_the_favicon(client: Client) -> None:
    response = client.get("/favicon.ico")
    assert response["Content-Type"] == "image/svg+xml"
    assert response.content.startswith(b"<svg")


def test_the_manifest_is_json(client: Client) -> None:
    assert json.loads(client.get("/manifest.webmanifest").content)["start_url"] == "/"
