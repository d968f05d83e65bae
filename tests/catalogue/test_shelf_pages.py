"""The search of the catalogue as readers get it: the address holds it, and every result says why it is there."""

import json
from xml.etree import ElementTree as Tree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from livinglab.catalogue.models import ShelfRow

pytestmark = pytest.mark.django_db

SEARCH = "/en/catalogue/"


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_everyday_words_find_official_names_and_say_so(client: Client) -> None:
    html = page(client, f"{SEARCH}?q=keluhan")
    assert "“keluhan” also finds: aduan, pengaduan" in html
    assert "<mark>" in html
    assert "National common application: SP4N-LAPOR!" in html


def test_a_mistyped_word_is_searched_in_its_nearest_spelling(client: Client) -> None:
    html = page(client, f"{SEARCH}?q=perizinna")
    assert "No entry uses “perizinna”. Searched for “perizinan”." in html
    assert "<mark>" in html


def test_a_facet_narrows_and_can_be_taken_back(client: Client) -> None:
    html = page(client, f"{SEARCH}?q=stunting&region=32.11")
    assert 'href="/en/catalogue/?q=stunting"' in html
    assert "Kabupaten Sumedang" in html


def test_without_results_the_page_says_what_to_try(client: Client) -> None:
    html = page(client, f"{SEARCH}?q=stunting&region=94.01")
    assert "Nothing found for “stunting”" in html
    assert 'href="/en/catalogue/?q=stunting"' in html
    assert "without the filters" in html


def test_a_search_takes_five_queries(client: Client) -> None:
    page(client, f"{SEARCH}?q=perizinna")  # what is read once per process
    with CaptureQueriesContext(connection) as captured:
        page(client, f"{SEARCH}?q=perizinna&kind=service&order=name")
    reads = [
        one["sql"] for one in captured.captured_queries if one["sql"].lstrip().startswith(("SELECT", "WITH"))
    ]
    assert len(reads) == 5  # versions, spelling, facets, results, names of regions


def test_a_second_look_costs_no_page(client: Client) -> None:
    first = client.get(f"{SEARCH}?q=izin")
    assert client.get(f"{SEARCH}?q=izin", headers={"if-none-match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    "wrong",
    [
        "kind=app",
        "sector=none",
        "indicator=spbe-2020/99",
        "status=none",
        "source=rumour",
        "order=likes",
        "page=0",
    ],
)
def test_an_unknown_value_is_refused_with_what_is_known(client: Client, wrong: str) -> None:
    response = client.get(f"{SEARCH}?{wrong}")
    assert response.status_code == 422


def test_the_files_hold_the_whole_search(client: Client) -> None:
    total = ShelfRow.objects.count()
    rows = json.loads(client.get("/en/catalogue/catalogue.json").content)["rows"]
    assert len(rows) == total
    assert client.get("/en/catalogue/catalogue.xlsx").status_code == 200
    csv = client.get("/en/catalogue/catalogue.csv?q=simpati").content.decode("utf-8-sig")
    assert (
        csv.count("\r\n")
        == len(json.loads(client.get("/en/catalogue/catalogue.json?q=simpati").content)["rows"]) + 1
    )
    assert client.get("/en/catalogue/catalogue.pdf").status_code == 404


def test_feeds_tell_the_newest_changes_of_a_search(client: Client) -> None:
    atom = Tree.fromstring(client.get("/en/catalogue/feed.atom?q=stunting").content)
    name = "{http://www.w3.org/2005/Atom}"
    feed = json.loads(client.get("/en/catalogue/feed.json?q=stunting").content)
    assert [one.findtext(f"{name}title") for one in atom.findall(f"{name}entry")] == [
        one["title"] for one in feed["items"]
    ]
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["items"]


def test_how_much_is_known_is_printed(client: Client) -> None:
    html = page(client, "/en/catalogue/known/")
    assert "Of 310 entries none says yet what it brought, what it cost and what was learned" in html


def test_an_entry_says_what_is_not_known_and_invites_its_region(client: Client) -> None:
    html = page(client, "/en/services/kab-sumedang-simpati-e-simpati/")
    assert html.count("Not known yet.") == 7
    assert "/en/regions/32.11/practices/new/?service=kab-sumedang-simpati-e-simpati" in html


def test_the_api_finds_what_the_page_finds(client: Client) -> None:
    whole = client.get("/api/v1/catalogue?limit=1").json()
    assert (whole["total"], len(whole["items"])) == (310, 1)
    found = client.get("/api/v1/catalogue?q=perizinna&order=name").json()
    assert found["corrected"] == {"perizinna": "perizinan"}
    assert f"{found['total']} entries for" in page(client, f"{SEARCH}?q=perizinna")
    assert client.get("/api/v1/catalogue?indicator=spbe-2020/99").status_code == 422
    assert client.get("/api/v1/catalogue/service/none").status_code == 404
