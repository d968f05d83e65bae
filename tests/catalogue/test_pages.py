"""The public pages of the service register: findings, empty cells, bad input, freshness, number of queries."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from livinglab.catalogue import queries
from livinglab.kernel.models import DataVersion

pytestmark = pytest.mark.django_db

_CONTROL = re.compile(r"\s*(SET LOCAL|SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT)\b", re.IGNORECASE)


@contextmanager
def queries_asked(number: int) -> Iterator[None]:
    """Counts what is asked of the database, without transaction control and the tenant's SET LOCAL."""
    with CaptureQueriesContext(connection) as captured:
        yield
    asked = [one["sql"] for one in captured if not _CONTROL.match(one["sql"])]
    assert len(asked) == number, "\n".join(asked)


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def heading(html: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", html, re.DOTALL)
    assert found is not None
    return found.group(1).strip()


@pytest.mark.parametrize(
    ("address", "finding"),
    [
        ("/services/compare/?regions=32.11,34.02", "Sumedang punya 16 fungsi yang belum tercatat di Bantul"),
        ("/en/services/compare/?regions=32.11,34.02", "Sumedang has 16 functions that are not on record in Bantul"),
        ("/services/compare/?regions=34.02,32.11", "Sumedang punya 16 fungsi yang belum tercatat di Bantul"),
        (
            "/en/services/compare/?regions=34.02,32.11&function=civil-registration",
            "Bantul has 1 function that is not on record in Sumedang",
        ),
        (
            "/services/compare/?regions=51.71,73.72,32.11",
            "Dari 3 daerah ini, hanya Kota Denpasar yang tercatat punya layanan untuk 27 fungsi",
        ),
        (
            "/en/services/compare/?regions=51.71,73.72,32.11",
            "Of these 3 regions only Kota Denpasar has services on record for 27 functions",
        ),
        (
            "/en/services/compare/?regions=51.71,73.72,18.71&function=budgeting",
            "Every function on record is found in at least two of these 3 regions",
        ),
        ("/en/services/compare/?regions=14.08", "Siak has services on record for 4 of 65 functions"),
        (
            "/services/compare/?regions=11.01,11.02",
            "Belum ada layanan yang tercatat untuk Aceh Selatan dan Aceh Tenggara",
        ),
        (
            "/en/services/compare/?regions=32.11,34.02&function=complaints",
            "Sumedang and Bantul have services on record for the same functions",
        ),
        ("/services/", "310 layanan digital tercatat, 189 di antaranya di Kota Denpasar saja"),
        ("/en/services/?q=stunting", "5 services match"),
        ("/en/services/?q=nothing-like-it", "No service on record matches"),
    ],
)  # fmt: skip
def test_the_heading_is_the_finding(client: Client, address: str, finding: str) -> None:
    assert heading(page(client, address)) == finding


def test_the_reason_of_the_gap_is_said(client: Client) -> None:
    assert "Semuanya belum diteliti di Bantul" in page(client, "/services/compare/?regions=32.11,34.02")
    html = page(client, "/en/services/compare/?regions=32.11,51.71&function=inter-regional-learning")
    assert "A complete list of Kota Denpasar was read, and holds none of them." in html
    html = page(client, "/en/services/compare/?regions=51.71,73.72,32.11")
    assert "What is not on record may still exist: read each empty cell." in html


def test_coverage_is_printed_and_computed(client: Client) -> None:
    html = page(client, "/en/services/compare/?regions=32.11,34.02")
    assert "189 of the 310 services on record (61%) are from one region, Kota Denpasar." in html
    html = page(client, "/services/compare/")
    assert "189 dari 310 layanan yang tercatat (61%) berasal dari satu daerah saja, Kota Denpasar." in html
    assert html.count('<th scope="row">') == 20


def test_none_and_not_researched_are_different(client: Client) -> None:
    html = page(client, "/en/services/compare/?regions=51.71,32.11&function=e-signature&rows=all")
    assert re.findall(r'<span class="absence">(.*?)</span>', html) == ["None in its list", "Not researched"]


def test_rows_that_say_nothing_are_folded_until_asked_for(client: Client) -> None:
    html = page(client, "/en/services/compare/?regions=32.11,34.02")
    assert html.count('<th scope="row"') == 19
    assert "46 functions are on record in none of these regions." in html
    assert "regions=32.11,34.02&amp;rows=all" in html
    assert page(client, "/services/compare/?regions=32.11,34.02&rows=all").count('<th scope="row"') == 65


def test_services_whose_function_is_not_stated_are_not_lost(client: Client) -> None:
    html = page(client, "/services/compare/?regions=35.29,35.19")
    assert ">Hompimpa</a>" in html
    assert ">E-Link</a>" in html


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/services/compare/?regions=32.11,32.99", 422, "Kabupaten Bogor"),
        ("/services/compare/?regions=32.11&sector=magic", 422, "health"),
        ("/services/compare/?regions=32.11&side=dark", 422, "administration"),
        ("/services/compare/?regions=32.11&function=cooking", 422, "complaints"),
        ("/services/compare/?side=dark", 422, "administration"),
        ("/services/compare/?regions=" + ",".join(f"32.{n:02}" for n in range(1, 14)), 422, "13"),
        ("/services/compare/?add=Nowhere", 422, "Nowhere"),
        ("/services/?function=cooking", 422, "complaints"),
        ("/services/?page=0", 422, "0"),
        ("/services/?page=²", 422, "²"),
        ("/services/?q=%00", 200, "310"),
        ("/services/?region=%00", 200, "310"),
        ("/services/?page=9999", 200, ""),
        ("/services/no-such-service/", 404, "no-such-service"),
        ("/services/compare/services-compared.svg?regions=32.11", 404, "xlsx"),
        ("/services/compare/services-compared.csv", 422, "Kota Denpasar"),
        ("/services/compare/services-compared.csv?regions=77.77", 422, "77.77"),
    ],
)
def test_bad_input_is_answered_with_what_is_known(
    client: Client, address: str, status: int, says: str
) -> None:
    assert says in page(client, address, status)


