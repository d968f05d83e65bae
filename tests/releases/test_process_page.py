"""The process of a version in public: in words for everybody, drawn where the browser can."""

import gzip
from html import unescape

import pytest
from django.test import Client

from tests.releases import kit as releases

pytestmark = pytest.mark.django_db
PAGE = "/en/packages/32.11/sktm/1.0.0/process/"


def test_the_process_is_told_in_words_with_its_drawing_beside_it(client: Client) -> None:
    releases.published()
    page = unescape(client.get(PAGE).content.decode())
    assert "Letter of financial hardship takes 32 steps" in page
    assert (
        "Who takes part: Applicant, Village officer, District office, Head of village, Social agency." in page
    )
    assert "“This application is” is “Not true”" in page
    assert "as many days as “Days to complete an application” says" in page
    assert "BPMNShape" in page
    assert len(gzip.compress(page.encode())) < 20_000


def test_the_script_that_draws_is_loaded_on_pages_with_a_drawing_only(client: Client) -> None:
    releases.published()
    assert "bpmn-navigated-viewer.production.min.js" in client.get(PAGE).content.decode()
    package = client.get("/en/packages/32.11/sktm/").content.decode()
    assert "bpmn-js" not in package
    assert 'href="/en/packages/32.11/sktm/1.0.0/process/"' in package
    assert "<li>Check the application: Village officer" in package


def test_the_policy_of_the_page_is_as_strict_as_everywhere(client: Client) -> None:
    releases.published()
    policies = {
        client.get(path).headers["Content-Security-Policy"] for path in (PAGE, "/en/packages/32.11/sktm/")
    }
    assert len(policies) == 1
    assert "unsafe" not in policies.pop()


def test_a_version_that_is_not_there_is_not_found(client: Client) -> None:
    releases.published()
    assert client.get("/en/packages/32.11/sktm/9.9.9/process/").status_code == 404