def test_a_region_is_added_by_name_or_code_and_doubt_is_asked_about(client: Client) -> None:
    response = client.get("/services/compare/?regions=32.11&side=public&add=Kota+Bandung")
    assert response.status_code == 302
    assert response["Location"] == "/services/compare/?regions=32.11,32.73&side=public"
    assert client.get("/services/compare/?add=14.08")["Location"] == "/services/compare/?regions=14.08"
    html = page(client, "/services/compare/?regions=14.08&add=Bandung", 422)
    assert 'href="/services/compare/?regions=14.08,32.73"' in html
    assert 'href="/services/compare/?regions=14.08,32.17"' in html


def test_a_second_look_costs_a_304_until_a_service_changes(client: Client) -> None:
    address = "/services/compare/?regions=32.11,34.02"
    etag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304
    DataVersion.objects.filter(topic=queries.TOPIC).update(number=99)
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("/services/compare/?regions=32.11,34.02", 3),
        (
            "/services/compare/?regions=51.71,73.72,32.11,35.10,18.71,35.19,14.08,35.29,34.02,32.73,34,35.76",
            3,
        ),
        ("/services/", 5),
        ("/services/kota-parepare-simpati/", 4),
        ("/services/compare/", 3),
    ],
)
def test_pages_keep_to_their_number_of_queries(client: Client, address: str, own: int) -> None:
    with queries_asked(own + 1):  # the versions of the ETag
        assert client.get(address).status_code == 200


def test_the_page_of_a_service_warns_in_a_field_of_a_national_application(client: Client) -> None:
    html = page(client, "/en/services/kota-parepare-okcess/")
    assert "National common application: SP4N-LAPOR!" in html
    assert "article 63" in html
    assert "article 63" not in page(client, "/en/services/kab-sumedang-sips/")


def test_the_register_of_one_region_leads_to_its_column(client: Client) -> None:
    link = '<a href="/en/services/compare/?regions=14.08">Services of Kabupaten Siak by function</a>'
    assert link in client.get("/en/services/?region=14.08").content.decode()
    for others in ("/en/services/", "/en/services/?region=32.11", "/en/services/?region=99.99"):
        assert link not in client.get(others).content.decode()


def test_homonyms_point_to_each_other(client: Client) -> None:
    html = page(client, "/en/services/kota-parepare-simpati/")
    assert "kota-denpasar-simpati-sistem-informasi-denpasar-timur" in html
    assert "kab-sumedang-simpati-e-simpati" in html
    assert "Same name, another service" not in page(client, "/en/services/kab-sumedang-sips/")


def test_the_files_hold_what_the_page_shows(client: Client) -> None:
    query = "?regions=32.11,51.71"
    text = client.get("/en/services/compare/services-compared.csv" + query).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    states = Counter((row["region_code"], row["state"]) for row in rows)
    assert states["32.11", "not_researched"] == 65 - 17
    assert states["51.71", "none"] == 65 - 54
    assert states["51.71", "function_not_stated"] == 12
    services = {row["service_id"] for row in rows if row["service_id"]}
    assert len(services) == 189 + 14
    document = json.loads(client.get("/en/services/compare/services-compared.json" + query).content)
    assert document["heading"] == "Kota Denpasar has 40 functions that are not on record in Sumedang"
    assert len(document["rows"]) == len(rows)
    book = load_workbook(io.BytesIO(client.get("/services/compare/services-compared.xlsx" + query).content))
    assert book.worksheets[0].max_row == len(rows) + 1


def test_the_api_pages_filters_and_refuses(client: Client) -> None:
    answer = client.get("/api/v1/services?region=32.11&limit=5").json()
    assert (answer["total"], len(answer["items"])) == (14, 5)
    assert answer["next"] == "/api/v1/services?region=32.11&limit=5&offset=5"
    names = [one["name"] for one in client.get("/api/v1/services?function=market-prices").json()["items"]]
    assert names == ["Harga Pasar", "infopasar.Denpasarkota.go.id"]
    assert client.get("/api/v1/services/kab-bantul-lapor-bantul").json()["agency"] == "Diskominfo"
    assert len(client.get("/api/v1/service-functions").json()) == 65
    for address in ("services?region=77.77", "services?function=x", "services?side=dark"):
        assert client.get(f"/api/v1/{address}").status_code == 422, address
    assert client.get("/api/v1/services/nope").status_code == 404
    lines = client.get("/api/v1/services?format=csv").content.decode().splitlines()
    assert len(lines) == 311


def test_the_api_answers_a_list_in_two_queries_and_a_304_in_one(client: Client) -> None:
    with queries_asked(3):
        etag = client.get("/api/v1/services?function=complaints")["ETag"]
    with queries_asked(1):
        headers = {"If-None-Match": etag}
        assert client.get("/api/v1/services?function=complaints", headers=headers).status_code == 304
